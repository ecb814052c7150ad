"""The photos of a sheet → rows of the table of photos: which record, which column, before or after.

A photo belongs to the record in whose row it stands. One beside every record is kept as well, and
told of: to guess would hang it on somebody else's hazard.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.ingest.files.sheets import Photo, Sheet, column_letters
from analysis.ingest.findings import Finding, Place
from analysis.ingest.pictures.keeping import Makes, UnreadPhotoError, keep
from analysis.ledgers import Field

#: What a photo is called in a header.
NOUN = r"(?:照片|相片|图片|图像|影像|图|照)"
WORK = r"(?:整改|治理|处置|处理|改造|维修|整治|修复|完成|销号)"
#: «前» and «后» say when, behind a word of work or in front of the photo: not those of 前厅, 后勤.
BEFORE = re.compile(rf"{WORK}之?前|前(?:的|现场|情况|对比)*{NOUN}|前$")
AFTER = re.compile(rf"{WORK}之?后|后(?:的|现场|情况|对比)*{NOUN}|后$")
#: Without either: what is looked at again shows the work done, what was found shows the fault.
DONE = re.compile(r"复查|复核|验收|整改|完成|销号|治理|闭环|落实")
FOUND = re.compile(r"隐患|问题|现场|检查|发现|排查|取证|违法|违规")
NOT_IN_FILE = "不在文件里（可能是链接，或者另存时丢失），请重新插入"
#: So many cells are named in one line.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo that is kept, by its place; ``header`` is that of its column."""

    sha256: str
    row_no: int | None
    cell: str | None
    field: str
    header: str
    stage: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a recognised sheet: its header, and the field that claims it."""

    header: str
    field: Field | None


def stage_of(header: str) -> str | None:
    """Whether photos under a header show a hazard before or after the work; None where open."""
    is_before, is_after = BEFORE.search(header), AFTER.search(header)
    if is_before or is_after:
        return None if is_before and is_after else "before" if is_before else "after"
    if DONE.search(header):
        return "after"
    return "before" if FOUND.search(header) else None


def of_form(sheet: Sheet, records: Sequence[int]) -> tuple[Photo, ...]:
    """The photos of a form, each with its label and the record that it belongs to.

    ``records`` are the rows, from 0, that stand for one; a photo belongs to the last above it.
    """
    return tuple(
        each
        if each.row is None or each.column is None or not records
        else replace(
            each,
            of_row=max((row for row in records if row <= each.row), default=records[0]),
            label=_label(sheet, each.row, each.column),
        )
        for each in sheet.photos
    )


def _label(sheet: Sheet, row: int, column: int) -> str:
    """What stands on the left of a photo, or over it: that which says when it was taken."""
    grid = sheet.filled
    across = grid[row][:column] if row < len(grid) else []
    down = [line[column] for line in grid[:row] if column < len(line)]
    nearest = [next((t for t in map(_text, reversed(each)) if t), "") for each in (across, down)]
    return next(filter(stage_of, nearest), next(filter(None, nearest), ""))


def _text(cell: Any) -> str:
    return re.sub(r"\s", "", str(cell or ""))


def place_photos(
    sheet: Sheet, headings: Sequence[Heading], records: Collection[int], place: Place,
    read: Callable[[str], bytes | None], folder: Path | None, makes: Makes = lambda *about: None,
) -> tuple[list[Picture], list[Finding]]:  # fmt: skip
    """Keep the photos of a sheet below ``folder``; what is kept, and what is to be said of it.

    ``headings`` are the columns from the left, ``records`` the numbers of the rows that became
    records, ``read`` gives a photo's bytes, ``makes`` may refuse what would be kept.

    Raises:
        WarehouseError: a photo cannot be written.

    """
    kept: list[Picture] = []
    unread: dict[str, list[str]] = {}
    unplaced: list[str] = []
    findings: list[Finding] = []
    for photo in sheet.photos:
        row_no, cell = _row_no(sheet, photo), _cell(sheet, photo)
        heading = _heading(photo, headings)
        try:
            sha256 = _keep(photo, read, folder, makes)
        except UnreadPhotoError as error:
            unread.setdefault(str(error), []).append(cell or "")
        else:
            stage = stage_of(heading.header)
            field = heading.field.name if heading.field else ""
            kept.append(Picture(sha256, row_no, cell, field, heading.header, stage))
        if row_no not in records:
            unplaced.append(cell or "")
        elif row_no is not None:
            findings += _without_text(sheet, photo, row_no, heading, place)
    findings += _told(unread, unplaced, place)
    return kept, findings


def _keep(
    photo: Photo, read: Callable[[str], bytes | None], folder: Path | None, makes: Makes
) -> str:
    content = read(photo.part)
    if not content:
        raise UnreadPhotoError(NOT_IN_FILE)
    return keep(content, folder, makes)


def _row_no(sheet: Sheet, photo: Photo) -> int | None:
    """The row of the record: in a form another than the photo's own."""
    row = photo.row if photo.of_row is None else photo.of_row
    return None if row is None else sheet.first_row + row + 1


def _cell(sheet: Sheet, photo: Photo) -> str | None:
    if photo.row is None or photo.column is None:
        return None
    return f"{column_letters(sheet.first_column + photo.column)}{sheet.first_row + photo.row + 1}"


def _heading(photo: Photo, headings: Sequence[Heading]) -> Heading:
    if photo.of_row is not None or photo.column is None or photo.column >= len(headings):
        return Heading(photo.label, None)
    return headings[photo.column]


def _without_text(
    sheet: Sheet, photo: Photo, row_no: int, heading: Heading, place: Place
) -> Iterable[Finding]:
    """That a field which must be filled in holds a picture alone: it is not simply left blank."""
    field = heading.field
    if field is None or not field.required or photo.row is None or photo.column is None:
        return
    if str(sheet.filled[photo.row][photo.column] or "").strip():
        return
    yield place.finding(
        "picture_only", "warning",
        f"“{field.label}”一格只有图片，没有文字；图片已保存，请补填文字",
        row_no=row_no, field=field.name,
    )  # fmt: skip


def _told(
    unread: Mapping[str, Sequence[str]], unplaced: Sequence[str], place: Place
) -> Iterable[Finding]:
    """One line for each reason, however many photos it concerns."""
    for reason, cells in unread.items():
        yield place.finding(
            "picture_unread", "warning", f"{_where(cells)}有 {len(cells)} 张图片没有读出：{reason}"
        )
    if unplaced:
        yield place.finding(
            "picture_unplaced", "info",
            f"{_where(unplaced)}有 {len(unplaced)} 张图片不在记录的行里，没有归到哪一条；"
            "如是某一条的照片，请放进那一行",
        )  # fmt: skip


def _where(cells: Sequence[str]) -> str:
    named = [cell for cell in dict.fromkeys(cells) if cell]
    if not named:
        return "表格之外"
    return f"{'、'.join(named[:NAMED])}{'等' if len(named) > NAMED else ''} 格"
