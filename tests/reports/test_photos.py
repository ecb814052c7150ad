"""照片 of the annex: on request, one row an item, before and after in columns of their own."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from analysis.ingest.pictures.keeping import FOLDER
from analysis.ingest.pipeline import ingest
from analysis.reports.package import ANNEX, write_package
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from tests.ingest.pictures.ledgers import BLUE, GREEN, HEADER, RED, ROWS, photo, with_drawings

pytestmark = pytest.mark.slow


def annex(home: Settings, out: Path, **how: bool):  # type: ignore[no-untyped-def]
    with Warehouse(home.warehouse) as warehouse:
        scope = Scope(date(2023, 11, 15))
        written = write_package(warehouse, home, scope, "monthly", out, "none", **how)
    assert written.missing == ()
    return load_workbook(out / ANNEX)


@pytest.fixture
def photographed(home: Settings) -> Settings:
    """Item 1 before (twice) and after the work, item 2 before."""
    path = home.raw / "2023-10-15" / "模拟数据_隐患台账.xlsx"
    with_drawings(path, {"F2": photo(RED), "G2": photo(GREEN, (2000, 1500), "JPEG")})
    second = home.raw / "2023-10-20" / "模拟数据_隐患台账.xlsx"
    with_drawings(second, {"F2": photo("gold"), "F3": photo(BLUE)}, [HEADER, *ROWS])
    ingest(home)
    return home


def test_the_annex_has_no_photos_unless_they_are_asked_for(
    photographed: Settings, tmp_path: Path
) -> None:
    assert "照片" not in annex(photographed, tmp_path / "out").sheetnames


def test_photos_stand_beside_their_item_small(photographed: Settings, tmp_path: Path) -> None:
    sheet = annex(photographed, tmp_path / "out", photos=True)["照片"]
    head, first, second = ([cell.value for cell in row] for row in sheet["A3:F5"])
    assert head == ["事项", "责任单位", "状态", "照片张数", "整改前", "整改后"]
    assert (first[0], first[3]) == ("模拟宾馆：灭火器过期", 2)
    assert (second[0], second[3]) == ("模拟网吧：通道堵塞", 1)
    found = {}
    for each in sheet._images:
        cell = (each.anchor._from.row + 1, "ABCDEF"[each.anchor._from.col])
        found[cell] = Image.open(BytesIO(each._data()))
    assert {cell: picture.size for cell, picture in found.items()} == {
        (4, "E"): (40, 30), (4, "F"): (240, 180), (5, "E"): (40, 30),
    }  # fmt: skip
    red, green, blue = found[4, "E"].getpixel((5, 5))  # the newer one, which is gold
    assert red > 200
    assert green > 180
    assert blue < 60


def test_a_photo_whose_file_is_gone_is_told(photographed: Settings, tmp_path: Path) -> None:
    for path in (photographed.warehouse.parent / FOLDER).rglob("*.jpg"):
        path.unlink()
    sheet = annex(photographed, tmp_path / "out", photos=True)["照片"]
    assert sheet["E4"].value == "照片文件没有找到，请重新计入台账后再做附件"
    assert sheet["F5"].value is None
