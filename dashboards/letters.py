"""The 督办函 of a unit, and the links to those that are due."""

from dataclasses import replace
from typing import Any

from dash import html

from analysis.errors import QueryError
from analysis.reports.letter import Sender, supervision_letter
from analysis.reports.stamp import chinese_day
from analysis.warehouse.catalog import Scope
from dashboards.data import Data, is_member
from dashboards.scope import Address

PATH = "/letter.docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter(data: Data, scope: Scope, unit: str) -> bytes:
    """The letter to one unit, for all that it is late with on the day, whatever else is chosen.

    Raises:
        QueryError: the unit is late with nothing.

    """
    own = Scope(scope.as_of, scope.known_on, {"unit": (unit,)})
    overdue = data.metric("overdue", own)
    if overdue.empty:
        raise QueryError(f"截至{chinese_day(scope.as_of)}，{unit}没有逾期事项，不用督办函。")
    listed = data.metric("supervision", own)
    facts = data.provenance(own)
    stamp = (
        f"数据截至{chinese_day(scope.as_of)}，计入报送{facts.submissions}批。逾期：期限（有批准的"
    )
    stamp += "延期时按延期后的）早于当日而没有完成，当日到期不算。"
    stamp += "含模拟数据，不得作为正式文件。" if facts.is_simulated else ""
    unlisted = listed[listed["standing_text"] == "应挂未挂"]
    return supervision_letter(unit, overdue, unlisted, scope.as_of, _sender(data), stamp)


def links(data: Data, scope: Scope) -> Any:
    """One link for each unit that is late with something; nothing where none is."""
    rows = data.metric("completion", replace(scope, filters=_own(scope)))
    late = rows[
        rows["dimension"].eq("unit") & rows["member"].map(is_member) & rows["overdue"].gt(0)
    ]
    chips = [
        html.A(
            [unit, html.Strong(str(count))],
            href=PATH + Address(scope.as_of, scope.known_on, chosen={"unit": unit}).search(),
            className="chip", title=f"下载给{unit}的督办函", download="",
        )
        for unit, count in sorted(
            zip(late["member"], late["overdue"], strict=True), key=lambda pair: -pair[1]
        )
    ]  # fmt: skip
    return html.Div(
        [html.Span("督办函（Word）：", className="chips-label"), *chips], className="chips"
    )


def _own(scope: Scope) -> dict[str, Any]:
    """A letter is about all that a unit is late with: only the choice of unit counts."""
    return {name: values for name, values in scope.filters.items() if name == "unit"}


def _sender(data: Data) -> Sender:
    settings = data.settings
    return Sender(
        settings.office, settings.office_head, settings.contact, settings.contact_phone,
        settings.reply_days,
    )  # fmt: skip
