"""Links to the 督办函 that are due."""

from dataclasses import replace
from typing import Any

from dash import html

from analysis.charts.shown import worst_first
from analysis.judgement.alerts import configured, letter_days, written_to
from analysis.warehouse.scope import Scope
from dashboards.parts.alert_panel import current
from dashboards.serving.address import Address
from dashboards.serving.data import Data

PATH = "/letter.docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def links(data: Data, scope: Scope) -> Any:
    """One link for each unit that has reached the ladder's step of the 督办函."""
    own = replace(scope, filters=_own(scope))
    days = letter_days(configured(data.settings.alerts))
    items = data.metric("overdue", own)
    long_late = items[items["days_late"].ge(days).fillna(False)].groupby("unit").size()
    rows = data.metric("completion", own)
    rows = rows[rows["dimension"].eq("unit") & rows["member"].isin(long_late.index)]
    counts = {unit: int(long_late[unit]) for unit in worst_first(rows)["member"]}
    # for other things a unit is written to as well, and has no number of what is late
    others = sorted(written_to(current(data, own)[0]) - set(counts))
    chips = [
        html.A(
            [unit, *([html.Strong(str(counts[unit]))] if unit in counts else [])],
            href=PATH + Address(scope.as_of, scope.known_on, chosen={"unit": unit}).search(),
            className="chip", title=f"下载给{unit}的督办函", download="",
        )
        for unit in (*counts, *others)
    ]  # fmt: skip
    also = "，和因其他事项发函的" if others else ""
    about = f"督办函（每个单位一份，Word 文件，逾期满{days}天的单位{also}）："
    return html.Div([html.Span(about, className="chips-label"), *chips], className="chips")


def _own(scope: Scope) -> dict[str, Any]:
    """A letter is about all that a unit is late with: only the choice of unit counts."""
    return {name: values for name, values in scope.filters.items() if name == "unit"}
