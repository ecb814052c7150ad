"""An invented county for a year: places, inspections, hazards. 模拟数据, all of it.

Only the names of the member units are those of a real plan; townships, places, persons and
everything that happens are made up by a random generator with a fixed seed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

LEAD_UNIT = "县文化和旅游局"
MEMBER_UNITS = (
    "县委统战部", "县委网信办", "县发展改革委", "县教育局", "县科技局", "县工信局", "县公安局",
    "县民政局", "县司法局", "县人社局", "县自然资源局", "县住建局", "县交通局", "县水利局",
    "县农业农村局", "县商务局", "县卫健委", "县退役军人局", "县应急局", "县市场监管局",
    "县卫体局", "县信访局", "县能源局", "县乡村振兴局", "县消防救援支队", "县气象局",
)  # fmt: skip
TOWNSHIPS = (
    "城关镇", "东河镇", "西岭镇", "南坪乡", "北沟乡", "石桥镇", "柳湾乡", "云台乡", "清泉镇",
    "黄坡乡", "青石乡", "古渡镇",
)  # fmt: skip
#: Kind of place → the unit that supervises it, and how often places of the kind occur.
SITE_KINDS = {
    "A级旅游景区": (LEAD_UNIT, 10),
    "旅游民宿": (LEAD_UNIT, 26),
    "歌舞娱乐场所": (LEAD_UNIT, 14),
    "互联网上网服务场所": (LEAD_UNIT, 12),
    "剧本娱乐场所": (LEAD_UNIT, 6),
    "文物保护单位": (LEAD_UNIT, 14),
    "星级饭店": ("县商务局", 8),
    "乡村旅游点": ("县农业农村局", 18),
    "宗教活动场所": ("县委统战部", 8),
    "涉林露营地": ("县自然资源局", 7),
    "水上游乐项目": ("县水利局", 4),
    "旅游客运": ("县交通局", 6),
    "研学基地": ("县教育局", 6),
    "大型游乐设施": ("县市场监管局", 5),
    "在建文旅项目": ("县住建局", 6),
}
CATEGORIES = {
    "消防设施": ("灭火器压力不足", "消火栓箱被遮挡", "火灾报警控制器故障"),
    "疏散通道": ("安全出口上锁", "疏散通道堆放杂物", "疏散指示标志不亮"),
    "用电用火": ("私拉乱接电线", "配电箱未封闭", "使用大功率电器无人看管"),
    "燃气": ("未装可燃气体报警器", "瓶装气存放不规范"),
    "设施设备": ("护栏松动", "栈道木板破损", "安全带老化"),
    "自然灾害": ("崩塌隐患点未设警示", "排水沟淤堵"),
    "制度管理": ("应急预案未演练", "值班记录缺失", "安全责任书未签"),
}
MAJOR = (
    "安全出口数量不足",
    "未按规定设置自动报警系统",
    "违规使用易燃装修材料",
    "特种设备未检验投用",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
INSPECTION_KINDS = ("双随机抽查", "专项检查", "日常检查", "交叉互检")


@dataclass(frozen=True, slots=True)
class Site:
    """One supervised place."""

    site_id: str
    site: str
    site_kind: str
    township: str
    unit: str
    likelihood: int
    severity: int
    person: str

    @property
    def risk_level(self) -> str:
        """Four colours from likelihood × severity (5 × 5 matrix)."""
        score = self.likelihood * self.severity
        return "红" if score >= 20 else "橙" if score >= 15 else "黄" if score >= 9 else "蓝"


@dataclass(frozen=True, slots=True)
class Hazard:
    """One hazard with all that will ever happen to it."""

    hazard_no: str
    inspection_no: str
    found_on: date
    source: str
    site: Site
    location: str
    description: str
    category: str
    level: str
    person: str | None
    due_on: date | None
    extended_due_on: date | None
    supervised_on: date | None
    done_on: date | None
    accepted_on: date | None
    accepted_by: str | None
    status: str | None = None
    fund_10k: float | None = None

    @property
    def judged_on(self) -> date:
        """The day its grade was settled: at once, or after a look at it where it is major."""
        return self.found_on + timedelta(days=self._number % 3 if self.level == "重大" else 0)

    @property
    def filed_on(self) -> date | None:
        """The day a case was opened: for major hazards, and not yet for each of them."""
        if self.level != "重大" or self._number % 6 == 0:
            return None
        return self.judged_on + timedelta(days=1 + self._number % 4)

    @property
    def _number(self) -> int:
        """A number of its own that takes nothing from the course of chance."""
        return int("".join(filter(str.isdigit, self.hazard_no)))


@dataclass(frozen=True, slots=True)
class Inspection:
    """One visit."""

    inspection_no: str
    inspected_on: date
    kind: str
    site: Site
    inspectors: str
    items_checked: int
    hazards: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True)
class World:
    """A year of the invented county, up to and including ``until``."""

    since: date
    until: date
    sites: Sequence[Site]
    inspections: Sequence[Inspection]

    @property
    def hazards(self) -> list[Hazard]:
        """All hazards, oldest first."""
        return [hazard for visit in self.inspections for hazard in visit.hazards]


def make_world(until: date, seed: int) -> World:
    """A county of about 150 places, inspected for a year up to ``until``."""
    random = Random(seed)  # noqa: S311 - a simulation, no secret
    sites = _sites(random)
    since = until - timedelta(days=364)
    return World(since, until, sites, _inspections(random, sites, since, until))


def person(random: Random) -> str:
    """An invented person: a surname and 某."""
    return f"{random.choice(SURNAMES)}某"


def _sites(random: Random) -> list[Site]:
    sites: list[Site] = []
    for kind, (unit, count) in SITE_KINDS.items():
        for number in range(1, count + 1):
            township = random.choice(TOWNSHIPS)
            sites.append(
                Site(
                    f"MN{len(sites) + 1:03}", f"{township}{kind}{number}号", kind, township, unit,
                    random.choices((1, 2, 3, 4, 5), (2, 4, 4, 2, 1))[0],
                    random.choices((1, 2, 3, 4, 5), (1, 3, 4, 3, 2))[0], person(random),
                )
            )  # fmt: skip
    return sites


def _inspections(
    random: Random, sites: Sequence[Site], since: date, until: date
) -> list[Inspection]:
    weights = [site.likelihood * site.severity + 3 for site in sites]
    visits: list[Inspection] = []
    for offset in range((until - since).days + 1):
        day = since + timedelta(days=offset)
        for _ in range(0 if day.weekday() >= 5 else random.choice((1, 2, 3))):
            site = random.choices(sites, weights)[0]
            visits.append(_visit(random, len(visits) + 1, day, site))
    return visits


def _visit(random: Random, number: int, day: date, site: Site) -> Inspection:
    inspection_no = f"JC{number:04}"
    kind = random.choices(INSPECTION_KINDS, (4, 3, 4, 1))[0]
    found = random.choices((0, 1, 2, 3), (5, 3, 2, site.likelihood * 0.4))[0]
    hazards = tuple(
        _hazard(random, f"{inspection_no}-{n}", inspection_no, day, kind, site)
        for n in range(1, found + 1)
    )
    team = "、".join((person(random), person(random)))
    return Inspection(inspection_no, day, kind, site, team, random.randint(8, 24), hazards)


def _hazard(
    random: Random, hazard_no: str, inspection_no: str, day: date, source: str, site: Site
) -> Hazard:
    is_major = random.random() < 0.02 + 0.01 * site.severity
    category = "重大隐患情形" if is_major else random.choice(tuple(CATEGORIES))
    description = random.choice(MAJOR if is_major else CATEGORIES[category])
    span = random.choice((30, 45, 60)) if is_major else random.choice((3, 7, 15, 15, 30))
    due_on = day + timedelta(days=span)
    extended = due_on + timedelta(days=15) if random.random() < 0.04 else None
    # Units differ: some finish early, a few let things lie.
    diligence = 0.75 + 0.5 * (sum(map(ord, site.unit)) % 7) / 7
    took = max(0, round(random.lognormvariate(0, 0.55) * span * diligence * 0.75))
    done_on = day + timedelta(days=took) if random.random() < 0.96 else None
    accepted_on = done_on + timedelta(days=random.randint(1, 12)) if done_on else None
    signed = random.random() < 0.96
    return Hazard(
        hazard_no=f"YH{hazard_no.removeprefix('JC')}", inspection_no=inspection_no, found_on=day,
        source=source, site=site, location=random.choice(("一层", "二层", "入口", "后厨", "院内")),
        description=description, category=category, level="重大" if is_major else "一般",
        person=None if random.random() < 0.03 else person(random),
        due_on=None if random.random() < 0.015 else due_on, extended_due_on=extended,
        supervised_on=day + timedelta(days=5) if is_major and random.random() < 0.75 else None,
        done_on=done_on, accepted_on=accepted_on,
        accepted_by=person(random) if accepted_on and signed else None,
        status=random.choices((None, "误报", "停业"), (97, 1.5, 1.5))[0],
        fund_10k=round(random.uniform(0.1, 20), 1) if is_major else None,
    )  # fmt: skip
