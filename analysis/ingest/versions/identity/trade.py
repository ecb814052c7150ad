"""The words of the trade: what a hazard is about, and what is wrong with it.

Each line is one thing with its names, the first of which stands for all. Two rows that name
things of two lines speak of two things (救生圈, 救生衣), however alike their other words. A thing
that no line has is nothing to go by.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

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
烟感 感烟探测器 烟感探测器
温感 感温探测器
手报 手动报警按钮
声光报警 警铃
报警主机 报警控制器 报警器
气体灭火 气灭 气瓶灭火
应急灯 应急照明灯 应急照明
指示灯 疏散指示 指示牌 指示标志 疏散标志 出口标志
疏散图 疏散平面图
防火门 常闭门 闭门器
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
台阶 踏步 踏板
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
隔断 木板隔
展柜
书架 货架
座椅 椅子
监控 探头 摄像头
锅炉
压力表
安全阀
燃气软管 软管
燃气报警 可燃气体报警
气瓶 液化气 煤气罐
烟道 油烟管道
灶具 炉灶
醇油 醇基燃料
屋顶 屋面 房顶
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
#: What is wrong with it.
FAULTS = """
缺 少 无 未配 未设 未装 未安装 未配备 未设置 没有 没配 没装 拆除 被拆 不足
坏 损坏 破损 故障 不亮 不启 失灵 不灵 打不开 黑屏 离线 断 裂 破 松 脱 掉 变形 朽 锈 翘 垮
过期 超期 到期 失效 过有效期 超过有效期 逾期 超检期 未检 未年检 未校验
失压 压力不足 压力低
堵 堆 占 遮挡 挡 埋 停放
锁 上锁 封死 封闭
漏 渗
裸露 外露 老化 私拉 乱拉 乱接 串接 未穿管 没穿管 无穿管 破皮 飞线
无证 未持证 没证
未洗 没洗 油污 积绒 未清 未清洗
超员 超量
"""

#: Other words for one place or one act.
OTHERS = """
未 没有 没 未能 尚未 未曾 不
移动 挪动
内 里面 里头 内部 里
大厅 大堂 前厅
走廊 走道 过道 楼道
卫生间 厕所 洗手间 公厕 浴室 淋浴间
厨房 后厨 操作间 灶房 灶间 伙房
仓库 库房 储藏室
离 距离 距
换 更换
吧台 前台 收银台 收银处 服务台 柜台
包房 包厢 包间
冷库 冻库
值班室 门卫室 门卫 传达室 门房
小卖部 卖品部 小卖铺
"""


def _names(lines: str) -> dict[str, int]:
    return {
        name: number
        for number, line in enumerate(lines.strip().splitlines())
        for name in line.split()
    }


_THINGS, _FAULTS = _names(THINGS), _names(FAULTS)
_FIRST = {
    name: line.split()[0]
    for lines in (THINGS, FAULTS, OTHERS)
    for line in lines.strip().splitlines()
    for name in line.split()
}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


_THING, _FAULT, _ANY = _pattern(_THINGS), _pattern(_FAULTS), _pattern(_FIRST)


#: 没做年检 is 未年检, 没得 is 没有.
_NOT_DONE = re.compile(r"(?:尚?未|没有?|没得)(?:做过?|进行|经过?|按[期时]|定期|及时)+")
_NOT_HAD = re.compile(r"没得|冇")


@lru_cache(maxsize=100_000)
def in_one_word(text: str) -> str:
    """A text with the first name of a line for each of its names."""
    return _ANY.sub(lambda match: _FIRST[match.group()], _negated(text))


def _negated(text: str) -> str:
    """A text with one way to say that something was not done or is not there."""
    return _NOT_HAD.sub("没有", _NOT_DONE.sub("未", text))


@lru_cache(maxsize=100_000)
def things(text: str) -> frozenset[int]:
    """What a description is about, as lines of THINGS."""
    return frozenset(_THINGS[name] for name in _THING.findall(text))


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
