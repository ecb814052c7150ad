"""The invented county's books, as untidy as units keep them: 模拟数据 in every name and title."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from analysis.demo.world import LEAD_UNIT, MEMBER_UNITS, TOWNSHIPS, Hazard, World, person

MARK = "模拟数据"
Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Book:
    """One file to write: where, its title and subtitle, its header of one or two rows, its rows.

    ``groups`` are the cells above the header, each with the number of columns that it spans;
    no group means a header of one row.
    """

    path: Path
    title: str
    subtitle: str
    header: Sequence[str]
    rows: Rows
    groups: Sequence[tuple[str, int]] = ()
    closing: Sequence[str] = ()


def make_books(world: World, seed: int, deliveries: int = 3) -> Iterator[Book]:
    """Every ledger of the year; hazard ledgers are sent several times, each as of its day."""
    random = Random(seed + 1)  # noqa: S311 - a simulation, no secret
    first, *_, last = days = submission_days(world.until, deliveries)
    yield _units(first)
    yield _sites(world, first)
    for day in days:
        yield from _hazard_books(world, day)
    yield from _inspection_books(world, last)
    yield _accidents(world, last, random)
    yield _duties(world, last, random)
    yield _decisions(world, last, random)
    yield _half_months(world, last, random)


def submission_days(until: date, count: int = 3) -> list[date]:
    """The last days on which half-monthly ledgers are in: the 15th or a month's end."""
    days: list[date] = []
    day = until
    while len(days) < count:
        if day.day == 15 or day.day == monthrange(day.year, day.month)[1]:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def _place(day: date, name: str, suffix: str = ".xlsx") -> Path:
    return Path(day.isoformat()) / f"{MARK}_{name}{suffix}"


def _subtitle(unit: str, day: date) -> str:
    return f"填报单位：{unit}    截至{day.year}年{day.month}月{day.day}日"


def _units(day: date) -> Book:
    # It keeps the committee's office: the others report to it.
    units = [(LEAD_UNIT, "其他", "县文旅局、文旅局")]
    units += [(unit, "成员单位", "") for unit in MEMBER_UNITS]
    units += [(f"{township}人民政府", "乡镇", township) for township in TOWNSHIPS]
    rows = [
        [number, unit, kind, f"联络员{number:02}", f"000-{number:07}", aliases]
        for number, (unit, kind, aliases) in enumerate(units, start=1)
    ]
    return Book(
        _place(day, "成员单位名录"), f"专班成员单位名录（{MARK}）", _subtitle("专班办公室", day),
        ("序号", "单位名称", "单位类别", "联络员", "联系电话", "别名"), rows,
    )  # fmt: skip


def _sites(world: World, day: date) -> Book:
    rows = [
        [s.site_id, s.site, s.site_kind, s.township, s.unit, s.risk_level, s.likelihood,
         s.severity, s.person, "安全负责人"]
        for s in world.sites
    ]  # fmt: skip
    return Book(
        _place(day, "场所名录"), f"文化旅游场所名录（{MARK}）", _subtitle("专班办公室", day),
        ("编号", "场所名称", "业态", "所属乡镇", "监管单位", "风险等级", "可能性", "严重性",
         "挂牌责任人", "职务"),
        rows,
        groups=(("基本情况", 5), ("风险", 3), ("挂牌责任制", 2)),
        closing=("注：风险等级按可能性乘严重性得出。",),
    )  # fmt: skip


#: How units write a day.
DATE_STYLES: Sequence[Callable[[date], Any]] = (
    lambda day: day,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.isoformat(),
)

#: Two ways of heading a hazard ledger.
HAZARD_HEADERS: Sequence[tuple[Sequence[str], Sequence[tuple[str, int]]]] = (
    (
        ("序号", "隐患编号", "检查编号", "检查日期", "隐患来源", "场所名称", "业态", "所属乡镇",
         "隐患部位", "隐患描述", "隐患类别", "隐患等级", "判定日期", "立案日期", "责任单位",
         "责任人", "整改期限",
         "延期至", "整改资金（万元）", "是否挂牌督办", "挂牌日期", "整改状态", "整改完成日期",
         "验收日期", "验收人", "销号日期"),
        (),
    ),
    (
        ("项次", "编号", "检查单号", "发现时间", "检查方式", "被检查单位", "行业类别", "属地",
         "部位", "存在问题", "问题类别", "等级", "判定时间", "立案时间", "整改责任单位",
         "整改责任人", "完成时限",
         "延长期限", "资金（元）", "挂牌督办", "挂牌时间", "整改情况", "实际完成时间", "复查时间",
         "复查人", "销号时间"),
        (("检查发现", 14), ("整改", 7), ("完成与验收", 5)),
    ),
)  # fmt: skip


def _hazard_books(world: World, day: date) -> Iterator[Book]:
    by_unit: dict[str, list[Hazard]] = {}
    for hazard in world.hazards:
        if hazard.found_on <= day:
            by_unit.setdefault(hazard.site.unit, []).append(hazard)
    for number, (unit, hazards) in enumerate(sorted(by_unit.items())):
        header, groups = HAZARD_HEADERS[number % 2]
        style = DATE_STYLES[number % len(DATE_STYLES)]
        in_yuan = number % 2 == 1
        rows = [
            [n, *_hazard_row(hazard, day, style, in_yuan)] for n, hazard in enumerate(hazards, 1)
        ]
        if number == 0:
            rows.append([len(rows) + 1, *rows[-1][1:]])  # a line copied twice, as happens
        total = ["", "合计", *[""] * (len(header) - 2)]
        total[header.index(header[9])] = f"{len(hazards)}条"
        suffix = ".csv" if number == 2 else ".xlsx"
        yield Book(
            _place(day, f"隐患台账_{unit}", suffix), f"安全隐患排查整治台账（{MARK}）",
            _subtitle("县文旅局" if unit == LEAD_UNIT else unit, day), header, [*rows, total],
            groups, ("注：本表每半月报送一次。", "审核人：      填报人："),
        )  # fmt: skip


def _hazard_row(
    hazard: Hazard, day: date, style: Callable[[date], Any], in_yuan: bool
) -> list[Any]:
    """What the unit knows of a hazard on the day of its report."""

    def known(event: date | None) -> Any:
        return style(event) if event and event <= day else None

    is_done = hazard.done_on is not None and hazard.done_on <= day
    is_accepted = is_done and hazard.accepted_on is not None and hazard.accepted_on <= day
    status = "已销号" if is_accepted else "已整改" if is_done else "整改中"
    fund = hazard.fund_10k * 10_000 if hazard.fund_10k and in_yuan else hazard.fund_10k
    extended = hazard.extended_due_on if hazard.due_on and hazard.due_on <= day else None
    return [
        hazard.hazard_no, hazard.inspection_no, style(hazard.found_on), hazard.source,
        hazard.site.site, hazard.site.site_kind, hazard.site.township, hazard.location,
        hazard.description, hazard.category, hazard.level, known(hazard.judged_on),
        known(hazard.filed_on), hazard.site.unit, hazard.person,
        style(hazard.due_on) if hazard.due_on else None, style(extended) if extended else None,
        fund, "是" if known(hazard.supervised_on) else "否", known(hazard.supervised_on),
        hazard.status or status, known(hazard.done_on), known(hazard.accepted_on),
        hazard.accepted_by if is_accepted else None, known(hazard.accepted_on),
    ]  # fmt: skip


def _inspection_books(world: World, day: date) -> Iterator[Book]:
    header = ("检查编号", "检查日期", "检查类型", "被检查单位", "业态", "乡镇", "检查单位",
              "检查人员", "检查项数", "发现隐患数", "重大隐患数", "检查结果",
              "公示日期")  # fmt: skip
    for unit, visits in (
        (LEAD_UNIT, [v for v in world.inspections if v.site.unit == LEAD_UNIT]),
        ("县应急局", [v for v in world.inspections if v.site.unit != LEAD_UNIT]),
    ):
        rows = [
            [v.inspection_no, v.inspected_on, v.kind, v.site.site, v.site.site_kind,
             v.site.township, unit, v.inspectors, v.items_checked, len(v.hazards),
             sum(h.level == "重大" for h in v.hazards),
             "发现问题已责令改正" if v.hazards else "未发现问题",
             v.inspected_on + timedelta(days=10) if v.kind == "双随机抽查" else None]
            for v in visits
        ]  # fmt: skip
        title = f"安全检查台账（{MARK}）"
        yield Book(_place(day, f"检查台账_{unit}"), title, _subtitle(unit, day), header, rows)


def _accidents(world: World, day: date, random: Random) -> Book:
    rows: Rows = []
    start = date(world.until.year - 1, 1, 1)
    for offset in range((world.until - start).days + 1):
        if random.random() > 0.028:
            continue
        happened = start + timedelta(days=offset)
        kind = random.choice(("火灾", "淹溺", "高处坠落", "道路交通", "触电"))
        deaths = random.choices((0, 1, 2, 3), (5, 3, 1, 0.3))[0]
        rows.append(
            [f"SG{len(rows) + 1:03}", happened, "本县", "文化旅游", kind, deaths,
             random.choice((0, 1, 2)), random.choice((0, 1, 3)), round(random.uniform(1, 90), 1),
             "较大" if deaths >= 3 else "一般", "否" if kind == "道路交通" else "是"]
        )  # fmt: skip
    return Book(
        _place(day, "事故台账"), f"文化旅游领域事故台账（{MARK}）", _subtitle("县应急局", day),
        ("事故编号", "发生时间", "地区", "行业", "事故类型", "死亡人数", "重伤人数", "轻伤人数",
         "直接经济损失（万元）", "事故等级", "是否计入统计"),
        rows,
        closing=("注：一般道路交通事故不计入统计。",),
    )  # fmt: skip


def _duties(world: World, day: date, random: Random) -> Book:
    rows: Rows = []

    def add(kind: str, unit: str, held: date, subject: str) -> None:
        if held <= world.until:
            rows.append([f"LZ{len(rows) + 1:03}", kind, unit, held, subject, 1])

    for month in range(13):
        first = (world.since.replace(day=1) + timedelta(days=31 * month)).replace(day=1)
        if random.random() < 0.9:
            add(
                "专题学习",
                LEAD_UNIT,
                first + timedelta(days=random.randint(4, 24)),
                "学习安全生产论述",
            )
        if first.month % 3 == 0:
            add("例会", "专班办公室", first + timedelta(days=19), "季度安全生产例会")
        add("形势研判会", "专班办公室", first + timedelta(days=9), "月度形势研判")
        add("督导检查", LEAD_UNIT, first + timedelta(days=random.randint(10, 26)), "实地督导")
        if random.random() < 0.5:
            unit = random.choice(MEMBER_UNITS)
            add("预警信息", unit, first + timedelta(days=random.randint(1, 27)), "安全提示")
    return Book(
        _place(day, "履职台账"), f"履职台账（{MARK}）", _subtitle("专班办公室", day),
        ("编号", "履职类型", "单位", "开展日期", "主题", "数量"), rows,
    )  # fmt: skip


def _decisions(world: World, day: date, random: Random) -> Book:
    tasks = ("完善挂牌责任公示", "更新场所名录", "组织消防演练", "核查重大隐患整改", "整治用电隐患",
             "排查涉水项目", "规范半月报报送", "开展民宿专项检查")  # fmt: skip
    rows: Rows = []
    for back in (70, 40, 10):
        held = world.until - timedelta(days=back)
        for task in random.sample(tasks, 4):
            due = held + timedelta(days=random.choice((10, 20, 30)))
            done = due + timedelta(days=random.choice((-5, -2, 0, 6, 40)))
            is_done = done <= world.until
            rows.append(
                [f"{held.month}月形势研判会", held, task, "副县长",
                 random.choice(MEMBER_UNITS[:16]), person(random),
                 f"{due.year}年{due.month}月{due.day}日前完成", "书面报告",
                 "已完成" if is_done else "办理中", done if is_done else None]
            )  # fmt: skip
    return Book(
        _place(day, "议定事项"), f"会议议定事项台账（{MARK}）", _subtitle("专班办公室", day),
        ("会议名称", "会议日期", "议定事项", "责任领导", "责任单位", "责任人", "完成时限",
         "交付成果", "办理状态", "完成日期"),
        rows,
    )  # fmt: skip


def _half_months(world: World, day: date, random: Random) -> Book:
    rows: Rows = []
    for start, end in _periods(world.since, world.until):
        for unit in MEMBER_UNITS:
            late = random.choices((-1, 0, 3, None), (12, 4, 1, 1))[0]
            mine = [h for h in world.hazards if h.site.unit == unit]
            found = sum(start <= h.found_on <= end for h in mine)
            done = sum(bool(h.done_on and start <= h.done_on <= end) for h in mine)
            sent = None if late is None else end + timedelta(days=2 + late)
            if sent and sent > day:  # the list is written before it comes
                sent = None
            said: list[Any] = ["是" if not mine else "否", found, done, "按计划推进"]
            # Of a report that has not come the list has nothing to say.
            said = said if sent else [None] * len(said)
            rows.append([unit, start, end, end + timedelta(days=2), sent, *said])
    return Book(
        _place(day, "半月报汇总"), f"半月报汇总（{MARK}）", _subtitle("专班办公室", day),
        ("报送单位", "期次起", "期次止", "应报日期", "报送日期", "零报告", "发现隐患数",
         "整改完成数", "进展情况"),
        rows,
    )  # fmt: skip


def _periods(since: date, until: date) -> Iterator[tuple[date, date]]:
    day = since.replace(day=1)
    while day <= until:
        last = monthrange(day.year, day.month)[1]
        for start, end in (
            (day, day.replace(day=15)),
            (day.replace(day=16), day.replace(day=last)),
        ):
            if start >= since and end <= until:
                yield start, end
        day = day.replace(day=last) + timedelta(days=1)
