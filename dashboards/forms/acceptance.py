"""验收销号: the office accepts what is done, on evidence, or sends it back to be done again.

A second person may take an acceptance back, or send back what was accepted.
"""

from datetime import date
from typing import Any

import flask
import pandas as pd

from analysis.accounts import Role
from analysis.errors import YanpanError
from analysis.intake.acceptance import (
    Act,
    accept,
    acts_on,
    are_one_person,
    evidence_path,
    reject,
    standing,
    who_may_sign,
    withdraw,
)
from analysis.intake.drafts import Received
from analysis.intake.guard.files import EVIDENCE
from analysis.ledgers import ITEM_KIND
from analysis.ledgers.codes import ACCEPTANCE_ACT
from analysis.warehouse.scope import Scope
from analysis.wording.deadlines import chinese_day, state_text, text_of
from analysis.wording.labels import ITEM_LABELS
from analysis.wording.values import value_text
from dashboards.access.rights import is_office, only
from dashboards.access.session import current_account, log
from dashboards.serving.address import CHOOSERS, Address
from dashboards.serving.data import Data

PATH = "/acceptance"
#: What is shown of an item on its form.
FACTS = (
    "unit", "person", "site", "level", "due_on", "done_on", "accepted_on", "accepted_by",
    "closed_on", "closure", "returned_on", "rework_due_on", "content",
)  # fmt: skip
#: What an act is called in the log.
EVENTS = {"accept": "验收销号", "reject": "退回重改", "withdraw": "撤回验收"}
#: A list holds so many items and says how many there are.
MOST = 300


def offer_acceptance(server: flask.Flask, data: Data) -> None:
    """Register the pages of 验收销号."""

    @server.get(PATH)
    @only(Role.OFFICE)
    def accept_list() -> str:
        address = Address.read({n: flask.request.args.get(n) for n in CHOOSERS})
        scope = address.scope(date.today())
        waiting = data.items(scope, "accepting")
        accepted = data.items(scope, "accepted_here")
        return flask.render_template(
            "acceptance.html", day=chinese_day(scope.as_of), total=len(waiting),
            waiting=_listed(waiting.head(MOST)),
            accepted=_listed(accepted.head(MOST)), units=data.choices(scope).get("unit", []),
            unit=address.chosen.get("unit", ""),
        )  # fmt: skip

    @server.get(f"{PATH}/item")
    @only(Role.OFFICE)
    def accept_form() -> Any:
        return _form(data, flask.request.args.get("id", ""))

    @server.post(f"{PATH}/item")
    @only(Role.OFFICE)
    def accept_record() -> Any:
        item_id, form = flask.request.form.get("id", ""), flask.request.form
        account = current_account()
        if account is None:
            flask.abort(403, "登记验收须先建立账号，并在 yanpan.toml 中设 login = true。")
        do = form.get("do", "")
        act = {"withdraw": _withdraw, "reject": _reject}.get(do, _accept)
        try:
            done = act(data, item_id, account.name)
            log(EVENTS.get(do, EVENTS["accept"]), item=item_id, path=done.path, sha256=done.sha256)
        except YanpanError as error:
            return _form(data, item_id, str(error)), 400
        flask.flash(f"已登记，存为 {done.path}；几分钟内计入看板。")
        return flask.redirect(flask.url_for("accept_form", id=item_id))

    @server.get("/evidence/<sha256>")
    @only(Role.OFFICE, Role.LEADER, Role.UNIT)
    def evidence(sha256: str) -> Any:
        path = evidence_path(data.settings, sha256)
        if path is None or not (is_office(current_account()) or data.has_evidence(sha256)):
            flask.abort(404)
        log("导出", what="依据文件", sha256=sha256)
        return flask.send_file(
            path, as_attachment=True, download_name=f"依据_{path.name[:8]}{path.suffix}"
        )


def _accept(data: Data, item_id: str, who: str) -> Received:
    form, upload = flask.request.form, flask.request.files.get("evidence")
    item, aliases, published = _item(data, item_id)
    return accept(
        data.settings, item, who, form.get("accepted_on", ""),
        form.get("accepted_by", ""), form.get("closed_on", ""),
        (upload.filename or "", upload.stream) if upload else None, aliases, published,
    )  # fmt: skip


def _reject(data: Data, item_id: str, who: str) -> Received:
    form = flask.request.form
    item, aliases, published = _item(data, item_id)
    return reject(
        data.settings, item, who, form.get("checked_on", ""), form.get("checked_by", ""),
        form.get("reason", ""), form.get("rework_due_on", ""), aliases, published,
    )  # fmt: skip


def _withdraw(data: Data, item_id: str, who: str) -> Received:
    item, aliases, published = _item(data, item_id)
    reason = flask.request.form.get("reason", "")
    return withdraw(
        data.settings, str(item["item_id"]), who, reason, aliases, item, published
    )  # fmt: skip


def _item(data: Data, item_id: str) -> tuple[dict[str, Any], list[str], list[dict[str, Any]]]:
    """An item that may be named by an alias, its other ids, and the published acts on it."""
    scope = Scope(date.today())
    rows = data.item(item_id, scope)
    if rows.empty:
        raise YanpanError("没有这条事项。")
    item = {str(name): value for name, value in rows.iloc[0].items()}
    found = str(item["item_id"])
    aliases = data.aliases(found, scope)
    published: list[dict[str, Any]] = data.acts((found, *aliases)).to_dict("records")  # type: ignore[assignment]
    return item, aliases, published


def _form(data: Data, item_id: str, error: str = "") -> str:
    rows = data.item(item_id, Scope(date.today())) if data.publication() else pd.DataFrame()
    if rows.empty:
        flask.abort(404, "没有这条事项。")
    row = rows.iloc[0]
    item, aliases, published = _item(data, item_id)
    item_id = str(item["item_id"])
    acts = acts_on(data.settings, item_id, aliases, published)
    now = standing(data.settings, acts, item)
    return flask.render_template(
        "accept.html", error=error, id=item_id, title=row["title"], state=row["state"],
        closure=row["closure"], state_word=state_text(row),
        kind=ITEM_KIND.labels[row["kind"]],
        facts=[(ITEM_LABELS[n], text) for n in FACTS if (text := text_of(row, n, "items"))],
        acts=[(act, ACCEPTANCE_ACT.labels.get(act.act, act.act)) for act in acts],
        standing=now, is_mine=_is_mine(data, now), signers=who_may_sign(data.settings),
        today=date.today().isoformat(), kinds=tuple(EVIDENCE),
    )  # fmt: skip


def _is_mine(data: Data, act: Act | None) -> bool:
    """Whether whoever looks recorded an act himself, under this account or another."""
    account = current_account()
    return bool(act and account and are_one_person(data.settings, account.name, act))


def _listed(rows: pd.DataFrame) -> list[dict[str, str]]:
    return [
        {
            "id": str(row["item_id"]), "title": str(row["title"]), "unit": value_text(row["unit"]),
            "person": value_text(row["person"]), "done": value_text(row["done_on"]),
            "state": state_text(row),
        }
        for _, row in rows.iterrows()
    ]  # fmt: skip
