"""Accidents against the same period of the year before."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.charts import theme
from analysis.wording.values import fixed


def published_yoy(totals: pd.DataFrame) -> go.Figure:
    """Published totals beside last year's, accidents left and deaths right.

    ``totals`` are the rows of ``accident_yoy`` whose source is ``published``. A base that was
    derived from the printed percentage is marked *; where there is none, the change is the printed
    one, or the chart says that there is nothing to compare.
    """
    if totals.empty:
        return theme.empty("没有公布的事故统计")
    titles = ("事故起数", "死亡人数")
    fig = theme.dressed(
        make_subplots(cols=2, shared_yaxes=True, subplot_titles=titles, horizontal_spacing=0.04)
    )
    fig.update_annotations(font={"family": theme.FONT, "size": 13})
    for column, (measure, unit) in enumerate((("accidents", "起"), ("deaths", "人")), start=1):
        _add_pair(fig, totals, measure, unit, column)
    fig.update_xaxes(visible=False)
    fig.update_yaxes(showgrid=False, autorange="reversed", automargin=True)
    fig.update_layout(barmode="group", bargap=0.28, margin={"t": 48})
    return fig


def monthly(months: pd.DataFrame, empty: str = "今年以来台账中没有事故（0起）") -> go.Figure:
    """Accidents by month beside last year's, and both years' totals since January as lines.

    ``months`` are rows of ``accident_monthly`` for one region, counted and one member; ``empty`` is
    said where there are none.
    """
    if months.empty:
        return theme.empty(empty)
    names = months["month_start"].map(lambda day: f"{day.month}月")
    fig = theme.figure()
    for name, column, colour in (
        ("上年同月", "accidents_prev", theme.LAST_YEAR), ("本月", "accidents", theme.THIS_YEAR)
    ):  # fmt: skip
        fig.add_bar(
            x=names, y=months[column].astype("Float64"), name=name, marker_color=colour,
            text=months[column].fillna(0).map(lambda n: str(n) if n else ""),
            textposition="outside", cliponaxis=False,
            hovertemplate="%{x}　" + name + " %{y} 起<extra></extra>",
        )  # fmt: skip
    for name, column, colour, dash in (
        ("上年累计", "accidents_total_prev", theme.MUTED, "dot"),
        ("本年累计", "accidents_total", theme.INK, "solid"),
    ):
        fig.add_scatter(
            x=names, y=months[column].astype("Float64"), name=name, yaxis="y2",
            mode="lines+markers", line={"color": colour, "width": 2, "dash": dash},
            hovertemplate="%{x}　" + name + " %{y} 起<extra></extra>",
        )  # fmt: skip
    # The year before has no counts where no ledger goes back so far.
    highest = float(months[["accidents", "accidents_prev"]].fillna(0).max().max())
    fig.update_layout(
        barmode="group",
        yaxis={
            "rangemode": "tozero", "title": {"text": "当月（起）", "standoff": 8},
            "tickformat": "d", "dtick": max(1, round(highest / 5)),
        },
        yaxis2={
            "overlaying": "y", "side": "right", "rangemode": "tozero", "showgrid": False,
            "title": {"text": "累计（起）", "standoff": 8}, "automargin": True, "tickformat": "d",
        },
    )  # fmt: skip
    return fig


def gaps(
    rows: pd.DataFrame, mean: float, high: int, as_of: date, open_days: int, until: str = "至今"
) -> go.Figure:
    """Days between accidents in order of time, with mean and upper limit, and the quiet days since.

    ``rows`` has event_on, days and is_unusual; what lies beyond the limit is marked by shape too.
    ``open_days`` have passed from the last accident to ``as_of``: that gap is still open. ``until``
    says what day that is, where the ledger goes less far than the day described.
    """
    fig = theme.figure()
    fig.add_scatter(
        x=rows["event_on"], y=rows["days"], mode="lines+markers", name="相隔天数",
        line={"color": theme.LAST_YEAR},
        marker={
            "size": 9,
            "color": rows["is_unusual"].map({True: theme.STATE["overdue"], False: theme.THIS_YEAR}),
            "symbol": rows["is_unusual"].map({True: "diamond", False: "circle"}),
        },
        hovertemplate="%{x|%Y-%m-%d}　距上一起 %{y} 天<extra></extra>",
    )  # fmt: skip
    fig.add_scatter(
        x=[as_of], y=[open_days], mode="markers+text", name=until,
        text=[f"{until} {open_days} 天"], textposition="top left", cliponaxis=False,
        marker={"size": 10, "symbol": "circle-open", "color": theme.INK, "line": {"width": 2}},
        hovertemplate="截至 %{x|%Y-%m-%d}　已 %{y} 天没有事故<extra></extra>",
    )  # fmt: skip
    for value, name, dash in ((high, "上限", "dash"), (mean, "平均", "solid")):
        fig.add_hline(
            y=value, line={"color": theme.MUTED, "width": 1, "dash": dash},
            annotation={"text": f"{name} {fixed(value, 0)} 天", "font": {"size": theme.NOTE}},
            annotation_position="top left",
        )  # fmt: skip
    fig.update_yaxes(title="天", rangemode="tozero")
    fig.update_xaxes(tickformat="%Y年%-m月")
    fig.update_layout(showlegend=False)
    return fig


def period_label(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """«2022年», «2023年1–4月», «2023年5月»."""
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年"
    months = f"{start.month}月" if start.month == end.month else f"{start.month}–{end.month}月"
    return f"{start.year}年<br>{months}"


def _labels(totals: pd.DataFrame) -> list[str]:
    """The period of each row, and whose it is where there are several: no two bars are one."""
    labels = list(map(period_label, totals["period_start"], totals["period_end"]))
    for column in ("region", "industry"):
        if column in totals and totals[column].nunique(dropna=False) > 1:
            labels = [
                label if pd.isna(name) else f"{theme.plain(name)}<br>{label}"
                for name, label in zip(totals[column], labels, strict=True)
            ]
    return labels


def _add_pair(fig: go.Figure, totals: pd.DataFrame, measure: str, unit: str, column: int) -> None:
    periods = _labels(totals)
    now, before = totals[measure], totals[f"{measure}_prev"]
    derived = totals[f"{measure}_base"].eq("derived")
    said_before = [
        "" if pd.isna(n) else f"{n}{'*' if d else ''}" for n, d in zip(before, derived, strict=True)
    ]
    said_now = [
        ""
        if pd.isna(n)
        else f"{n}  <span style='color:{_colour(change)}'>{change_label(change, last, text)}</span>"
        for n, last, change, text in zip(
            now, before, totals[f"{measure}_yoy"], totals[f"{measure}_yoy_text"], strict=True
        )
    ]
    for name, counts, said, colour in (
        ("上年同期", before, said_before, theme.LAST_YEAR),
        ("本期", now, said_now, theme.THIS_YEAR),
    ):
        fig.add_bar(
            y=periods, x=counts.astype("Float64"), orientation="h", name=name, text=said,
            marker_color=colour, legendgroup=name, showlegend=column == 1, cliponaxis=False,
            textposition="outside", row=1, col=column,
            hovertemplate=f"%{{y}}　{name} %{{x}} {unit}<extra></extra>",
        )  # fmt: skip
    highest = max(float(now.fillna(0).max()), float(before.fillna(0).max()))
    fig.update_xaxes(range=[0, highest * 2.5], row=1, col=column)


def change_label(change: float | None, before: int | None, printed: str | None = None) -> str:
    """«▲33.33%», «▼16.67%», «持平», or why there is no percentage.

    Without a base what was ``printed`` is shown as it was, and said to be no more than that.
    """
    if before is None or pd.isna(before):
        if printed is None or pd.isna(printed):
            return "无同期可比数据"
        return f"公布同比 {theme.plain(printed)}"
    if change is None or pd.isna(change):
        return "上年同期为0"
    if change == 0:
        return "持平"
    return f"{'▲' if change > 0 else '▼'}{fixed(abs(change))}%"


def _colour(change: float | None) -> str:
    """More accidents are bad, fewer are good; no change and no base are neither."""
    if change is None or pd.isna(change) or change == 0:
        return theme.MUTED
    return theme.BAD if change > 0 else theme.GOOD
