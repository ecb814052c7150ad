"""A half-monthly report → one row of its ledger, and what of it was not read."""

import json
from collections.abc import Sequence
from typing import Any

from analysis.ingest.cells.values import EMPTY
from analysis.ingest.findings import Finding, Place, Reject
from analysis.ingest.half_month.figures import LABELS, Mention
from analysis.ingest.half_month.report import Report
from analysis.ingest.tables.records import Records

#: What every report says, be it 0.
EXPECTED = ("visits", "hazards_found")
#: Numbers that a finding names.
NAMED = 8


def records_of(report: Report, place: Place, region: str, rows: int) -> Records:
    """The row of a report; without a half month it is rejected, as of no time.

    ``rows`` is how many lines were looked at; all but that of the title are ignored. A report that
    does not say whose it is may be its sender's, whom the name of the file tells.
    """
    lacking = [
        what
        for what, value in (("报送单位", report.unit), ("是哪个月的上半月或下半月", report.start))
        if not value
    ]
    if not report.start:
        reason = (
            f"标题“{report.title}”是半月报，但没有写明{'、'.join(lacking)}，没有读取；"
            "请在标题或正文开头写明后重新报送"
        )
        raw = json.dumps([report.title], ensure_ascii=False)
        rejected = Reject(place.submission_id, place.sheet, report.line, reason, raw)
        unread = place.finding("unreadable", "error", reason, row_no=report.line)
        return Records({}, [rejected], [unread], rows - 1)
    columns = {name: [value] for name, value in _row(report, region).items() if value is not None}
    return Records(columns, findings=_findings(report, place), rows_ignored=rows - 1)


def records_of_all(reports: Sequence[Report], place: Place, region: str, rows: int) -> Records:
    """The rows of the reports that one paper is, one for each half month."""
    parts = [records_of(each, place, region, 1) for each in reports]
    names = dict.fromkeys(name for part in parts for name in part.columns)
    columns = {name: [cell for part in parts for cell in part.get(name)] for name in names}
    return Records(
        columns,
        [each for part in parts for each in part.rejects],
        [each for part in parts for each in part.findings],
        rows - len(parts),
    )


def _row(report: Report, region: str) -> dict[str, Any]:
    figures = {name: mention.value for name, mention in report.figures.taken.items()}
    return {
        "row_no": report.line,
        "unit": report.unit or None,
        "period_start": report.start,
        "period_end": report.end,
        "submitted_on": report.submitted_on,
        "zero_report": report.figures.is_zero,
        **figures,
        **{name: _said(text) for name, text in report.texts.items()},
        "region": region,
    }


def _said(text: str) -> str | None:
    return None if text.strip().rstrip("。") in EMPTY else text


def _findings(report: Report, place: Place) -> list[Finding]:
    found = []
    for name, mentions in report.figures.doubtful.items():
        message = f"{LABELS[name]}前后不一致：{_places(mentions)}，没有读取；请核对后重新报送"
        found.append(
            place.finding("unreadable", "error", message, row_no=report.line, field=name,
                          value="、".join(str(each.value) for each in mentions))
        )  # fmt: skip
    for name, mention in report.figures.taken.items():
        if mention.is_about:
            message = f"{LABELS[name]}“{mention.text}”是约数，按 {mention.value} 计；请写准确的数"
            found.append(
                place.finding("approximate", "warning", message, row_no=report.line, field=name,
                              value=mention.text)
            )  # fmt: skip
    total = report.figures.taken.get("hazards_found")
    if total and total.rank:
        message = f"没有写发现隐患的总数，按“{total.text}”相加，计 {total.value} 条；请写明总数"
        found.append(
            place.finding("half_month_unread", "info", message, row_no=report.line,
                          field="hazards_found", value=total.text)
        )  # fmt: skip
    if others := list(dict.fromkeys(report.figures.others)):
        more = f"等 {len(others)} 处" if len(others) > NAMED else ""
        message = (
            "正文里这些数没有对应的字段，没有另行读取，原文保存在“进展情况”："
            f"{'、'.join(others[:NAMED])}{more}"
        )
        found.append(place.finding("half_month_unread", "info", message, row_no=report.line))
    said = {*report.figures.taken, *report.figures.doubtful}
    lacking = [LABELS[name] for name in EXPECTED if name not in said]
    if lacking and not report.figures.is_zero:
        message = (
            f"正文里没有读出{'、'.join(lacking)}；请写成“检查12家次，发现隐患7条，已整改5条”的样子"
        )
        found.append(place.finding("half_month_unread", "warning", message, row_no=report.line))
    return found


def _places(mentions: list[Mention]) -> str:
    return "，".join(f"第 {each.line} 行“{each.text}”" for each in mentions)
