"""The office's own map: a GeoJSON file of polygons, one a township, each with its names."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

#: Bytes of a file; a page is drawn from it, so that more is a survey and no map of a county.
LARGEST = 8_000_000
#: A ring ends where it begins, so that a triangle has four points.
LEAST_POINTS = 4
#: Corners of a polygon, or of a hole in it.
Ring = tuple[tuple[float, float], ...]


class ShapesError(Exception):
    """What is wrong with a map, and what to do: the rest of a line that has named the file."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One polygon or several: what the file says of it in words, by field, and its rings."""

    names: Mapping[str, str]
    rings: tuple[Ring, ...]


def read_shapes(path: Path) -> tuple[Shape, ...]:
    """The polygons of a file; read again only when the file has changed.

    Raises:
        ShapesError: it is no map of named polygons.

    """
    try:
        stat = path.stat()
    except OSError:
        raise ShapesError("没有这个文件") from None
    if stat.st_size > LARGEST:
        raise ShapesError(f"文件超过 {LARGEST // 1_000_000} MB，请在地图软件里简化边界再导出")
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(4)
def _read(path: Path, changed: int, size: int) -> tuple[Shape, ...]:
    try:
        said = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        raise ShapesError("不是 GeoJSON，请从地图软件导出为 GeoJSON（UTF-8 编码）") from None
    features = said.get("features") if isinstance(said, dict) else None
    shapes = tuple(_shapes(features if isinstance(features, list) else []))
    if not shapes:
        raise ShapesError("里面没有多边形，请导出乡镇的边界（面），一个乡镇一个图形")
    xs, ys = ({p[n] for s in shapes for ring in s.rings for p in ring} for n in (0, 1))
    if len(xs) < 2 or len(ys) < 2:
        raise ShapesError("图形没有大小，请核对坐标后重新导出")
    return shapes


def _shapes(features: list[Any]) -> Iterator[Shape]:
    """The polygons; what is a point or a line is no township."""
    for number, feature in enumerate(features, start=1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict):
            continue
        kind = geometry.get("type")
        if kind not in ("Polygon", "MultiPolygon"):
            continue
        corners: Any = geometry.get("coordinates")
        try:
            polygons = [corners] if kind == "Polygon" else list(corners)
            rings = tuple(_ring(ring) for polygon in polygons for ring in polygon)
        except (TypeError, ValueError, IndexError, OverflowError):
            raise ShapesError(f"第 {number} 个图形的坐标不合写法，请重新导出") from None
        said = feature.get("properties")
        pairs = said.items() if isinstance(said, dict) else ()
        names = {k: v.strip() for k, v in pairs if isinstance(v, str) and v.strip()}
        if not names:
            raise ShapesError(f"第 {number} 个图形没有名称，请给每个图形写上乡镇的名称")
        yield Shape(names, rings)


def _ring(points: Any) -> Ring:
    ring = tuple((float(point[0]), float(point[1])) for point in points)
    if len(ring) < LEAST_POINTS or not all(isfinite(n) for point in ring for n in point):
        raise ValueError("a ring of too few points, or a point that is nowhere")
    return ring
