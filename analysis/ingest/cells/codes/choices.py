"""Cells that choose: words of a code list, ticked boxes, yes and no."""

import re
from collections.abc import Container
from typing import Any

from analysis.ingest.cells.codes.acts import act_of
from analysis.ingest.cells.codes.states import ContradictionError, state_of
from analysis.ingest.cells.dates import Noted, UnreadableError
from analysis.ledgers.codes import ACCEPTANCE_ACT, NO, NOT_APPLICABLE, STATUS, YES, CodeList

#: A box with a mark in it, and one without.
TICKED = r"[☑☒✔✓√✅■●◉⬛]|[(\[【](?:√|✓|✔|x|X|v|V|■|●)[)\]】]"
BLANK = r"[□☐○◯◻⬜▢]|[(\[【][)\]】]"
BOX = re.compile(rf"({TICKED})|({BLANK})")
PERCENT = re.compile(r"^(\d{1,3}(?:\.\d+)?)%$")
#: What may stand around a word of a code list without adding to it.
AROUND = re.compile(r"^(?:属于|属|为|判定为|认定为|定为|:|,)+|[。.!,;:]+$")
#: A word may be followed by what it is a word of.
KIND_OF = re.compile(r"(?:类别|类型|级别|等级|级|类|性|的)$")
EXPLAINED = re.compile(r"^([^(,;。:]+)[(,;。:](.+)$")
#: What an explanation may not say: no, another level, another time.
TAKES_BACK = re.compile("[不非未没无否原曾拟降升改疑似重般是]|大|[一二三四IV]级|红|橙|黄|蓝|高|低")
#: What it was like before says nothing of what has become of it.
BEFORE = re.compile(r"整改前:?.*?(?=整改后|$)", re.DOTALL)
#: So short a text is a word that is not known; a longer one is prose, which may say nothing.
SHORT = 5
#: Prose of which no state was read is kept, and told of.
_PLEASE = "原文照存；请写明已整改、整改中或未整改"
SAYS_NO_STATE = f"没有说明整改到了哪一步，{_PLEASE}"


def read_code(cell: Any, text: str, codes: CodeList, header_unit: str = "") -> str | Noted:
    """The code of a cell; ``text`` is the cell folded, ``header_unit`` % where numbers are such.

    A status is read from prose too; prose that says none, or two, is left with a remark.

    Raises:
        UnreadableError: no word of the list.

    """
    words = codes.folded
    if text not in words:
        text = ticked(text)
    for said in (text, AROUND.sub("", text), text.replace(",", "、"), KIND_OF.sub("", text)):
        if said in words:
            return words[said]
    values = {words.get(part) for part in re.split(r"[/、,()]+", text) if part}
    if len(values) == 1 and (value := values.pop()):  # 低风险/蓝
        return value
    if codes.name == ACCEPTANCE_ACT.name:
        return _act(text)
    if codes.name == STATUS.name:  # the office may have taught it words
        return _status(cell, text, header_unit)
    if (head := _head(text, words)) is not None:
        return Noted(words[head], "unreadable", f"按“{head}”计，其余的话没有读；请只填“{head}”")
    raise UnreadableError("不在可选值之内，可填：" + "、".join(codes.labels.values()))


def _act(text: str) -> str:
    if act := act_of(text):
        return act
    allowed = "、".join(ACCEPTANCE_ACT.labels.values())
    raise UnreadableError(f"看不出是合格还是不合格，没有生效；请填合格或不合格，或{allowed}")


def read_boolean(text: str) -> bool | Noted | None:
    """Yes or no of a folded text; None where the question does not apply.

    Raises:
        UnreadableError: neither.

    """
    said = AROUND.sub("", ticked(text).lower().removesuffix(".0"))
    if said in NOT_APPLICABLE:
        return None
    if said in YES or said in NO:
        return said in YES
    if head := _head(said, YES | NO):
        message = f"按“{head}”计，其余的话没有读；请只填“是”或“否”"
        return Noted(head in YES, "unreadable", message)
    raise UnreadableError("应填“是”或“否”")


def _head(text: str, words: Container[str]) -> str | None:
    """The word in front of an explanation that takes nothing back: 重大 of «重大（消防类）»."""
    match = EXPLAINED.match(text)
    if match and match.group(1) in words and not TAKES_BACK.search(match.group(2)):
        return match.group(1)
    return None


def ticked(text: str) -> str:
    """已整改 of «☑已整改 □未整改», √ of a box alone; the text itself where there are no boxes.

    Raises:
        UnreadableError: no box is ticked, or more than one.

    """
    marks = [(match.start(), match.end(), bool(match.group(1))) for match in BOX.finditer(text)]
    if marks and marks[0][:2] == (0, len(text)):
        return "√" if marks[0][2] else text
    if not marks:
        return text
    is_before = marks[0][0] == 0  # the box stands before its label
    edges = [end for _, end, _ in marks] if is_before else [0, *(end for _, end, _ in marks)]
    ends = [*(start for start, *_ in marks), len(text)]
    labels = (
        [text[start:end] for start, end in zip(edges, ends[1:], strict=True)]
        if is_before
        else [text[start:end] for start, end in zip(edges[:-1], ends[:-1], strict=True)]
    )
    rest = "" if is_before else text[marks[-1][1] :]
    chosen = [label for label, (*_, is_on) in zip(labels, marks, strict=True) if is_on]
    if len(chosen) != 1 or rest.strip("、,;/"):
        raise UnreadableError("没有勾选任何一项" if not chosen else "勾选不清，分不出选的是哪一项")
    return chosen[0].strip("、,;/")


def _status(cell: Any, text: str, header_unit: str) -> str | Noted:
    text = BEFORE.sub("", whole := text)
    if whole and not text:
        return Noted(None, "unreadable", SAYS_NO_STATE)
    share = _share(cell, text, header_unit)
    if share is not None:
        return "done" if share >= 100 else "in_progress" if share > 0 else "not_started"
    try:
        state = state_of(text)
    except ContradictionError:
        message = f"里的话互相矛盾或没有说全，读不出整改状态，{_PLEASE}"
        return Noted(None, "unreadable", message)
    if state:
        return state
    if len(text) > SHORT and not text.isascii():
        return Noted(None, "unreadable", SAYS_NO_STATE)
    raise UnreadableError("不在可选值之内，可填：" + "、".join(STATUS.labels.values()))


def _share(cell: Any, text: str, header_unit: str) -> float | None:
    """A progress of 50 %, or of 0.5 as a spreadsheet keeps it."""
    if isinstance(cell, float) and 0 < cell < 1:
        return cell * 100
    if re.fullmatch(r"0?\.\d+", text):
        return float(text) * 100
    if header_unit == "%" and re.fullmatch(r"\d{1,3}(?:\.\d+)?", text):
        return float(text)
    match = PERCENT.match(text)
    return float(match.group(1)) if match else None
