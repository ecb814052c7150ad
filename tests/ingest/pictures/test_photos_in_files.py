"""Where a photo stands in a file: its sheet, its cell, its header; no text is made of it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.ingest.read_file import Desk, read_file
from analysis.ingest.tables.records import Records
from analysis.settings import Settings
from tests.ingest.pictures.ledgers import (
    BLUE,
    GREEN,
    HEADER,
    RED,
    ROWS,
    document,
    photo,
    spanning,
    with_cell_images,
    with_drawings,
    with_rich_values,
)

ROW_EMU = 15 * 12_700


def read(home: Settings, name: str, write: Callable[[Path], None]) -> Records:
    path = home.raw / "2023-11-01" / name
    path.parent.mkdir(exist_ok=True)
    write(path)
    (submission,) = read_file(path, "0", Desk(home.raw, "模拟县", processed=home.warehouse.parent))
    return submission.records


def placed(records: Records) -> list[tuple[str | None, str, str | None]]:
    return sorted(((each.cell, each.header, each.stage) for each in records.pictures), key=str)


def rules(records: Records) -> list[str]:
    """The findings on pictures."""
    return [each.rule for each in records.findings if each.rule.startswith("picture")]


def test_drawings_over_cells(home: Settings) -> None:
    drawings = {"F2": photo(RED), "G2": photo(GREEN), "F3": photo(BLUE)}
    records = read(home, "a.xlsx", lambda path: with_drawings(path, drawings))
    assert placed(records) == [
        ("F2", "整改前照片", "before"), ("F3", "整改前照片", "before"),
        ("G2", "整改后照片", "after"),
    ]  # fmt: skip
    assert rules(records) == []
    assert "unclaimed_column" not in [each.rule for each in records.findings]


@pytest.mark.parametrize(
    ("begin", "end", "cell"),
    [
        ((1, 0), (1, ROW_EMU), "F2"),
        # it begins a little above its row, or reaches a little into the next
        ((0, ROW_EMU - 9_525), (1, ROW_EMU - 1), "F2"),
        ((1, 9_525), (2, 9_525), "F2"),
        ((1, ROW_EMU - 9_525), (2, ROW_EMU - 1), "F3"),
    ],
)
def test_a_photo_stands_in_the_row_under_its_middle(
    home: Settings, begin: tuple[int, int], end: tuple[int, int], cell: str
) -> None:
    def write(path: Path) -> None:
        spanning(path, begin, end, photo(RED))

    assert [cell for cell, *_ in placed(read(home, "a.xlsx", write))] == [cell]


@pytest.mark.parametrize("cached", ['=DISPIMG("ID_1",1)', "#NAME?", ""])
def test_a_cell_image_of_wps_is_a_photo_and_no_text(home: Settings, cached: str) -> None:
    records = read(home, "a.xlsx", lambda path: with_cell_images(path, cached))
    assert placed(records) == [("F2", "整改前照片", "before")]
    assert rules(records) == []
    assert "DISPIMG" not in str(records)


def test_a_photo_that_excel_placed_in_a_cell(home: Settings) -> None:
    records = read(home, "a.xlsx", with_rich_values)
    assert placed(records) == [("G3", "整改后照片", "after")]
    assert "#VALUE!" not in str(records)


def test_a_cell_image_whose_picture_was_lost_is_told_and_no_text(home: Settings) -> None:
    lines = [HEADER, [*ROWS[0], '"=DISPIMG(""ID_1"",1)"', ""], [*ROWS[1], "", ""]]
    text = "\n".join(map(",".join, lines))
    records = read(home, "a.csv", lambda path: path.write_text(text, "utf-8") and None)
    assert records.pictures == []
    assert "DISPIMG" not in str(records)
    (finding,) = [each for each in records.findings if each.rule == "picture_unread"]
    assert finding.message == (
        "F2 格有 1 张图片没有读出：不在文件里（可能是链接，或者另存时丢失），请重新插入"
    )


def test_pictures_in_a_table_of_word_and_beside_it(home: Settings) -> None:
    records = read(
        home, "a.docx", lambda path: document(path, photo(RED), photo(GREEN), photo(BLUE))
    )
    assert placed(records) == [
        ("F2", "整改前照片", "before"), ("G2", "整改后照片", "after"), (None, "", None),
    ]  # fmt: skip
    (finding,) = [each for each in records.findings if each.rule.startswith("picture")]
    assert finding.message.startswith("表格之外有 1 张图片不在记录的行里")


def test_a_photo_beside_the_records_is_kept_and_told(home: Settings) -> None:
    records = read(home, "a.xlsx", lambda path: with_drawings(path, {"F9": photo(RED)}))
    assert [each.row_no for each in records.pictures] == [9]
    assert rules(records) == ["picture_unplaced"]


def test_a_required_field_with_a_photo_alone_is_not_simply_blank(home: Settings) -> None:
    rows = [HEADER, [*ROWS[0][:2], "", *ROWS[0][3:]], ROWS[1]]
    records = read(home, "a.xlsx", lambda path: with_drawings(path, {"C2": photo(RED)}, rows))
    (finding,) = [each for each in records.findings if each.rule == "picture_only"]
    assert (finding.row_no, finding.field, finding.cell) == (2, "description", "C2")


def test_drawings_that_cannot_be_read_take_no_row_with_them(home: Settings) -> None:
    def write(path: Path) -> None:
        with_drawings(path.with_suffix(".old"), {"F2": photo(RED)})
        replaced(path.with_suffix(".old"), path, "xl/drawings/drawing1.xml", b"<broken")

    records = read(home, "a.xlsx", write)
    assert len(records) == 2
    assert rules(records) == ["picture_unread"]


def test_photos_of_a_kind_that_is_not_read_are_told_in_one_line(home: Settings) -> None:
    emf = b"\x01\0\0\0" + b"\0" * 36 + b" EMF"

    def write(path: Path) -> None:
        with_drawings(path.with_suffix(".old"), {"F2": photo(RED), "G2": photo(GREEN)})
        replaced(path.with_suffix(".old"), path, "xl/media/", emf)

    records = read(home, "a.xlsx", write)
    assert records.pictures == []
    (finding,) = [each for each in records.findings if each.rule == "picture_unread"]
    assert finding.message == (
        "F2、G2 格有 2 张图片没有读出：是矢量图（emf、wmf），请另存为 jpg 或 png 再插入"
    )


def test_the_photos_of_an_ods_are_told(home: Settings) -> None:
    def write(path: Path) -> None:
        with_drawings(path.with_suffix(".old"), {})
        replaced(path.with_suffix(".old"), path, "", b"", {"Pictures/1.png": photo(RED)})

    (finding,) = [e for e in read(home, "a.xlsx", write).findings if e.rule == "picture_unread"]
    assert finding.message == "工作表“台账”里的图片没有读出，文字照读；请另存为 xlsx 再发送"


def replaced(
    source: Path, path: Path, begins: str, content: bytes, more: dict[str, bytes] | None = None
) -> None:
    """A copy of an archive in which the parts whose name begins so hold something else."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if begins and name.startswith(begins) else old.read(name))
        for name, added in (more or {}).items():
            new.writestr(name, added)
