"""The words of the trade: what a hazard is about, and what is wrong with it.

Each line is one thing with its names, the first of which stands for all. Two rows that name
things of two lines speak of two things (救生圈, 救生衣), however alike their other words. A thing
that no line has is nothing to go by.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

#: What a description finds wrong, as (line, part of the line) of FAULTS and FINDINGS.
Shades = frozenset[tuple[int, int]]
#: What is looked at.
THINGS = """
灭火器 灭火器材
灭火毯
消火栓 消防栓 试验栓
水带
水枪
水泵 消防泵 稳压泵
接合器 结合器
水箱
消防水池 蓄水池
喷淋 喷头
烟感 感烟探测器 烟感探测器 感烟报警器 烟感报警器 感烟报警 烟雾报警器 烟雾探测器 烟感探头 \
感烟火灾探测器 独立式感烟报警器 独立式烟感 独立烟感 感烟器
温感 感温探测器
手报 手动报警按钮
声光报警 警铃
报警主机 报警控制器 报警器
气体灭火 气灭 气瓶灭火
应急灯 应急照明灯 应急照明
指示灯 疏散指示 指示牌 指示标志 疏散标志 出口标志 标志灯 指示标识 疏散指示灯 疏散指示牌 \
疏散指示标志 疏散指示标识 疏散标志灯 出口灯 出口标志灯 出口指示灯 安全出口灯 安全出口标志 \
安全出口标志灯 安全出口指示灯 安全出口指示牌 安全指示灯
疏散图 疏散平面图
防火门 常闭门
闭门器
卷帘
排烟窗
排烟机 排烟风机 排风机
挡烟垂壁
逃生绳 缓降器
防毒面具 防烟面罩 面罩 呼吸器
逃生窗 窗户 窗扇
防盗网 窗栅 护窗
疏散门 安全门
安全出口 出口
疏散通道 消防通道 通道
楼梯
扶梯
电梯 客梯 货梯
扶手
护栏 栏杆 栏板 护网 防护网
台阶 踏步 踏板 步级 步梯 梯步
防滑垫
防滑条
配电箱 电箱 配电柜
漏保 漏电保护器 空开 断路器
接地线 接地
电线 线路 电路 电源线 线头
插座 插排 插线板 插板 接线板 排插
电动车 电瓶车 电动自行车
充电桩
电热毯
取暖器 电暖器 电热器 小太阳
电热水器 热水器
空调
吊扇
射灯
吊灯
吊顶 顶棚 天花板
隔断 隔板 木板隔
展柜
书架 货架
座椅 椅子
监控 探头 摄像头
锅炉
压力表
安全阀
燃气软管 软管
燃气报警 可燃气体报警 可燃气体探测 燃气探测 燃气泄漏报警 燃气泄露报警
气瓶 液化气 煤气罐
烟道 油烟管道
灶具 炉灶 燃气灶 煤气灶 灶台
醇油 醇基燃料
屋顶 屋面 房顶 楼顶 天面
墙体 围墙 墙裂
边坡 落石 滑坡
标识 标志牌 警示牌 警示标志 水深标识
救生圈
救生衣
救生员
健康证
电工证
预案
演练
台账
培训
安全带
破窗锤 安全锤
校车
索道 吊厢
滑梯
滑道
蹦床
秋千
篮球架
足球门 球门
双杠
单杠
舞台 背景架
拉索
床垫
纸箱
水表
井盖
"""
#: What is wrong with it. Faults of one line are often put for one another; those that a bar parts
#: are not the same, and two clerks who write them of one thing may mean two hazards.
FAULTS = """
缺 少 无 未配 未设 未装 未安装 未配备 未设置 没有 没配 没装 拆除 被拆 缺失 不足 不够
坏 损坏 | 故障 不亮 不启 失灵 不灵 打不开 黑屏 离线 | 断 裂 破 破损 | 松 脱 掉 翘 | 变形 垮 \
| 朽 锈
过期 超期 到期 失效 过有效期 超过有效期 逾期 超检期 未检 未年检 未校验
失压 压力不足 压力低
堵 堆 占 遮挡 挡 埋 停放
锁 上锁 封死 封闭
漏 渗
裸露 外露 破皮 | 老化 | 私拉 乱拉 乱接 串接 飞线 | 未穿管 没穿管 无穿管
无证 未持证 没证
未洗 没洗 油污 积绒 未清 未清洗
超员 超量
"""
#: More that is wrong, of which no two exclude each other; the first lines go on those of FAULTS.
FINDINGS = """
不见 丢失 空缺 不齐 缺员 只有 仅有
不工作 断电 熄灭 不通 无声 卡死 卡住 误报 跳闸 | 碎 断丝 断股 裂纹 | 晃 摇 不牢 不稳 抖 \
没固定 未固定 | 斜 歪 鼓 塌 沉 | 烂 腐 蛀
报废
压力指针 红区
摆放 放置 停满 停车 存放 叠
锁闭 关死 反锁
滴水 渗水 积水 冒水
露出 露在 裸线 | | 乱 缠 打火 烧黑 发热 过热 |
未持 没带证
油垢 油厚
超载 超过 满员
未关 没关 敞开 敞着 常开
太近 过近 紧靠 紧挨 紧贴 靠近 挨着 贴着 间距 离
看不清 不清 模糊 褪色 掉色
湿滑 滑 青苔
易燃 可燃 泡沫 未阻燃 不阻燃
住人 居住 留宿 睡
磨损 起刺 磨
没人 无人 离人
装反 反向 错误 开反
"""
#: Of the second line: whatever is broken in one way or another.
BROKEN = ("坏", "损坏")

#: Other words for one place or one act.
OTHERS = """
未 没有 没 未能 尚未 未曾 不
移动 挪动
内 里面 里头 内部 里
大厅 大堂 前厅
走廊 走道 过道 楼道
卫生间 厕所 洗手间 公厕 浴室 淋浴间 淋浴房 淋浴室 冲淋房 冲凉房 洗澡间
厨房 后厨 操作间 灶房 灶间 伙房
仓库 库房 储藏室
离 距离 距
换 更换
吧台 前台 收银台 收银处 服务台 柜台
包房 包厢 包间
冷库 冻库
值班室 门卫室 门卫 传达室 门房
小卖部 卖品部 小卖铺
顶楼 顶层
屋顶 天台 屋顶平台 楼顶平台
午睡 午休
门口 门前 门外
后台 幕后 舞台后
消控室 消防控制室 中控室 消防监控室
配电房 配电室 配电间
锅炉房 锅炉间
泵房 水泵房 消防泵房
食堂 饭堂
宿舍 寝室
制动 刹车
螺丝 螺栓 螺钉
烟头 烟蒂
司机 驾驶员
教练 教练员
招牌 广告牌 店招
按钮 按键 开关
"""


def _names(lines: str) -> dict[str, int]:
    return {
        name: number
        for number, line in enumerate(lines.strip().splitlines())
        for name in line.replace("|", " ").split()
    }


def _shades(lines: str) -> dict[str, tuple[int, int]]:
    return {
        name: (number, shade)
        for number, line in enumerate(lines.strip().splitlines())
        for shade, names in enumerate(line.split("|"))
        for name in names.split()
    }


_THINGS, _FAULTS, _SHADES = _names(THINGS), _names(FAULTS), _shades(FAULTS)
_ALL_SHADES = _shades(FINDINGS) | _SHADES
_FIRST = {
    name: line.split()[0]
    for lines in (THINGS, FAULTS, OTHERS)
    for line in lines.strip().splitlines()
    for name in line.replace("|", " ").split()
}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


_THING, _FAULT, _ANY = _pattern(_THINGS), _pattern(_FAULTS), _pattern(_FIRST)
_BROKEN = frozenset(_SHADES[name] for name in BROKEN)
_SHADE = _pattern(_ALL_SHADES)
_EXCLUDING = frozenset(_SHADES.values()) | {_ALL_SHADES["只有"]}


#: 没做年检 is 未年检, 没得 is 没有.
_NOT_DONE = re.compile(r"(?:尚?未|没有?|没得)(?:做过?|进行|经过?|按[期时]|定期|及时|年度)+")
_NOT_CHECKED = re.compile(r"未年?(?:检[测验]|校验|标定|年?审)")
_NOT_HAD = re.compile(r"没得|冇")
#: 没铺, 未张贴: what should be there is not.
_NOT_PUT = re.compile(
    r"(?:未|没有?|无)(?:配[备置]?|设[置立]?|安?装|铺设?|张?贴|摆放?|悬?挂|放置?|立|建|加装|留设?|佩?戴|带)"
)
#: 没有健康证, 未取得救生员证.
_NO_PAPER = re.compile(
    r"(?:没有?|无|未)(?:持有?|取得|办理?|带)?[\u4e00-\u9fff]{0,4}?(?<![验认])证(?!明)"
)
#: 仅1名, 只剩1个.
_ONLY = re.compile(r"[只仅](?:有|剩|设|到岗|配)?(?=\d|一)")
#: 不下降, 不转, 开不了: it does not do what it is there for.
_NOT_WORKING = re.compile(
    r"(?:不|无法|不能|未能)(?:能|会|再)?(?:正常)?"
    r"(?:下降|升降|转动|动作|出水|工作|运行|使用|联动|反馈|复位|启动|开启|打开|闭合|关闭|充电|[降升转响启亮通闭])"
    r"|[开关锁闭合降落升推拉打放插按转拧]不[到下上了严住紧开动着牢]"
)
#: Words of every second hazard: they tell nothing of what it is about.
_COMMON = re.compile(
    r"应急|消防|安全|防护|防火|疏散|人员|员工|工作|值班|设施|设备|装置|器材|系统|部分|问题|现场|严重|违规|使用"
    r"|[室房间处部区边旁面上下里内外用从把人个具只块根盏条张件门口]"
)


@lru_cache(maxsize=100_000)
def in_one_word(text: str) -> str:
    """A text with the first name of a line for each of its names."""
    return _ANY.sub(lambda match: _FIRST[match.group()], _negated(text))


def _negated(text: str) -> str:
    """A text with one way to say that something was not done or is not there."""
    return _NOT_CHECKED.sub("未检", _NOT_HAD.sub("没有", _NOT_DONE.sub("未", text)))


@lru_cache(maxsize=100_000)
def things(text: str) -> frozenset[int]:
    """What a description is about, as lines of THINGS."""
    return frozenset(_THINGS[name] for name in _THING.findall(text))


def without_things(text: str, place: str) -> str:
    """What a description says beside the things that it is about; a thing by which a place is
    called (滑梯区) stays.
    """
    return _THING.sub(lambda match: match.group() if match.group() in place else "", text)


@lru_cache(maxsize=100_000)
def said_of_thing(text: str) -> tuple[str, str]:
    """What stands beside the first thing in a description, and what stands behind it.

    Where nothing stands behind it (未配灭火器), what stands before it is said of it.
    """
    match = _THING.search(text)
    if match is None:
        return text, text
    before, behind = text[: match.start()], text[match.end() :]
    return before + behind, behind or before


@lru_cache(maxsize=100_000)
def faults(text: str) -> frozenset[int]:
    """What a description finds wrong, as lines of FAULTS."""
    # What is 未配, 无证 is missing too, in the words of another clerk.
    return frozenset(
        line
        for name in _FAULT.findall(_negated(text))
        for line in ((_FAULTS[name], 0) if name[0] in "未没无" else (_FAULTS[name],))
    )


@lru_cache(maxsize=100_000)
def shades(text: str) -> Shades:
    """What a description finds wrong, as (line, part of the line) of FAULTS."""
    said = _NO_PAPER.sub("无证", _ONLY.sub("只有", _negated(text)))
    said = _NOT_PUT.sub("未配", _NOT_WORKING.sub("不启", said))
    names = {*_SHADE.findall(said), *_SHADE.findall(said.replace("没有", "未"))}
    return frozenset(_ALL_SHADES[name] for name in names)


def is_one_shade(one: Shades, other: Shades) -> bool:
    """Whether two descriptions find the same wrong; what is broken is so in some way."""
    line = next(iter(_BROKEN))[0]
    is_broken = bool((one | other) & _BROKEN)
    return bool(one & other) or (
        is_broken and all(any(number == line for number, _ in each) for each in (one, other))
    )


@lru_cache(maxsize=100_000)
def subject(text: str) -> tuple[str, str]:
    """What a description in one word says beside its fault, with its things and without them."""
    said = _COMMON.sub("", _FAULT.sub("", text))
    return said, _COMMON.sub("", _FAULT.sub("", _THING.sub("", text)))


def are_other_shades(one: Shades, other: Shades) -> bool:
    """Whether two descriptions find what no two clerks would put for one another."""
    first, second = one & _EXCLUDING, other & _EXCLUDING
    return bool(first and second) and not is_one_shade(one, other)
