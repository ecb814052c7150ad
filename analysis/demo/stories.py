"""Hazards whose story is told on purpose: what real half-years do to a ledger. 模拟数据.

Each is a hazard like the others, with what its unit's lists say of it instead of the plain truth:
left out, put in other words, handed on, stopped, opened again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.demo.world import Hazard, Site

#: Units that send hazards beside those which supervise kinds of places.
FIRE, TOWN = "县消防救援支队", "城关镇人民政府"


@dataclass(frozen=True, slots=True)
class Story:
    """A hazard and how it is told; days are the last days of half months."""

    hazard: Hazard
    #: Lists that leave it out although it is not closed.
    left_out_of: frozenset[date] = frozenset()
    #: From which list on it says something else.
    says: Mapping[date, Mapping[str, Any]] = field(default_factory=dict)
    #: From which list on it is in another unit's, and its number there.
    handed_on: tuple[date, str, str] | None = None

    def facts(self, until: date) -> dict[str, Any]:
        """What a list up to a day says of it that the hazard itself does not."""
        said: dict[str, Any] = {}
        for since, facts in sorted(self.says.items()):
            if since <= until:
                said |= facts
        return said


def make_stories(year: int, sites: Sequence[Site]) -> list[Story]:
    """The stories of the half-year that begins in a year's October."""
    days = _Days(year)
    places = _Places(sites)
    return [
        *_left_out(days, places), *_corrected(days, places), *_moved(days, places),
        *_stopped(days, places), *_in_january(days, places),
    ]  # fmt: skip


class _Days:
    """Days of the half-year by month and day; January to August are of the year after."""

    def __init__(self, year: int) -> None:
        self.year = year

    def __call__(self, month: int, day: int) -> date:
        return date(self.year + (month < 9), month, day)


class _Places:
    """The sites by kind and number."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.by_kind: dict[str, list[Site]] = {}
        for site in sites:
            self.by_kind.setdefault(site.site_kind, []).append(site)

    def __call__(self, kind: str, number: int) -> Site:
        return self.by_kind[kind][number - 1]


def _hazard(number: str, site: Site, found_on: date, due_on: date, **facts: Any) -> Hazard:
    """A general hazard; ``facts`` say what is different."""
    plain: dict[str, Any] = {
        "key": number, "hazard_no": number, "inspection_no": None, "found_on": found_on,
        "source": "专项检查", "site": site, "unit": site.unit, "location": "现场", "level": "一般",
        "person": "陈某", "due_on": due_on, "judged_on": found_on, "category": "设施设备",
    }  # fmt: skip
    return Hazard(**plain | facts)


def _left_out(day: _Days, at: _Places) -> list[Story]:
    """One is left out of two lists by mistake and comes back, one never comes back."""
    return [
        Story(
            _hazard(
                "YH9001", at("乡村旅游点", 3), day(10, 9), day(11, 30), category="设施设备",
                description="采摘园跨沟吊桥两侧护网脱落三段，桥面木板松动，桥头没有限载人数牌",
                measure="封桥检修，更换护网和木板，桥头设限载牌并安排专人值守",
                done_on=day(12, 20), accepted_on=day(12, 28), accepted_by="韩某",
            ),
            left_out_of=frozenset({day(11, 15), day(11, 30)}),
        ),
        Story(
            _hazard(
                "YH9002", at("乡村旅游点", 7), day(10, 12), day(11, 20), category="用电用火",
                description="农家院露天灶台紧邻柴草垛，烟囱没有防火帽，院内只有一只过期灭火器",
                measure="移走柴草垛，加装防火帽，配齐灭火器和水缸",
            ),
            left_out_of=frozenset(
                {day(11, 30), day(12, 15), day(12, 31), day(1, 15), day(1, 31)}
            ),
        ),
    ]  # fmt: skip


def _corrected(day: _Days, at: _Places) -> list[Story]:
    """A slip of the pen and a wrong day are put right; a day of completion is handed in later."""
    site = at("研学基地", 2)
    text = "攀爬训练架外侧护{}立柱锈蚀，两处膨胀螺栓松脱，落地缓冲垫移位没有复原"
    return [
        Story(
            _hazard(
                "JY-101", site, day(10, 12), day(11, 10), description=text.format("拦"),
                measure="停用训练架，除锈补栓，缓冲垫固定后经检查再开放",
                done_on=day(11, 8), accepted_on=day(11, 20), accepted_by="朱某",
            ),
            says={day(10, 31): {"description": text.format("栏"), "found_on": day(10, 13)}},
        ),
        Story(
            _hazard(
                "YH9003", at("水上游乐项目", 1), day(10, 11), day(11, 10), category="制度管理",
                description="漂流河段救生员持证人数少于在岗人数，两名救生员的证书已过复训期限",
                measure="未持证人员调离岗位，组织复训，重新排班后报备",
                done_on=day(10, 28), accepted_on=day(11, 12), accepted_by="秦某",
            ),
            says={day(10, 31): {"done_on": None}, day(11, 15): {"done_on": day(10, 28)}},
        ),
    ]  # fmt: skip


def _moved(day: _Days, at: _Places) -> list[Story]:
    """One goes to another unit, the deadline of one is moved by its own unit, one opens again."""
    open_again = {"status": "in_progress", "done_on": None}
    return [
        Story(
            _hazard(
                "YH9004", at("旅游民宿", 5), day(10, 20), day(12, 10), category="疏散通道",
                description="民宿三层加盖的彩钢板房只有一部木楼梯，楼梯口堆放杂物，没有应急照明",
                measure="拆除加盖部分，清空楼梯口，加装应急照明和疏散指示",
                done_on=day(12, 8), accepted_on=day(12, 13), accepted_by="尤某",
            ),
            handed_on=(day(11, 30), TOWN, "CG-004"),
        ),
        Story(
            _hazard(
                "YH9005", at("涉林露营地", 4), day(10, 8), day(10, 31), category="自然灾害",
                description="露营地北坡有一处滚石落入帐篷区，坡面裂缝没有观测，夜间没有人巡查",
                measure="撤出坡脚帐篷位，设观测桩，委托单位勘查后做主动防护",
            ),
            says={day(11, 15): {"due_on": day(12, 15)}},
        ),
        Story(
            _hazard(
                "YH9006", at("旅游客运", 2), day(10, 10), day(11, 5), category="设施设备",
                description="两台旅游客车的动态监控终端离线超过一周，车载灭火器压力不足",
                measure="修复终端并补传轨迹，更换灭火器，停运期间不得派单",
                done_on=day(10, 28), accepted_on=None,
            ),
            says={
                day(11, 15): open_again,
                day(12, 15): {"status": "done", "done_on": day(12, 10)},
            },
        ),
    ]  # fmt: skip


def _stopped(day: _Days, at: _Places) -> list[Story]:
    """A hotel stops business and opens again; a notice of the fire brigade is a form of its own."""
    return [
        Story(
            _hazard(
                "YH9007", at("星级饭店", 4), day(10, 10), day(11, 25), category="消防设施",
                description="饭店宴会厅喷淋系统末端试水无水，消防水泵控制柜长期处于手动状态",
                measure="检修管网和水泵，恢复自动状态，联动测试合格后营业",
                done_on=day(1, 10), accepted_on=None,
            ),
            says={
                day(11, 15): {"status": "suspended"},
                day(12, 31): {"status": "in_progress"},
                day(1, 15): {"status": "done"},
            },
        ),
        Story(
            _hazard(
                "XF-001", at("歌舞娱乐场所", 3), day(11, 6), day(12, 6), category="疏散通道",
                unit=FIRE, person="何某", location="二层包厢区",
                description="包厢区走廊吊顶垂下布幔遮挡疏散指示，两处防火门闭门器损坏不能自行关闭",
                measure="拆除布幔，更换闭门器，逐门测试",
                done_on=day(12, 4), accepted_on=None,
            ),
        ),
    ]  # fmt: skip


def _in_january(day: _Days, at: _Places) -> list[Story]:
    """Deadlines without a year around the turn of it, and a major hazard that nobody listed."""
    return [
        Story(
            _hazard(
                "YH9008", at("在建文旅项目", 1), day(11, 20), day(12, 20),
                description="在建游客中心外脚手架连墙件缺失七处，作业层没有满铺脚手板",
                measure="停止外架作业，补齐连墙件和脚手板，验收挂牌后复工",
            )
        ),
        Story(
            _hazard(
                "YH9009", at("在建文旅项目", 2), day(12, 25), day(1, 20), category="用电用火",
                description="工地冬季施工用电热毯保温养护，电缆拖地浸水，配电箱没有防雨措施",
                measure="停用电热毯，电缆架空，更换防雨配电箱",
                done_on=day(1, 12), accepted_on=day(1, 14), accepted_by="许某",
            )
        ),
        Story(
            _hazard(
                "YH9010", at("A级旅游景区", 2), day(11, 3), day(12, 10), level="重大",
                category="重大隐患情形", person="吴某",
                description="景区玻璃观景台承重钢索锚固端锈蚀断丝，没有检测报告，仍在接待游客",
                measure="停止开放，委托检测，更换钢索后经专家论证再开放",
            )
        ),
        Story(
            _hazard(
                "YH9011", at("A级旅游景区", 4), day(10, 18), day(12, 1), level="重大",
                category="重大隐患情形", person="吴某", supervised_on=day(10, 23),
                filed_on=day(10, 20),
                description="景区观光小火车制动系统检验超期四个月，下坡段没有限速和防溜装置",
                measure="停运送检，加装限速和防溜装置，检验合格后恢复",
                done_on=day(11, 28), accepted_on=day(12, 5), accepted_by="蒋某",
            )
        ),
    ]  # fmt: skip
