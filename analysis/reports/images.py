"""Charts as pictures for print, all drawn by one browser process."""

import os
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.briefing.figures import Figures
from analysis.briefing.stamp import stamp_line
from analysis.charts import theme
from analysis.charts.accidents import published_yoy
from analysis.charts.bands import ageing
from analysis.charts.completion import completion
from analysis.charts.flow import close_times, hazard_flow
from analysis.charts.mix import heat_map, pareto
from analysis.charts.nodes import node_progress
from analysis.charts.reports import punctuality
from analysis.charts.shown import published_notes, times_notes
from analysis.charts.sites import four_colours, matrix
from analysis.reports.office import fonts
from analysis.wording.codes import words_of

#: Points of a picture before it is doubled for print.
WIDTH, HEIGHT, SCALES = 1100, 640, {"png": 2, "svg": 1}
#: Of a note: how many signs a line has, how high it is, and how far below the chart it begins.
NOTE_SIGNS, NOTE_LINE, BELOW_AXIS = 76, 18, 68
MISSING = (
    "没有找到 Chrome、Chromium 或 Edge，图片（charts）没有写出，其他文件不受影响；"
    "装好其中一个再运行，或用环境变量 BROWSER_PATH 指明它在哪里。"
)


def pictures(figures: Figures) -> Mapping[str, Callable[[], go.Figure]]:
    """What draws each chart of the package, by its title; with day and sources below."""
    mix, times = figures["hazard_mix"], figures["close_times"]
    progress, stages, yoy = (
        figures[name] for name in ("node_progress", "hazard_flow", "accident_yoy")
    )
    bands = figures["ageing"]
    late = bands[bands["basis"].eq("late") & bands["unit"].ne("全部")]
    members = figures["completion"]
    of_units = times[times["until"].eq("done") & times["dimension"].eq("unit")]
    published = yoy[yoy["source"].eq("published")]
    drawn: dict[str, Callable[[], go.Figure]] = {
        "各单位整改完成情况": lambda: completion(members[members["dimension"].eq("unit")], 14),
        "工作节点完成情况": lambda: node_progress(
            progress[progress["unit"].eq("全部")], figures.scope.as_of
        ),
        "各单位未完成事项的逾期时长": lambda: ageing(late),
        "各单位整改用时": lambda: close_times(of_units),
        "重大隐患闭环": lambda: hazard_flow(stages[stages["level"].eq("重大")]),
        "隐患类别": lambda: pareto(mix[mix["dimension"].eq("category")]),
        "乡镇与隐患类别": lambda: heat_map(mix[mix["dimension"].eq("township_category")]),
        "四色风险场所_按业态": lambda: four_colours(figures.ranking.sites, "site_kind"),
        "四色风险场所_按乡镇": lambda: four_colours(figures.ranking.sites, "township"),
        "风险矩阵": lambda: matrix(figures.sites, figures.settings.risk_bands),
        "公布的事故同比": lambda: published_yoy(published),
        "半月报报送情况": lambda: punctuality(
            figures["report_punctuality"], words_of("state", "report_punctuality")
        ),
    }
    notes = {
        "各单位整改用时": times_notes(of_units),
        "公布的事故同比": published_notes(published),
    }
    stamp = stamp_line(figures.scope, figures.facts)
    return {
        name: partial(_titled, draw, name.replace("_", "，"), stamp, notes.get(name, ()))
        for name, draw in drawn.items()
    }


def has_marks(fig: go.Figure) -> bool:
    """Whether a chart shows anything: a mark needs a value on each of its axes."""
    return any(_has_mark(trace) for trace in fig.data)


def _has_mark(trace: Any) -> bool:
    axes = {name: trace[name] for name in ("x", "y", "z") if name in trace}
    said = {name: values for name, values in axes.items() if values is not None}
    if "z" in said:
        return any(pd.notna(value) for row in said["z"] for value in row)
    return any(all(map(pd.notna, at)) for at in zip(*said.values(), strict=False))


def write_pictures(drawn: Mapping[Path, go.Figure], format: str = "png") -> str:
    """Write each chart to its path; return what a person must know where none is drawn.

    ``format`` is png or svg.
    """
    if not fonts.has_chinese_font():
        return fonts.MISSING
    import kaleido  # where no pictures are wanted no browser is looked for
    from kaleido.errors import BrowserFailedError, ChromeNotFoundError

    form = {"format": format, "width": WIDTH, "height": HEIGHT, "scale": SCALES[format]}
    wanted = [{"fig": fig.to_dict(), "path": path, "opts": form} for path, fig in drawn.items()]
    try:
        for folder in {path.parent for path in drawn}:
            folder.mkdir(parents=True, exist_ok=True)
        # Kaleido would fetch MathJax from the network; there is no formula in any chart.
        kaleido.write_fig_from_object_sync(wanted, kopts={"mathjax": False})
    except ChromeNotFoundError:
        return MISSING
    except BrowserFailedError as error:
        return f"浏览器打不开，图片（charts）没有写出，其他文件不受影响：{error}"
    except Exception as error:
        # The papers are written already; whatever a browser does, they are to be told of.
        if os.environ.get("YANPAN_DEBUG"):
            raise
        return f"图片（charts）没有写全，其他文件不受影响：{type(error).__name__}: {error}"
    return ""


def _titled(
    draw: Callable[[], go.Figure], title: str, stamp: str, notes: Sequence[str] = ()
) -> go.Figure:
    """Title above with the stamp, the legend between title and chart, notes at the foot."""
    fig = draw()
    top = int(fig.layout.margin.t or 0)
    below = {"text": theme.plain(stamp, 200), "font": {"size": 13, "color": theme.MUTED}}
    fig.update_layout(
        title={"text": theme.plain(title, 40), "x": 0.01, "y": 0.95, "font": {"size": 22},
               "subtitle": below},
        margin={"t": top + 116, "b": 24, "l": 24, "r": max(int(fig.layout.margin.r or 0), 24)},
        legend={"y": 0.86},
    )  # fmt: skip
    return _noted(fig, notes)


def _noted(fig: go.Figure, notes: Sequence[str]) -> go.Figure:
    """Notes in lines below all axes, which make room for them."""
    lines = [line for note in notes for line in textwrap.wrap(note, NOTE_SIGNS)]
    if not lines:
        return fig
    fig.update_layout(margin={"b": 24 + NOTE_LINE * len(lines) + BELOW_AXIS})
    fig.add_annotation(
        text="<br>".join(theme.plain(line, NOTE_SIGNS) for line in lines), showarrow=False,
        align="left", x=0, xref="paper", xanchor="left", y=0, yref="paper", yanchor="top",
        yshift=-BELOW_AXIS, font={"size": 13, "color": theme.MUTED},
    )  # fmt: skip
    return fig
