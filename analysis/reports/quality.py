"""质量报告.xlsx: what is in doubt or wrong in the ledgers, where, and what to do about it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from analysis.ledgers.codes import RULE
from analysis.reports.office.sheets import Table, write_tables
from analysis.warehouse.engine import fetch_rows, table_names
from analysis.wording.labels import field_label
from analysis.wording.values import value_text

SUMMARY = """
WITH found AS (
    SELECT s.unit, q.severity, count(*) AS findings
    FROM quality AS q JOIN submission AS s USING (submission_id)
    WHERE q.known_to IS NULL AND s.withdrawn_on IS NULL
    GROUP BY ALL
), counted AS (
    SELECT unit, count(DISTINCT path) AS files, sum(rows_read) AS rows_read,
           sum(rows_loaded) AS rows_loaded, sum(rows_duplicate) AS rows_duplicate,
           sum(rows_ignored) AS rows_ignored, sum(rows_rejected) AS rows_rejected,
           max(received_on) AS last_on
    FROM submission WHERE withdrawn_on IS NULL GROUP BY unit
)
SELECT coalesce(c.unit, '（未写填报单位）') AS 填报单位, c.files AS 文件数, c.rows_read AS 读取行数,
       c.rows_loaded AS 入库, c.rows_duplicate AS 重复, c.rows_ignored AS 略过,
       c.rows_rejected AS 退回,
       coalesce(sum(f.findings) FILTER (f.severity = 'doubt'), 0)::BIGINT AS 疑问,
       coalesce(sum(f.findings) FILTER (f.severity = 'error'), 0)::BIGINT AS 错误,
       coalesce(sum(f.findings) FILTER (f.severity = 'warning'), 0)::BIGINT AS 警告,
       coalesce(sum(f.findings) FILTER (f.severity = 'info'), 0)::BIGINT AS 提示,
       c.last_on AS 最近收到
FROM counted AS c LEFT JOIN found AS f ON f.unit IS NOT DISTINCT FROM c.unit
GROUP BY ALL ORDER BY 错误 DESC, 退回 DESC, 警告 DESC, 填报单位
"""

#: What nobody has settled yet, whichever file it stands in. The share of a unit that may see one
#: side alone has no question.
OPEN_DOUBTS = """
SELECT d.doubt_key AS 疑问编号, d.rule AS 种类, d.question AS 问题,
       coalesce(one.unit, '（未写填报单位）') AS 填报单位, d.path AS 文件, d.sheet AS 工作表,
       d.row_no AS 行号, d.cell AS 单元格, d.text AS 原文, d.item_id AS 事项编号,
       other.unit AS 另一处填报单位, d.other_path AS 另一处文件, d.other_sheet AS 另一处工作表,
       d.other_row_no AS 另一处行号, d.other_cell AS 另一处单元格, d.other_text AS 另一处原文,
       d.other_item_id AS 另一处事项编号, d.answers AS 可选答案, d.default_answer AS 暂按,
       d.known_from AS 提出日期
FROM doubt AS d LEFT JOIN submission AS one USING (submission_id)
LEFT JOIN submission AS other ON other.submission_id = d.other_submission_id
WHERE d.answer IS NULL AND d.question IS NOT NULL AND d.known_to IS NULL
ORDER BY d.rule NOT IN $claims, 提出日期, 疑问编号
"""

#: What a unit still has to mend stands in its newest submission of each ledger, and what it has
#: left out stays until it is found or closed; a doubt is a person's to settle, however old its
#: files are. What is not known yet on the day is not told, nor what was taken back by then.
FINDINGS = """
WITH sent AS (
    SELECT *, received_on = max(received_on) FILTER (withdrawn_on IS NULL)
                            OVER (PARTITION BY unit, ledger) AS is_last
    FROM submission
), missing AS (
    SELECT item_id, missing_since FROM vanished($as_of)
)
SELECT coalesce(s.unit, '（未写填报单位）') AS 填报单位, s.path AS 文件, q.sheet AS 工作表,
       q.row_no AS 行号, q.cell AS 单元格, q.severity AS 严重程度, q.field AS 字段, q.value AS 原文,
       q.message AS "问题与办法", q.item_id AS 事项编号, s.received_on AS 收到日期, q.rule AS 规则,
       s.ledger AS 台账,
       CASE WHEN q.severity = 'doubt' THEN TRUE
            WHEN q.rule <> 'vanished' THEN s.is_last
            ELSE (q.item_id, q.known_from) IN (SELECT (item_id, missing_since) FROM missing)
       END AS is_newest
FROM quality AS q JOIN sent AS s USING (submission_id)
WHERE coalesce(q.known_from, s.received_on) <= $as_of AND coalesce(q.known_to > $as_of, TRUE)
ORDER BY q.severity = 'doubt' DESC, 填报单位, s.received_on DESC, 文件, 工作表,
         行号 NULLS FIRST, 字段
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
    "疑问编号": 15, "种类": 18, "问题": 60, "另一处文件": 34, "另一处填报单位": 18,
    "另一处原文": 24, "另一处事项编号": 22, "可选答案": 40, "暂按": 24, "提出日期": 12,
}  # fmt: skip


def summary(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """One row a unit: files, rows by their end, findings by severity, last day received."""
    return _rows(con, SUMMARY)


def findings(
    con: duckdb.DuckDBPyConnection,
    units: Sequence[str] = (),
    newest: bool = True,
    as_of: date = date.max,
) -> list[dict[str, Any]]:
    """One row a finding, with file, sheet, row and cell, in the words of a person.

    ``units`` keeps those of some units; ``newest`` those of each unit's last submission of a
    ledger, which it can still mend, with what it has left out and not reported since, or else
    those of all before. Only what is known on ``as_of`` is told.
    """
    return [
        _in_words(row)
        for row in _rows(con, FINDINGS, {"as_of": as_of})
        if (not units or row["填报单位"] in units) and row["is_newest"] is newest
    ]


def open_doubts(con: duckdb.DuckDBPyConnection, units: Sequence[str] = ()) -> list[dict[str, Any]]:
    """One row a doubt that nobody has settled, in the words of a person: what units claim of their
    own items first, then the oldest.

    ``units`` keeps those of which a unit sent one side. What an older program published has none.
    """
    has_doubts = "doubt" in table_names(con)
    rows = _rows(con, OPEN_DOUBTS, {"claims": [*RULE.claims]}) if has_doubts else []
    asked = [
        row for row in rows if not units or {row["填报单位"], row["另一处填报单位"]} & {*units}
    ]
    return [_with_answers(row) for row in asked]


def _with_answers(row: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as «code（意思）», and the meaning of the one that counts meanwhile."""
    labels = {each["code"]: each["label"] for each in json.loads(row["可选答案"])}
    said = "、".join(f"{code}（{label}）" for code, label in labels.items())
    kind = RULE.labels[row["种类"]]
    return {**row, "种类": kind, "可选答案": said, "暂按": labels[row["暂按"]]}


def few_of_each(
    doubts: Iterable[Mapping[str, Any]], most: int
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Some open doubts of each kind and sender, and a line for each of which there are more.

    One file may raise thousands, and hides none of another kind or of another unit.
    """
    shown: list[Mapping[str, Any]] = []
    counts: Counter[tuple[str, str]] = Counter()
    for row in doubts:
        counts[row["种类"], row["填报单位"]] += 1
        if counts[row["种类"], row["填报单位"]] <= most:
            shown.append(row)
    rest = [
        f"{kind}：{unit}另有 {number - most} 个；一样的在看板的“待核实”页可以一次定。"
        for (kind, unit), number in counts.items()
        if number > most
    ]
    return shown, rest


def entry_to_write(row: Mapping[str, Any], today: date) -> str:
    """A doubt as a person reads it, and its entry of ``confirmations.toml``, to be filled in.

    ``row`` is one of ``open_doubts``. The answer is left blank: it must be chosen.
    """
    lines = [f"# {row['问题']}", f"#   {_side(row, '')}"]
    lines += [f"#   {_side(row, '另一处')}"] if row["另一处文件"] else []
    answers = f"{row['可选答案']}；暂按“{row['暂按']}”"
    # A cell may hold line breaks, which would end the comment.
    lines = [" ".join(line.split()) for line in (*lines, f'answer = ""  # {answers}')]
    lines[-1:-1] = ["[[confirmation]]", f'doubt = "{row["疑问编号"]}"']
    return "\n".join((*lines, 'by = ""', f"on = {today}", 'why = ""'))


def _side(row: Mapping[str, Any], prefix: str) -> str:
    place = {name: row[f"{prefix}{name}"] for name in ("文件", "工作表", "行号", "单元格")}
    return f"{_place(place)}：{row[f'{prefix}原文'] or ''}"


def write_quality_report(
    con: duckdb.DuckDBPyConnection, path: Path, as_of: date = date.max
) -> None:
    """Write the workbook: by unit, open doubts, findings, rejected rows, the figures over time.

    Raises:
        OSError: the file cannot be written; an open one cannot be replaced on Windows.

    """
    tables = [
        Table("各单位汇总", _rows(con, SUMMARY), WIDTHS),
        Table("待定的疑问", open_doubts(con), WIDTHS),
        Table("问题清单", findings(con, as_of=as_of), WIDTHS),
        Table("退回行", _rows(con, REJECTS), WIDTHS),
        Table("历次报送", _rows(con, OVER_TIME), WIDTHS),
        Table("以往报送的问题", findings(con, newest=False, as_of=as_of), WIDTHS),
    ]
    write_tables(tables, path)


def _in_words(row: Mapping[str, Any]) -> dict[str, Any]:
    """Labels for names: the field as its ledger calls it, the severity in Chinese."""
    shown = {name: value for name, value in row.items() if name != "is_newest"}
    shown["字段"] = field_label(shown["字段"], shown.pop("台账"))
    shown["规则"] = value_text(shown["规则"], "rule")
    shown["严重程度"] = value_text(shown["严重程度"], "severity")
    return shown


def _rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    columns, rows = fetch_rows(con, sql, values)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def told(rows: Iterable[Mapping[str, Any]]) -> str:
    """Findings as lines: where, and what to do."""
    return "\n".join(f"[{row['严重程度']}] {_place(row)}：{row['问题与办法']}" for row in rows)


def _place(row: Mapping[str, Any]) -> str:
    """File, sheet, row and cell, as far as they are known."""
    parts = (
        str(row["文件"]),
        f"工作表“{row['工作表']}”" if row["工作表"] else "",
        f"第 {row['行号']} 行" if row["行号"] else "",
        f"{row['单元格']} 格" if row["单元格"] else "",
    )
    return "，".join(filter(None, parts))
