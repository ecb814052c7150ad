"""待核实: the office settles what only a person can decide, 报停业 before all else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import flask

from analysis.accounts import Role
from analysis.errors import YanpanError
from analysis.intake.typed.settling import (
    LONGEST,
    TAKEN_BACK,
    Confirmation,
    Confirmations,
    SettledError,
    answers_given,
    settle,
)
from analysis.ledgers.codes import RULE
from analysis.warehouse.scope import Scope
from analysis.wording.labels import field_label
from analysis.wording.values import value_text
from dashboards.access.rights import only
from dashboards.access.session import current_account, log
from dashboards.parts.doubt_links import PATH
from dashboards.serving.data import Data

#: So many stand on a page.
PER_PAGE = 50
NONE_SUCH = "没有这个疑问，来源可能已经更正；请从“待核实”页的清单里选。"


@dataclass(frozen=True, slots=True)
class Asked:
    """One doubt as it is shown: its kind, both places, its answers, and the entry that decides."""

    key: str
    kind: str
    question: str
    since: str
    sides: list[dict[str, str]]
    answers: dict[str, str]
    meanwhile: str
    entry: Confirmation | None
    is_counted: bool

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it, or the answer was taken back."""
        return self.entry is None or self.entry.answer is None

    @property
    def answer(self) -> str:
        """What it was settled as, in words; empty while it is open."""
        code = self.entry.answer if self.entry else None
        return self.answers.get(code, code) if code else ""

    @property
    def seen(self) -> int:
        """The number of the entry that decides; 0 for none."""
        return self.entry.number if self.entry else 0


def offer_settling(server: flask.Flask, data: Data) -> None:
    """Register the page on which doubts are settled."""

    @server.get(PATH)
    @only(Role.OFFICE)
    def doubt_list() -> Any:
        return _page(data, flask.request.args)

    @server.post(PATH)
    @only(Role.OFFICE)
    def doubt_settle() -> Any:
        form = flask.request.form
        rows = _rows(data)
        row = next((row for row in rows if row["doubt_key"] == form.get("doubt")), None)
        if row is None:
            flask.abort(404, NONE_SUCH)
        answers = _answers(row)
        try:
            entry = settle(
                data.settings, row["doubt_key"], [*answers], form.get("answer", ""), _signed(form),
                form.get("why", ""), _number(form.get("seen", "")),
            )  # fmt: skip
        except SettledError as error:
            return _page(data, form, str(error)), 409
        except YanpanError as error:
            return _page(data, form, str(error)), 400
        log("核实疑问", item=row["item_id"], doubt=entry.doubt, answer=entry.answer or TAKEN_BACK)
        done = f"已记为“{answers[entry.answer]}”" if entry.answer else "已撤回答案，重新待定"
        flask.flash(f"{RULE.labels[row['rule']]}：{done}；几分钟内计入看板。")
        return flask.redirect(f"{PATH}?{urlencode(_place(form))}")


def _rows(data: Data) -> list[dict[str, Any]]:
    """The published doubts, as plain values.

    Raises:
        WarehouseError: nothing is published, which is not that nothing is in doubt.

    """
    frame = data.doubts(Scope(date.today()))
    frame = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _page(data: Data, asked: Mapping[str, str], error: str = "") -> str:
    """One page of the open ones, of the settled ones, or one doubt alone."""
    try:
        given = answers_given(data.settings)
    except YanpanError as fault:  # then nothing can be added to it either
        given, error = Confirmations(), error or str(fault)
    found = [_asked(row, given) for row in _rows(data)]
    total = sum(doubt.is_open for doubt in found)
    place = _place(asked)
    if key := place.get("doubt"):
        shown = [doubt for doubt in found if doubt.key == key]
        if not shown:
            flask.abort(404, NONE_SUCH)
    else:
        shown = [doubt for doubt in found if doubt.is_open is ("settled" not in place)]
    pages = max(1, -(-len(shown) // PER_PAGE))
    number = min(max(1, _number(place.get("page", "1"))), pages)
    return flask.render_template(
        "doubts.html", error=error, place=place, total=total, settled=len(found) - total,
        doubts=shown[(number - 1) * PER_PAGE : number * PER_PAGE], number=number, pages=pages,
        needs_name=current_account() is None, longest=LONGEST, taken_back=TAKEN_BACK,
    )  # fmt: skip


def _place(asked: Mapping[str, str]) -> dict[str, str]:
    """Which part of the list is looked at; a form names it apart from what it answers."""
    at = {name: asked.get(name, "") for name in ("page", "settled")}
    key = asked.get("alone", "") if "answer" in asked else asked.get("doubt", "")
    return {name: value for name, value in (at | {"doubt": key}).items() if value}


def _asked(row: Mapping[str, Any], given: Confirmations) -> Asked:
    answers, entry = _answers(row), given.last(row["doubt_key"])
    return Asked(
        row["doubt_key"], RULE.labels[row["rule"]], row["question"], value_text(row["known_from"]),
        [*_sides(row)], answers, answers[row["default_answer"]], entry,
        row["answer"] == (entry.answer if entry else None),
    )  # fmt: skip


def _answers(row: Mapping[str, Any]) -> dict[str, str]:
    return {each["code"]: each["label"] for each in json.loads(row["answers"])}


def _sides(row: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Where each of the two things stands, and what it says, by the label of each."""
    for prefix in ("", "other_"):
        if row[f"{prefix}path"] is None:
            continue
        said = {
            name: value_text(row[f"{prefix}{name}"])
            for name in ("unit", "site", "title", "text", "sender", "path", "sheet", "cell")
        }
        row_no = row[f"{prefix}row_no"]
        line = f"，第 {int(row_no)} 行" if row_no else ""
        cell = f"，{said['cell']} 格" if said["cell"] else ""
        field = row[f"{prefix}field"]
        told = field_label(field, row[f"{prefix}ledger"]) if field else "原文"
        facts = {
            told: said["text"], "事项": said["title"], "场所": said["site"],
            "责任单位": said["unit"], "填报单位": said["sender"],
            "文件": f"{said['path']}，工作表“{said['sheet']}”{line}{cell}",
        }  # fmt: skip
        yield {label: text for label, text in facts.items() if text}


def _signed(form: Mapping[str, str]) -> str:
    """The person and his account, or who says that he is it on a machine without accounts.

    Raises:
        YanpanError: nobody is named.

    """
    account = current_account()
    if account:
        return f"{account.person}（{account.name}）" if account.person else account.name
    by = " ".join(form.get("by", "").split())
    if not by or len(by) > LONGEST or not by.isprintable():
        raise YanpanError(f"请写明是谁（最多 {LONGEST} 字）。")
    return by


def _number(text: str) -> int:
    """A number that a form or an address holds; 0 where it holds none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0
