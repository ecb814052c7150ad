"""R07 across files: working nodes in one of them, reports every half month in another.

Within the body of a plan it is told with the body's other contradictions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.plan.tracking.matching import Said
from analysis.ingest.plan.tracking.register import BODY, PARTS, Source
from analysis.ingest.tables.measures import frequency

HALF_MONTHLY = "每半月"


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a calendar is laid down: a line of a submission, and of which part of the plan."""

    source: Source
    row_no: int
    part: str


@dataclass(slots=True)
class Calendars:
    """Where a plan lays down its nodes and its half-monthly reports, each for the first time."""

    nodes: _Line | None = None
    half_months: _Line | None = None
    days: int = 0
    is_told: bool = False

    def follow(
        self, source: Source, rows: Sequence[Said], rank: int, places: Places
    ) -> list[Finding]:
        """Take in a list or the body of the plan; R07 once it lays down the second of the two."""
        if self.is_told:
            return []
        node = next((s.row for s in rows if not is_null(s.row.get("node_days"))), None)
        half = next((s.row for s in rows if _is_half_monthly(s)), None)
        node_line = source.node_line or (node and node["row_no"])
        half_line = source.half_month_line or (half and half["row_no"])
        part = PARTS[rank]
        if node and node_line and self.nodes is None:
            self.nodes, self.days = _Line(source, node_line, part), int(node["node_days"])
        if half_line and self.half_months is None:
            self.half_months = _Line(source, half_line, part)
        nodes, half_months = self.nodes, self.half_months
        if nodes is None or half_months is None:
            return []
        self.is_told = True
        is_in_body = nodes.source is half_months.source and rank == BODY
        return [] if is_in_body else [self._finding(nodes, half_months, source, places)]

    def _finding(self, nodes: _Line, half_months: _Line, source: Source, places: Places) -> Finding:
        here = nodes if nodes.source is source else half_months
        message = (
            f"{_where(nodes)}工作节点每 {self.days} 天一个，"
            f"{_where(half_months)}信息报送每半月一次，日子不重合；"
            f"节点按 {self.days} 天推算，半月报按 1—15 日、16 日—月末，互不替代"
        )
        row = {"submission_id": source.submission_id, "sheet": source.sheet, "row_no": here.row_no}
        name = "due_on" if here is nodes else "sub_measure"
        return places.finding(row, name, "R07", "warning", message)


def _where(line: _Line) -> str:
    return f"{line.part}第 {line.row_no} 行"


def _is_half_monthly(said: Said) -> bool:
    row = said.row
    if row.get("frequency") == HALF_MONTHLY:
        return True
    texts = (row.get(name) or "" for name in ("sub_measure", "measure", "due_text"))
    return any(frequency(text) == HALF_MONTHLY for text in texts)
