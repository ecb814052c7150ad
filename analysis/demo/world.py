"""An invented county: places, inspections, hazards with all that ever happens to them. 模拟数据.

Only the names of the member units are those of a real plan; townships, places, persons and
everything that happens are made up by a random generator with a fixed seed. Persons are 某.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
PLACES = (
    "一层大厅", "二层走廊", "三层客房区", "后厨", "院内东侧", "院内西侧", "游客入口", "停车区",
    "设备间", "库房", "观景平台", "员工宿舍",
)  # fmt: skip
#: Category → what is found, as an inspector writes it, and what is ordered.
CATEGORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "消防设施": (
        ("{place}的{n}具灭火器压力表指针已落入红区，没有及时充装", "重新充装并逐具张贴检查卡"),
        ("{place}消火栓箱被展架遮挡，水带接口锈蚀，取用不便", "移开展架，更换接口并试水"),
        ("{place}火灾报警探头有{n}个离线，控制器长期处于故障状态", "由维保单位逐个修复并留存记录"),
    ),
    "疏散通道": (
        ("{place}安全出口营业期间上锁，钥匙不在现场，从里面打不开", "拆除挂锁，改装推杆锁"),
        ("{place}疏散通道堆放布草和纸箱，净宽不足，影响人员疏散", "当日清空并划线标示禁止堆放"),
        ("{place}有{n}处疏散指示标志损坏或方向指错", "更换标志并按图复核方向"),
    ),
    "用电用火": (
        ("{place}私拉乱接电线，{n}处接头裸露，没有穿管保护", "拆除乱接线路，由持证电工重新敷设"),
        ("{place}配电箱没有封闭，箱前堆放杂物，未贴负责人标识", "加装箱门、清空箱前并张贴标识"),
        ("{place}使用大功率电器{n}台，无人看管且未设漏电保护", "停用电器并加装漏电保护装置"),
    ),
    "燃气": (
        ("{place}有{n}个用气点没有安装可燃气体报警器", "逐点安装报警器并联动切断阀"),
        ("{place}存放气瓶{n}只，与灶具同室，没有防倾倒措施", "设专用气瓶间，气瓶直立固定"),
    ),
    "设施设备": (
        ("{place}护栏有{n}处松动，固定螺栓缺失，游客倚靠有坠落危险", "补装螺栓，逐段做推力检查"),
        ("{place}木栈道{n}块面板破损，雨后湿滑，没有警示", "更换面板并设防滑条和警示牌"),
        ("{place}有{n}条安全带老化起毛，超过使用年限仍在使用", "整批更换并建立报废台账"),
    ),
    "自然灾害": (
        ("{place}上方有{n}处崩塌隐患点，没有警示标志和专人巡查", "设警示标志，落实巡查人员"),
        ("{place}排水沟淤堵约{n}米，汛期雨水漫流", "清淤并列入汛前检查"),
    ),
    "制度管理": (
        ("{place}应急预案张贴的是旧版，近{n}个月没有演练记录", "修订预案并组织一次演练"),
        ("{place}值班记录缺{n}天，交接班没有签字", "补齐制度，值班长逐日签字"),
        ("{place}有{n}份安全责任书没有签订，岗位职责不清", "逐岗签订责任书并公示"),
    ),
}
#: What makes a hazard 重大.
MAJOR_CATEGORY = "重大隐患情形"
MAJOR = (
    ("{place}安全出口只有一个，营业面积超过规定，疏散距离不够", "增设安全出口，完成前限制人数"),
    ("{place}没有按规定设置火灾自动报警系统，涉及{n}个房间", "委托有资质的单位设计安装"),
    ("{place}使用易燃材料装修约{n}0平方米，未作阻燃处理", "拆除易燃材料，换用不燃材料"),
    ("{place}有{n}台特种设备检验到期没有复检，仍在投用", "立即停用，检验合格后恢复"),
)
#: Who answers for hazards, and who accepts: nobody is both, since nobody may accept his own work.
SURNAMES, ACCEPTORS = "赵钱孙李周吴郑王冯陈褚卫", "韩杨朱秦尤许"
#: Who signs for the office: 组长 and 副组长 of the plan.
SIGNERS = ("蒋某", "沈某")
INSPECTION_KINDS = ("双随机抽查", "专项检查", "日常检查", "交叉互检")
#: The campaign at the turn of the year, and between which days what 专项检查 visits is part of it.
CAMPAIGN = "冬季旅游安全专项整治"
CAMPAIGN_KIND, CAMPAIGN_DAYS = "专项检查", ((11, 20), (12, 31))


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
    """One hazard with all that will ever happen to it; ``unit`` answers for it to begin with."""

    key: str
    hazard_no: str
    inspection_no: str | None
    found_on: date
    source: str
    site: Site
    unit: str
    location: str
    description: str
    measure: str
    category: str
    level: str
    person: str | None
    due_on: date | None
    extended_due_on: date | None = None
    judged_on: date | None = None
    filed_on: date | None = None
    supervised_on: date | None = None
    done_on: date | None = None
    accepted_on: date | None = None
    accepted_by: str | None = None
    #: What its unit says of it from the beginning, where that is no state of rectification.
    status: str | None = None
    fund_10k: float | None = None


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
    """The invented county from ``since`` up to and including ``until``."""

    since: date
    until: date
    sites: Sequence[Site]
    inspections: Sequence[Inspection]

    @property
    def hazards(self) -> list[Hazard]:
        """All hazards that inspections found, oldest first."""
        return [hazard for visit in self.inspections for hazard in visit.hazards]


def plan_year(until: date) -> int:
    """The year in whose autumn the plan came that is being carried out on a day.

    Before the first lists are in, it is still the plan of the year before.
    """
    return until.year if until >= date(until.year, 10, 16) else until.year - 1


def campaign_of(kind: str, day: date) -> str | None:
    """The campaign that a visit, or a hazard found by one of a kind, belongs to."""
    first, last = CAMPAIGN_DAYS
    is_within = first <= (day.month, day.day) <= last
    return CAMPAIGN if kind == CAMPAIGN_KIND and is_within else None


def make_world(until: date, seed: int) -> World:
    """A county of some 150 places, inspected from the February before its plan up to a day.

    It begins on a fixed day and is made day by day, so that a longer life begins as a shorter one.
    """
    random = Random(seed)  # noqa: S311 - a simulation, no secret
    sites = _sites(random)
    since = date(plan_year(until), 2, 1)
    return World(since, until, sites, _Visits(random, sites).made(since, until))


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


@dataclass
class _Visits:
    """Makes inspections day by day."""

    random: Random
    sites: Sequence[Site]
    #: Unit and text: no unit writes the same twice, as no real one does.
    written: set[tuple[str, str]] = field(default_factory=set)
    #: How many hazards each unit has numbered.
    numbers: dict[str, int] = field(default_factory=dict)

    def made(self, since: date, until: date) -> list[Inspection]:
        weights = [site.likelihood * site.severity + 3 for site in self.sites]
        visits: list[Inspection] = []
        for offset in range((until - since).days + 1):
            day = since + timedelta(days=offset)
            for _ in range(0 if day.weekday() >= 5 else self.random.choice((1, 2, 3))):
                site = self.random.choices(self.sites, weights)[0]
                visits.append(self._visit(len(visits) + 1, day, site))
        return visits

    def _visit(self, number: int, day: date, site: Site) -> Inspection:
        random = self.random
        inspection_no = f"JC{number:04}"
        kind = random.choices(INSPECTION_KINDS, (4, 3, 4, 1))[0]
        found = random.choices((0, 1, 2, 3), (5, 3, 2, site.likelihood * 0.4))[0]
        hazards = tuple(self._hazard(inspection_no, n, day, kind, site) for n in range(found))
        team = "、".join((person(random), person(random)))
        return Inspection(inspection_no, day, kind, site, team, random.randint(8, 24), hazards)

    def _hazard(self, inspection_no: str, n: int, day: date, source: str, site: Site) -> Hazard:
        random = self.random
        is_major = random.random() < 0.02 + 0.01 * site.severity
        category = MAJOR_CATEGORY if is_major else random.choice(tuple(CATEGORIES))
        place, description, measure = self._words(
            site.unit, MAJOR if is_major else CATEGORIES[category]
        )
        span = random.choice((30, 45, 60)) if is_major else random.choice((3, 7, 15, 15, 30))
        extended = day + timedelta(days=span + 15) if random.random() < 0.04 else None
        # Units differ: some finish early, a few let things lie.
        diligence = 0.75 + 0.5 * (sum(map(ord, site.unit)) % 7) / 7
        took = max(0, round(random.lognormvariate(0, 0.55) * span * diligence * 0.75))
        done_on = day + timedelta(days=took) if random.random() < 0.96 else None
        status = random.choices((None, "void", "suspended"), (97, 1.5, 1.5))[0]
        if status:  # what is no hazard, or has shut down, is not put right
            done_on = None
        accepted_on = done_on + timedelta(days=random.randint(1, 12)) if done_on else None
        acceptor = f"{random.choice(ACCEPTORS)}某" if random.random() < 0.96 else None
        judged_on = day + timedelta(days=random.randint(0, 2)) if is_major else day
        return Hazard(
            key=f"{inspection_no}-{n + 1}",
            hazard_no=f"{inspection_no}-{n + 1}".replace("JC", "YH"), inspection_no=inspection_no,
            found_on=day, source=source, site=site, unit=site.unit,
            location=place, description=description, measure=measure, category=category,
            level="重大" if is_major else "一般", judged_on=judged_on,
            filed_on=judged_on + timedelta(days=random.randint(1, 4))
            if is_major and random.random() < 0.85 else None,
            person=None if random.random() < 0.03 else person(random),
            due_on=None if random.random() < 0.015 else day + timedelta(days=span),
            extended_due_on=extended,
            supervised_on=day + timedelta(days=5) if is_major and random.random() < 0.75 else None,
            done_on=done_on, accepted_on=accepted_on, accepted_by=acceptor if done_on else None,
            status=status,
            fund_10k=round(random.uniform(0.1, 20), 1) if is_major else None,
        )  # fmt: skip

    def _words(self, unit: str, texts: Sequence[tuple[str, str]]) -> tuple[str, str, str]:
        """Where, what and what is to be done, in words that the unit has not used before."""
        while True:
            place, (text, measure) = self.random.choice(PLACES), self.random.choice(texts)
            said = text.format(place=place, n=self.random.randint(2, 9))
            if (unit, said) not in self.written:
                self.written.add((unit, said))
                return place, said, measure
