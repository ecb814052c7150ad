"""The half-year as it is sent: which unit sends what on which day, and what it says. 模拟数据.

Hazard lists come each half month, each unit in its own way; progress on the plans likewise; the
office adds its acceptances. Registers and other books are in ``books``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from analysis.demo.books import make_books
from analysis.demo.plans import Measure, Plan, key_of, make_plans
from analysis.demo.sending import MARK, OFFICE, Columns, Look, Row, Sending, half_months
from analysis.demo.stories import FIRE, TOWN, Story, make_stories
from analysis.demo.world import (
    LEAD_UNIT,
    SIGNERS,
    Hazard,
    World,
    campaign_of,
    make_world,
    plan_year,
)

#: How units call themselves. Short forms that everybody knows are one unit from the beginning; a
#: name of former days is another's until the roster tells whose it is.
SIGNED = {LEAD_UNIT: "县文旅局", "县市场监管局": "县市监局", "县农业农村局": "县农委"}
FORMER = "县农业农村局"

#: Two ways of heading a hazard list.
ONE_HEADER: Columns = (
    ("序号", None), ("隐患编号", "hazard_no"), ("检查编号", "inspection_no"),
    ("检查日期", "found_on"), ("隐患来源", "source"), ("场所名称", "site"), ("业态", "site_kind"),
    ("所属乡镇", "township"), ("隐患部位", "location"), ("隐患描述", "description"),
    ("整改措施", "measure"), ("隐患类别", "category"), ("隐患等级", "level"),
    ("判定日期", "judged_on"), ("立案日期", "filed_on"), ("责任单位", "unit"), ("责任人", "person"),
    ("整改期限", "due_on"), ("延期至", "extended_due_on"), ("整改资金（万元）", "fund_10k"),
    ("是否挂牌督办", "supervised"), ("挂牌日期", "supervised_on"), ("整改状态", "status"),
    ("整改完成日期", "done_on"), ("验收日期", "accepted_on"), ("验收人", "accepted_by"),
    ("销号日期", "closed_on"), ("专项行动", "campaign"),
)  # fmt: skip
TWO_HEADERS: Columns = (
    ("项次", None), ("编号", "hazard_no"), ("检查单号", "inspection_no"), ("发现时间", "found_on"),
    ("检查方式", "source"), ("被检查单位", "site"), ("行业类别", "site_kind"), ("属地", "township"),
    ("部位", "location"), ("存在问题", "description"), ("问题类别", "category"), ("等级", "level"),
    ("判定时间", "judged_on"), ("立案时间", "filed_on"), ("整改责任单位", "unit"),
    ("整改责任人", "person"), ("整改要求", "measure"), ("完成时限", "due_on"),
    ("延长期限", "extended_due_on"), ("资金（元）", "fund_10k"), ("挂牌督办", "supervised"),
    ("挂牌时间", "supervised_on"), ("整改情况", "status"), ("实际完成时间", "done_on"),
    ("复查时间", "accepted_on"), ("复查人", "accepted_by"), ("销号时间", "closed_on"),
)  # fmt: skip
GROUPS = (("检查发现", 14), ("整改", 8), ("完成与验收", 5))
CLOSING = ("注：本表每半月报送一次。", "审核人：      填报人：")
ACCEPTANCES: Columns = (
    ("事项编号", "item_id"), ("验收动作", "act"), ("验收日期", "accepted_on"),
    ("验收人", "accepted_by"), ("销号日期", "closed_on"), ("依据文件", "evidence"),
    ("经办账号", "recorded_by"), ("登记时间", "recorded_at"),
)  # fmt: skip
#: The columns of a progress report; some units send the first three alone.
PROGRESS: Columns = (
    ("编号", "sub_no"), ("细化措施", "short"), ("完成情况", "status"), ("完成时间", "done_on"),
    ("备注", None),
)  # fmt: skip


PLAIN = Look(closing=CLOSING)


@dataclass(frozen=True, slots=True)
class Sender:
    """How one unit keeps its list of hazards."""

    look: Look = PLAIN
    columns: Columns = ONE_HEADER
    #: Days after the end of the half month on which its parts come, one part a day.
    parts: tuple[int, ...] = (1,)
    #: Whether it drops what was accepted before the last half month.
    drops_closed: bool = False
    #: From which list on it numbers anew, by its place among the lists; with which letters.
    renumbers: int | None = None
    letters: str = ""
    #: The list that holds new rows alone.
    new_rows_only: int | None = None
    #: The list instead of which it sends an older one by mistake, two days before the right one.
    sends_old_list: int | None = None


def _two(**look: Any) -> dict[str, Any]:
    return {
        "columns": TWO_HEADERS,
        "look": Look(**{"groups": GROUPS, "closing": CLOSING, "in_yuan": True, **look}),
    }


#: Lists are counted from the first, which is up to 15 October.
SENDERS: Mapping[str, Sender] = {
    LEAD_UNIT: Sender(Look(closing=CLOSING, has_total=True, repeats_last=True)),
    "县商务局": Sender(**_two(day_style=1), parts=(1, 2)),
    "县农业农村局": Sender(Look(suffix=".csv", day_style=3, closing=CLOSING)),
    "县委统战部": Sender(Look(suffix=".docx", day_style=2), drops_closed=True),
    "县自然资源局": Sender(**_two(day_style=2), new_rows_only=3),
    "县水利局": Sender(Look(has_bands=True, closing=CLOSING, day_style=1), sends_old_list=5),
    "县交通局": Sender(**_two(day_style=3, photos={"YH9006": 2})),
    "县教育局": Sender(Look(closing=CLOSING), drops_closed=True, renumbers=4, letters="JY-"),
    "县市场监管局": Sender(Look(day_style=3, closing=CLOSING)),
    "县住建局": Sender(**_two(day_style=2, yearless=frozenset({"due_on"}))),
    TOWN: Sender(Look(day_style=2, closing=("填报人：某甲      审核人：某乙",)), parts=(2,)),
}


@dataclass(frozen=True, slots=True)
class Life:
    """What happens in the county, and all that is sent of it, in order of receipt."""

    world: World
    plans: Sequence[Plan]
    stories: Sequence[Story]
    hazards: Mapping[str, Hazard]
    sendings: Sequence[Sending]


def make_life(until: date, seed: int) -> Life:
    """The life of the county up to a day; the same seed, the same life."""
    world = make_world(until, seed)
    year = plan_year(world.until)
    plans = make_plans(year)
    stories = make_stories(year, world.sites)
    lists = _Lists(world, stories, date(year, 10, 1))
    sent = [
        *lists.sendings(), *lists.acceptances(), *_notices(stories),
        *_progress(plans, year), *_wrong_lists(year, lists),
        *make_books(world, plans, seed),
    ]  # fmt: skip
    received = sorted((s for s in sent if s.day <= world.until), key=lambda s: (s.day, s.name))
    return Life(world, plans, stories, {h.key: h for h in lists.hazards}, received)


def facts_of(hazard: Hazard, until: date) -> dict[str, Any]:
    """What its unit knows of a hazard on the last day of a list, as it writes it.

    Of a major hazard it says that it waits to be accepted: the office alone closes it.
    """

    def known(day: date | None) -> date | None:
        return day if day and day <= until else None

    done_on = known(hazard.done_on)
    accepted_on = known(hazard.accepted_on) if hazard.level != "重大" else None
    status = "in_progress" if not done_on else "closed" if accepted_on else "done"
    if hazard.level == "重大" and done_on:
        status = "pending_accept"
    extended = hazard.extended_due_on if hazard.due_on and hazard.due_on <= until else None
    return {
        "hazard_no": hazard.hazard_no, "inspection_no": hazard.inspection_no,
        "found_on": hazard.found_on, "source": hazard.source, "site": hazard.site.site,
        "site_kind": hazard.site.site_kind, "township": hazard.site.township,
        "location": hazard.location, "description": hazard.description, "measure": hazard.measure,
        "category": hazard.category, "level": hazard.level, "judged_on": known(hazard.judged_on),
        "filed_on": known(hazard.filed_on), "unit": hazard.unit, "person": hazard.person,
        "due_on": hazard.due_on, "extended_due_on": extended, "fund_10k": hazard.fund_10k,
        "supervised": known(hazard.supervised_on) is not None,
        "supervised_on": known(hazard.supervised_on), "status": hazard.status or status,
        "done_on": done_on, "accepted_on": accepted_on,
        "accepted_by": hazard.accepted_by if accepted_on else None, "closed_on": accepted_on,
        "campaign": campaign_of(hazard.source, hazard.found_on),
    }  # fmt: skip


@dataclass
class _Lists:
    """The hazard lists of all units, and the office's acceptances."""

    world: World
    stories: Sequence[Story]
    first: date
    ends: list[date] = field(init=False)
    hazards: list[Hazard] = field(init=False)
    by_key: dict[str, Story] = field(init=False)
    numbered: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.ends = [end for _, end in half_months(self.first, self.world.until)]
        told = [story.hazard for story in self.stories]
        told = [hazard for hazard in told if hazard.found_on <= self.world.until]
        self.by_key = {story.hazard.key: story for story in self.stories}
        self.hazards = sorted([*self.world.hazards, *told], key=lambda h: (h.found_on, h.key))
        counts: dict[str, int] = {}
        for hazard in self.hazards:
            letters = SENDERS[hazard.unit].letters if hazard.unit in SENDERS else ""
            counts[letters] = counts.get(letters, 0) + 1
            own = f"{letters}{counts[letters]:03}" if letters else hazard.hazard_no
            self.numbered[hazard.key] = own

    def sendings(self) -> Iterator[Sending]:
        for place, end in enumerate(self.ends):
            for unit, sender in SENDERS.items():
                listed = self._listed(unit, sender, place)
                if not listed:
                    continue
                if sender.sends_old_list == place:
                    yield self._old_list(unit, sender, place)
                    yield from self._files(unit, sender, listed, end, days=(2,))
                else:
                    yield from self._files(unit, sender, listed, end, place=place)

    def acceptances(self) -> Iterator[Sending]:
        """What the office accepts of major hazards in each half month, with who signed."""
        before = date.min
        for end in self.ends:
            rows = [
                Row(hazard.key, self._accepted(hazard, end))
                for hazard in self.hazards
                if hazard.level == "重大" and hazard.accepted_by and hazard.accepted_on
                and not hazard.status and before < hazard.accepted_on <= end
            ]  # fmt: skip
            if rows:
                yield Sending(
                    end + timedelta(days=3), "验收销号台账", "acceptance", OFFICE, OFFICE,
                    f"验收销号台账（{MARK}）", ACCEPTANCES, rows, end,
                )  # fmt: skip
            before = end

    def _listed(self, unit: str, sender: Sender, place: int) -> list[tuple[Hazard, dict[str, Any]]]:
        """The hazards in a unit's list with what it says of them, in its order."""
        end = self.ends[place]
        before = self.ends[place - 1] if place else date.min
        listed = []
        for hazard in self.hazards:
            story = self.by_key.get(hazard.key)
            holder, number = self._held(hazard, story, end)
            if holder != unit or hazard.found_on > end or (story and end in story.left_out_of):
                continue
            if sender.new_rows_only == place and hazard.found_on <= before:
                continue
            facts = facts_of(hazard, end) | {"hazard_no": number, "unit": unit}
            facts |= story.facts(end) if story else {}
            closed_on = facts["closed_on"]
            if sender.drops_closed and closed_on and closed_on <= before and place:
                continue
            listed.append((hazard, facts))
        if sender.renumbers is not None and place >= sender.renumbers:
            listed = self._numbered_anew(sender, listed)
        return listed

    def _held(self, hazard: Hazard, story: Story | None, end: date) -> tuple[str, str]:
        """Which unit has a hazard in its list, and under which number."""
        if story and story.handed_on and end >= story.handed_on[0]:
            return story.handed_on[1], story.handed_on[2]
        return hazard.unit, self.numbered[hazard.key]

    def _numbered_anew(
        self, sender: Sender, listed: list[tuple[Hazard, dict[str, Any]]]
    ) -> list[tuple[Hazard, dict[str, Any]]]:
        return [
            (hazard, facts | {"hazard_no": f"{sender.letters}{number:03}"})
            for number, (hazard, facts) in enumerate(listed, start=1)
        ]

    def _files(
        self, unit: str, sender: Sender, listed: list[tuple[Hazard, dict[str, Any]]], end: date,
        place: int | None = None, days: tuple[int, ...] = (),
    ) -> Iterator[Sending]:  # fmt: skip
        days = days or sender.parts
        is_new = place is not None and sender.new_rows_only == place
        for part, later in enumerate(days):
            rows = [
                Row(hazard.key, facts)
                for hazard, facts in listed
                if len(days) == 1 or (hazard.site.township in _WEST) == bool(part)
            ]
            if not rows:
                continue
            name = f"隐患台账_{unit}" + (f"（{'一二'[part]}）" if len(days) > 1 else "")
            kind = "新增安全隐患台账" if is_new else "安全隐患排查整治台账"
            yield self._file(unit, sender, rows, end, end + timedelta(days=later), name, kind)

    def _file(
        self, unit: str, sender: Sender, rows: list[Row], end: date, day: date, name: str,
        kind: str = "安全隐患排查整治台账",
    ) -> Sending:  # fmt: skip
        signed = SIGNED.get(unit, unit)
        return Sending(
            day, name, "hazard", unit, signed, f"{kind}（{MARK}）", sender.columns, rows, end,
            sender.look, None if kind.startswith("新增") else end,
        )  # fmt: skip

    def _old_list(self, unit: str, sender: Sender, place: int) -> Sending:
        """The list of two half months ago, sent again by mistake."""
        old = place - 2
        rows = [Row(hazard.key, facts) for hazard, facts in self._listed(unit, sender, old)]
        day = self.ends[place]
        return self._file(unit, sender, rows, self.ends[old], day, f"隐患台账_{unit}（错发）")

    def _accepted(self, hazard: Hazard, end: date) -> dict[str, Any]:
        signer = SIGNERS[sum(map(ord, hazard.key)) % len(SIGNERS)]
        return {
            "item_id": self.item_id(hazard), "act": "accept", "accepted_on": hazard.accepted_on,
            "accepted_by": signer, "closed_on": hazard.accepted_on,
            "evidence": f"{hazard.hazard_no}验收单（{MARK}）", "recorded_by": "专班办公室某甲",
            "recorded_at": f"{end + timedelta(days=3)} 09:30",
        }  # fmt: skip

    def item_id(self, hazard: Hazard) -> str:
        """By which id the office's list shows it: unit and number of its first report."""
        unit = SIGNED[FORMER] if hazard.unit == FORMER else hazard.unit
        return f"H-{unit}-{self.numbered[hazard.key]}"


#: The townships whose hazards are in the second part of a list that comes in parts.
_WEST = frozenset({"西岭镇", "南坪乡", "北沟乡", "柳湾乡", "黄坡乡", "古渡镇"})


def _notices(stories: Sequence[Story]) -> Iterator[Sending]:
    """The fire brigade's hazard: a notice as a form when it is found, a row when it is done."""
    story = next(each for each in stories if each.hazard.unit == FIRE)
    hazard = story.hazard
    columns: Columns = (
        ("通知书编号", "hazard_no"), ("被检查单位", "site"), ("检查日期", "found_on"),
        ("隐患部位", "location"), ("存在的安全隐患", "description"), ("隐患类别", "category"),
        ("隐患等级", "level"), ("整改要求", "measure"), ("整改期限", "due_on"),
        ("责任单位", "unit"), ("责任人", "person"),
    )  # fmt: skip
    found = hazard.found_on + timedelta(days=1)
    facts = facts_of(hazard, found)
    look = Look(suffix=".docx", day_style=2, is_form=True, closing=("签发人：某甲",))
    yield Sending(
        found, "整改通知单_县消防救援支队", "hazard", FIRE, FIRE, f"安全隐患整改通知单（{MARK}）",
        columns, [Row(hazard.key, facts)], found, look,
    )  # fmt: skip
    day = hazard.found_on + timedelta(days=31)
    yield Sending(
        day, "隐患整改情况_县消防救援支队", "hazard", FIRE, FIRE, f"安全隐患整改情况（{MARK}）",
        (("编号", "hazard_no"), ("场所名称", "site"), ("隐患描述", "description"),
         ("整改情况", "status"), ("整改完成日期", "done_on")),
        [Row(hazard.key, facts_of(hazard, day))], day, Look(day_style=1),
    )  # fmt: skip


def _progress(plans: Sequence[Plan], year: int) -> Iterator[Sending]:
    """Each half month every unit that has something to say of its measures says it."""
    for plan in plans:
        for _, end in half_months(date(year, 10, 1), date(year + 1, 1, 31)):
            by_unit: dict[str, list[Measure]] = {}
            for measure in plan.measures:
                if end in measure.progress:
                    by_unit.setdefault(measure.unit, []).append(measure)
            for number, (unit, measures) in enumerate(by_unit.items()):
                # some units send no column of days
                is_short = number % 3 == 2 and not any(m.progress[end][1] for m in measures)
                yield _report_on(plan, unit, measures, end, is_short)


def _report_on(
    plan: Plan, unit: str, measures: Sequence[Measure], end: date, is_short: bool
) -> Sending:
    rows = []
    for each in measures:
        status, done_on = each.progress[end]
        facts = {
            "sub_no": each.no, "short": each.short, "status": status, "done_on": done_on,
        }  # fmt: skip
        rows.append(Row(key_of(plan, each), facts))
    columns = PROGRESS[:3] if is_short else PROGRESS
    short = plan.number.rpartition("〕")[2]
    words = {"in_progress": "正在推进", "done": "已完成", "ongoing": "长期坚持"}
    return Sending(
        end + timedelta(days=2), f"整改措施进展_{unit}（{short}）", "measure", unit,
        SIGNED.get(unit, unit), f"《{plan.title}》（{plan.number}）整改措施进展台账", columns, rows,
        end, Look(day_style=1, words=words),
    )  # fmt: skip


def _wrong_lists(year: int, lists: _Lists) -> Iterator[Sending]:
    """A draft that 县商务局 sends by mistake on 16 December and takes back four days later."""
    site = next(s for s in lists.world.sites if s.site_kind == "星级饭店")
    day = date(year, 12, 16)
    hazard = replace(
        lists.hazards[0], key="XX-001", hazard_no="XX-001", inspection_no=None, site=site,
        unit=site.unit, found_on=date(year, 12, 11), due_on=date(year, 12, 31), level="一般",
        description="培训用的样例：前台灭火器箱上锁，钥匙由保安队长保管", measure="开锁并张贴说明",
        done_on=None, accepted_on=None, accepted_by=None, status=None,
    )  # fmt: skip
    sender = SENDERS[site.unit]
    yield replace(
        lists._file(
            site.unit, sender, [Row(hazard.key, facts_of(hazard, day))], day, day,
            "隐患台账_县商务局（样稿）",
        ),
        whole_of=None, withdrawn_on=date(year, 12, 20),
    )  # fmt: skip
