"""Where a photo stands in a file: its sheet, its cell, its header; no text is made of it."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from analysis.ingest.files.sheets import Photo, Sheet
from analysis.ingest.pictures import album
from analysis.ingest.pictures.keeping import UnreadPhotoError, encoded
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


def test_of_pictures_that_have_too_many_pixels_together_the_last_are_told(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plain(color: str) -> bytes:
        out = BytesIO()
        Image.new("L", (500, 500), color).save(out, "PNG")
        return out.getvalue()

    monkeypatch.setattr(album, "MOST_PIXELS_IN_ALL", 600_000)
    drawings = {cell: plain(color) for cell, color in
                {"F2": "white", "G2": "gray", "F3": "black"}.items()}  # fmt: skip
    records = read(home, "a.xlsx", lambda path: with_drawings(path, drawings))
    assert [cell for cell, *_ in placed(records)] == ["F2", "G2"]
    (finding,) = [each for each in records.findings if each.rule == "picture_unread"]
    assert finding.message.startswith("F3 格有 1 张图片没有读出：文件里的图片像素合计太多")
    assert records.rows == 2


def test_drawings_of_few_bytes_that_would_be_photos_of_many_are_told_and_not_kept(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checked pattern is a PNG of 3 kB and a JPEG of 200: a hundred of them would be a flood."""

    def checked(color: int) -> bytes:
        tile = Image.new("L", (2, 2), 255 - color)
        tile.putpixel((0, 0), color)
        whole = Image.new("L", (800, 800))
        for at in range(0, 800, 2):
            whole.paste(tile, (at, 0))
        for at in range(2, 800, 2):
            whole.paste(whole.crop((0, 0, 800, 2)), (0, at))
        out = BytesIO()
        whole.save(out, "PNG")
        return out.getvalue()

    drawings = {cell: checked(color) for cell, color in {"F2": 0, "G2": 1, "F3": 2}.items()}
    received, kept = ([len(make(each)) for each in drawings.values()] for make in (bytes, encoded))
    assert min(kept) > 10 * max(received)
    more = [out - 2 * into for into, out in zip(received, kept, strict=True)]
    monkeypatch.setattr(album, "MOST_MORE", more[0] + more[1])
    records = read(home, "a.xlsx", lambda path: with_drawings(path, drawings))
    assert [cell for cell, *_ in placed(records)] == ["F2", "G2"]
    (finding,) = [each for each in records.findings if each.rule == "picture_unread"]
    assert finding.message.startswith("F3 格有 1 张图片没有读出：文件里的图片存为照片后合计太大")
    assert records.rows == 2


def test_a_photo_that_stands_in_many_places_is_counted_once() -> None:
    one = album.Album("workbook", BytesIO())
    for _ in range(3):
        one.makes("a", 0, album.MOST_MORE)
    with pytest.raises(UnreadPhotoError):
        one.makes("b", 0, 1)
    one.makes("c", 10, 20)  # what is kept of a camera's photo takes less than that did


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


def test_a_photo_of_a_form_belongs_to_its_record_and_the_label_beside_it(home: Settings) -> None:
    rows = [
        ["隐患整改通知单", "", "", ""],
        ["场所名称", "模拟宾馆", "检查日期", "2023-10-01"],
        ["隐患描述", "灭火器过期", "整改期限", "2023-11-01"],
        ["责任单位", "甲局", "责任人", "某甲"],
        ["整改前照片", "", "整改后照片", ""],
    ]
    drawings = {"B5": photo(RED), "D5": photo(GREEN)}
    records = read(home, "a.xlsx", lambda path: with_drawings(path, drawings, rows))
    assert len(records) == 1
    assert placed(records) == [("B5", "整改前照片", "before"), ("D5", "整改后照片", "after")]
    assert {each.row_no for each in records.pictures} == set(records.get("row_no"))
    assert rules(records) == []


def test_two_tables_side_by_side_keep_their_own_photos() -> None:
    photos = (Photo(1, 1, "a"), Photo(1, 4, "b"), Photo(2, 9, "c"), Photo(None, None, "d"))
    sheet = Sheet("台账", [[""] * 6, [""] * 6], photos=photos)
    assert [each.part for each in sheet.columns(0, 3).photos] == ["a", "d"]
    assert [(each.column, each.part) for each in sheet.columns(3, 6).photos] == [(1, "b"), (6, "c")]


def test_a_table_cut_in_two_keeps_its_photos_in_their_rows() -> None:
    photos = (Photo(0, 0, "a"), Photo(2, 0, "b"), Photo(9, 0, "c"), Photo(None, None, "d"))
    sheet = Sheet("台账", [[""]] * 4, photos=photos)
    assert [each.part for each in sheet.part(0, 2).photos] == ["a", "d"]
    assert [(each.row, each.part) for each in sheet.part(2, 4).photos] == [(0, "b"), (7, "c")]


def test_rows_far_below_keep_their_photos(home: Settings) -> None:
    blank = [[""] * 7 for _ in range(1500)]
    rows = [HEADER, ROWS[0], *blank, ROWS[1], ["3", *ROWS[1][1:]], ["4", *ROWS[1][1:]]]
    path = home.raw / "2023-11-01" / "a.xlsx"
    with_drawings(path, {"F2": photo(RED), "F1503": photo(GREEN)}, rows)
    submissions = read_file(path, "0", Desk(home.raw, "模拟县"))
    found = [(p.cell, p.row_no) for each in submissions for p in each.records.pictures]
    assert found == [("F2", 2), ("F1503", 1503)]


OLDER = '<w:pict><v:shape><v:imagedata r:id="{name}"/></v:shape></w:pict>'
TWICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice>{drawing}</mc:Choice><mc:Fallback>" + OLDER + "</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize("form", [OLDER, TWICE])
def test_a_picture_as_older_programs_know_it_or_given_twice_is_one(
    home: Settings, form: str
) -> None:
    def write(path: Path) -> None:
        document(path.with_suffix(".old"), photo(RED), photo(GREEN))
        with zipfile.ZipFile(path.with_suffix(".old")) as old:
            text = old.read("word/document.xml").decode()
        begin, end = text.index("<w:drawing>"), text.index("</w:drawing>") + len("</w:drawing>")
        name = text[begin:end].split('r:embed="')[1].split('"')[0]
        form_of_it = form.format(name=name, drawing=text[begin:end]).replace(
            "<v:shape>", '<v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        )
        content = text[:begin] + form_of_it + text[end:]
        replaced(path.with_suffix(".old"), path, "word/document.xml", content.encode())

    records = read(home, "a.docx", write)
    assert placed(records) == [("F2", "整改前照片", "before"), ("G2", "整改后照片", "after")]
