"""A line cut at its labels: «牵头单位：甲局　配合单位：乙局», and what is said by role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.ingest.measures.folding import HAN, bracketed, folded
from analysis.ingest.measures.labels import FIELDS, Label, label_of
from analysis.ledgers.labels import Role

#: A label with its colon, where one may stand: at the beginning, behind a sign or a blank.
_LABELLED = re.compile(
    rf"(?:^|(?<=[\s。;；,，、(\[.)\]:：!”|]))(?:[*●◆■▲★※◎○□◇•·-]\s*)?"
    rf"(\[?[{HAN}][{HAN}/、]{{0,18}}(?:[(\[][^()\[\]]{{1,10}}[)\]])?(?:[(]?[\d一二三四五六七八九十]{{1,3}}(?:-\d{{1,2}})?[)]?)?\]?)"
    rf"\s*(?:[:]|—{{2}})"
)
#: «【责任单位】县文旅局»: brackets in the place of a colon.
_IN_BRACKETS = re.compile(rf"\[([{HAN}]{{2,12}})\]\s*[:]?")
#: «问题1.会议记录缺失», «整改措施二、…»: a number's own sign in the place of the colon.
_NUMBERED = re.compile(
    rf"^\s*([{HAN}]{{2,6}}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}}))[.、]\s*(?=[^\d\s一二三四五六七八九十])"
)
_TOLD_BY_NUMBER = frozenset({Role.PROBLEM, Role.MANIFESTATION, Role.MEASURE, Role.DETAIL})
#: «责任单位　县文旅局»: a blank in the place of the colon, at the beginning of a line.
_BEFORE_BLANK = re.compile(rf"^\s*([{HAN}]{{3,10}})[ \t\u3000]+(?=\S)")
#: Behind such a label others may follow: «责任单位    县文旅局      责任人    某甲».
_BETWEEN_BLANKS = re.compile(rf"(?:[ \u3000]{{2,}}|\t)([{HAN}]{{3,8}})(?:[ \u3000]{{2,}}|\t)(?=\S)")


@dataclass(slots=True)
class Said:
    """What a text says by role, raw; the first that says something of a role counts."""

    texts: dict[Role, str] = field(default_factory=dict)

    def add(self, role: Role, text: str) -> None:
        """Take in what is said of a role; more units of one role are joined."""
        ends = " \t\r\n\u3000;；,，、|｜" + ("" if role is Role.DUE else "。")
        text = text.strip(ends)
        if not text or is_nothing(text):
            return
        if role not in self.texts:
            self.texts[role] = text
        elif role in {Role.SUPPORT, Role.LEAD} and text not in self.texts[role]:
            self.texts[role] += f"、{text}"

    def update(self, other: "Said") -> None:
        """Take in what another text says of roles of which nothing is known yet."""
        for role, text in other.texts.items():
            self.texts.setdefault(role, text)

    def __bool__(self) -> bool:
        return bool(self.texts)


def is_nothing(text: str) -> bool:
    """Whether a value says that there is none: 无, —, /."""
    return not re.sub(r"[\s/\\—–_.。、-]", "", text) or text.strip() in {"无", "暂无", "没有", "/"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line: its label, if it has one, and the text behind it."""

    label: Label | None
    text: str


def segments(text: str) -> list[Segment]:
    """A line cut at its labels; what stands in brackets or quotes is no label of the line.

    Brackets around the whole line, 〔责任科室：甲科|时限：6月底前〕, enclose nothing.
    """
    plain = folded(text)
    whole = next(brackets(plain), None) if ":" in plain else None
    if whole and not plain[: whole[0]].strip() and not plain[whole[1] :].strip(" 。;"):
        text = text[whole[0] + 1 : whole[1] - 1]
        plain = folded(text)
    inside = bracketed(plain)
    found: list[tuple[int, int, Label]] = []
    for match in (*_LABELLED.finditer(plain), *_IN_BRACKETS.finditer(plain)):
        start = match.start(1)
        is_hidden = inside[start] and plain[start] != "[" and plain[start - 1 : start] != "["
        if is_hidden or (found and start < found[-1][1]):
            continue
        if label := label_of(match.group(1)):
            found.append((match.start(), match.end(), label))
    numbered = _NUMBERED.match(plain)
    own = label_of(numbered[1]) if numbered else None
    if numbered and own and own.number and own.role in _TOLD_BY_NUMBER:
        found.append((0, numbered.end(), own))
    found = sorted({start: each for each in found for start in [each[0]]}.values())
    spaced = _BEFORE_BLANK.match(plain) if not found else None
    lone = label_of(spaced.group(1)) if spaced else None
    if spaced and lone and lone.role is not Role.KIND and _is_label(lone, text[: spaced.end()]):
        found = [(0, spaced.end(), lone), *_between_blanks(plain, spaced.end())]
    first = found[0][0] if found else len(text)
    pieces = [Segment(None, text[:first].strip())] if text[:first].strip(" \t\u3000") else []
    if not found:
        return pieces
    ends = [*(start for start, _, _ in found[1:]), len(text)]
    for (_, begin, label), end in zip(found, ends, strict=True):
        pieces.append(Segment(label, text[begin:end].strip()))
    return pieces


def _between_blanks(plain: str, start: int) -> Iterator[tuple[int, int, Label]]:
    """Labels of fields between wide blanks, as columns of a page run together."""
    for match in _BETWEEN_BLANKS.finditer(plain, start):
        label = label_of(match[1])
        if label and label.role in FIELDS:
            yield match.start(), match.end(), label


def _is_label(label: Label, written: str) -> bool:
    """Whether a word in front of a blank is a label; one of measures needs a wide blank."""
    if label.role in FIELDS:
        return True
    is_wide = bool(re.search(r"[\t\u3000]| {2,}", written))
    return is_wide and label.role in {Role.MEASURE, Role.GOAL, Role.PROBLEM}


def brackets(plain: str) -> Iterator[tuple[int, int]]:
    """The outermost round and square brackets of a folded text."""
    depth, start = 0, 0
    for at, sign in enumerate(plain):
        if sign in "([":
            depth += 1
            start = at if depth == 1 else start
        elif sign in ")]" and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1
