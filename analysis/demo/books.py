"""What is sent beside the hazards: plans, registers, books, half-month reports. 模拟数据."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from analysis.demo.plans import Measure, Plan, Problem, key_of, paragraphs
from analysis.demo.registers import make_registers
from analysis.demo.sending import MARK, OFFICE, Columns, Look, Row, Sending, half_months
from analysis.demo.world import (
    LEAD_UNIT,
    MEMBER_UNITS,
    TOWNSHIPS,
    Hazard,
    Inspection,
    World,
    campaign_of,
    person,
    plan_year,
)

#: Who writes its half-month report as a letter, not into the office's list.
WRITES_LETTERS = ("县公安局", "县消防救援支队")
#: Whose report of a half month, by its last day's month and day, comes late or never.
LATE, NEVER = ("县气象局", (10, 31)), ("县能源局", (11, 15))
#: The weekday on which no meeting is held.
SUNDAY = 6


def make_books(world: World, plans: Sequence[Plan], seed: int) -> Iterator[Sending]:
    """All registers, books, plans and reports that are sent up to the last day of the world."""
    random = Random(seed + 1)  # noqa: S311 - a simulation, no secret
    year = plan_year(world.until)
    ends = [end for _, end in half_months(date(year, 10, 1), world.until)]
    for plan in plans:
        yield from _plan(plan)
    yield _roster(date(year, 10, 20))
    yield _sites(world, date(year, 10, 11))
    yield from _inspections(world, ends)
    yield from _accidents(world, year, ends, random)
    yield from _duties(world, year, ends, random)
    yield from _decisions(year, ends, random)
    yield from _reports(world, year, random)
    yield from make_registers(year, world.sites)


#: What the body of a plan says of a measure; the annex says the rest.
BODY: Columns = tuple(
    (name, name)
    for name in ("plan", "list_kind", "sub_no", "sub_measure", "due_on", "frequency", "quantity")
)
ANNEX: Columns = (
    ("序号", None), ("主要问题", "problem"), ("表现形式", "manifestation"),
    ("整改措施", "measure"), ("细化措施", "numbered"), ("整改类别", "rect_type"),
    ("牵头单位", "unit"), ("责任人", "person"), ("配合单位", "support"), ("完成时限", "due_text"),
)  # fmt: skip


def _plan(plan: Plan) -> Iterator[Sending]:
    """The body as a document; its annex in the same file, or as a file of its own."""
    rows = [
        Row(key_of(plan, measure), _laid_down(plan, problem, measure))
        for problem in plan.problems
        for measure in problem.measures
    ]
    merges = frozenset({"problem", "manifestation", "measure"})
    body = Sending(
        plan.received_on, plan.title.removesuffix(f"（{MARK}）"), "plan", OFFICE, OFFICE,
        plan.title, BODY, rows, plan.issued_on, Look(suffix=".docx", text=paragraphs(plan)),
    )  # fmt: skip
    if plan.annex_on is None:
        look = replace(body.look, merges=merges, has_table=True)
        yield replace(body, columns=(*ANNEX, *BODY), look=look)
        return
    yield body
    yield Sending(
        plan.annex_on, "附件 整改任务清单", "measure", OFFICE, OFFICE,
        f"附件：{plan.title}整改任务清单", ANNEX, rows, plan.annex_on, Look(merges=merges),
    )  # fmt: skip


def _laid_down(plan: Plan, problem: Problem, measure: Measure) -> dict[str, Any]:
    return {
        "plan": plan.number, "list_kind": "反馈问题", "sub_no": measure.no,
        "sub_measure": measure.text,
        "numbered": f"（{measure.no}）{measure.text}", "problem": problem.problem,
        "manifestation": problem.manifestation, "measure": problem.measure,
        "rect_type": measure.rect_type, "unit": measure.unit, "person": measure.person,
        "support": measure.support, "due_text": measure.due_text, "due_on": measure.due_on,
        "frequency": measure.frequency, "quantity": measure.quantity,
    }  # fmt: skip


def _roster(day: date) -> Sending:
    """The roster with the names by which units call themselves; it comes after the first lists."""
    # The lead unit keeps the committee's office: the others report to it.
    units = [(LEAD_UNIT, "其他", "县文旅局、文旅局")]
    others = {"县市场监管局": "县市监局、市监局", "县农业农村局": "县农委"}
    units += [(unit, "成员单位", others.get(unit, "")) for unit in MEMBER_UNITS]
    units += [(f"{township}人民政府", "乡镇", township) for township in TOWNSHIPS]
    rows = [
        Row(unit, {"unit": unit, "unit_kind": kind, "liaison": f"联络员{number:02}",
                   "phone": f"000-{number:07}", "aliases": aliases or None})
        for number, (unit, kind, aliases) in enumerate(units, start=1)
    ]  # fmt: skip
    columns: Columns = (
        ("序号", None), ("单位名称", "unit"), ("单位类别", "unit_kind"), ("联络员", "liaison"),
        ("联系电话", "phone"), ("别名", "aliases"),
    )  # fmt: skip
    return Sending(
        day, "成员单位名录", "unit", OFFICE, OFFICE, f"专班成员单位名录（{MARK}）", columns, rows,
        day,
    )  # fmt: skip


def _sites(world: World, day: date) -> Sending:
    rows = [
        Row(s.site_id, {
            "site_id": s.site_id, "site": s.site, "site_kind": s.site_kind,
            "township": s.township, "unit": s.unit, "risk_level": s.risk_level,
            "likelihood": s.likelihood, "severity": s.severity, "person": s.person,
            "person_post": "安全负责人" if int(s.site_id[2:]) % 9 else None,
        })
        for s in world.sites
    ]  # fmt: skip
    columns: Columns = (
        ("编号", "site_id"), ("场所名称", "site"), ("业态", "site_kind"), ("所属乡镇", "township"),
        ("监管单位", "unit"), ("风险等级", "risk_level"), ("可能性", "likelihood"),
        ("严重性", "severity"), ("挂牌责任人", "person"), ("职务", "person_post"),
    )  # fmt: skip
    look = Look(
        groups=(("基本情况", 5), ("风险", 3), ("挂牌责任制", 2)),
        closing=("注：风险等级按可能性乘严重性得出。",),
    )
    return Sending(
        day, "场所名录", "site", OFFICE, OFFICE, f"文化旅游场所名录（{MARK}）", columns, rows, day,
        look,
    )  # fmt: skip


def _inspections(world: World, ends: Sequence[date]) -> Iterator[Sending]:
    """First all that were made, then at each month's end those of the last two months."""
    columns: Columns = (
        ("检查编号", "inspection_no"), ("检查日期", "inspected_on"), ("检查类型", "kind"),
        ("被检查单位", "site"), ("业态", "site_kind"), ("乡镇", "township"), ("检查单位", "unit"),
        ("检查人员", "inspectors"), ("检查项数", "items_checked"),
        ("发现隐患数", "hazards_found"), ("重大隐患数", "major_hazards_found"),
        ("检查结果", "result"), ("公示日期", "published_on"), ("专项行动", "campaign"),
    )  # fmt: skip
    for place, end in enumerate(ends):
        if place and end.day == 15:
            continue
        since = end - timedelta(days=62) if place else world.since
        for unit in (LEAD_UNIT, "县应急局"):
            rows = [
                Row(visit.inspection_no, _visit(visit, unit, end))
                for visit in world.inspections
                if (visit.site.unit == LEAD_UNIT) == (unit == LEAD_UNIT)
                and since <= visit.inspected_on <= end
            ]
            yield Sending(
                end + timedelta(days=1), f"检查台账_{unit}", "inspection", unit, unit,
                f"安全检查台账（{MARK}）", columns, rows, end,
            )  # fmt: skip


def _visit(visit: Inspection, unit: str, end: date) -> dict[str, Any]:
    published_on = visit.inspected_on + timedelta(days=10 + 25 * (visit.items_checked % 6 == 0))
    is_published = visit.kind == "双随机抽查" and published_on <= end
    return {
        "inspection_no": visit.inspection_no, "inspected_on": visit.inspected_on,
        "kind": visit.kind, "site": visit.site.site, "site_kind": visit.site.site_kind,
        "township": visit.site.township, "unit": unit, "inspectors": visit.inspectors,
        "items_checked": visit.items_checked, "hazards_found": len(visit.hazards),
        "major_hazards_found": sum(h.level == "重大" for h in visit.hazards),
        "result": "发现问题已责令改正" if visit.hazards else "未发现问题",
        "published_on": published_on if is_published else None,
        "campaign": campaign_of(visit.kind, visit.inspected_on),
    }  # fmt: skip


def _accidents(world: World, year: int, ends: Sequence[date], random: Random) -> Iterator[Sending]:
    """The list of accidents since the year before, sent whole each time."""
    accidents: list[Row] = []
    start = date(year - 1, 1, 1)
    for offset in range((world.until - start).days + 1):
        if random.random() > 0.028:
            continue
        kind = random.choice(("火灾", "淹溺", "高处坠落", "道路交通", "触电"))
        deaths = random.choices((0, 1, 2, 3), (5, 3, 1, 0.3))[0]
        number = f"SG{len(accidents) + 1:03}"
        accidents.append(
            Row(number, {
                "accident_no": number, "occurred_on": start + timedelta(days=offset),
                "region": "本县", "industry": "文化旅游", "kind": kind, "deaths": deaths,
                "serious_injuries": random.choice((0, 1, 2)),
                "minor_injuries": random.choice((0, 1, 3)),
                "loss_10k": round(random.uniform(1, 90), 1),
                "grade": "较大" if deaths >= 3 else "一般", "counted": kind != "道路交通",
            })
        )  # fmt: skip
    columns: Columns = (
        ("事故编号", "accident_no"), ("发生时间", "occurred_on"), ("地区", "region"),
        ("行业", "industry"), ("事故类型", "kind"), ("死亡人数", "deaths"),
        ("重伤人数", "serious_injuries"), ("轻伤人数", "minor_injuries"),
        ("直接经济损失（万元）", "loss_10k"), ("事故等级", "grade"), ("是否计入统计", "counted"),
    )  # fmt: skip
    for place, end in enumerate(ends):
        if place and (end.day == 15 or end.month % 3 == 1):
            continue
        yield Sending(
            end, "事故台账", "accident", "县应急局", "县应急局", f"文化旅游领域事故台账（{MARK}）",
            columns, [row for row in accidents if row.facts["occurred_on"] <= end], end,
            Look(closing=("注：一般道路交通事故不计入统计。",)),
        )  # fmt: skip


def _duties(world: World, year: int, ends: Sequence[date], random: Random) -> Iterator[Sending]:
    rows: list[Row] = []

    def add(kind: str, unit: str, held_on: date, subject: str) -> None:
        number = f"LZ{len(rows) + 1:03}"
        rows.append(
            Row(number, {"duty_id": number, "kind": kind, "unit": unit, "held_on": held_on,
                         "subject": subject, "quantity": 1})
        )  # fmt: skip

    first = world.since
    while first <= world.until:
        if first.month != 12:  # a month without its meeting, so that one is short
            add("例会", OFFICE, first + timedelta(days=19), f"{first.month}月安全生产例会")
        add("形势研判会", OFFICE, meeting_of(first), f"{first.month}月形势研判")
        if random.random() < 0.9:
            day = first + timedelta(days=random.randint(4, 24))
            add("专题学习", LEAD_UNIT, day, "学习安全生产法规和事故案例")
        day = first + timedelta(days=random.randint(10, 26))
        add("督导检查", LEAD_UNIT, day, "到乡镇和场所实地督导")
        if random.random() < 0.5:
            day = first + timedelta(days=random.randint(1, 27))
            add("预警信息", random.choice(MEMBER_UNITS), day, "发布安全提示")
        first = (first + timedelta(days=32)).replace(day=1)
    add("调研报告", LEAD_UNIT, date(year, 11, 17), "民宿消防设施管理调研")
    columns: Columns = (
        ("编号", "duty_id"), ("履职类型", "kind"), ("单位", "unit"), ("开展日期", "held_on"),
        ("主题", "subject"), ("数量", "quantity"),
    )  # fmt: skip
    before = date.min
    for place, end in enumerate(ends):
        if place and end.day == 15:
            continue
        new = [row for row in rows if before < row.facts["held_on"] <= end]
        yield Sending(
            end, "履职台账", "duty", OFFICE, OFFICE, f"履职台账（{MARK}）", columns, new, end
        )
        before = end


def meeting_of(first: date) -> date:
    """The day of a month's 形势研判会: the tenth, or the Monday after where that is a Sunday."""
    day = first.replace(day=10)
    return day + timedelta(days=day.weekday() == SUNDAY)


def _decisions(year: int, ends: Sequence[date], random: Random) -> Iterator[Sending]:
    """What each month's meeting decided; the whole list each half month, with its progress."""
    tasks = (
        "完善挂牌责任公示", "更新场所名录和底数", "组织民宿消防演练", "核查重大隐患整改进度",
        "整治娱乐场所用电隐患", "排查涉水项目救生设备", "规范半月报报送口径", "开展民宿专项检查",
        "复查通景公路护栏", "清理景区临崖平台摊点", "统一自建房鉴定档案", "核对特种设备检验日期",
        "补齐乡镇安全员", "试点夜间值班抽查", "组织冬季防滑巡查", "开展燃气报警器安装回头看",
    )  # fmt: skip
    meetings = [
        meeting_of(first)
        for first in (date(year, 10, 1), date(year, 11, 1), date(year, 12, 1), date(year + 1, 1, 1))
    ]
    decided: list[tuple[str, dict[str, Any], date]] = []
    for number, held_on in enumerate(meetings):
        for task in tasks[number * 4 : number * 4 + 4]:
            due_on = held_on + timedelta(days=random.choice((10, 20, 30)))
            done_on = due_on + timedelta(days=random.choice((-5, -2, 0, 6, 40)))
            facts = {
                "meeting": f"{held_on.month}月形势研判会", "held_on": held_on, "task": task,
                "leader": "副县长", "unit": random.choice(MEMBER_UNITS[:16]),
                "person": person(random), "due_on": due_on, "deliverable": "书面报告",
            }  # fmt: skip
            decided.append((task, facts, done_on))
    columns: Columns = (
        ("会议名称", "meeting"), ("会议日期", "held_on"), ("议定事项", "task"),
        ("责任领导", "leader"), ("责任单位", "unit"), ("责任人", "person"), ("完成时限", "due_on"),
        ("交付成果", "deliverable"), ("办理状态", "status"), ("完成日期", "done_on"),
    )  # fmt: skip
    look = Look(day_style=2, words={"in_progress": "办理中", "done": "已完成"})
    for end in ends:
        rows = [
            Row(task, facts | ({"status": "done", "done_on": done_on} if done_on <= end
                               else {"status": "in_progress", "done_on": None}))
            for task, facts, done_on in decided
            if facts["held_on"] <= end
        ]  # fmt: skip
        yield Sending(
            end + timedelta(days=1), "议定事项", "decision", OFFICE, OFFICE,
            f"会议议定事项台账（{MARK}）", columns, rows, end, look, end,
        )  # fmt: skip


REPORTS: Columns = (
    ("报送单位", "unit"), ("期次起", "period_start"), ("期次止", "period_end"),
    ("报送日期", "submitted_on"), ("零报告", "zero_report"), ("发现隐患数", "hazards_found"),
    ("整改完成数", "hazards_done"), ("进展情况", "progress"),
)  # fmt: skip


def _reports(world: World, year: int, random: Random) -> Iterator[Sending]:
    """The office's list of each half month, letters of those who write, one report late."""
    for start, end in half_months(date(year, 10, 1), world.until):
        day = end + timedelta(days=2)
        rows = []
        for unit in MEMBER_UNITS:
            facts = _report(world, unit, start, end)
            sent_on = end + timedelta(days=random.choice((1, 1, 2)))
            is_missing = (unit, (end.month, end.day)) in (LATE, NEVER)
            if unit in WRITES_LETTERS:
                yield _letter(facts, end + timedelta(days=1))
            elif is_missing:  # of a report that has not come the list has nothing to say
                keep = {name: facts[name] for name in ("unit", "period_start", "period_end")}
                rows.append(Row(f"{unit} {start}", keep))
            else:
                rows.append(Row(f"{unit} {start}", facts | {"submitted_on": sent_on}))
            if (unit, (end.month, end.day)) == LATE:
                yield _late(facts, end + timedelta(days=8))
        yield Sending(
            day, "半月报汇总", "half_month", OFFICE, OFFICE, f"半月报汇总（{MARK}）", REPORTS,
            rows, end,
        )  # fmt: skip


def _report(world: World, unit: str, start: date, end: date) -> dict[str, Any]:
    mine: list[Hazard] = [h for h in world.hazards if h.unit == unit]
    found = sum(start <= hazard.found_on <= end for hazard in mine)
    done = sum(bool(h.done_on and start <= h.done_on <= end) for h in mine)
    return {
        "unit": unit, "period_start": start, "period_end": end, "zero_report": not mine,
        "hazards_found": found, "hazards_done": done, "progress": "按计划推进",
    }  # fmt: skip


def _late(facts: dict[str, Any], day: date) -> Sending:
    unit, start = facts["unit"], facts["period_start"]
    return Sending(
        day, f"半月报_{unit}（补报）", "half_month", unit, unit, f"半月报（{MARK}）", REPORTS,
        [Row(f"{unit} {start}", facts | {"submitted_on": day})], facts["period_end"],
    )  # fmt: skip


def _letter(facts: dict[str, Any], day: date) -> Sending:
    """A half-month report in prose."""
    unit, start, end = facts["unit"], facts["period_start"], facts["period_end"]
    half = f"{end.year}年{end.month}月{'上' if end.day == 15 else '下'}半月"
    visits = 4 + end.month % 5
    text = [
        f"{unit}关于{half}文化旅游安全工作情况的报告（{MARK}）",
        "县文化旅游安全专班办公室：",
        f"{half}，我单位按照专班统一安排，把文旅场所的安全检查和节假日值守结合起来推进，现将情况报告"
        "如下。",
        "一、工作开展情况",
        f"本期共检查文旅场所{visits}家次，发现隐患0条，检查中对场所负责人当面提示了冬季用火用电的注意"
        "事项，并抽查了夜间值班。",
        "二、存在的困难",
        "部分场所负责人更换频繁，新到任的人员对消防设施操作还不熟悉。",
        "三、下一步打算",
        "继续开展夜间抽查，配合属地乡镇做好人员密集时段的秩序维护。",
        unit,
        f"{day.year}年{day.month}月{day.day}日",
    ]
    said = {
        "unit": unit, "period_start": start, "period_end": end, "visits": visits,
        "hazards_found": 0, "submitted_on": day,
    }  # fmt: skip
    every: Columns = tuple((name, name) for name in said)
    return Sending(
        day, f"半月报_{unit}", "half_month", unit, unit, text[0], every,
        [Row(f"{unit} {start}", said)], end, Look(suffix=".docx", text=text),
    )  # fmt: skip
