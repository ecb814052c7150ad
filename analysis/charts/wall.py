"""事项墙: one square an item, whose it is down, when it is due across; arranged here.

``arrange`` is a pure function of the rows of ``item_wall``; ``wall_svg`` draws what it gives, and
slides take the same squares. What is late, due and open is always there; what is done is, in a
crowded cell, a number.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from analysis.wording.codes import words_of
from analysis.wording.deadlines import chinese_day, chinese_month_day, counted_state

#: What rows can be, and what the row of those is called that are none's.
ROWS_BY = {
    "unit": "单位", "township": "乡镇", "site_kind": "业态", "kind": "种类", "region": "地区",
}  # fmt: skip
UNSAID, NOT_APPLICABLE = "未填", "不适用"
_OF_HAZARDS = frozenset({"township", "site_kind"})
#: What stands between a county and a unit of it, where there are several counties.
COUNTY = "·"
#: Beyond so many items of a cell those that are done are a number.
CROWDED = 60
#: So many that are done take no more room than their number.
FEW = 3
#: Columns: so many that are past each for itself, so many to come; the others are put together.
PAST, COMING, EARLIER = 4, 4, 4
#: States of what is done, accepted or not.
DONE_STATES = ("accepting", "closed")
#: Signs by the order in which squares stand in a cell, the most urgent first; their words.
SIGNS = {
    "late-3": "逾期超过90天", "late-2": "逾期30—90天", "late-1": "逾期不满30天",
    "due_soon": "临期", "open": "整改中", "suspended": "停业关停", "undated": "时限不明",
    "standing": "长期坚持", "accepting": "待验收", "closed": "已销号",
}  # fmt: skip
_ORDER = {sign: number for number, sign in enumerate(SIGNS)}
LATE = ("late-3", "late-2", "late-1")
#: What a cell says of its items, in this order.
_SPOKEN = (
    ("逾期", LATE), ("未到期", ("due_soon", "open")), ("停业关停", ("suspended",)),
    ("时限不明", ("undated",)), ("长期坚持", ("standing",)), ("已完成", DONE_STATES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """Deadlines that stand below each other: after ``start``, up to and with ``end``.

    ``first`` is the first deadline that there is. Without an end the column is that of the items
    without a deadline.
    """

    label: str
    words: str
    start: pd.Timestamp | None
    end: pd.Timestamp | None
    is_node: bool = False
    first: pd.Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Square:
    """One item: its sign says where it stands, ``words`` all that is told where it is pointed at.

    ``colour`` is the risk of its site, empty where nobody knows it or it is done.
    """

    item_id: str
    sign: str
    words: str
    is_major: bool = False
    is_lit: bool = False
    colour: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """The items of one row in one column; ``more`` are those that have no square, by sign.

    Of all of them ``finished`` are done.
    """

    column: int
    squares: Sequence[Square]
    more: Mapping[str, int]
    words: str
    finished: int = 0

    @property
    def done(self) -> int:
        """How many that are done are told by a number alone."""
        return sum(n for sign, n in self.more.items() if sign in DONE_STATES)

    @property
    def owed(self) -> int:
        """How many that are not done have no square: more than anybody can look at."""
        return sum(self.more.values()) - self.done


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, township …: how many of those that count are done, and how many are late."""

    name: str
    label: str
    done: int
    total: int
    overdue: int
    cells: Sequence[Cell]

    @property
    def words(self) -> str:
        """What is said of it where it is pointed at."""
        late = f"，逾期{self.overdue}项" if self.overdue else ""
        return f"{self.label}，已完成{self.done}/{self.total}项{late}"


@dataclass(frozen=True, slots=True)
class Wall:
    """All rows, and those whose items are all done in one line of words.

    Of the ``items`` some stand ``apart`` from all rates.
    """

    as_of: date
    by: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    items: int
    apart: int = 0
    finished: str = ""
    today: float | None = None
    signs: Collection[str] = field(default_factory=tuple)


def arrange(
    items: pd.DataFrame,
    as_of: date,
    by: str = "unit",
    columns: Sequence[Column] | None = None,
    lit: Collection[str] = (),
    colours: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
) -> Wall:
    """The wall of a day; ``items`` are the rows of ``item_wall`` on that day.

    ``columns`` are those of another day, for a wall that is played through time; ``lit`` are the
    ids of items that are to be seen, ``colours`` the four colours by the name of the site,
    ``order`` the names of rows that stand first whatever is late.
    """
    columns = columns_of(items, as_of) if columns is None else columns
    hung = _hung(items, by, columns, as_of)
    seen, known, labels = frozenset(lit), colours or {}, _labels(hung, by)
    rows, finished, done = [], [], 0
    for name, of_row in hung.items():
        if all(item.is_done for item in of_row) and not any(i.row.item_id in seen for i in of_row):
            finished.append(labels[name])
            done += sum(item.row.items for item in of_row)
        else:
            rows.append(_row(name, labels[name], of_row, columns, seen, known))
    first = {name: number for number, name in enumerate(order)}
    rows.sort(key=lambda row: (first.get(row.name, len(first)), *_urgency(row)))
    signs = {item.sign for of_row in hung.values() for item in of_row}
    apart = items.loc[~items["is_counted"].astype(bool), "items"]
    return Wall(
        as_of, by, columns, rows, int(items["items"].sum()), int(apart.sum()),
        _finished(finished, done, rows, by), today_at(columns, as_of),
        [sign for sign in SIGNS if sign in signs],
    )  # fmt: skip


def told(wall: Wall) -> str:
    """How many items stand on it, and how many of them are in no rate."""
    apart = f"，其中{wall.apart}项长期坚持或经核实停业关停，不进比率" if wall.apart else ""
    return f"共{wall.items}项{apart}"


def columns_of(items: pd.DataFrame, as_of: date) -> list[Column]:
    """The columns of a day: nodes and months near to it each alone, those further off together."""
    day, ends = pd.Timestamp(as_of), _ends(items)
    past = [(end, is_node) for end, is_node in ends if end < day]
    coming = [(end, is_node) for end, is_node in ends if end >= day]
    near = [_column(*end, as_of) for end in [*past[-PAST:], *coming[:COMING]]]
    columns = [*_together([end for end, _ in past[:-PAST]], as_of), *near]
    if later := coming[COMING:]:
        after = coming[COMING - 1][0]
        columns.append(Column("以后", f"{chinese_month_day(after)}以后", None, later[-1][0]))
    start = min([items["due_on"].min(), ends[0][0]]) - timedelta(days=1) if ends else None
    found = []
    for column in columns:
        found.append(replace(column, start=start, first=_first(items, start, column.end)))
        start = column.end
    if items["column_on"].isna().any():
        found.append(Column("无期限", "没有期限", None, None))
    return found


def _ends(items: pd.DataFrame) -> list[tuple[Any, bool]]:
    """The last day of each narrowest column, and whether that is a node."""
    ends = items.dropna(subset=["column_on"]).groupby("column_on", as_index=False)["is_node"].max()
    return list(zip(ends["column_on"], ends["is_node"], strict=True))


def _first(items: pd.DataFrame, start: Any, end: Any) -> Any:
    """The first deadline behind ``start`` and up to ``end``; None where it is not told of all."""
    days = items.loc[items["column_on"].gt(start) & items["column_on"].le(end), "due_on"]
    return None if days.empty or days.isna().any() else days.min()


def today_at(columns: Sequence[Column], as_of: date) -> float | None:
    """Where the day lies, in columns from the left; nowhere where none has a deadline."""
    day, edge = pd.Timestamp(as_of) - timedelta(days=1), None
    for number, column in enumerate(columns):
        if column.end is None or column.start is None:
            continue
        # months in which nothing is due have no column: their days lie before the next deadline
        start = column.start if column.first is None else column.first - timedelta(days=1)
        if day <= start:
            return float(number)
        if day < column.end:
            return number + (day - start) / (column.end - start)
        edge = float(number + 1)
    return edge


def _column(end: pd.Timestamp, is_node: bool, as_of: date) -> Column:
    """A node, a month, or what of either the day has cut off."""
    is_month = not is_node and (end + timedelta(days=1)).day == 1
    year = "" if end.year == as_of.year else f"{end.year}年"
    if is_month:
        return _span([end], 1, as_of)
    label = f"{str(end.year)[2:]}/{end.month}/{end.day}" if year else f"{end.month}/{end.day}"
    return Column(label, f"{year}{chinese_month_day(end)}前", None, end, is_node)


def _together(ends: Sequence[pd.Timestamp], as_of: date) -> list[Column]:
    """Long past columns as months, quarters, years: the finest of which there are few enough."""
    for months in (1, 3, 6, 12):
        groups: dict[tuple[int, int], list[pd.Timestamp]] = {}
        for end in ends:
            groups.setdefault((end.year, (end.month - 1) // months), []).append(end)
        if len(groups) <= EARLIER:
            break
    columns = [_span(group, months, as_of) for group in groups.values()]
    if len(columns) <= EARLIER:
        return columns
    oldest, rest = columns[: 1 - EARLIER], columns[1 - EARLIER :]
    until = oldest[-1]
    return [Column("更早", f"{until.words.removesuffix('到期')}及以前到期", None, until.end), *rest]


def _span(ends: Sequence[pd.Timestamp], months: int, as_of: date) -> Column:
    """«9月», «7–9月», «2022年»: from the first month of a part of the year to the last with any.

    Nodes that are put together end within a month, and the next node takes the rest of it:
    «至11/14».
    """
    last, is_other = ends[-1], ends[-1].year != as_of.year
    first = (last.month - 1) // months * months + 1
    if months == 12:
        return Column(f"{last.year}年", f"{last.year}年到期", None, last)
    if (last + timedelta(days=1)).day != 1:
        said = f"{last.month}/{last.day}"
        words = f"{last.year}年{first}月1日至{chinese_month_day(last)}到期"
        # without its year, for which there is no room: it stands between columns that tell it
        return Column(f"至{said}", words, None, last)
    months_said = f"{last.month}" if first == last.month else f"{first}–{last.month}"
    # as nodes of another year are written, or it stands upon the next head
    label = f"{last.year % 100:02d}/{months_said}" if is_other else f"{months_said}月"
    return Column(label, f"{last.year}年{months_said}月到期", None, last)


class _Item(NamedTuple):
    """A row of ``item_wall``, its sign and the number of its column."""

    row: Any
    sign: str
    at: int
    is_done: bool


def _hung(
    items: pd.DataFrame, by: str, columns: Sequence[Column], as_of: date
) -> dict[str, list[_Item]]:
    """The items of each member of what rows are."""
    ends: list[Any] = [column.end for column in columns if column.end is not None]
    found: dict[str, list[_Item]] = {}
    for row in items.astype(object).where(items.notna(), None).itertuples(index=False):
        name = getattr(row, by)
        if name is None:
            is_apart = by in _OF_HAZARDS and row.kind != "hazard"
            name = NOT_APPLICABLE if is_apart else UNSAID
        at = len(columns) - 1
        if row.column_on is not None:
            # a deadline beyond the columns of another day stands in their last
            at = min(bisect_left(ends, row.column_on), max(len(ends) - 1, 0))
        found.setdefault(name, []).append(_Item(row, _sign(row, as_of), at, bool(row.is_done)))
    return found


def _sign(row: Any, as_of: date) -> str:
    """What is told as shut stands as what it counts as until the office has looked."""
    if row.is_overdue:
        return sign_of(row.days_late)
    suspension = "claimed" if row.is_counted else "confirmed"
    left = (row.due_on - pd.Timestamp(as_of)).days if row.due_on is not None else None
    said = {"state": row.state, "suspension": suspension, "due_on": row.due_on, "days_left": left}
    return counted_state(said)


def sign_of(days_late: int | None) -> str:
    """The sign of what is late by so many days."""
    days = days_late or 0
    return "late-3" if days > 90 else "late-2" if days >= 30 else "late-1"


def _row(
    name: str, label: str, of_row: Sequence[_Item], columns: Sequence[Column],
    lit: frozenset[str], colours: Mapping[str, str],
) -> Row:  # fmt: skip
    of_cell: dict[int, list[_Item]] = {}
    for item in of_row:
        of_cell.setdefault(item.at, []).append(item)
    cells = [
        _cell(at, of_cell[at], f"{label}，{columns[at].words}", lit, colours)
        for at in sorted(of_cell)
    ]
    counted = [item for item in of_row if item.row.is_counted]
    return Row(
        name, label, sum(item.row.items for item in counted if item.is_done),
        sum(item.row.items for item in counted),
        sum(item.row.items for item in of_row if item.row.is_overdue), cells,
    )  # fmt: skip


def _cell(
    at: int, of_cell: Sequence[_Item], where: str, lit: frozenset[str], colours: Mapping[str, str]
) -> Cell:
    """The squares of a cell, the most urgent first; where it is crowded, a number for the done."""
    finished = sum(item.row.items for item in of_cell if item.is_done)
    is_crowded = sum(item.row.items for item in of_cell) > CROWDED and finished > FEW
    counts, more, squares = dict.fromkeys(SIGNS, 0), dict.fromkeys(SIGNS, 0), []
    for item in sorted(of_cell, key=_place):
        counts[item.sign] += item.row.items
        is_lit = item.row.item_id in lit
        if item.row.item_id is None or (is_crowded and item.is_done and not is_lit):
            more[item.sign] += item.row.items
        else:
            squares.append(_square(item, is_lit, colours))
    said = [f"{word}{n}项" for word, signs in _SPOKEN if (n := sum(counts[sign] for sign in signs))]
    left = {sign: n for sign, n in more.items() if n}
    return Cell(at, squares, left, "，".join([where, *said]), finished)


def folded(wall: Wall, crowded: int) -> Wall:
    """The wall where less room is: in a cell of more items those that are done are a number."""
    rows = [replace(row, cells=[_folded(cell, crowded) for cell in row.cells]) for row in wall.rows]
    return replace(wall, rows=rows)


def _folded(cell: Cell, crowded: int) -> Cell:
    if len(cell.squares) + sum(cell.more.values()) <= crowded or cell.finished <= FEW:
        return cell
    more = Counter(cell.more)
    more.update(each.sign for each in cell.squares if each.is_done and not each.is_lit)
    kept = [each for each in cell.squares if not each.is_done or each.is_lit]
    return replace(cell, squares=kept, more={sign: more[sign] for sign in SIGNS if more[sign]})


def _place(item: _Item) -> tuple[int, bool, int, str]:
    row = item.row
    return _ORDER[item.sign], not row.is_major, -(row.days_late or 0), row.item_id or ""


def _square(item: _Item, is_lit: bool, colours: Mapping[str, str]) -> Square:
    """«逾期16天 · 重大隐患 · 红色场所｜甲宾馆：灭火器过期｜县教育局 张某，2023年10月30日到期»."""
    row = item.row
    colour = "" if item.is_done else colours.get(row.site or "", "")
    told = [f"逾期{row.days_late}天" if item.sign in LATE else SIGNS[item.sign]]
    told += ["重大隐患"] if row.is_major else []
    told += [f"{colour}色场所"] if colour else []
    due = row.due_on
    day = "没有期限" if due is None else f"{chinese_day(due)}到期"
    whose = " ".join(filter(None, (row.unit, row.person))) or "责任单位未明确"
    words = f"{' · '.join(told)}｜{row.title}｜{whose}，{day}"
    return Square(
        row.item_id, item.sign, words, bool(row.is_major), is_lit, colour, item.is_done
    )  # fmt: skip


def _urgency(row: Row) -> tuple[int, int, int, str]:
    return -row.overdue, row.done - row.total, -row.total, row.name


def _labels(names: Iterable[str], by: str) -> dict[str, str]:
    """What rows are called: kinds by their word, units of one county without the county's name."""
    names = list(names)
    if by == "kind":
        return {name: words_of("kind").get(name, name) for name in names}
    counties = {name.partition(COUNTY)[0] for name in names if COUNTY in name}
    if len(counties) != 1:
        return {name: name for name in names}
    county = f"{counties.pop()}{COUNTY}"
    return {name: name.removeprefix(county) for name in names}


def _finished(names: Sequence[str], done: int, rows: Iterable[Row], by: str) -> str:
    """«其余4个单位53项全部完成：…», or all of them."""
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]}的{done}项全部完成"
    which = "其余" if list(rows) else "全部"
    return f"{which}{len(names)}个{ROWS_BY[by]}的{done}项全部完成：{'、'.join(sorted(names))}"
