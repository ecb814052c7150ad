"""预警登记: the office enters the day's alerts in the book, notes them, reports them done."""

from datetime import date
from typing import Any

import flask

from analysis.accounts import Role
from analysis.errors import YanpanError
from analysis.intake.alert_book import DONE, NOTED, AlertBook, Entry, standing
from analysis.judgement.alerts import Alert
from analysis.warehouse.scope import Scope
from analysis.wording.codes import ALERT_STATE
from dashboards.access.rights import only
from dashboards.access.session import current_account, log
from dashboards.parts.alert_panel import current
from dashboards.serving.data import Data

PATH = "/alerts"
#: A list holds so many and says how many there are.
MOST = 300
LONGEST = 200


def offer_alerting(server: flask.Flask, data: Data) -> None:
    """Register the page of the alert book."""
    book = AlertBook(data.settings.alert_book)

    @server.get(PATH)
    @only(Role.OFFICE)
    def alert_list() -> str:
        return _page(data, book)

    @server.post(PATH)
    @only(Role.OFFICE)
    def alert_mark() -> Any:
        form = flask.request.form
        try:
            if form.get("do") == "raise":
                new = book.raise_new(_today(data)[0], date.today(), _present_ids(data))
                log("登记预警", what=f"{len(new)} 件")
                told = f"新登记 {len(new)} 件。"
            else:
                entry = _mark(book, form.get("number", ""), form.get("do", ""), form)
                log(f"预警{ALERT_STATE.labels[entry.state]}", item=entry.number)
                told = f"{entry.number} 号预警已记为{ALERT_STATE.labels[entry.state]}。"
        except YanpanError as error:
            return _page(data, book, str(error)), 400
        flask.flash(told)
        return flask.redirect(PATH)


def _mark(book: AlertBook, number: str, state: str, form: Any) -> Entry:
    if state not in {NOTED, DONE} or not number.isdecimal():
        raise YanpanError("请选一件登记过的预警，记为知悉或办结。")
    account = current_account()
    by = account.signs_as if account else " ".join(form.get("by", "").split())
    remark = " ".join(form.get("remark", "").split())
    if not by:
        raise YanpanError("请写明是谁。")
    if max(len(by), len(remark)) > LONGEST:
        raise YanpanError(f"最多写 {LONGEST} 字。")
    return book.mark(int(number), state, by, date.today(), remark)


def _today(data: Data) -> tuple[list[Alert], list[str]]:
    day, _ = data.described_day()
    return current(data, Scope(day))


def _present_ids(data: Data) -> dict[str, str]:
    day, _ = data.described_day()
    return data.present_ids(Scope(day))


def _page(data: Data, book: AlertBook, error: str = "") -> str:
    found, unknown = _today(data)
    keys = {alert.key: place for place, alert in enumerate(found)}
    entries = book.entries(_present_ids(data))
    open_ones = [e for e in entries if e.state != DONE and e.alert.key in keys]
    open_ones.sort(key=lambda entry: keys[entry.alert.key])
    known = {entry.alert.key for entry in entries}
    day, _ = data.described_day()
    return flask.render_template(
        "alerts.html", error=error, day=day, unknown=unknown, needs_name=current_account() is None,
        new=sum(alert.key not in known for alert in found), total=len(open_ones),
        entries=[(entry, standing(entry, keys)) for entry in open_ones[:MOST]],
    )  # fmt: skip
