"""对照: an uploaded plan beside its reading; the office sets the reading right before it counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import flask

from analysis.accounts import Role
from analysis.errors import SourceError, YanpanError
from analysis.intake.drafts import Draft, find_draft, unpass_draft
from analysis.intake.plans.page import fragment, where
from analysis.intake.plans.setting_right import (
    FIELDS,
    LABEL_ROLES,
    LINE_ROLES,
    Beside,
    Entry,
    LineRead,
    in_force,
    set_field,
    set_role,
    take_back,
    teach_label,
)
from analysis.intake.readback import Readback
from analysis.settings import Settings
from dashboards.access.rights import is_office, only
from dashboards.access.session import current_account, log
from dashboards.forms.readings import Readings

#: The first words of a line up to its colon are a label as often as not, if they are this short.
LONGEST_LABEL = 12


def beside_shown(draft: Draft, read: Readback) -> str | None:
    """HTML of the part of the page that shows a plan beside its reading, every text in it escaped;
    None for other ledgers.
    """
    if read.beside is None:
        return None

    def link(part: int, line: LineRead) -> str:
        may = is_office(current_account()) and line.place[0]
        return _address(draft.token, part, line.goes_on or line.number) if may else ""

    return fragment(read.beside, link)


def offer_setting_right(server: flask.Flask, settings: Settings, readings: Readings) -> None:
    """Register the pages on which the office sets right how a plan is read."""

    @server.get("/send/<token>/line/<int:number>")
    @server.get("/send/<token>/part/<int:part>/line/<int:number>")
    @only(Role.OFFICE)
    def line_form(token: str, number: int, part: int = 0) -> Any:
        return _page(settings, readings, token, part, number)

    @server.get("/send/<token>/labels")
    @only(Role.OFFICE)
    def label_form(token: str) -> Any:
        return _page(settings, readings, token, 0, 0)

    @server.post("/send/<token>/line/<int:number>")
    @server.post("/send/<token>/part/<int:part>/line/<int:number>")
    @only(Role.OFFICE)
    def line_set(token: str, number: int, part: int = 0) -> Any:
        try:
            draft = find_draft(settings, token, _name())
            read = readings.of(settings, draft)
            if read is None:
                return flask.redirect(f"/send/{token}")
            entry = _noted(settings, read, part, number, flask.request.form)
        except YanpanError as error:
            return _page(settings, readings, token, part, number, str(error))
        unpass_draft(draft)
        readings.forget(draft)
        table = {"table": read.beside.parts[part].name} if part and read.beside else {}
        said = {"what": entry.what, "value": entry.value or "撤回"}
        log("改定读法", file=draft.name, **table, line=number, **said)
        return flask.redirect(f"/send/{token}#L{part}-{number}" if number else f"/send/{token}")


def _address(token: str, part: int, number: int) -> str:
    """Where a line is set right; those of the first part, mostly the body, need not name it."""
    return f"/send/{token}/part/{part}/line/{number}" if part else f"/send/{token}/line/{number}"


def _noted(
    settings: Settings, read: Readback, part: int, number: int, form: Mapping[str, str]
) -> Entry:
    """Enter what the form says."""
    by, why, value = _signed(form), form.get("why", ""), form.get("value", "")
    what = form.get("do", "")
    if what == "label":
        return teach_label(settings, form.get("label", ""), value, by, why)
    if what == "back":
        return take_back(settings, _number(form.get("entry", "")), by, why)
    line = _line(read.beside, part, number)
    if what == "role":
        return set_role(settings, line, value, by, why)
    place = _number(form.get("item", ""))
    if what in FIELDS and place < len(line.items):
        return set_field(settings, line.items[place], what, value, by, why)
    raise SourceError("请选一项再改。")


def _line(beside: Beside | None, part: int, number: int) -> LineRead:
    line = beside.line_at(part, number) if beside else None
    if line is None or not line.place[0]:
        raise SourceError(f"第 {number} 行不能改：它不是方案里读过的一段，也不是表格里的一行。")
    return line


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise SourceError("请选一项再改。")
    return int(text)


def _signed(form: Mapping[str, str]) -> str:
    account = current_account()
    return account.signs_as if account else " ".join(form.get("by", "").split())


def _name() -> str:
    account = current_account()
    return account.name if account else ""


def _page(
    settings: Settings, readings: Readings, token: str, part: int, number: int, error: str = ""
) -> Any:
    try:
        draft = find_draft(settings, token, _name())
        read = readings.of(settings, draft)
        if read is None:
            return flask.redirect(f"/send/{token}")
        line = _line(read.beside, part, number) if number else None
    except YanpanError as gone:
        return flask.render_template("error.html", words=str(gone), code=404), 404
    document = line.place[0] if line else _document(read.beside)
    shown = read.beside.parts[part] if line and read.beside else None
    name = where(shown, line) if shown and line else ""
    page = flask.render_template(
        "set_right.html", draft=draft, line=line, part=part, error=error, fields=FIELDS,
        here=_address(draft.token, part, number), name=name,
        is_table=shown is not None and shown.is_table,
        roles=LINE_ROLES, label_roles=LABEL_ROLES, label=_label_in(line),
        entries=in_force(settings, document, date.today()), needs_name=current_account() is None,
    )  # fmt: skip
    return page, 400 if error else 200


def _document(beside: Beside | None) -> str:
    places = (line.place[0] for line in beside.lines) if beside else iter(())
    return next(filter(None, places), "")


def _label_in(line: LineRead | None) -> str:
    """What may be a label on a line: its words up to the colon."""
    head, colon, _ = (line.text if line else "").replace(":", "：").strip().partition("：")
    return head if colon and len(head) <= LONGEST_LABEL else ""
