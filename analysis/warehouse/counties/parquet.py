"""The published warehouse → Parquet, one folder a table, partitioned by region and year.

``DIR/hazard/region=甲县/year=2024/….parquet``: what any engine reads that knows Parquet. The
exports of many counties may lie in one folder. Which files count is said by a list of each county
(``DIR/_exports/….json``), written last: a reader sees the whole export before or the whole export
after, and notices a file that is missing or cut short.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import duckdb

from analysis.errors import WarehouseError, first_line
from analysis.ledgers import LEDGERS, Ledger
from analysis.stores import must_not_be_newer
from analysis.warehouse.counties.exports import FORM, LISTS, STATED
from analysis.warehouse.publish import is_of_this_program, put_in_place, quoted
from analysis.warehouse.scope import REGION_MARK

#: What Hive escapes in the name of a partition; everything else stays readable.
_ESCAPED = "\"#%'*/:=?\\{}[]^ \t\n\r\0"
#: Rows that one core reads at a time.
ROW_GROUP = 122_880
MEMORY = "512MB"


@dataclass(frozen=True, slots=True)
class Export:
    """What one run wrote: the region, and rows, files and bytes by table."""

    region: str
    rows: Mapping[str, int]
    files: int
    bytes: int


def export_parquet(warehouse: Path, target: Path, region: str, own_name: str) -> Export:
    """Write every table of a published warehouse below ``target``, in place of its last export.

    ``region`` is what the county is called among others, ``own_name`` what its rows call it.

    Raises:
        WarehouseError: there is no warehouse, the disk takes no more, or another place has
            exported a region of that name.

    """
    if REGION_MARK in region:
        raise WarehouseError(f"地区的名称里不能有“{REGION_MARK}”，它用来隔开地区和单位。")
    if not is_of_this_program(warehouse):
        raise WarehouseError("数据仓库是旧版程序做的，请先运行 yanpan ingest，再导出。")
    origin = _origin(warehouse)
    listed = list_path(target, region)
    before = _before(listed, region, origin)
    run = uuid.uuid4().hex[:8]
    try:
        with duckdb.connect() as con:
            con.execute(f"SET memory_limit = '{MEMORY}'")
            con.execute(f"ATTACH '{quoted(str(warehouse))}' AS home (READ_ONLY)")
            names = {"region": region, "own_name": own_name}
            tables = {
                name: list(_write(con, ledger, target, names, f"{origin[:8]}-{run}"))
                for name, ledger in LEDGERS.items()
            }
            ((newest,),) = con.execute(
                "SELECT max(received_on) FROM home.submission WHERE ledger IS NOT NULL"
            ).fetchall()
        said = {
            "form": FORM, "region": region, "origin": origin,
            "newest": newest and newest.isoformat(), "tables": tables,
            "columns": {name: ledger.columns for name, ledger in LEDGERS.items()},
        }  # fmt: skip
        listed.parent.mkdir(parents=True, exist_ok=True)
        part = listed.with_name(f"{listed.name}.{run}.part")
        part.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        put_in_place(part, listed)
        for path in before:
            (target / path).unlink(missing_ok=True)
    except (OSError, duckdb.Error) as error:
        for left in target.glob(f"*/region=*/year=*/{origin[:8]}-{run}.parquet"):
            left.unlink(missing_ok=True)
        raise WarehouseError(
            f"导出写不进 {target}，以前的导出没有改动；请检查磁盘空间和权限：{first_line(error)}"
        ) from error
    files = [file for each in tables.values() for file in each]
    return Export(
        region,
        {name: sum(int(file["rows"]) for file in each) for name, each in tables.items()},
        len(files),
        sum(int(file["bytes"]) for file in files),
    )


def list_path(target: Path, region: str) -> Path:
    """Where the list of a region's files is."""
    return target / LISTS / f"{escaped(region)}.json"


def escaped(region: str) -> str:
    """A region as the name of a folder, as Hive, Spark and DuckDB read it back."""
    return "".join(quote(char, safe="") if char in _ESCAPED else char for char in region)


def _origin(warehouse: Path) -> str:
    """A name of this warehouse's home, made once: two counties may bear one name."""
    path = warehouse.with_name("origin.txt")
    try:
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_text(uuid.uuid4().hex, encoding="ascii")
            put_in_place(part, path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise WarehouseError(f"写不进 {path.parent}：{first_line(error)}") from error


def _before(listed: Path, region: str, origin: str) -> list[str]:
    """The files of the region's last export from here, to be taken away once the new one stands."""
    if not listed.exists():
        return []
    try:
        said = json.loads(listed.read_text(encoding="utf-8"))
        must_not_be_newer(said["form"], FORM, f"导出清单 {listed} ", WarehouseError)
        files = [str(file["path"]) for each in said["tables"].values() for file in each]
        other = said["origin"] != origin
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WarehouseError(f"导出清单 {listed} 读不出来，请删去后重新导出。") from error
    if other:
        raise WarehouseError(
            f"{listed.parent.parent} 里已有另一处导出的“{region}”，没有覆盖；"
            f"请用 --region 写明全称（如 某市{region}）。"
            f"如果是同一个县换了机器，请先删去 {listed}。"
        )
    return files


def _write(
    con: duckdb.DuckDBPyConnection, ledger: Ledger, target: Path, names: Mapping[str, str], run: str
) -> Iterator[dict[str, str | int]]:
    """Write one table, a file a year; a table without rows has no file."""
    given = dict(names) if "region" in ledger.columns else None
    rows = f"SELECT {_columns(ledger)}, {_year(ledger)} AS year FROM home.{ledger.name}"  # noqa: S608
    years = f"SELECT year, count(*) FROM ({rows}) GROUP BY year ORDER BY year"  # noqa: S608
    for year, number in con.execute(years, given).fetchall():
        folder = f"{ledger.name}/region={escaped(names['region'])}/year={year}"
        path = target / folder / f"{run}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        ((written,),) = con.execute(
            f"COPY (SELECT * EXCLUDE (year) FROM ({rows}) WHERE year = {year:d}) "  # noqa: S608
            f"TO '{quoted(str(path))}' "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})",
            given,
        ).fetchall()
        if written != number:
            raise AssertionError(f"{path}: {written} rows written of {number}")
        yield {"path": f"{folder}/{path.name}", "rows": number, "bytes": path.stat().st_size}


def _columns(ledger: Ledger) -> str:
    """The table's columns; the region is the partition's, what a row said of it stands beside."""
    own = f"CASE WHEN region = $own_name THEN $region ELSE region END AS {STATED}"
    return ", ".join(own if field.name == "region" else f'"{field.name}"' for field in ledger)


def _year(ledger: Ledger) -> str:
    """The year of the row's day, by default the one on which it was received."""
    day = ledger.dated_by or (
        "(SELECT max(received_on) FROM home.submission AS s "  # noqa: S608 - a table of ours
        f"WHERE s.submission_id = {ledger.name}.submission_id)"
    )
    return f"CAST(coalesce(year({day}), 0) AS INTEGER)"
