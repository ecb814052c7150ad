"""Which column names the place of a hazard where none is headed as its site.

Many ledgers have one column for the place, called 位置, 地点, 设备, 路段 or 点位. Hazards without a
site have a title that names no place, and cannot be matched to the rows of another ledger, so
what such a column says is the site: unless it only tells parts of one, 一楼大厅, 东侧通道, which
are no place without it.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import chain

from analysis.ingest.cells.values import EMPTY, as_text
from analysis.ingest.files.sheets import Grid
from analysis.ingest.headers.vocabulary import SEQUENCE, Header, Vocabulary
from analysis.ledgers import Field, Ledger
from analysis.ledgers.grammar import says
from analysis.ledgers.words import CLASSES

#: Headers of what is a part of something by its own meaning: the cells must name a site to be one.
OF_A_PART = re.compile(r"部位|区域|方位|具体(?:位置|地点)$")
#: A place that stands for itself, and is no part of another.
POINT = re.compile(r"^(?:隐患|检查|问题)?点位(?:名称)?$")
#: Headers of things that stand somewhere by themselves, and of places in words of their own.
OF_A_THING = re.compile(
    r"(?:设备|设施|装置|路段|桩号|线路|道路|公路|桥梁|隧道|航道|水域|水体|河流|河湖|湖泊|河道|河段|"
    r"岸线|水库|山塘|塘坝|沙滩|浴场|船舶|船只|游船|车辆|车队|建筑物?|"
    r"楼栋|房屋|校区|景点|隐患点|风险点|检查点|所在地|地点|业主|经营户)"
    r"(?:使用|所在|管理|权属|产权)?(?:名称|单位)?$|^船名$|^(?:管理|权属|产权)单位$"
)
#: Between what a header says it is the one or the other: 设备/场所, 路段或桥梁.
EITHER = re.compile(r"[/、,，或和与及]")
#: Headers of who inspects or answers, and of what is done: no place, whatever the cells end in.
OF_OTHERS = re.compile(
    r"人$|人员|领导|电话|姓名|组长|科室|部门|措施|意见|要求|原因|依据|情况|备注|照片|图片|附件|"
    r"类|行业|业态|性质|领域"
)
#: The class of 地址 among the words of headers.
ADDRESS = "ADDRESS"

#: Words of which the name of a part is made; none of them says what it is a part of.
PART_WORDS = (
    "地下 负 第 整 各 每 全 共 约 多 部分 所有 附近 以及 周边 四周 室内 室外 户外 场内 场外 "
    "院内 院外 店内 馆内 楼内 现场 中间 中央 尽头 角落 号 楼 层 座 栋 幢 单元 处 区 区域 台 "
    "房 房间 室 间 厅 大厅 大堂 门厅 走廊 走道 过道 楼梯 台阶 平台 扶梯 电梯 通道 疏散 消防 "
    "安全 应急 出口 入口 出入口 进口 大门 门口 门 窗 窗口 厨房 后厨 操作 配电 发电 设备 "
    "控制 监控 值班 水泵 锅炉 弱电 强电 机房 仓库 库房 储藏 杂物 宿舍 客房 包厢 包间 雅间 "
    "卫生间 洗手间 厕所 浴室 更衣 屋顶 楼顶 天台 阳台 露台 车库 井道 井 前台 吧台 收银台 "
    "办公 会议 接待 休息 就餐 餐厅 食堂 舞台 看台 观众席 放映 影厅 展厅 阅览 教室 活动 院子 "
    "围墙 外墙 墙面 墙角 拐角 转角 吊顶 地面 口 部"
)
_SIDE = "[东西南北左右前后上下内外正侧中顶底](?:侧|面|边|端|头|部|方|角|门|院|区|间)?"
_SIGN = "[\\da-z一二三四五六七八九十百零〇甲乙丙丁男女#~/,、()的及和与至旁-]"
# The longest first, and nothing is tried twice: a cell may be of anybody's making.
PART = re.compile(
    rf"(?>{'|'.join(sorted(PART_WORDS.split(), key=len, reverse=True))}|{_SIDE}|{_SIGN})++"
)
_KINDS = "|".join(
    re.escape(word.lower())
    for word in sorted(CLASSES["SITE"].split(), key=len, reverse=True)
    if len(word) > 1
)
_SHORT_KINDS = (
    "[小中大]学|[步栈索滑]道|[草广]场|古镇|"
    "[路街巷桥山湖河江海岛岭峰谷洞泉村镇乡县市寨坝湾滩站港园馆院寺庙宫观塔城店庄]"
)
#: What sites are called; behind the first sign, so that something of its own stands in front.
NAMED = re.compile(rf".(?:{_KINDS}|{_SHORT_KINDS})")
ENDS_AS_SITE = re.compile(rf".(?:{_KINDS}|{_SHORT_KINDS})(?:\([^()]*\))?$")
#: Rooms and what is fixed in them: a part of a building though other words stand in front.
ROOM = re.compile(r"(?:[间室廊梯层箱柜厅顶墙]|[门出入]口|大堂)$")
LONGEST_ROOM = 10
#: What an office calls itself; where it is not the place, it is who inspected.
ORGAN = re.compile(r"(?:[局委办]|办公室|委员会|大队|支队|政府|专班|检查组)$")
#: So many of a column's cells must speak for it.
MOSTLY = 0.5
#: A cell longer than this tells what happened, and names no place.
LONGEST_PLACE = 30


def name_the_place(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    taken: dict[int, Field],
    lent: Container[str],
) -> dict[int, str]:
    """Give the column that names the place to the site, where no other column does.

    ``lent`` are fields that the lines above the rows say. Changes ``taken``, columns → fields;
    returns what is to be told of a column that was so guessed.
    """
    by_name = {field.name: index for index, field in taken.items()}
    has_parts = "location" in ledger.columns
    # A register of acceptances names items as the ledgers do, and has no parts of a site.
    is_of_sites = "site" in ledger.columns and (has_parts or ledger.is_act_on_items)
    if not is_of_sites or "site" in {*by_name} or "site" in lent:
        return {}
    index = by_name.get("location")
    if index is None:
        index = _unclaimed_place(vocabulary, ledger, headers, rows, taken)
        if index is None:
            return {}
        if has_parts:
            taken[index] = ledger["location"]
    elif vocabulary.own_field(ledger, headers[index]):
        return {}  # the office has said so
    if _is_site(vocabulary, ledger, headers[index], cells_of(rows, index)):
        taken[index] = ledger["site"]
    if index not in taken or (taken[index].name, by_name.get("location")) == ("location", index):
        return {}
    if POINT.search(headers[index].last) or headers[index].unit:
        return {}
    label = taken[index].label
    return {index: f"“{headers[index].path}”按“{label}”读取，如不对请改用标准表头"}


def _is_site(vocabulary: Vocabulary, ledger: Ledger, header: Header, cells: Sequence[str]) -> bool:
    """Whether the only column that says where names the site, by its header or by its cells."""
    if header.unit and _says_site(vocabulary, ledger, header.unit):
        return True  # 点位（场所）
    if not cells:
        return bool(POINT.search(header.last))
    return names_places(header.last, cells)


def cells_of(rows: Grid, index: int) -> list[str]:
    """The distinct texts of a column."""
    texts = (as_text(row[index]) or "" for row in rows)
    return list(dict.fromkeys(text for text in texts if text not in EMPTY))


def names_places(header: str, cells: Sequence[str]) -> bool:
    """Whether most of a column's cells name a place that is known without another column."""
    if says(header, ADDRESS):
        return _share(cells, _ends_as_site) > MOSTLY
    if OF_A_PART.search(header):
        return _share(cells, is_named) >= MOSTLY
    return _share(cells, is_part) < MOSTLY


def is_part(text: str) -> bool:
    """Whether a text tells a part of some site, and not of which: 一楼大厅, 厨房配电箱."""
    plain = _plain(text)
    if len(plain) > LONGEST_PLACE:
        return False
    is_room = len(plain) <= LONGEST_ROOM and bool(ROOM.search(plain)) and not NAMED.search(plain)
    return is_room or bool(PART.fullmatch(plain))


def is_named(text: str) -> bool:
    """Whether a text has the name of a site: 某某宾馆, 某某宾馆一楼大厅, 某某路口."""
    plain = _plain(text)
    return len(plain) <= LONGEST_PLACE and bool(NAMED.search(plain)) and not is_part(text)


def _unclaimed_place(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    taken: Mapping[int, Field],
) -> int | None:
    """The first column of no field that is headed as a thing, says sites, or is of addresses."""
    free = [
        index
        for index, header in enumerate(headers)
        if index not in taken and header.last and header.last not in SEQUENCE
        if not OF_OTHERS.search(header.path)
    ]
    cells = {index: cells_of(rows, index) for index in free}
    names = [index for index in free if _may_be_names(cells[index])]
    things = (n for n in names if _is_thing(vocabulary, ledger, headers[n].last))
    sites = (n for n in names if _share(cells[n], _ends_as_site) >= MOSTLY)
    addresses = (n for n in names if says(headers[n].last, ADDRESS))
    return next(chain(things, sites, addresses), None)


def _is_thing(vocabulary: Vocabulary, ledger: Ledger, header: str) -> bool:
    """Whether a header, or one of the things between which it leaves a choice, is of a place."""
    if OF_A_THING.search(header):
        return True
    choices = EITHER.split(header)
    return len(choices) > 1 and any(
        OF_A_THING.search(each) or _says_site(vocabulary, ledger, each) for each in choices
    )


def _says_site(vocabulary: Vocabulary, ledger: Ledger, text: str) -> bool:
    claims = vocabulary.claims_of(ledger, Header(text, text, ""))
    return any(claim.field.name == "site" for claim in claims)


def _may_be_names(cells: Sequence[str]) -> bool:
    """Whether a column's cells may be names: short, of letters, and not of offices."""
    return bool(cells) and _share(cells, _may_be_name) > MOSTLY


def _may_be_name(text: str) -> bool:
    plain = _plain(text)
    is_short = len(plain) <= LONGEST_PLACE
    return is_short and bool(re.search(r"[^\W\d_]", plain)) and not ORGAN.search(plain)


def _ends_as_site(text: str) -> bool:
    return is_named(text) and bool(ENDS_AS_SITE.search(_plain(text)))


def _share(cells: Sequence[str], is_so: Callable[[str], bool]) -> float:
    return sum(map(is_so, cells)) / len(cells)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()
