"""Hard line breaks taken back: lines that a page or a fixed width has cut are one paragraph.

Where many lines have one and the same width, the text was wrapped: a line of that width goes on
in the next. Elsewhere a line is a paragraph, unless it stops in the middle of a sentence.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from analysis.ingest.measures.enumerators import mark_at, marks_in
from analysis.ingest.measures.folding import HAN, SPACED, UNSEEN, folded
from analysis.ingest.measures.labels import FIELDS, label_of
from analysis.ingest.measures.parts import OTHERS, by_number
from analysis.ingest.measures.segments import segments
from analysis.ingest.plan.text.furniture import furniture
from analysis.ledgers.labels import Role
from analysis.wording.persons.nobody import names_person
from analysis.wording.units import is_whole

#: A sentence has ended, or a heading, a quotation, a bracket.
_ENDED = re.compile(r"[。;:!?”\])》…]$")
_COMMAS = re.compile(r"[,;。]")
_GOES_ON = re.compile(r"[,、(\[“《—和与及的]$")
#: Fewer lines of one width are chance.
LEAST_FULL, SHARE_FULL = 3, 0.12
#: So many lines, titles and running heads, may be wider than the text.
MOST_LONGER, SHARE_LONGER = 2, 0.06
#: No page has lines so short.
NARROWEST = 16
#: No page has lines of more columns; a longer one is a paragraph.
WIDEST = 130
#: So much may a full line be short of the width, where a sign must not begin a line.
RAGGED = 4
_OPENINGS = re.compile(
    r"^(?:附件|组长|副组长|成员[:：]|抄送|主送|注[:：]|备注|第[一二三四五六七八九十]+[章节部条]|\[|●|◆|■|★)"
)

#: Labels over what is to be done.
_DONE = frozenset({Role.MEASURE, Role.DETAIL})


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the line on which a paragraph begins goes on; ``doubled`` is what both have."""

    line: int
    goes_on: int
    doubled: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the lines (from 1) that it stands on."""

    lines: tuple[int, ...]
    text: str

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.lines[0]

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, its cells apart by tabs."""
        return self.text.count("\t") > 1


def paragraphs_of(lines: Sequence[str]) -> tuple[list[Paragraph], list[Cut], set[int]]:
    """The paragraphs of a document, where a page had cut one, and the lines of the page's own."""
    pages = furniture(lines)
    width = _width(lines, pages)
    signed = _signatures(lines)
    found: list[Paragraph] = []
    cuts: list[Cut] = []
    begun: set[tuple[str, int]] = set()
    gap = is_page = False
    for number, raw in enumerate(lines, start=1):
        line = UNSEEN.sub("", raw.replace("\f", ""))
        if number in pages or not line.strip():
            gap = gap or number not in pages
            is_page = is_page or number in pages
            continue
        if pairs := key_values(line, lines[number] if number < len(lines) else ""):
            found += [Paragraph((number,), _closed(each)) for each in pairs]
            gap = True
            continue
        before = found[-1] if found else None
        is_full = before is not None and width is not None and width(lines[before.lines[-1] - 1])
        if is_page and before and not _ENDED.search(folded(before.text).rstrip()):
            gap = False  # the blank lines are those of the page's end
        is_wrapped = is_full and not gap and before is not None
        if (
            before
            and number not in signed
            and (
                (is_wrapped and _is_cut_word(before.text, line, begun))
                or _goes_on(before, line, is_full=is_full, gap=gap)
            )
        ):
            text, doubled = _joined(before.text, line, is_wrapped=is_full)
            if not is_full or doubled:
                cuts.append(Cut(before.line, number, doubled))
            found[-1] = Paragraph((*before.lines, number), text)
        else:
            found.append(Paragraph((number,), line if "\t" in line else _closed(line)))
            if mark := mark_at(line):
                begun.add((mark.kind, mark.number))
        gap = is_page = False
    below = [*found[1:], None]
    apart = (_parted(each, after) for each, after in zip(found, below, strict=True))
    return [part for parts in apart for part in parts], cuts, pages


def _parted(each: Paragraph, below: Paragraph | None) -> list[Paragraph]:
    """«整改措施：（1）…。责任科室：甲科» over «（2）…» as the label, and the first of its measures.

    What stands behind the first is of that alone, as what stands behind the second is.
    """
    second = mark_at(below.text) if below else None
    said = segments(each.text) if second and second.number == 2 else []
    if not said or said[0].label is None or said[0].label.role not in _DONE:
        return [each]
    first = mark_at(said[0].text)
    is_list = first and second and (first.kind, first.number) == (second.kind, 1)
    if not is_list or not any(other.label and other.label.role in FIELDS for other in said[1:]):
        return [each]
    start = each.text.index(said[0].text)
    label, text = each.text[:start].rstrip(), each.text[start:]
    return [Paragraph(each.lines, label), Paragraph(each.lines, text)]


def _signatures(lines: Sequence[str]) -> set[int]:
    """The lines (from 1) with the day under a document, and with the office over that day."""
    filled = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    days = {n for n, line in filled if _DAY.fullmatch(folded(line))}
    over = {
        n for (n, line), (below, _) in pairwise(filled) if below in days and _OFFICE.fullmatch(line)
    }
    return days | over


def _joined(before: str, line: str, *, is_wrapped: bool) -> tuple[str, str]:
    start = line if "\t" in before or "\t" in line else line.strip(" \u3000")
    is_doubled = (
        not is_wrapped
        and before.endswith(start[:1])
        and start[:1] != before[-2:-1]
        and not start[:1].isdigit()
    )
    doubled = start[:1] if is_doubled else ""
    is_word = re.search(r"[A-Za-z]$", before) and re.match("[A-Za-z]", start)
    is_label = (
        line[:1] in " \u3000" and _is_unclosed(folded(before)) and _is_labelled(folded(start))
    )
    gap = " " if is_word or is_label else ""
    return before + gap + start[len(doubled) :], doubled


def _closed(line: str) -> str:
    """A line without blanks at its ends, its labels closed: «责 任 人：» → «责任人：»."""

    def close(match: re.Match[str]) -> str:
        joined = re.sub(r"\s+", "", match.group())
        return (
            joined
            if label_of(joined) or re.fullmatch("组长|成员|副组长", joined)
            else match.group()
        )

    text = line.strip(" \u3000\t\r\xa0")
    return SPACED.sub(close, text)


def _goes_on(before: Paragraph, line: str, *, is_full: bool, gap: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    plain, last = folded(_closed(line)).strip(" "), folded(before.text).rstrip()
    if before.is_row or ("\t" in before.text and is_full):
        return is_full and not gap
    if line.count("\t") > 1:
        return is_full and not gap and not _ENDED.search(last) and "\t" in before.text
    if _is_unclosed(last) and _closes(plain) and not gap:
        return True
    opens = _opens(plain)
    if _CUT_DAY.search(f"{last}\n{plain}"):
        return True
    if _is_said_when(before.text) and not re.match(r"[前底内之以止末,，、;；。)）]", plain):
        return False
    if is_full and not gap:
        return not (opens and (_ENDED.search(last) or _opens_surely(plain)))
    if opens:
        return False
    if _is_unclosed(last) and len(last) > 4:
        return True
    if _ENDED.search(last):
        return False
    if _GOES_ON.search(last) and not gap and len(last) > 8:
        return True
    return bool(_COMMAS.search(last)) and not _is_labelled_value(before.text)


#: A day under a document, and the office over it, which never go on with its last line.
_DAY = re.compile(r"\s*20\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*")
_OFFICE = re.compile(
    rf"\s*[{HAN}()（） ]{{3,30}}(?:局|委|办|室|会|府|组|班|部|队|司|心|馆|院|校|站|所|处)\s*"
)
#: A label of two others is no longer than this.
LONGEST_CUT = 6
#: The first signs of a line, up to the end of a label.
_TO_COLON = re.compile(rf"^\s*([{HAN}]{{1,7}})[:：]")
_LAST_WORD = re.compile(rf"(?:^|[^{HAN}])([{HAN}]{{1,7}})$")


def _is_cut_word(before: str, line: str, begun: set[tuple[str, int]]) -> bool:
    """Whether a line of a wrapped text begins in the middle of a label, or of 举一反|三、.

    A number is one of a list only where the number in front of it has begun a line before.
    """
    last = _LAST_WORD.search(before.rstrip())
    first = _TO_COLON.match(line)
    if last and first and label_of(last[1] + first[1]):
        is_short = len(last[1] + first[1]) <= LONGEST_CUT  # 责任|领导：, each of which is a label
        if is_short or not label_of(first[1]):
            return True
    mark = mark_at(line)
    if (
        mark
        and mark.number > 1
        and any(
            each.kind == mark.kind and each.number == mark.number - 1
            for _, each in marks_in(before)
        )
    ):
        return mark.kind == "han_is"  # «一是…；二是…；» goes on with 三是
    return (
        mark is not None
        and mark.number > 1
        and not mark.under
        and (mark.kind, mark.number - 1) not in begun
        and not _ENDED.search(folded(before).rstrip())
    )


#: «完成时限：2025年11月» over «15日»: a day that a line has cut.
_CUT_DAY = re.compile(r"20\d{2}\s*年\s*(?:\n\d{1,2}\s*月|\d{1,2}\s*月\s*\n\d{1,2}\s*日)")


def _is_unclosed(text: str) -> bool:
    return text.count("(") > text.count(")") and len(text) - text.rfind("(") < 60


def _is_said_when(text: str) -> bool:
    """Whether a line ends with a deadline in a label, which is all there: «时限：6月30日前»."""
    last = segments(text)[-1:]
    label = last[0].label if last else None
    is_due = label is not None and label.role is Role.DUE
    return is_due and bool(_WHOLE_DEADLINE.fullmatch(folded(last[0].text)))


_WHOLE_DEADLINE = re.compile(
    r"(?:20\d{2}年)?(?:\d{1,2}月(?:\d{1,2}日|底)前?|年底前?)(?:完成)?|长期坚持|立行立改"
)


def _closes(plain: str) -> bool:
    """Whether a line closes a bracket that it has not opened, at its end."""
    return plain.count(")") > plain.count("(") and bool(re.search(r"\)[。;,]?$", plain))


def _is_labelled_value(text: str) -> bool:
    """Whether a line is a short labelled value such as «责任单位：甲局，乙局»: it is complete."""
    found = segments(text)
    labels = [each.label for each in (found[:1] + found[-1:]) if each.label]
    return any(label.role in FIELDS for label in labels) and not re.search("[、,，]$", text)


#: «问题2 工地扬尘»: a number behind its word, and a blank.
_NUMBERED = re.compile(r"(?:问题|措施|任务|事项)[一二三四五六七八九十\d]{1,2}[\s:、.]")


def _opens(plain: str) -> bool:
    """Whether a line begins something new: a number, a label, a heading."""
    is_label = len(plain) <= 8 and label_of(plain) is not None
    return (
        bool(_OPENINGS.match(plain) or mark_at(plain) or _NUMBERED.match(plain))
        or is_label
        or _is_labelled(plain)
    )


def _opens_surely(plain: str) -> bool:
    if _NUMBERED.match(plain):
        return True
    mark = mark_at(plain)
    if mark and mark.kind not in {"bullet", "han_is", "letter"}:
        rest = plain[mark.end :]
        return bool(re.match(r"[\u3400-\u9fff“《(\d]", rest))
    return _is_labelled(plain)


def _is_labelled(plain: str) -> bool:
    found = segments(plain[:40])
    return bool(found) and found[0].label is not None


def _width(lines: Sequence[str], pages: set[int]) -> Callable[[str], bool] | None:
    """A test for lines of the width at which a text was wrapped; None where it was not."""
    texts = [
        line.strip("\r\n\f") for n, line in enumerate(lines, 1) if n not in pages and line.strip()
    ]
    for measure, ragged in ((len, 0), (_columns, RAGGED)):
        sizes = Counter(measure(line) for line in texts)
        if not sizes:
            return None
        widest = _widest(sizes, ragged)
        full = sum(count for size, count in sizes.items() if size >= widest - ragged)
        unended = sum(
            1 for line in texts
            if measure(line) >= widest - ragged
            and not _ENDED.search(folded(line).rstrip())
            and not _ends_with_value(line)
        )  # fmt: skip
        least = NARROWEST if measure is _columns else NARROWEST // 2
        if (
            widest >= least
            and full >= max(LEAST_FULL, SHARE_FULL * len(texts))
            and 2 * unended >= full
        ):
            return lambda line, m=measure, w=widest, r=ragged: m(line.strip("\r\n\f")) >= w - r  # type: ignore[misc]
    return None


def _ends_with_value(line: str) -> bool:
    """Whether a line ends with a whole value: «…；责任人：顾某», «…；责任单位：甲局»."""
    last = segments(line)[-1:]
    if not last or last[0].label is None:
        return False
    return names_person(last[0].text) if last[0].label.role is Role.PERSON else _is_said_when(line)


def _widest(sizes: Counter[int], ragged: int) -> int:
    """The width of the full lines; a few heads and titles may stand out of it."""
    may_be_longer = max(MOST_LONGER, int(SHARE_LONGER * sum(sizes.values())))
    full = {
        width: sum(count for size, count in sizes.items() if width - ragged <= size <= width)
        for width in sizes
        if sum(count for size, count in sizes.items() if size > width) <= may_be_longer
    }
    return max(full, key=lambda width: (full[width], width))


def _columns(line: str) -> int:
    """How wide a line is, a Chinese sign being two."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line.rstrip())


#: What is said of measures by their numbers, and is none itself.
_OF_MEASURES = frozenset({Role.LEAD, Role.SUPPORT, Role.PERSON, Role.LEADER, Role.DUE, Role.KIND})
_NAMES_NUMBERS = re.compile(r"^(?:整改|具体|细化)?措施\s*\d")


def _in_one_line(label: str, value: str) -> str:
    """«1.7月31日» over «2.长期坚持» in the cell of a deadline: of the measures 1 and 2, whose own
    numbers these are; «措施1：…；措施2：…» likewise.
    """
    known = label_of(label)
    if known is None or known.role not in _OF_MEASURES:
        return value
    if "\n" not in value.strip() and not _NAMES_NUMBERS.match(value):
        return value
    apart = by_number(value)
    return (
        "；".join(
            f"其余各项{said}" if number == OTHERS else f"第{number}项{said}"
            for number, said in apart.items()
        )
        or value
    )


#: A label that no grammar knows, behind a known one: «整改期限|9月底前|销号验收|甲局».
_MAY_BE_LABEL = re.compile(rf"[{HAN}]{{3,6}}")


def key_values(line: str, below: str = "") -> list[str]:
    """A row of a form as lines: «整改措施|（1）…» → «整改措施：（1）…»; none for other rows.

    A text across the whole width stands over what is told in the rows ``below`` it: «问题4：…».
    """
    if "\t" not in line:
        return []
    cells = [cell.strip() for cell in line.split("\t")]
    filled = [cell for n, cell in enumerate(cells) if cell and cell not in cells[:n]]
    if len(filled) == 1 and key_values(below):
        return [each for each in filled[0].split("\n") if each.strip()]
    if len(filled) == 3 and len(cells) == 4 and not cells[1]:
        filled.insert(1, "")  # «责任人| |完成时限|6月底前»
    elif len(filled) == 3 and len(cells) == 4 and not cells[3]:
        filled.append("")  # «责任单位|甲局|责任人| »
    labels = [len(cell) < 20 and label_of(cell) is not None for cell in filled]
    if len(filled) == 4 and labels[0] and not any(labels[1:]):
        labels[2] = bool(_MAY_BE_LABEL.fullmatch(filled[2])) and not is_whole(filled[2])
    pairs = list(zip(filled[::2], filled[1::2], strict=False))
    is_form = len(filled) in {2, 4, 6} and all(labels[::2]) and not any(labels[1::2])
    if not is_form:
        return []
    texts: list[str] = []
    for label, value in pairs:
        label = "".join(label.split())  # «责任股室» over «（单位）» in its cell
        value = _in_one_line(label, value)
        first, *more = [each for each in value.split("\n") if each.strip()] or [""]
        texts += [f"{label.rstrip(':：')}：{first}", *more]
    return texts
