"""检查人员名单: an inspectors' roster, as the office keeps it beside the ledgers."""

import re
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import SourceError
from analysis.wording.names import names_of

#: What stands between the sites, units and townships that an inspector avoids; none has a blank.
BETWEEN = re.compile(r"[、，,;；/／|｜\s]+")
#: Headings that stand for a column of the roster.
HEADS = {
    "name": ("姓名", "检查人员", "检查人", "执法人员"),
    "unit": ("单位", "工作单位", "所在单位"),
    "township": ("乡镇", "所在乡镇", "属地"),
    "recuses": ("回避", "回避场所", "回避单位", "需回避"),
}


def read_people(path: Path) -> list[dict[str, Any]]:
    """Rows with name, unit, township and recuses (tuple), from xlsx, xls or csv.

    Raises:
        SourceError: the file cannot be read, or has no column of names.

    """
    try:
        table = _read(path)
    except (OSError, ValueError, pd.errors.ParserError) as error:
        raise SourceError(f"检查人员名单 {path} 读不了：{str(error).splitlines()[0]}") from error
    columns = {str(head).strip(): head for head in table.columns}
    found = {
        name: next((columns[head] for head in heads if head in columns), None)
        for name, heads in HEADS.items()
    }
    if found["name"] is None:
        raise SourceError(f"检查人员名单 {path} 的第一行没有“姓名”一列，请补上表头。")
    rows = [
        {name: _text(row[head]) if head is not None else "" for name, head in found.items()}
        for _, row in table.iterrows()
    ]
    return [
        row | {"name": name, "recuses": tuple(filter(None, BETWEEN.split(row["recuses"])))}
        for row in rows
        for name in names_of(row["name"])
    ]


def _read(path: Path) -> pd.DataFrame:
    if path.suffix.lower() == ".csv":
        return pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    return pd.read_excel(path, engine="calamine", dtype=str)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value).strip()
