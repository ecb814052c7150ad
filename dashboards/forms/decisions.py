"""议定事项 on the spot: what a meeting was asked becomes what it decided, without a ledger."""

from datetime import date
from typing import Any

import flask

from analysis.accounts import Role
from analysis.briefing.figures import Figures
from analysis.briefing.statements.opening import Ask, ask
from analysis.errors import YanpanError
from analysis.intake.typed.decisions import Decision, decide
from analysis.intake.typed.values import LONGEST
from analysis.warehouse.scope import Scope
from dashboards.access.rights import only
from dashboards.access.session import log
from dashboards.serving.address import Address
from dashboards.serving.data import Data

PATH = "/decide"
#: What a meeting is called where nobody says otherwise.
MEETING = "形势研判会"
FIELDS = ("meeting", "held_on", "task", "unit", "person", "due_on")


def offer_deciding(server: flask.Flask, data: Data) -> None:
    """Register the form by which an ask becomes a decision."""

    @server.get(PATH)
    @only(Role.OFFICE)
    def decide_form() -> str:
        asked = _ask(data, flask.request.args.get("ask", ""))
        return _form(data, _proposed(data, asked), whose=asked.whose if asked else "")

    @server.post(PATH)
    @only(Role.OFFICE)
    def decide_record() -> Any:
        said = {name: flask.request.form.get(name, "") for name in FIELDS}
        try:
            done = decide(data.settings, Decision(**said))
        except YanpanError as error:
            return _form(data, said, error=str(error)), 400
        log("登记议定事项", unit=said["unit"], path=done.path, sha256=done.sha256)
        told = f"已登记，存为 {done.path}；几分钟内计入看板。"
        if said["unit"].strip() not in (units := _units(data)) and units:
            told += (
                f"看板里还没有“{said['unit'].strip()}”，会作为另一个单位计入；写错了请撤回重记。"
            )
        return _form(data, said, told=told)


def _scope(data: Data) -> Scope:
    return Address.read(dict(flask.request.args)).scope(data.described_day()[0])


def _ask(data: Data, subject: str) -> Ask | None:
    """What is asked on a subject; None where nothing is, or there are no figures."""
    try:
        return ask(Figures(data, data.settings, _scope(data)), subject)
    except YanpanError:
        return None


def _proposed(data: Data, asked: Ask | None) -> dict[str, str]:
    """What the form holds before anybody types: the task of the ask, whose, by when.

    Who looks at an earlier day writes up what was decided then: the days are those of the page.
    """
    held = _meeting_day(data)
    said = {"meeting": f"{data.settings.body}{MEETING}", "held_on": held.isoformat()}
    if asked is None:
        return said
    due = max(asked.by, held)
    return said | {"task": asked.task, "unit": asked.unit, "due_on": due.isoformat()}


def _meeting_day(data: Data) -> date:
    """The day that the page shows, which is today unless an earlier one is looked at."""
    today = date.today()
    try:
        return min(_scope(data).as_of, today)
    except YanpanError:
        return today


def _units(data: Data) -> list[str]:
    try:
        return data.choices(Scope(data.described_day()[0])).get("unit", [])
    except YanpanError:
        return []


def _form(
    data: Data, said: dict[str, str], error: str = "", told: str = "", whose: str = ""
) -> str:
    """The whole page; with ``part=1`` the form alone, for a page that shows it in a window."""
    template = "decide_form.html" if flask.request.args.get("part") else "decide.html"
    return flask.render_template(
        template, said=said, units=_units(data), longest=LONGEST, today=date.today().isoformat(),
        error=error, told=told, whose=whose, search=flask.request.query_string.decode(),
    )  # fmt: skip
