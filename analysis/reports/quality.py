"""质量报告.xlsx: what is wrong with each unit's ledgers, where, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from analysis.reports.office.sheets import Table, write_tables
from analysis.warehouse.engine import fetch_rows
from analysis.wording.labels import field_label
from analysis.wording.values import value_text

SUMMARY = """
WITH found AS (
    SELECT s.unit, q.severity, count(*) AS findings
    FROM quality AS q JOIN submission AS s USING (submission_id)
    GROUP BY ALL
), counted AS (
    SELECT unit, count(DISTINCT path) AS files, sum(rows_read) AS rows_read,
           sum(rows_loaded) AS rows_loaded, sum(rows_duplicate) AS rows_duplicate,
           sum(rows_ignored) AS rows_ignored, sum(rows_rejected) AS rows_rejected,
           max(received_on) AS last_on
    FROM submission GROUP BY unit
)
SELECT coalesce(c.unit, '（未写填报单位）') AS 填报单位, c.files AS 文件数, c.rows_read AS 读取行数,
       c.rows_loaded AS 入库, c.rows_duplicate AS 重复, c.rows_ignored AS 略过,
       c.rows_rejected AS 退回,
       coalesce(sum(f.findings) FILTER (f.severity = 'error'), 0)::BIGINT AS 错误,
       coalesce(sum(f.findings) FILTER (f.severity = 'warning'), 0)::BIGINT AS 警告,
       coalesce(sum(f.findings) FILTER (f.severity = 'info'), 0)::BIGINT AS 提示,
       c.last_on AS 最近收到
FROM counted AS c LEFT JOIN found AS f ON f.unit IS NOT DISTINCT FROM c.unit
GROUP BY ALL ORDER BY 错误 DESC, 退回 DESC, 警告 DESC, 填报单位
"""

#: What a unit still has to mend stands in its newest submission of each ledger.
FINDINGS = """
WITH sent AS (
    SELECT *, received_on = max(received_on) OVER (PARTITION BY unit, ledger) AS is_newest
    FROM submission
)
SELECT coalesce(s.unit, '（未写填报单位）') AS 填报单位, s.path AS 文件, q.sheet AS 工作表,
       q.row_no AS 行号, q.cell AS 单元格, q.severity AS 严重程度, q.field AS 字段, q.value AS 原文,
       q.message AS "问题与办法", q.item_id AS 事项编号, s.received_on AS 收到日期, q.rule AS 规则,
       s.ledger AS 台账, s.is_newest
FROM quality AS q JOIN sent AS s USING (submission_id)
ORDER BY 填报单位, s.received_on DESC, 文件, 工作表, 行号 NULLS FIRST, 字段
"""

REJECTS = """
SELECT coalesce(s.unit, '（未写填报单位）') AS 填报单位, s.path AS 文件, r.sheet AS 工作表,
       r.row_no AS 行号, r.reason AS "原因与办法", r.raw AS 原文
FROM reject AS r JOIN submission AS s USING (submission_id)
ORDER BY 填报单位, 文件, 工作表, 行号
"""

OVER_TIME = """
WITH found AS (
    SELECT submission_id, count(*) FILTER (severity = 'error') AS errors,
           count(*) FILTER (severity = 'warning') AS warnings
    FROM quality GROUP BY ALL
)
SELECT coalesce(s.unit, '（未写填报单位）') AS 填报单位, s.received_on AS 收到日期,
       count(DISTINCT s.path) AS 文件数, sum(s.rows_read) AS 读取行数, sum(s.rows_loaded) AS 入库,
       sum(s.rows_rejected) AS 退回, coalesce(sum(errors), 0)::BIGINT AS 错误,
       coalesce(sum(warnings), 0)::BIGINT AS 警告
FROM submission AS s LEFT JOIN found USING (submission_id)
GROUP BY ALL ORDER BY 填报单位, 收到日期
"""

WIDTHS = {
    "填报单位": 18, "文件": 34, "工作表": 14, "问题与办法": 60, "原因与办法": 60, "原文": 24,
    "事项编号": 22, "收到日期": 12, "最近收到": 12, "规则": 18, "字段": 12,
}  # fmt: skip


def summary(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """One row a unit: files, rows by their end, findings by severity, last day received."""
    return _rows(con, SUMMARY)


def findings(
    con: duckdb.DuckDBPyConnection, units: Sequence[str] = (), newest: bool = True
) -> list[dict[str, Any]]:
    """One row a finding, with file, sheet, row and cell, in the words of a person.

    ``units`` keeps those of some units; ``newest`` those of each unit's last submission of a
    ledger, which it can still mend, or else those of all before.
    """
    return [
        _in_words(row)
        for row in _rows(con, FINDINGS)
        if (not units or row["填报单位"] in units) and row["is_newest"] is newest
    ]


def write_quality_report(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the workbook: by unit, every finding, every rejected row, the figures over time.

    Raises:
        OSError: the file cannot be written; an open one cannot be replaced on Windows.

    """
    tables = [
        Table("各单位汇总", _rows(con, SUMMARY), WIDTHS),
        Table("问题清单", findings(con), WIDTHS),
        Table("退回行", _rows(con, REJECTS), WIDTHS),
        Table("历次报送", _rows(con, OVER_TIME), WIDTHS),
        Table("以往报送的问题", findings(con, newest=False), WIDTHS),
    ]
    write_tables(tables, path)


def _in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """Labels for names: the field as its ledger calls it, the severity in Chinese."""
    shown = {name: value for name, value in row.items() if name != "is_newest"}
    shown["字段"] = field_label(shown["字段"], shown.pop("台账"))
    shown["规则"] = value_text(shown["规则"], "rule")
    shown["严重程度"] = value_text(shown["严重程度"], "severity")
    return shown


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    columns, rows = fetch_rows(con, sql)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def told(rows: Iterable[Mapping[str, Any]]) -> str:
    """Findings as lines: where, and what to do."""
    lines = []
    for row in rows:
        place = "，".join(
            part
            for part in (
                str(row["文件"]),
                f"工作表“{row['工作表']}”" if row["工作表"] else "",
                f"第 {row['行号']} 行" if row["行号"] else "",
                f"{row['单元格']} 格" if row["单元格"] else "",
            )
            if part
        )
        lines.append(f"[{row['严重程度']}] {place}：{row['问题与办法']}")
    return "\n".join(lines)
