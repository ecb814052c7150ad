"""报送: a unit uploads its ledger, is shown how it was understood, confirms; 撤回报送."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import flask

from analysis.accounts import Role
from analysis.errors import YanpanError
from analysis.intake.drafts import (
    confirm_draft,
    drop_draft,
    find_draft,
    pass_draft,
    passed,
    received_lately,
    take_draft,
)
from analysis.intake.guard.names import LARGEST, SUFFIXES
from analysis.intake.guard.quota import QuotaError, near_bounds
from analysis.intake.readback import must_be_readable
from analysis.intake.withdrawal import ACCEPTED, may_name, withdraw, withdrawals
from analysis.warehouse.scope import Scope
from analysis.wording.values import value_text
from dashboards.access.rights import FORMS, is_office, only
from dashboards.access.session import current_account, log
from dashboards.forms.beside import beside_shown, offer_setting_right
from dashboards.forms.readings import ASKS_AGAIN_S, Readings
from dashboards.serving.address import Address
from dashboards.serving.data import Data

PATH = "/send"
SENDERS = tuple(FORMS[PATH][1])
#: Under what name the server holds the readings of uploads.
READINGS = "yanpan-readings"
#: So many of the files that came last are listed.
SENT_SHOWN = 40
#: Who is refused is told each time; so many of an account's refusals are logged a minute, and of
#: those for a bound that is met one.
MOST_LOGGED, LOGGED_AGAIN_S = 20, 60.0
#: What somebody names as a path is logged so far.
LONGEST_PATH = 200


def offer_sending(server: flask.Flask, data: Data) -> None:
    """Register the pages of 报送."""
    settings, readings = data.settings, Readings()
    server.extensions[READINGS] = readings
    offer_setting_right(server, settings, readings)
    taking: set[str] = set()
    refusals = Refusals()

    @server.get(PATH)
    @only(*SENDERS)
    def send_form() -> str:
        readings.prepare()
        return _form(data)

    @server.post(PATH)
    @only(*SENDERS)
    def send_upload() -> Any:
        upload = flask.request.files.get("file")
        unit = _unit(data, flask.request.form.get("unit", ""))
        if upload is None or not upload.filename:
            return _form(data, error="请先选一个文件。"), 400
        try:
            with _one_at_a_time(taking, _name()):
                draft = take_draft(
                    settings, _name(), unit, upload.filename, upload.stream,
                    is_office(current_account()),
                )  # fmt: skip
        except YanpanError as error:
            most = 1 if isinstance(error, QuotaError) else MOST_LOGGED
            if refusals.is_worth_a_line(_name(), most):
                log("上传被拒", unit=unit, why=str(error))
            return _form(data, error=str(error)), 400
        readings.begin(settings, draft)
        log("上传", unit=unit, file=draft.name, sha256=draft.sha256)
        return flask.redirect(f"{PATH}/{draft.token}")

    @server.get(f"{PATH}/<token>")
    @only(*SENDERS)
    def send_check(token: str) -> Any:
        try:
            draft = find_draft(settings, token, _name())
            read = readings.of(settings, draft)
            if read and not read.refusals:
                pass_draft(draft, read.ledgers)
        except YanpanError as error:
            return _form(data, error=str(error)), 404
        if read is None:
            waiting = flask.render_template("reading.html", draft=draft, seconds=ASKS_AGAIN_S)
            return waiting, 202, {"Refresh": str(ASKS_AGAIN_S)}
        return flask.render_template(
            "check.html",
            draft=draft,
            read=read,
            beside=beside_shown(draft, read),
            is_office=is_office(current_account()),
        )

    @server.post(f"{PATH}/<token>")
    @only(*SENDERS)
    def send_confirm(token: str) -> Any:
        try:
            draft = find_draft(settings, token, _name())
            if flask.request.form.get("do") != "confirm":
                drop_draft(draft)
                readings.forget(draft)
                return flask.redirect(PATH)
            ledgers = passed(draft)
            if ledgers is None:
                read = readings.of(settings, draft)
                if read is None:
                    return flask.redirect(f"{PATH}/{token}")
                must_be_readable(read)
                ledgers = frozenset(read.ledgers)
            received = confirm_draft(settings, draft, ledgers, is_office(current_account()))
            readings.forget(draft)
        except YanpanError as error:
            return _form(data, error=str(error)), 400
        log("报送", unit=draft.unit, path=received.path, sha256=received.sha256)
        flask.flash(f"已收到，存为 {received.path}；几分钟内计入看板。")
        return flask.redirect(PATH)

    @server.get(f"{PATH}/withdraw")
    @only(*SENDERS)
    def withdraw_form() -> str:
        path = flask.request.args.get("path", "")
        if not may_name(settings, path, _unit(data, "")):
            flask.abort(404, "没有收到过这份报送，请从“报送”页的清单里选。")
        return _withdraw_form(path)

    @server.post(f"{PATH}/withdraw")
    @only(*SENDERS)
    def withdraw_confirm() -> Any:
        path, reason = (flask.request.form.get(name, "") for name in ("path", "reason"))
        unit = _unit(data, "")
        try:
            done = withdraw(settings, path, _name(), reason, unit)
        except YanpanError as error:
            if refusals.is_worth_a_line(_name(), MOST_LOGGED):
                log("撤回被拒", unit=unit, path=path[:LONGEST_PATH], why=str(error))
            return _withdraw_form(path, str(error)), 400
        log("撤回报送", unit=unit, path=done.path, reason=done.reason)
        flask.flash(f"已撤回 {done.path}；几分钟内看板不再计入。")
        return flask.redirect(PATH)


@contextmanager
def _one_at_a_time(taking: set[str], who: str) -> Iterator[None]:
    """One file of an account's at a time: to look a large one over takes seconds of a thread.

    Raises:
        YanpanError: one of his is being taken in.

    """
    if who and who in taking:
        raise YanpanError("您的上一个文件还在收，请等它收好再传。")
    taking.add(who)
    try:
        yield
    finally:
        taking.discard(who)


class Refusals:
    """Which refusals are worth a line of the log: without a bound they would fill the disk."""

    def __init__(self) -> None:
        """Nobody has been refused yet."""
        self._lately: dict[str, tuple[float, int]] = {}

    def is_worth_a_line(self, who: str, most: int) -> bool:
        """Whether an account has been refused less than ``most`` times in this minute of its."""
        since, lines = self._lately.get(who, (0.0, 0))
        now = time.monotonic()
        if not lines or now - since > LOGGED_AGAIN_S:
            since, lines = now, 0
        self._lately[who] = since, lines + 1
        return lines < most


def _withdraw_form(path: str, error: str = "") -> str:
    """Ask whether a file is to be taken back."""
    return flask.render_template(
        "withdraw.html", path=path, error=error, is_office=is_office(current_account())
    )


def _form(data: Data, error: str = "") -> str:
    account, day, of_office = current_account(), _day(), is_office(current_account())
    return flask.render_template(
        "send.html", error=error, suffixes=SUFFIXES, largest=LARGEST // 1024 // 1024,
        units=_units(data, day) if of_office else [], unit=account.unit if account else "",
        reports=_reports(data, day), sent=_sent(data), is_office=of_office,
        near=near_bounds(data.settings) if of_office else [],
    )  # fmt: skip


def _day() -> date:
    """The day that the address asks for, else today: a report is late by the calendar."""
    return Address.read(flask.request.args).scope(date.today()).as_of


def _name() -> str:
    account = current_account()
    return account.name if account else ""


def _unit(data: Data, chosen: str) -> str:
    """For whom the file is: a unit's account sends its own, whatever the form says."""
    account = current_account()
    if account and account.role is Role.UNIT:
        return account.unit
    return chosen if chosen in _units(data, _day()) else ""


def _units(data: Data, day: date) -> list[str]:
    return data.choices(Scope(day)).get("unit", []) if data.publication() else []


def _reports(data: Data, day: date) -> list[dict[str, Any]]:
    """Who has reported for the last half month that has ended, those that have not first."""
    if data.publication() is None:
        return []
    rows = data.metric("report_punctuality", Scope(day))
    last = rows[rows["period_end"] == rows["period_end"].max()]
    order = {"missing": 0, "late": 1, "pending": 2, "in_time": 3}
    found = [
        {
            "unit": row.unit, "period": f"{row.period_start:%Y-%m-%d} 至 {row.period_end:%Y-%m-%d}",
            "due": value_text(row.due_on), "state": row.state,
            "word": value_text(row.state, "state", "report_punctuality"),
            "sent": value_text(row.submitted_on),
        }
        for row in last.itertuples()
    ]  # fmt: skip
    return sorted(found, key=lambda row: (order[row["state"]], row["unit"]))


def _sent(data: Data) -> list[dict[str, str]]:
    """What came in last, as far as the account may know of it, and whether it counts yet."""
    unit = _unit(data, "")
    counted: list[dict[str, str]] = []
    if data.publication() is not None:
        counted = [
            {
                "day": f"{row.received_on:%Y-%m-%d}", "unit": value_text(row.unit),
                "path": str(row.path),
                "state": f"已计入：入库 {row.rows_loaded} 行，重复 {row.rows_duplicate} 行，"
                f"退回 {row.rows_rejected} 行",
            }
            for row in data.last_submissions(unit, SENT_SHOWN).itertuples()
        ]  # fmt: skip
    known = {row["path"] for row in counted}
    waiting = [
        {"day": path[:10], "unit": path.split("/")[1], "path": path, "state": "已收到，等待计入"}
        for path in received_lately(data.settings, unit)
        if path not in known
    ]
    return [*_with_withdrawals(data, waiting, True), *_with_withdrawals(data, counted, False)]


def _with_withdrawals(
    data: Data, rows: list[dict[str, str]], is_waiting: bool
) -> Iterator[dict[str, Any]]:
    """Files with who took them back and why, or whether who asks may do so."""
    gone = withdrawals(data.settings)
    for row in rows:
        if event := gone.get(row["path"]):
            yield row | {"state": f"已于 {event.on} 撤回（{event.by}：{event.reason}）"}
        else:
            is_act = row["path"].split("/")[1:2] == [ACCEPTED]
            yield row | {
                "may_withdraw": (is_waiting or is_office(current_account())) and not is_act
            }
