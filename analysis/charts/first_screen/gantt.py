"""The dated measures along time: what is done fades, what is late burns, today is a line.

Three frames go in:

- ``measures``, one row a measure: ``item_id``; ``label`` what stands before its bar, ``title`` its
  whole text; ``unit``; ``start_on``, ``due_on`` and ``done_on``, days, missing where there are
  none, ``done_as_reported`` where the day of completion is that of the first
  report; ``state`` as the relation ``items`` has it; ``is_done``, ``is_overdue``; ``days_late`` (of
  what was done late, too) and ``days_left``, missing where they do not apply; ``is_major``;
- ``ticks``, one row a period of a duty that recurs: ``item_id``, ``due_on`` the last day of the
  period, ``state`` met, short, running, or coming for periods that have not begun;
- ``nodes``: ``node_on``, the working nodes.

The most overdue stand first, then what is nearest, what recurs, what is done. A measure for which
there is no room, or that has neither deadline nor periods, is told in words below.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from analysis.charts.first_screen.marks import opens
from analysis.charts.svg_text import cut, text, text_width, wrapped
from analysis.charts.wall import SIGNS, sign_of
from analysis.wording.deadlines import chinese_day, chinese_month_day

#: Pixels: the whole, names at the left, words beside the last bar, heads, a line, its bar, a note.
WIDTH, NAMES, WORDS, HEAD, LINE, BAR, NOTE = 860, 300, 104, 38, 23, 11, 19
#: Rows that are drawn where nothing else is said.
MOST = 7
#: Days of the axis at either side of the day: at most so many, and at least.
REACH, LEAST = 75, 15
#: Two heads that are nearer than this would stand upon each other.
APART = 38
#: Groups in their order, and how those of a group are called that are not drawn.
GROUPS = ("late", "coming", "recurring", "done", "undated")
FOLDED = {
    "late": "逾期", "coming": "未到期", "recurring": "定期开展", "done": "已完成",
    "undated": "没有期限",
}  # fmt: skip
#: A period of a duty: its words, in the order in which they are told.
PERIODS = {"met": "达标", "short": "不足", "running": "进行中"}
STYLE = """
.gantt { display: block; }
.gantt text { fill: var(--ink); font: 13px var(--yanpan-font); font-variant-numeric: tabular-nums; }
.gantt text { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
.gantt .quiet { fill: var(--muted); }
.gantt .mid { text-anchor: middle; }
.gantt .now { font-weight: 700; }
.gantt .bad { fill: var(--bad); font-weight: 700; }
.gantt .back { fill: transparent; }
.gantt .node { stroke: var(--line); stroke-dasharray: 2 3; }
.gantt .today { stroke: var(--ink); stroke-width: 2; }
.gantt .fade, .gantt .met { fill: var(--square-closed); }
.gantt .open, .gantt .coming { fill: var(--paper); stroke: var(--square-open); }
.gantt .suspended { fill: var(--paper); stroke: var(--square-suspended); }
.gantt .due_soon, .gantt .running { fill: var(--square-due_soon); }
.gantt .end { fill: var(--square-open); }
.gantt .late-1 { fill: var(--square-late-1); }
.gantt .late-2, .gantt .short { fill: var(--square-late-2); }
.gantt .late-3 { fill: var(--square-late-3); }
.gantt .major { fill: none; stroke: var(--ink); stroke-width: 2; }
.gantt a { cursor: pointer; outline: none; }
.gantt a:hover .back { fill: var(--quiet); }
.gantt a:focus-visible .back { stroke: var(--focus); stroke-width: 2; }
"""


class Tick(NamedTuple):
    """The last day of a period, and how the period stands."""

    due_on: pd.Timestamp
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One measure with its periods: its group, what stands beside its bar, all that is told."""

    row: Mapping[Any, Any]
    ticks: Sequence[Tick]
    group: str
    beside: str
    words: str


class Axis(NamedTuple):
    """Time across: the first and the last day, and from which pixel to which."""

    first: pd.Timestamp
    last: pd.Timestamp
    left: float
    right: float

    def at(self, day: Any) -> float:
        """Where a day stands; what is before or after at the edge."""
        share = (pd.Timestamp(day) - self.first) / (self.last - self.first)
        return round(self.left + min(max(share, 0.0), 1.0) * (self.right - self.left), 1)

    def holds(self, day: Any) -> bool:
        """Whether the day is on the axis and not beyond its edge."""
        return bool(self.first <= pd.Timestamp(day) <= self.last)


def draw(
    measures: pd.DataFrame, ticks: pd.DataFrame, nodes: pd.DataFrame, as_of: date,
    most: int = MOST, width: int = WIDTH, links: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """The Gantt of a day, so many pixels wide; ``links`` are where a measure's id leads."""
    lines = lines_of(measures, ticks, as_of)
    shown = [line for line in lines if line.group != "undated"][:most]
    rest = folded([line for line in lines if line not in shown])
    axis = _axis(shown, as_of, width)
    bottom = HEAD + LINE * len(shown)
    notes = wrapped(rest, width)
    height = bottom + 7 + NOTE * len(notes)
    title = text(_title(lines, as_of))
    body = [
        *_heads(axis, nodes["node_on"].drop_duplicates(), as_of, bottom),
        *(_row(line, HEAD + LINE * n, axis, as_of, width, links or {})
          for n, line in enumerate(shown)),
        *(f'<text class="quiet" x="0" y="{bottom + NOTE * n}">{text(note)}</text>'
          for n, note in enumerate(notes, 1)),
    ]  # fmt: skip
    return (
        f'<svg class="gantt" role="group" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-label="{title}"><title>{title}</title>'
        f"{''.join(body)}</svg>"
    )


def lines_of(measures: pd.DataFrame, ticks: pd.DataFrame, as_of: date) -> list[Line]:
    """Every measure with its periods, in the order in which they are drawn."""
    periods: dict[str, list[Tick]] = {}
    for row in ticks.sort_values("due_on", kind="stable").to_dict("records"):
        periods.setdefault(row["item_id"], []).append(Tick(row["due_on"], row["state"]))
    whole = measures.astype(object).where(measures.notna(), None)
    day = pd.Timestamp(as_of)
    lines = [_line(row, periods.get(row["item_id"], []), day) for row in whole.to_dict("records")]
    return sorted(lines, key=lambda line: _place(line, day))


def folded(lines: Sequence[Line]) -> str:
    """«另有 9 项：未到期 6 项、已完成 3 项», or nothing."""
    if not lines:
        return ""
    counts = {group: sum(line.group == group for line in lines) for group in GROUPS}
    told = "、".join(f"{FOLDED[group]} {n} 项" for group, n in counts.items() if n)
    return f"另有 {len(lines)} 项：{told}"


def _line(row: Mapping[Any, Any], ticks: Sequence[Tick], day: pd.Timestamp) -> Line:
    group = _group(row, ticks)
    beside = _beside(row, group, ticks, day)
    due = row["due_on"]
    until = f"{chinese_day(due)}到期" if due is not None else "没有期限"
    told = [row["title"], row["unit"] or "责任单位未明确", until, SIGNS.get(row["state"], "")]
    words = "｜".join(str(each) for each in [*told, beside] if each)
    return Line(row, ticks, group, beside, words)


def _group(row: Mapping[Any, Any], ticks: Sequence[Tick]) -> str:
    if row["is_overdue"]:
        return "late"
    if row["is_done"]:
        return "done"
    if row["due_on"] is not None:
        return "coming"
    return "recurring" if ticks else "undated"


def _beside(row: Mapping[Any, Any], group: str, ticks: Sequence[Tick], today: pd.Timestamp) -> str:
    """«逾期 16 天», «还剩 5 天», «今天到期», «达标 2 不足 1», «11月8日完成»."""
    if group == "late":
        return f"逾期 {row['days_late']} 天"
    if group == "done":
        done = row["done_on"]
        how = "首次报完成" if row["done_as_reported"] else "完成"  # no ledger says when
        day = "已完成" if done is None else f"{chinese_month_day(done)}{how}"
        return f"{day}，晚 {row['days_late']} 天" if row["days_late"] else day
    if group == "coming":
        if row["state"] == "suspended":
            return SIGNS["suspended"]
        return f"还剩 {row['days_left']} 天" if row["days_left"] else "今天到期"
    # what runs yet is not judged, and stands apart in the papers too
    early = [tick for tick in ticks if tick.state == "met" and tick.due_on >= today]
    judged = [tick.state for tick in ticks if tick not in early]
    counts = [(word, judged.count(state)) for state, word in PERIODS.items()]
    return " ".join(
        [*(f"{word} {n}" for word, n in counts if n), *(["本期已达标"] if early else [])]
    )


def _place(line: Line, day: pd.Timestamp) -> tuple[int, float, str]:
    """Longest late first, nearest deadline first; duties that fell short first; newest done."""
    row, far = line.row, pd.Timedelta(days=36500)
    if line.group == "late":
        order = -float(row["days_late"] or 0)
    elif line.group == "recurring":
        order = -float(sum(tick.state == "short" for tick in line.ticks))
    elif line.group == "done":
        order = ((day - row["done_on"]) if row["done_on"] is not None else far) / pd.Timedelta("1D")
    else:
        order = ((row["due_on"] or day) - day) / pd.Timedelta("1D")
    return GROUPS.index(line.group), order, str(row["item_id"])


def _axis(lines: Sequence[Line], as_of: date, width: int) -> Axis:
    """From the first start to the last deadline of what is drawn, within the reach of the day."""
    day, reach, least = pd.Timestamp(as_of), timedelta(days=REACH), timedelta(days=LEAST)
    days = [tick.due_on for line in lines for tick in line.ticks]
    days += [
        line.row[name]
        for line in lines
        for name in ("start_on", "due_on")
        if line.row[name] is not None
    ]
    first = max(min([day - least, *days]), day - reach)
    last = min(max([day + least, *days]), day + reach)
    words = max((round(text_width(line.beside)) + 10 for line in lines), default=0)
    return Axis(first, last, names_width(width) + 8, width - max(WORDS, words))


def names_width(width: int) -> int:
    """How much of the width names take: of a narrow one no more than a good third."""
    return min(NAMES, round(width * 0.38))


def _title(lines: Sequence[Line], as_of: date) -> str:
    counts = [(FOLDED[group], sum(line.group == group for line in lines)) for group in GROUPS]
    told = "、".join(f"{word}{n}项" for word, n in counts if n) or "没有措施"
    return f"三清单措施的期限，截至{chinese_month_day(as_of)}：{told}"


def _heads(axis: Axis, nodes: pd.Series, as_of: date, bottom: int) -> Iterator[str]:
    """The day and the nodes; what is too near to the day or to the node before has no words."""
    day, last = axis.at(as_of), axis.left - APART
    for node in sorted(day for day in nodes if axis.holds(day)):
        x = axis.at(node)
        yield f'<line class="node" x1="{x}" x2="{x}" y1="{HEAD - 4}" y2="{bottom}"/>'
        if x - last >= APART and abs(x - day) >= APART / 2:
            yield f'<text class="quiet mid" x="{x}" y="{HEAD - 8}">{node.month}/{node.day}</text>'
            last = x
    words = f"截至 {chinese_month_day(as_of)}"
    yield f'<text class="now mid" x="{day}" y="13">{words}</text>'
    yield f'<line class="today" x1="{day}" x2="{day}" y1="18" y2="{bottom}"/>'


def _row(
    line: Line, top: int, axis: Axis, as_of: date, width: int, links: Mapping[str, str]
) -> str:
    row, words, kind = line.row, text(line.words), _kind(line)
    label = text(cut(str(row["label"]), names_width(width)))
    drawn, end = _bar(line, top + (LINE - BAR) // 2, axis, as_of)
    is_beyond = row["due_on"] is not None and row["due_on"] > axis.last
    beside = f"{line.beside} →" if is_beyond else line.beside
    return (
        f'<a class="line" {opens(links.get(row["item_id"]))} data-id="{text(row["item_id"])}" '
        f'aria-label="{words}">'
        f'<title>{words}</title><rect class="back" y="{top}" width="{width}" height="{LINE}"/>'
        f'<text class="{kind if kind == "quiet" else ""}" x="0" y="{top + 16}">{label}</text>'
        f'{drawn}<text class="{kind}" x="{end + 8:g}" y="{top + 16}">{text(beside)}</text></a>'
    )


def _kind(line: Line) -> str:
    is_short = any(tick.state == "short" for tick in line.ticks)
    if line.group == "late" or (line.group == "recurring" and is_short):
        return "bad"
    return "quiet" if line.group == "done" else ""


def _bar(line: Line, y: int, axis: Axis, as_of: date) -> tuple[str, float]:
    """The bar of a measure or the ticks of a duty, and where it ends."""
    row, due = line.row, line.row["due_on"]
    drawn, end = [], axis.left
    if due is not None:
        right = axis.at(due)
        left = min(axis.at(row["start_on"] or axis.first), right)
        kind = "open" if line.group == "coming" and row["state"] != "suspended" else row["state"]
        drawn.append(_rect("fade" if line.group in ("late", "done") else kind, left, right, y))
        end = right
        if line.group == "late":
            end = axis.at(as_of)
            drawn.append(_rect(sign_of(row["days_late"]), right, end, y))
        elif line.group == "coming" and axis.holds(due):
            mark = "due_soon" if row["state"] == "due_soon" else "end"
            drawn.append(_rect(mark, right - 5, right, y))
        if row["is_major"]:
            drawn.append(_rect("major", left, end, y))
    for tick in line.ticks:
        if axis.holds(tick.due_on):
            x = axis.at(tick.due_on)
            drawn.append(_rect(tick.state, x - 2.5, x + 2.5, y))
            end = max(end, x)
    return "".join(drawn), end


def _rect(kind: str, left: float, right: float, y: int) -> str:
    wide = max(round(right - left, 1), 2)
    return f'<rect class="{kind}" x="{left:g}" y="{y}" width="{wide:g}" height="{BAR}"/>'
