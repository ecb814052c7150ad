"""督办函: for what a unit is written to, what is asked of it, and by when it answers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.briefing.lists import titled
from analysis.judgement.alerts import RULES, Alert
from analysis.reports.office import official_form
from analysis.wording.deadlines import chinese_day, chinese_month_day, text_of
from analysis.wording.persons.nobody import NAMES_NOBODY, names_person
from analysis.wording.values import UNNAMED, value_text

#: Where names, days and numbers of the office's own belong and nobody has given any.
BLANK = "　　　　"
#: What the folder of a day of receipt is called.
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HEADER = ("序号", "事项", "种类", "责任人", "期限", "逾期天数", "来源")
WIDTHS_MM = (10, 48, 16, 15, 22, 12, 33)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the office, who signs its letters, whom to ask, and the days for an answer.

    Nobody is asked to answer on a day of rest, ``is_rest_day``.
    """

    office: str
    signer: str = ""
    contact: str = ""
    phone: str = ""
    reply_days: int = 5
    is_rest_day: Callable[[date], bool] = lambda day: False

    def reply_by(self, as_of: date) -> date:
        """The day by which an answer is asked for in a letter of ``as_of``."""
        day = as_of + timedelta(days=self.reply_days)
        while self.is_rest_day(day):
            day += timedelta(days=1)
        return day


def supervision_letter(
    unit: str, overdue: pd.DataFrame, unlisted: pd.DataFrame, as_of: date, sender: Sender,
    stamp: str, template: Path | None = None, others: Sequence[Alert] = (), noticed: str = "",
) -> bytes:  # fmt: skip
    """The letter to one unit as docx.

    ``overdue`` are the unit's rows of the metric ``overdue`` that are late enough for a letter,
    ``noticed`` says what is late for less (``noticed_words``), ``unlisted`` are rows of
    ``supervision`` that ought to be on the list and are not, ``others`` the alerts for which it is
    written to beside what is late; ``stamp`` says on what the figures rest. The letter's number is
    left blank: an office gives its own.
    """
    is_late = not overdue.empty
    document = official_form.new_document(template)
    official_form.add_letterhead(document, sender.office, f"{BLANK}〔{as_of.year}〕{BLANK[:2]}号")
    official_form.add(document, "公文标题", "")
    about = "逾期未完成整改事项" if is_late else "整改工作有关事项"
    official_form.add(document, "公文标题", f"关于对{about}进行督办的函")
    official_form.add(document, "公文标题", "")
    official_form.add(document, "公文主送", f"{unit}：")
    for style, text in body(overdue, unlisted, as_of, sender, others, noticed):
        official_form.add(document, style, text)
    # who signs stands on no page without a line of the text
    last = [document.paragraphs[-1], official_form.add(document, "公文正文", "")]
    if is_late:
        last.append(official_form.add(document, "公文正文", "附件：逾期未完成整改事项清单"))
        last.append(official_form.add(document, "公文正文", ""))
    for paragraph in last:
        paragraph.paragraph_format.keep_with_next = True
    official_form.add(document, "公文落款", f"{sender.office}{BLANK}")
    official_form.add(document, "公文落款", f"{chinese_day(as_of)}{BLANK}")
    official_form.add(document, "公文正文", f"（签发：办公室主任 {sender.signer or BLANK}）")
    contact = f"（联系人：{sender.contact or BLANK}，电话：{sender.phone or BLANK}）"
    official_form.add(document, "公文正文", contact)
    if is_late:
        document.add_page_break()
        official_form.add(document, "公文附件", "附件")
        official_form.add(document, "公文标题", "逾期未完成整改事项清单")
        official_form.add_table(document, HEADER, rows(overdue), WIDTHS_MM)
    official_form.add(document, "公文说明", stamp)
    return official_form.as_bytes(document)


def body(
    overdue: pd.DataFrame, unlisted: pd.DataFrame, as_of: date, sender: Sender,
    others: Sequence[Alert] = (), noticed: str = "",
) -> list[tuple[str, str]]:  # fmt: skip
    """The letter's paragraphs, each with its style; it says no more than the figures do."""
    words = f"截至{chinese_day(as_of)}，{_late_words(overdue, noticed)}"
    if len(unlisted):
        is_annexed = unlisted["item_id"].isin(overdue["item_id"])
        both, apart = int(is_annexed.sum()), unlisted["title"][~is_annexed]
        words += f"你单位未销号的重大隐患中，应当挂牌督办而没有挂牌的{len(unlisted)}条"
        some = f"其中{both}条" if both < len(unlisted) else "均" * (both > 1)
        words += f"（{some}已列入附件）" if both else ""
        named = "、".join(f"“{title}”" for title in apart)
        words += f"{'，没有列入的是' if both else '：'}{named}。" if named else "。"
    told = [_told(list(each)) for _, each in groupby(others, key=lambda alert: alert.title)]
    nobody = sum(not names_person(person) for person in overdue["person"])
    asked = []
    if len(overdue):
        asked.append("逐项查明逾期原因，重新明确整改措施和完成时限，确需延期的按程序报批。")
    if nobody:
        asked.append(f"附件中{NAMES_NOBODY}的{nobody}项，请逐项明确到人。")
    if len(unlisted):
        asked.append("对应当挂牌而没有挂牌的重大隐患，请报送材料，按程序提请挂牌督办。")
    asked += [f"{act}。" for act in dict.fromkeys(map(_of_unit, others))]
    asked.append("整改完成的，及时组织验收；验收合格并经签字后方可销号。")
    return [
        ("公文正文", words + "".join(told)),
        ("公文正文", "按照整改工作跟踪督办、定期调度的要求，现予督办，请抓好落实。"),
        ("公文一级标题", "一、督办要求"),
        *(("公文正文", f"{number}．{text}") for number, text in enumerate(asked, start=1)),
        ("公文一级标题", "二、反馈要求"),
        (
            "公文正文",
            f"请于{chinese_month_day(sender.reply_by(as_of))}前将整改情况书面报送{sender.office}；"
            "未能按期完成的，说明原因和下一步安排。",
        ),
    ]


def noticed_words(noticed: pd.DataFrame, days: int) -> str:
    """What is late by less than the ``days`` of a letter: told of, and nothing is demanded."""
    return f"{len(noticed)}项逾期不满{days}天，先通报，请一并抓紧" if len(noticed) else ""


def _late_words(overdue: pd.DataFrame, noticed: str) -> str:
    """How much is late, and for how long; a unit may be written to for other things alone."""
    if overdue.empty:
        return f"你单位{f'有{noticed}' if noticed else '没有逾期未完成的整改事项'}。"
    major = int(overdue["level"].eq("重大").sum())
    words = f"你单位负责的整改事项中有{len(overdue)}项逾期未完成"
    words += f"，其中重大隐患{major}条" if major else ""
    words += f"，最长逾期{int(overdue['days_late'].max())}天（见附件）。"
    return words + (f"另有{noticed}。" if noticed else "")


#: Rule → what the unit itself is asked, where the rule's own words say what the office does.
ASKED_OF_UNIT: Mapping[str, str] = {
    "duty_short": "定量履职不足的，补足并说明原因",
    "major_unfiled": "没有立案的重大隐患，抓紧立案查处，不予立案的书面说明理由",
}


def _of_unit(alert: Alert) -> str:
    """What is asked of the unit; an office's own words for a rule stand as it has set them."""
    is_own = alert.act != RULES[alert.rule].act
    return alert.act if is_own else ASKED_OF_UNIT.get(alert.rule, alert.act)


def _told(alerts: Sequence[Alert]) -> str:
    """All alerts of one rule: what the case is, by the words of the alert."""
    what = alerts[0].title.removesuffix("的单位")
    return f"{what}：{'；'.join(alert.message for alert in alerts)}。"


def rows(overdue: pd.DataFrame) -> list[Sequence[str]]:
    """The annex: each late item with whose it is, how late, and the row that it comes from."""
    return [
        (
            str(number), titled(row), _kind(row),
            value_text(row["person"]) or UNNAMED,
            text_of(row, "due_on"), value_text(row["days_late"]),
            _source(row),
        )
        for number, row in enumerate(overdue.to_dict("records"), start=1)
    ]  # fmt: skip


def _kind(row: Mapping[Any, Any]) -> str:
    """The kind of an item; which are the major hazards that the letter counts is told beside it."""
    kind = value_text(row["kind"], "kind", "overdue")
    return f"{kind}（重大）" if row["level"] == "重大" else kind


def _source(row: Mapping[Any, Any]) -> str:
    """File, sheet and row, and the day of receipt, since ledgers come again under one name; a
    csv's sheet has the name of its file, said once.
    """
    path = PurePosixPath(row["path"])
    parts = dict.fromkeys([path.stem, str(row["sheet"])])
    folder = path.parts[0] if len(path.parts) > 1 else ""
    received = f"（{folder} 收到）" if DAY.fullmatch(folder) else ""
    return f"{' '.join(parts)} 第{int(row['row_no'])}行{received}"
