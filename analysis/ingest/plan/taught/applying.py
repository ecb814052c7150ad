"""What was set right, put into a document before it is read: it is read by the same rules then."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded, without_blanks
from analysis.ingest.measures.responsibility import units_in
from analysis.ingest.measures.segments import segments
from analysis.ingest.plan.items.found import Found, How, Value
from analysis.ingest.plan.taught.entries import (
    WORD_OF,
    LineRole,
    Told,
    digest,
    digest_of,
    digest_of_row,
)
from analysis.ingest.plan.text import Paragraph
from analysis.ledgers.labels import Role

#: A role given by hand → the label that says it of a paragraph.
_SAYS: Mapping[LineRole, str] = {
    LineRole.PROBLEM: WORD_OF[Role.PROBLEM], LineRole.MANIFESTATION: WORD_OF[Role.MANIFESTATION],
    LineRole.MEASURE: WORD_OF[Role.MEASURE],
    LineRole.WHO: WORD_OF[Role.LEAD], LineRole.DUE: WORD_OF[Role.DUE],
}  # fmt: skip
#: What may stand in front of a label within a line, and behind it.
_FRONT = r"(?:^|(?<=[\s。;；,，、(（\[【〔.．)）\]】〕:：!！|]))"
_BEHIND = (
    r"(?=\s*(?:[(（]?[\d一二三四五六七八九十]{0,3}(?:[-—]\d{1,2})?[)）]?\s*)[:：】\]〕]|\s*$|\t|——)"
)


def in_known_words(lines: Sequence[str], labels: Mapping[str, Role]) -> list[str]:
    """Lines with the labels that were taught in the words that every reader knows."""
    if not labels:
        return list(lines)
    form = _form_of(tuple(sorted(labels, key=len, reverse=True)))

    def known(match: re.Match[str]) -> str:
        return WORD_OF[labels[without_blanks(folded(match[1]))]]

    return [form.sub(known, line) for line in lines]


def word_known(text: str, labels: Mapping[str, Role]) -> str:
    """A cell of a table: a label that was taught as the word that every reader knows."""
    role = labels.get(without_blanks(folded(text)).strip(":")) if len(text) <= 40 else None
    return WORD_OF[role] if role else text


@lru_cache(maxsize=8)
def _form_of(words: tuple[str, ...]) -> re.Pattern[str]:
    spaced = ("[ \u3000]*".join(map(re.escape, word)) for word in words)
    return re.compile(f"{_FRONT}({'|'.join(spaced)}){_BEHIND}")


class Paragraphs:
    """The paragraphs of one document, each known by its text and its place among equal texts."""

    def __init__(self, lines: Sequence[str], paragraphs: Sequence[Paragraph]) -> None:
        self.document = digest_of(lines)
        counts: Counter[str] = Counter()
        #: First line of a paragraph, or any row → hash of the text, and which of its equals it is.
        self.keys: dict[int, tuple[str, int]] = {}
        #: Lines that are rows of tables; each is one by itself, however a page may have cut it.
        self.rows: set[int] = set()
        for each in paragraphs:
            if each.is_row:
                for number in each.lines:
                    self.rows.add(number)
                    self._know(number, counts, digest_of_row(lines[number - 1].split("\t")))
            elif each.line not in self.keys:  # a row of a form is several paragraphs of one line
                words = "".join(lines[number - 1] for number in each.lines)
                self._know(each.line, counts, digest(words))

    def _know(self, line: int, counts: Counter[str], words: str) -> None:
        counts[words] += 1
        self.keys[line] = (words, counts[words])

    def roles(self, told: Told) -> dict[int, LineRole]:
        """First line → the role that was given to its paragraph."""
        found = {line: told.roles.get((self.document, *key)) for line, key in self.keys.items()}
        return {line: role for line, role in found.items() if role}


def as_told(paragraphs: Sequence[Paragraph], roles: Mapping[int, LineRole]) -> list[Paragraph]:
    """Paragraphs of which a person has said what they are, with the label that says so.

    One that says nothing and has no number is left out; with a number it holds its place. Rows of
    tables are read with their table.
    """
    if not roles:
        return list(paragraphs)
    found: list[Paragraph] = []
    for each in paragraphs:
        role = roles.get(each.line)
        label = _SAYS.get(role) if role else None
        if each.is_row:
            found.append(each)
        elif label:
            found.append(replace(each, text=_labelled(each.text, label)))
        elif role is None or mark_at(each.text):
            found.append(each)
    return found


def _labelled(text: str, label: str) -> str:
    """A paragraph with a label in front of its own words, in the place of the one that it has."""
    mark = mark_at(text)
    start = mark.end if mark else 0
    parts = segments(text[start:])
    rest = text[start:].strip()
    if parts and parts[0].label and parts[0].text:
        rest = rest[rest.index(parts[0].text) :]
    return f"{text[:start]}{label}：{rest}"


def keys_of_items(document: str, found: Sequence[Found]) -> list[tuple[str, str, int]]:
    """For each measure, by what its fields are set right: its text, and which of its equals."""
    counts: Counter[str] = Counter()
    keys = []
    for item in found:
        text = digest(item.text)
        counts[text] += 1
        keys.append((document, text, counts[text]))
    return keys


def set_right(found: Sequence[Found], document: str, told: Told) -> None:
    """Give measures the fields that a person has set right."""
    if not told.fields:
        return
    for item, key in zip(found, keys_of_items(document, found), strict=True):
        for role, text in told.fields.get(key, {}).items():
            if role is Role.LEAD and (value := item.values.get(Role.LEAD)):
                _keep_supporters(item, value)
            item.values[role] = Value(text, How.TOLD, item.line)


def _keep_supporters(item: Found, value: Value) -> None:
    """«甲局牵头，乙局配合» of which only who leads is set right: 乙局 supports still."""
    _, others, _ = units_in(value.text)
    if others and Role.SUPPORT not in item.values:
        item.values[Role.SUPPORT] = Value("、".join(others), value.how, value.line)
