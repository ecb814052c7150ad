"""A table of progress that names measures by their numbers: 措施编号 | 状态 | 完成时间.

The plan has their words, and so may the cell of the number. What such a table is shows from the
numbers, which are the plan's (2-3), from how each stands beside them, and from a title or a header
that speaks of measures.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Note, Sheet
from analysis.ingest.headers.vocabulary import SEQUENCE, Header, Vocabulary, normalise
from analysis.ingest.tables.layout import Layout, is_filled
from analysis.ingest.tables.measures import number_typed
from analysis.ingest.tables.rows import NOTE, SIGNATURE, TOTAL, RowKind, folded
from analysis.ledgers.measure import MEASURE, NUMBERED

#: Headers as the ledger lists them, for those that no phrase reads: 序号 over 1-1, 截至目前进展.
NUMBER, TEXT, PROGRESS = "细化措施编号", "细化措施", "进展情况"
_TELLS = re.compile(r"进展|进度|状态|(?:完成|落实|推进|办理|整改)情况")
#: What a title, or the header of the numbers, calls measures; more surely where it speaks of
#: hazards too, which have numbers and states of their own.
_OF_MEASURES = re.compile(r"措施|三清单|整改(?:任务|清单|方案)|(?:任务|问题)清单|反馈问题")
_SURELY = re.compile(r"细化措施|三清单|整改任务|任务清单|整改方案")
#: Columns of other lists, and titles of what a meeting has settled.
_OF_OTHERS = re.compile(r"隐患|检查(?:项目|内容|标准|记录)|议定|会议|场所|事故")
_OF_MEETING = re.compile(r"(?<!联席)会议|议定|纪要|例会")
#: A number of the plan's; a day has more digits, and 3 alone is a line's.
_NUMBER = re.compile(r"(?!.*\d{3})" + NUMBERED)
#: A number with the measure's words behind it: «2-1 对索道逐台检验».
_NUMBER_AND_WORDS = re.compile(r"(?!\D*\d{3})" + NUMBERED + r"[\s、.:,]*[^\d\s].{2,}")
#: Several of them, of which a row can say nothing apart: «1-1、1-2», «2-1至2-3».
_SEVERAL = re.compile(rf"(?!\D*\d{{3}}){NUMBERED}(?:[\s、,;和及与至到~]+{NUMBERED})+")
OF_SEVERAL = "一行里写了几条措施的编号，没有读取；请每条措施写一行"
#: What may stand around a number: 第1-2项.
_AROUND = re.compile(r"^第\s*|(?<=\d)\s*[项条号]$")
#: What heads numbers, where no phrase reads it as one: 措施号, 对应条目, 措施; 楼号, 桌号 are of
#: other things.
_HEADS_NUMBERS = re.compile(
    r"[编序]?号|.{0,4}(?:措施|任务|清单|条目)(?:[编序]?号)?|项目?(?:[编序]?号)?|(?:问题|事项)[编序]?号"
)
_FORMS = (_NUMBER, _NUMBER_AND_WORDS)
#: The header stands within the first rows.
_WITHIN = 8


def with_numbers_headed(sheet: Sheet, vocabulary: Vocabulary) -> Sheet | None:
    """The sheet with the listed headers over its numbers and its progress; None where it is no
    table of progress on measures by their numbers.
    """
    for top, row in enumerate(sheet.filled[:_WITHIN]):
        words = [normalise(cell) if is_filled(cell) else "" for cell in row]
        progress = _progress(words, vocabulary)
        if progress is None:
            continue
        number, text = (_numbers(sheet, top, words, vocabulary, form) for form in _FORMS)
        numbers = text if number is None else number
        if numbers is None or numbers == progress:
            continue
        if not _is_of_measures(sheet, top, words, words[numbers]):
            return None
        cells = [list(each) for each in sheet.cells]
        cells[top][numbers] = TEXT if number is None else NUMBER
        if words[progress] not in map(normalise, MEASURE["status"].headers):
            cells[top][progress] = PROGRESS
        return replace(sheet, cells=cells)
    return None


def reports_on_plan(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether a table tells how tasks stand, under a title that says that they are a plan's: then
    it names them by their words, be their column one of what a meeting has settled as well.
    """
    for top, row in enumerate(sheet.filled[:_WITHIN]):
        words = [normalise(cell) if is_filled(cell) else "" for cell in row]
        progress = _progress(words, vocabulary)
        tasks = (n for n, word in enumerate(words) if word and _is_task(word, vocabulary))
        task = next((n for n in tasks if n != progress), None)
        if progress is not None and task is not None:
            return _is_of_measures(sheet, top, words, "")
    return False


def _is_task(word: str, vocabulary: Vocabulary) -> bool:
    return any(_may_be(word, name, vocabulary) for name in ("sub_measure", "measure"))


def with_numbered_rows(sheet: Sheet, layout: Layout) -> tuple[Sheet, Layout]:
    """A table by numbers in which each row with a number and more is data, and a number alone is
    nothing: no row of such a table says enough to be judged by its words. One of several numbers is
    told.
    """
    column = next((n for n, each in enumerate(layout.headers) if each.last == NUMBER), None)
    if column is None:
        return sheet, layout
    kinds, notes = list(layout.kinds), list(sheet.notes)
    cells = [list(row) for row in sheet.cells]
    body = kinds.index(RowKind.HEADER) if RowKind.HEADER in kinds else len(kinds)
    for n, row in enumerate(sheet.filled):
        if n > body and _NUMBER.fullmatch(_number(row[column])):
            others = {folded(cell) for cell in row} - {"", folded(row[column])}
            kinds[n] = RowKind.DATA if others else RowKind.NOTE
            if _AROUND.search(folded(row[column])):
                cells[n][column] = _number(row[column])
        elif n > body and _SEVERAL.fullmatch(said := _number(row[column])):
            kinds[n] = RowKind.NOTE
            notes.append(Note(n, column, "row_in_doubt", "warning", OF_SEVERAL, said))
    told = replace(sheet, cells=cells, notes=tuple(notes))
    return told, replace(layout, kinds=kinds, doubtful=frozenset())


def names_numbers(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether one column of rows of data holds a number of the plan's in each of them."""
    columns = zip(*rows, strict=True)
    return any(all(_NUMBER.fullmatch(folded(cell)) for cell in column) for column in columns)


def _progress(words: Sequence[str], vocabulary: Vocabulary) -> int | None:
    """The column that says how each stands."""
    listed = [n for n, word in enumerate(words) if word and _may_be(word, "status", vocabulary)]
    read = [n for n, word in enumerate(words) if _TELLS.search(word)]
    return next(iter([*listed, *read]), None)


def _numbers(
    sheet: Sheet, top: int, words: Sequence[str], vocabulary: Vocabulary, form: re.Pattern[str]
) -> int | None:
    """The first column of which every cell below has the form, with a number of the plan's."""
    below = [row for row in sheet.filled[top + 1 :] if _is_row(row)]
    for column, word in enumerate(words):
        said = [_number(row[column]) for row in below if is_filled(row[column])]
        one = [text for text in said if not _SEVERAL.fullmatch(text)]
        is_form = bool(said) and all(map(form.fullmatch, one))
        if is_form and _heads_numbers(word, vocabulary):
            return column
    return None


def _heads_numbers(word: str, vocabulary: Vocabulary) -> bool:
    return bool(word in SEQUENCE or _HEADS_NUMBERS.fullmatch(word)) or _may_be(
        word, "sub_no", vocabulary
    )


def _number(cell: Any) -> str:
    return _AROUND.sub("", folded(number_typed(cell)))


def _is_row(row: Sequence[Any]) -> bool:
    """Whether a row is no note, and not who filled in the table and when."""
    said = [text for cell in row if (text := folded(cell))]
    is_beside = not said or any(each.match(said[0]) for each in (NOTE, SIGNATURE, TOTAL))
    return not is_beside and (len(set(said)) > 1 or bool(_NUMBER.fullmatch(said[0])))


def _is_of_measures(sheet: Sheet, top: int, words: Sequence[str], header: str) -> bool:
    titles = [str(cell) for row in sheet.cells[:top] for cell in row if is_filled(cell)]
    title = " ".join([sheet.name, sheet.above, sheet.heading, *titles])
    if any(map(_OF_OTHERS.search, words)) or _OF_MEETING.search(title):
        return False
    speaks = _SURELY if "隐患" in title else _OF_MEASURES
    return bool(_OF_MEASURES.search(header) or speaks.search(title))


def _may_be(word: str, name: str, vocabulary: Vocabulary) -> bool:
    fields = vocabulary.candidates(MEASURE, Header(word, word, ""))
    return any(field.name == name for field in fields)
