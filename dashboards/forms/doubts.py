"""待核实: the office settles what only a person can decide, one by one or a group alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

import flask

from analysis.accounts import Role
from analysis.errors import YanpanError
from analysis.intake.typed.settling import (
    LONGEST,
    TAKEN_BACK,
    Asked,
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
from dashboards.forms.doubt_groups import (
    WHOLE,
    Asking,
    Group,
    Pages,
    group_of,
    groups_of,
    listed_in,
    paged,
    with_entries,
)
from dashboards.parts.doubt_links import PATH
from dashboards.serving.data import Data

#: So many of a group, and so many groups, stand on a page; so many files of a group are named.
PER_PAGE, GROUPS_PER_PAGE, FILES_SHOWN = 50, 30, 20
#: What a form says that answers a whole group.
ALL = "all"
NONE_SUCH = "没有这个疑问，来源可能已经更正；请从“待核实”页的清单里选。"


@dataclass(frozen=True, slots=True)
class Card:
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
    mark: str

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
        try:
            done = _together(data, form) if "which" in form else _alone(data, form)
        except SettledError as error:
            return _page(data, form, str(error)), 409
        except YanpanError as error:
            return _page(data, form, str(error)), 400
        flask.flash(f"{done}；几分钟内计入看板。")
        return flask.redirect(f"{PATH}?{urlencode(_place(form))}")


def _alone(data: Data, form: Mapping[str, str]) -> str:
    """Settle one doubt; return what was done, in words."""
    key = form.get("doubt", "")
    listed = next((each for each in data.answer(listed_in) if each.key == key), None)
    if listed is None:
        flask.abort(404, NONE_SUCH)
    labels = dict(listed.answers)
    asked = Asked(key, tuple(labels), _number(form.get("seen", "")))
    (entry,) = settle(
        data.settings, [asked], form.get("answer", ""), _signed(form), form.get("why", "")
    )
    (row,) = data.doubts((key,), Scope(date.today())).to_dict("records")
    log("核实疑问", item=_or_none(row["item_id"]), doubt=key, answer=entry.answer or TAKEN_BACK)
    return f"{RULE.labels[listed.rule]}：{_done(entry, labels)}"


def _together(data: Data, form: Mapping[str, str]) -> str:
    """Settle a whole group, or those of it that are ticked, alike; return what was done.

    Raises:
        SettledError: the group is no longer what whoever answers was shown.
        YanpanError: none is ticked, or no reason is given: it stands for all of them.

    """
    asked = with_entries(data.answer(listed_in), answers_given(data.settings))
    group = group_of(_shown(asked, _place(form)), _place(form))
    if not " ".join(form.get("why", "").split()):
        raise YanpanError("一起定的，请写理由。")
    if form.get("which") == ALL:
        if form.get("stamp") != group.stamp:
            raise SettledError("这一组在您看过以后变了，没有记；请看现在的情形再定。")
        mine = [each.as_asked for each in group.asked]
    else:
        mine = _ticked(asked)
    entries = settle(
        data.settings, mine, form.get("answer", ""), _signed(form), form.get("why", "")
    )
    numbers = f"{entries[0].number}–{entries[-1].number}"
    log(
        "一起核实疑问", kind=group.rule, sender=group.sender, file=group.path or None,
        doubts=len(entries), entries=numbers, answer=entries[0].answer or TAKEN_BACK,
        why=entries[0].why,
    )  # fmt: skip
    return f"{group.label}：{len(entries)} 个{_done(entries[0], group.answers)}"


def _ticked(asked: Iterable[Asking]) -> list[Asked]:
    """The doubts that are ticked, each as it was seen.

    Raises:
        YanpanError: none is, or one that there is not.

    """
    marks = flask.request.form.getlist("ticked")
    seen = {key: _number(number) for key, _, number in (mark.partition(".") for mark in marks)}
    known = [each for each in asked if each.listed.key in seen]
    if not known or len(known) != len(seen):
        raise YanpanError("请勾选要一起定的疑问。" if not seen else NONE_SUCH)
    return [replace(each.as_asked, seen=seen[each.listed.key]) for each in known]


def _done(entry: Confirmation, labels: Mapping[str, str]) -> str:
    if entry.answer is None:
        return "已撤回答案，重新待定"
    return f"已记为“{labels.get(entry.answer, entry.answer)}”"


def _page(data: Data, form: Mapping[str, str], error: str = "") -> str:
    """The groups of the open ones or of the settled ones, one group, or one doubt alone."""
    try:
        given = answers_given(data.settings)
    except YanpanError as fault:  # then nothing can be added to it either
        given, error = Confirmations(), error or str(fault)
    asked = with_entries(data.answer(listed_in), given)
    total = sum(each.answer is None for each in asked)
    place, number = _place(form), _number(form.get("page", "1"))
    group: Group | None = None
    groups: Sequence[Group] = ()
    pages = Pages(1, 1)
    if key := place.get("doubt"):
        shown = [each for each in asked if each.listed.key == key]
        if not shown:
            flask.abort(404, NONE_SUCH)
    elif "kind" in place:
        if place["kind"] not in RULE.labels:
            flask.abort(404, NONE_SUCH)
        group = group_of(_shown(asked, place), place)
        shown, pages = paged(group.asked, number, PER_PAGE)
    else:
        groups, pages = paged(groups_of(_shown(asked, place)), number, GROUPS_PER_PAGE)
        shown = [each for one in groups for each in one.asked if len(one.asked) <= WHOLE]
    cards = _cards(data, shown, given)
    return flask.render_template(
        "doubts.html", error=error, place=place, total=total, settled=len(asked) - total,
        group=group, groups=groups, whole=WHOLE, cards=cards, doubts=[*cards.values()],
        number=pages.number, pages=pages.number_of_all,
        most_files=FILES_SHOWN, needs_name=current_account() is None, longest=LONGEST,
        taken_back=TAKEN_BACK, all=ALL,
    )  # fmt: skip


def _shown(asked: Iterable[Asking], place: Mapping[str, str]) -> list[Asking]:
    """The open ones, or the settled ones."""
    return [each for each in asked if (each.answer is None) is ("settled" not in place)]


def _place(form: Mapping[str, str]) -> dict[str, str]:
    """Which part of the list is looked at; a form names it apart from what it answers."""
    key = form.get("alone", "") if "answer" in form else form.get("doubt", "")
    at = {name: form.get(name, "") for name in ("page", "settled", "file")} | {"doubt": key}
    place = {name: value for name, value in at.items() if value}
    if "kind" in form:  # a group without a sender has one that is empty
        place |= {name: form.get(name, "") for name in ("kind", "sender")}
    return place


def _cards(data: Data, asked: Sequence[Asking], given: Confirmations) -> dict[str, Card]:
    """Doubts as they are shown, by their keys.

    Raises:
        WarehouseError: nothing is published, which is not that nothing is in doubt.

    """
    keys = tuple(each.listed.key for each in asked)
    frame = data.doubts(keys, Scope(date.today()))
    frame = frame.astype(object).where(frame.notna(), None)
    rows = {row["doubt_key"]: row for row in frame.to_dict("records")}
    return {
        each.listed.key: _card(each, rows[each.listed.key], given.last(each.listed.key))
        for each in asked
    }


def _card(asked: Asking, row: Mapping[Any, Any], entry: Confirmation | None) -> Card:
    answers = dict(asked.listed.answers)
    return Card(
        asked.listed.key, RULE.labels[asked.listed.rule], row["question"],
        value_text(row["known_from"]), [*_sides(row)], answers, answers[row["default_answer"]],
        entry, asked.listed.counted == asked.answer, asked.mark,
    )  # fmt: skip


def _sides(row: Mapping[Any, Any]) -> Iterator[dict[str, str]]:
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


def _or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(text: str) -> int:
    """A number that a form or an address holds; 0 where it holds none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0
