"""The office's own map: what is read of a GeoJSON file, and what is refused, with what to do."""

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.settings.shapes import ShapesError, read_shapes

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]


def feature(kind: str = "Polygon", corners: Any = None, **names: Any) -> dict[str, Any]:
    corners = [SQUARE] if corners is None else corners
    return {"properties": names, "geometry": {"type": kind, "coordinates": corners}}


def written(folder: Path, said: Any) -> Path:
    path = folder / "乡镇.geojson"
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def test_polygons_are_read_with_holes_and_parts_and_points_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, {"features": [
        feature(名="东河镇", 号=3), feature("Point", [0, 0], 名="政府"),
        feature("MultiPolygon", [[SQUARE, SQUARE], [SQUARE]], 名=" 西岭镇 "),
    ]})  # fmt: skip
    one, two = read_shapes(path)
    assert (dict(one.names), len(one.rings), len(two.rings)) == ({"名": "东河镇"}, 1, 3)
    assert dict(two.names) == {"名": "西岭镇"}
    assert one.rings[0][1] == (1.0, 0.0)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("{", "不是 GeoJSON，请从地图软件导出为 GeoJSON（UTF-8 编码）"),
        ("[" * 100_000, "不是 GeoJSON，请从地图软件导出为 GeoJSON（UTF-8 编码）"),
        ([], "里面没有多边形，请导出乡镇的边界（面），一个乡镇一个图形"),
        ({"features": [None, {}, {"geometry": 3}, feature("LineString", SQUARE, 名="路")]},
         "里面没有多边形，请导出乡镇的边界（面），一个乡镇一个图形"),
        ({"features": [feature(名="甲"), feature(corners=[[[0, "x"]] * 4], 名="乙")]},
         "第 2 个图形的坐标不合写法，请重新导出"),
        ({"features": [feature(corners=[SQUARE[:2]], 名="甲")]},
         "第 1 个图形的坐标不合写法，请重新导出"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[0, 1e999], [1, 1],'
         ' [2, 2], [0, 0]]]}, "properties": {"名": "甲"}}]}',
         "第 1 个图形的坐标不合写法，请重新导出"),
        ({"features": [feature(corners=7, 名="甲")]}, "第 1 个图形的坐标不合写法，请重新导出"),
        ({"features": [feature(号=3, 名=" ")]},
         "第 1 个图形没有名称，请给每个图形写上乡镇的名称"),
        ({"features": [feature(corners=[[[1, 1]] * 4], 名="甲")]},
         "图形没有大小，请核对坐标后重新导出"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_with_what_to_do(tmp_path: Path, said: Any, fault: str) -> None:
    with pytest.raises(ShapesError) as error:
        read_shapes(written(tmp_path, said))
    assert str(error.value) == fault


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="没有这个文件"):
        read_shapes(tmp_path / "乡镇.geojson")
    with pytest.raises(ShapesError, match="文件超过 8 MB，请在地图软件里简化边界再导出"):
        read_shapes(written(tmp_path, " " * 8_000_001))


def test_a_map_that_has_changed_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, {"features": [feature(名="甲镇")]})
    assert read_shapes(path) is read_shapes(path)
    assert dict(read_shapes(written(tmp_path, {"features": [feature(名="乙乡镇")]}))[0].names) == {
        "名": "乙乡镇"
    }
