"""The 事项墙 as a metafile: its records, read again one by one, say what the wall says."""

import struct
from collections.abc import Iterator

import pandas as pd
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from analysis.charts import tokens
from analysis.charts.wall import arrange
from analysis.reports.office import official_form
from analysis.reports.office.metafile import Metafile, add_metafile
from analysis.reports.office.wall_shapes import draw_wall, height_of, width_of
from tests.charts.test_wall import DAY, done, late, rows

HEADER, END, SELECT, PEN, BRUSH, FONT, TEXT, POLYGON = 1, 14, 37, 38, 39, 82, 84, 86
NO_BRUSH = 0x80000005


def file_of(items: pd.DataFrame, height: float | None = None) -> bytes:
    wall = arrange(items, DAY)
    drawn = Metafile(width_of(wall), height or height_of(wall), 0.2, "黑体")
    draw_wall(drawn, wall)
    return drawn.as_bytes()


def records(file: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(file):
        kind, size = struct.unpack_from("<II", file, at)
        yield kind, file[at : at + size]
        at += size


def texts(file: bytes) -> list[str]:
    found = []
    for kind, record in records(file):
        if kind == TEXT:
            count, offset = struct.unpack_from("<II", record, 44)
            found.append(record[offset : offset + 2 * count].decode("utf-16-le"))
    return found


def polygons(file: bytes, colour: str) -> int:
    """How many polygons are filled with a colour."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    brushes: dict[int, int] = {}
    filled, found = None, 0
    for kind, record in records(file):
        if kind == BRUSH:
            handle, _, value = struct.unpack_from("<III", record, 8)
            brushes[handle] = value
        elif kind == SELECT:
            (handle,) = struct.unpack_from("<I", record, 8)
            filled = None if handle == NO_BRUSH else brushes.get(handle, filled)
        elif kind == POLYGON:
            found += filled == red | green << 8 | blue << 16
    return found


def test_the_header_says_how_long_the_file_is_and_how_many_records_it_has() -> None:
    file = file_of(rows(late(3), done(), {}))
    kinds = [kind for kind, _ in records(file)]
    assert (kinds[0], kinds[-1]) == (HEADER, END)
    assert file[40:44] == b" EMF"
    size, count, handles = struct.unpack_from("<IIH", file, 48)
    assert (size, count) == (len(file), len(kinds))
    assert handles == 1 + sum(kind in (PEN, BRUSH, FONT) for kind in kinds)
    # the last record says its own length once more, for those who read from the end
    assert file[-20:] == struct.pack("<5I", END, 20, 0, 16, 20)
    # the frame, in hundredths of a millimetre: what Word takes as its size
    wide = width_of(arrange(rows(late(3), done(), {}), DAY))
    assert struct.unpack_from("<4i", file, 24)[2] == round(wide * 0.2 * 100)


def test_it_says_what_the_wall_says_and_draws_a_square_an_item() -> None:
    file = file_of(rows(late(3), late(40), done(), done(), done(), {}, {"is_major": True}))
    assert {"甲局", "3/7", "2", "10/30", "11/29", "截至11月15日", "黑框：重大隐患"} <= {
        *texts(file)
    }
    in_legend = 1
    assert polygons(file, tokens.SQUARES["late-1"].light) == 1 + in_legend
    assert polygons(file, tokens.SQUARES["late-2"].light) == 1 + in_legend
    assert polygons(file, tokens.SQUARES["closed"].light) == 3 + 2 * in_legend


def test_rows_without_room_are_told() -> None:
    file = file_of(rows(*[{"unit": f"局{n:02}"} for n in range(40)]), height=400)
    shown = [text for text in texts(file) if text.startswith("局")]
    assert 3 < len(shown) < 20
    left = 40 - len(shown)
    rest = f"另有{left}个单位{left}项（未完成{left}项，其中逾期0项），见看板"
    assert texts(file)[-1] == f"没有画出的{left}项：{rest}"


def test_what_no_file_may_hold_is_left_out() -> None:
    assert "甲乙局" in texts(file_of(rows({"unit": "甲\x07乙局"})))


def test_it_stands_on_a_page_that_lies_and_speaks() -> None:
    document = official_form.new_document()
    wide, high = official_form.turn_page(document)
    assert (round(wide), round(high)) == (225, 156)
    add_metafile(document, Metafile(100, 50, 0.2, "黑体"), "事项墙，共3项<")
    upright, lying = document.sections
    assert lying.orientation == WD_ORIENT.LANDSCAPE
    assert (lying.page_width, lying.page_height) == (upright.page_height, upright.page_width)
    (shape,) = document.inline_shapes
    assert (shape.width, shape.height) == (Mm(20), Mm(10))
    assert shape._inline.docPr.get("descr") == "事项墙，共3项<"


def test_the_document_can_be_opened_again(tmp_path) -> None:  # type: ignore[no-untyped-def]
    document = official_form.new_document()
    for _ in range(2):
        add_metafile(document, Metafile(100, 50, 0.2, "黑体"), "事项墙")
    document.save(tmp_path / "a.docx")
    again = Document(str(tmp_path / "a.docx"))
    relations = [rel.target_part for rel in again.part.rels.values() if "image" in rel.reltype]
    assert {part.content_type for part in relations} == {"image/x-emf"}
    assert len({str(part.partname) for part in relations}) == 2
