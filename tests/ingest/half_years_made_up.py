"""A half-year of a county that can begin in any month: 模拟数据, drawn by chance.

Days are those of one calendar, from the 1st to the 27th of a month; a ``Clock`` writes them down so
many months later, whole quarters of them. What has no place in every month is not said (the 30th,
so many days over the end of a month, a festival), or the end of the month is named.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from analysis.ingest.cells.dates import month_end, months_later

#: The month in which the plan is issued, before it is moved.
BEGIN = date(2023, 9, 1)
UNITS = ("县教育局", "县水利局", "县市场监管局")
SITES = ("青石民宿", "临江影院", "白塔景区", "东河宾馆", "老街书店", "云顶漂流")
FAULTS = (
    "灭火器过期", "安全出口上锁", "配电箱前堆放杂物", "应急照明不亮", "护栏松动", "电线私拉乱接",
    "消防通道被占用", "燃气报警器失效",
)  # fmt: skip
#: One fault in other words: what the next clerk makes of it.
RETYPED: tuple[Callable[[str], str], ...] = (
    str, "{}。".format, "（{}）".format, " {}".format,
)  # fmt: skip
HEADER = [
    "隐患编号", "场所名称", "隐患描述", "隐患等级", "发现日期", "整改期限", "责任人", "整改状态",
    "完成日期",
]  # fmt: skip
ACTS = ["事项编号", "验收动作", "验收日期", "验收人", "销号日期", "经办账号", "登记时间"]
REPORTS = ["报送单位", "报送日期", "零报告", "检查家次", "发现隐患数", "整改完成数"]

#: Ways to write a day that has been, and one that lies ahead.
WRITTEN = ("{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{y}.{m}.{d}", "{m}月{d}日", "{m}.{d:02}")
AHEAD = ("{y}-{m:02}-{d:02}", "{y}年{m}月{d}日前", "{m}月{d}日", "{m}月{d}日前完成", "{m}月{d}日前")
#: … and deadlines that name no day.
UNDATED = ("15日内", "立即整改", "尽快", "本月底前", "下月10日前", "本季度末前", "长期坚持")


@dataclass(frozen=True, slots=True)
class Clock:
    """Days so many months later, and back again."""

    months: int = 0

    def day(self, day: date) -> date:
        return months_later(day, self.months)

    def end(self, day: date) -> date:
        """The last day of the month of a day."""
        return month_end(self.day(day.replace(day=1)))

    def text(self, day: date, form: str) -> str:
        moved = self.day(day)
        return form.format(y=moved.year, m=moved.month, d=moved.day)

    def back(self, value: Any) -> Any:
        """A cell of a table, its days and months as they were before they were moved."""
        if isinstance(value, date):
            return self._text(value.year, value.month, value.day)
        if not isinstance(value, str):
            return value
        return _DAY.sub(self._read_back, _OF_A_NUMBER.sub("〔〕", value))

    def _read_back(self, match: re.Match[str]) -> str:
        year, month, day = (match.group(n) or match.group(n + 3) for n in (1, 2, 3))
        return self._text(int(year or 0), int(month or 1), int(day or 0))

    def _text(self, year: int, month: int, day: int) -> str:
        """The last day of a month is its end, whatever its number is; a year alone is any."""
        ends = day > LAST
        if ends and year:
            assert date(year, month, day) == month_end(date(year, month, day)), (year, month, day)
        place = year * 12 + month - 1 - self.months if year else (month - 1 - self.months) % 12
        return f"<{place}/{'end' if ends else day or ''}>"


#: The year of a plan's number.
_OF_A_NUMBER = re.compile(r"〔\d{4}〕")
#: No day of a made-up half-year is later in its month.
LAST = 27
#: A day or a month in a text: 2023-10-05, 2023年10月5日, 10月; no number of a measure (5-1).
_DAY = re.compile(
    r"(?:(\d{4}) ?年 ?)?(?<!\d)(\d{1,2}) ?月(?:(\d{1,2})日)?|"
    r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)"
)


@dataclass(slots=True)
class Hazard:
    """What a unit knows of a hazard; ``number`` is empty where the unit gives none."""

    number: str
    site: str
    fault: str
    level: str
    found_on: date
    due: Callable[[Clock], str]
    person: str
    done_on: date | None = None
    is_struck: bool = False


@dataclass(slots=True)
class World:
    """Files by name; the same for the same ``seed``, whenever it begins."""

    seed: int
    clock: Clock
    sheets: list[tuple[str, list[list[Any]]]] = field(default_factory=list)
    plan: str = ""

    def write(self, raw: Path) -> None:
        """Write all files below ``raw``."""
        folder = raw / str(self.clock.day(BEGIN.replace(day=25)))
        folder.mkdir(parents=True)
        (folder / "方案.txt").write_text(self.plan, encoding="utf-8")
        for name, rows in self.sheets:
            book = Workbook()
            for row in rows:
                book.worksheets[0].append(row)
            path = raw / f"{name}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            book.save(path)


def half_year(seed: int, months: int) -> World:
    """A plan, then six months of ledgers, reports, progress and acceptances."""
    chance, clock = random.Random(seed), Clock(months)  # noqa: S311
    world = World(seed, clock, plan=_plan(clock))
    known: dict[str, list[Hazard]] = {unit: [] for unit in UNITS}
    for place in range(1, 7):
        month = months_later(BEGIN, place)
        for unit in UNITS:
            _change(known[unit], month, chance)
            _ledger(world, unit, known[unit], month, chance)
        _progress(world, month, chance)
        _report(world, month, chance)
        _decide(world, month, chance)
        _accept(world, known, month, chance)
    return world


def _plan(clock: Clock) -> str:
    """A plan whose deadlines say no year, the last of them over the turn of one."""

    def on(place: int, day: int, form: str = "{m}月{d}日") -> str:
        return clock.text(months_later(BEGIN, place).replace(day=day), form)

    return f"""甲文旅发〔{clock.day(BEGIN).year}〕7号
关于印发《甲县安全生产政治监督反馈问题整改方案》的通知（模拟数据）
表现形式2:会议要求笼统。
整改措施(4):会议要明确时限要求,责任要落实到人。
细化措施:
(4-1):每季度召开1次安全生产例会,分析形势,研究解决具体问题。
(4-2):制定出台安全生产会议制度,明确责任分工。
(4-3):组织全行业应急演练1次,检验预案。
时序进度:{on(0, 27)}前,全部进入工作状态,{on(1, 15)}为第一个工作节点,以后每15天为一个工作节点,\
(4-2)项{on(3, 20)}前完成,(4-3)项{on(5, 20)}前完成。
自查问题:监管有差距。
工作措施1:推行挂牌责任制,落实到人。
责任单位:县文旅局
责任人:某甲局长
完成时限:{on(4, 10)}前完成。
工作措施2:建立重点场所名册。
责任单位:县水利局
责任人:某乙局长
完成时限:{on(2, 1, "{m}月")}底前完成。
{on(0, 20, "{y}年{m}月{d}日")}"""


def _change(hazards: list[Hazard], month: date, chance: random.Random) -> None:
    """A month of a unit: some hazards are mended, one or two are found."""
    for hazard in hazards:
        if hazard.done_on is None and chance.random() < 0.4:
            hazard.done_on = month.replace(day=chance.randint(10, 14))
        elif hazard.done_on and chance.random() < 0.3:
            hazard.is_struck = True
    for _ in range(chance.randint(1, 2)):
        place = len(hazards) + 1
        found_on = month.replace(day=chance.randint(1, 9))
        due = _deadline(found_on, chance)
        number = f"{place:02}" if chance.random() < 0.6 else ""
        hazards.append(
            Hazard(
                number, chance.choice(SITES), FAULTS[(place + chance.randint(0, 1)) % len(FAULTS)],
                chance.choice(["一般", "一般", "重大"]), found_on, due, "某甲",
            )
        )  # fmt: skip


def _deadline(found_on: date, chance: random.Random) -> Callable[[Clock], str]:
    """A deadline in words, up to 280 days away: months differ, and at 300 days another year may
    be meant.
    """
    later = months_later(found_on, chance.randint(0, 8)).replace(day=chance.randint(15, LAST))
    form = chance.choice([*AHEAD, "{m}月底前", *UNDATED])
    return lambda clock: clock.text(later, form)


def _ledger(
    world: World, unit: str, hazards: list[Hazard], month: date, chance: random.Random
) -> None:
    """A whole ledger, in the middle of the month or at its turn; at times a row is left out."""
    received = month.replace(day=chance.randint(15, 17))
    if chance.random() < 0.3:
        received = months_later(month, 1).replace(day=chance.randint(1, 2))
    shown = [each for each in hazards if chance.random() > 0.1]
    written = chance.choice(WRITTEN)
    rows = [_row(each, world.clock, written, chance) for each in shown]
    clock = world.clock
    title = chance.choice(["", clock.text(month.replace(day=15), "（截至{y}年{m}月{d}日）")])
    head = [[f"安全隐患台账{title}（模拟数据）"], [f"填报单位：{unit}"]]
    world.sheets.append((f"{clock.day(received)}/{unit}隐患台账", [*head, HEADER, *rows]))


def _row(hazard: Hazard, clock: Clock, written: str, chance: random.Random) -> list[Any]:
    is_cell = chance.random() < 0.4

    def day(value: date | None) -> Any:
        if value is None:
            return None
        return clock.day(value) if is_cell else clock.text(value, written)

    status = "已销号" if hazard.is_struck else "已整改" if hazard.done_on else "整改中"
    return [
        hazard.number, hazard.site, chance.choice(RETYPED)(hazard.fault), hazard.level,
        day(hazard.found_on), hazard.due(clock) if chance.random() < 0.9 else None,
        hazard.person, status, day(hazard.done_on) if chance.random() < 0.8 else None,
    ]  # fmt: skip


def _progress(world: World, month: date, chance: random.Random) -> None:
    """What is told of the plan's measures, with their deadlines or without."""
    head = ["编号", "细化措施", "牵头单位", "责任人", "完成时限", "整改状态", "完成日期"]
    clock, done_on = world.clock, month.replace(day=12)
    deadline = months_later(BEGIN, 3).replace(day=20)
    due = clock.text(deadline, "{m}月{d}日前") if chance.random() < 0.5 else None
    is_done = month > deadline
    rows = [
        ["4-2", "出台会议制度", "县文旅局", "某甲", due, "已整改" if is_done else "整改中",
         clock.text(deadline.replace(day=18), "{m}月{d}日") if is_done else None],
        ["4-1", "每季度召开例会", "县文旅局", "某甲", None, "整改中", None],
    ]  # fmt: skip
    name = f"{clock.day(done_on.replace(day=18))}/进展"
    world.sheets.append(
        (name, [["整改措施进展情况（模拟数据）"], ["填报单位：县文旅局"], head, *rows])
    )


def _report(world: World, month: date, chance: random.Random) -> None:
    """The reports on the first half of a month; at times a unit is late, or says nothing."""
    clock = world.clock
    title = clock.text(month, "文化旅游安全专班半月报表（{y}年{m}月上半月）（模拟数据）")
    rows = []
    for unit in UNITS:
        submitted = month.replace(day=chance.randint(16, 19))
        said = clock.text(submitted, chance.choice(WRITTEN)) if chance.random() < 0.8 else None
        rows.append([unit, said, "否", chance.randint(1, 9), chance.randint(0, 3), 0])
    world.sheets.append((f"{clock.day(month.replace(day=20))}/半月报", [[title], REPORTS, *rows]))


def _decide(world: World, month: date, chance: random.Random) -> None:
    """What a meeting laid down."""
    clock, due = world.clock, _deadline(month.replace(day=6), chance)
    head = ["会议名称", "会议日期", "议定事项", "责任单位", "完成时限", "办理状态"]
    said = [
        "文旅安全形势研判会", clock.text(month.replace(day=6), chance.choice(WRITTEN)),
        f"开展{chance.choice(SITES)}周边排查", chance.choice(UNITS), due(clock), "办理中",
    ]  # fmt: skip
    name = f"{clock.day(month.replace(day=8))}/会议议定事项"
    world.sheets.append((name, [["会议议定事项台账（模拟数据）"], head, said]))


def _accept(
    world: World, known: dict[str, list[Hazard]], month: date, chance: random.Random
) -> None:
    clock = world.clock
    day = month.replace(day=22)
    rows: Iterator[list[Any]] = (
        [
            f"H-{unit}-{each.number}", "验收销号", clock.day(day), "某丙", clock.day(day),
            "某丁", f"{clock.day(day)} 10:00",
        ]
        for unit, hazards in known.items()
        for each in hazards
        if each.number and each.done_on and chance.random() < 0.3
    )  # fmt: skip
    if acts := list(rows):
        world.sheets.append(
            (f"{clock.day(day)}/验收销号", [["验收销号登记（模拟数据）"], ACTS, *acts])
        )
