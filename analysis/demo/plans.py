"""The two plans that are carried out side by side, and how far each measure comes. 模拟数据."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.demo.world import LEAD_UNIT, MEMBER_UNITS, SIGNERS


@dataclass(frozen=True, slots=True)
class Measure:
    """One detailed measure, as the plan lays it down; days are those of its deadline."""

    no: str
    text: str
    rect_type: str
    unit: str
    person: str
    support: str
    #: The deadline as it is written, and the day that is meant.
    due_text: str
    due_on: date | None
    #: Last day of a half month → what its unit says then: a status and, where it says so, a day.
    progress: Mapping[date, tuple[str, date | None]] = field(default_factory=dict)
    #: How much of which duty it asks for, and how often; a measure that asks for none has none.
    frequency: str | None = None
    quantity: int | None = None
    duty_kind: str | None = None

    @property
    def short(self) -> str:
        """Its text as its unit shortens it: up to the first comma."""
        return self.text.partition("，")[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with its measures."""

    problem: str
    manifestation: str
    measure: str
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: when it was issued and received, its calendar of nodes, its problems."""

    number: str
    title: str
    issued_on: date
    received_on: date
    begun_on: date
    first_node_on: date
    node_days: int
    problems: Sequence[Problem]
    #: The day on which its annex came as a file of its own.
    annex_on: date | None = None

    @property
    def measures(self) -> list[Measure]:
        """All its detailed measures in order."""
        return [measure for problem in self.problems for measure in problem.measures]


def key_of(plan: Plan, measure: Measure) -> str:
    """By what a measure is known among those of all plans."""
    return f"{plan.number} {measure.no}"


def day_words(day: date) -> str:
    """A deadline without its year, as plans write it."""
    return f"{day.month}月{day.day}日前"


def make_plans(year: int) -> tuple[Plan, Plan]:
    """The plan of a year's September, and what the holiday's inspection brought in October."""
    return _main(year), _holiday(year)


def _due(day: date) -> tuple[str, date]:
    return day_words(day), day


def _main(year: int) -> Plan:
    ends = _ends(year)
    return Plan(
        number=f"模拟文旅安发〔{year}〕6号",
        title="文化旅游领域安全突出问题整改方案（模拟数据）",
        issued_on=date(year, 9, 28),
        received_on=date(year, 10, 7),
        begun_on=date(year, 10, 8),
        first_node_on=date(year, 10, 15),
        node_days=15,
        annex_on=date(year, 10, 9),
        problems=(
            _responsibility(year, ends),
            _fire_safety(year, ends),
            _equipment(year, ends),
            _closing_the_loop(year, ends),
        ),
    )


def _holiday(year: int) -> Plan:
    ends = _ends(year)
    return Plan(
        number=f"模拟文旅安发〔{year}〕9号",
        title="国庆假期督查反馈问题整改方案（模拟数据）",
        issued_on=date(year, 10, 12),
        received_on=date(year, 10, 13),
        begun_on=date(year, 10, 20),
        first_node_on=date(year, 10, 31),
        node_days=30,
        problems=(
            _crowds(year, ends),
            _duty_at_night(year, ends),
        ),
    )


def _responsibility(year: int, ends: Sequence[date]) -> Problem:
    """Who answers for what, and how meetings deal with it."""
    return Problem(
        "安全责任没有压到最末一级",
        "部分景区、民宿和文化娱乐场所的主要负责人说不清自己"
        "的安全职责，例会以传达文件代替研究问题，"
        "挂牌责任人变动以后公示牌半年没有更换，"
        "出了问题找不到第一责任人。",
        "把责任分解到场所、到岗位、到人，以会议解决问题、以公示接受监督。",
        (
            Measure(
                "1-1",
                "逐家核对全县文化旅游场所的挂牌责任人，"
                "人员变动的在十日内更换公示牌，公示牌写明姓名、"
                "职务和举报电话，并由乡镇现场拍照留存",
                "限期整改",
                LEAD_UNIT,
                "周某",
                "各乡镇",
                *_due(date(year, 10, 31)),
                {ends[0]: ("in_progress", None), ends[1]: ("done", date(year, 10, 28))},
            ),
            Measure(
                "1-2",
                "每月至少召开1次安全生产例会，听取各成员单位整改进展"
                "，逐条研究逾期事项的难点堵点，会后三日内印发纪要并"
                "明确承办单位和时限",
                "长期坚持",
                LEAD_UNIT,
                "周某",
                "各成员单位",
                "长期坚持",
                None,
                {ends[0]: ("ongoing", None), ends[2]: ("ongoing", None)},
                "每月",
                1,
                "例会",
            ),
            Measure(
                "1-3",
                "由县应急局牵头修订文化旅游突发事件应急预案，"
                "把汛期、森林防火期和节假日大客流三种情形分别写明处"
                "置流程，组织一次桌面推演并形成评估意见",
                "限期整改",
                "县应急局",
                "吴某",
                "县消防救援支队、县气象局",
                *_due(date(year, 12, 20)),
                {ends[3]: ("in_progress", None), ends[5]: ("done", date(year, 12, 26))},
                None,
                1,
            ),
        ),
    )


def _fire_safety(year: int, ends: Sequence[date]) -> Problem:
    """Fire safety of guest houses, hotels and halls."""
    return Problem(
        "消防安全基础薄弱",
        "民宿和星级饭店的消防设施缺损后长期不修，"
        "歌舞娱乐场所营业期间锁闭安全出口，员工不会使用灭火"
        "器；自建房改作经营的没有做过结构鉴定，"
        "雨季以后墙体开裂无人过问。",
        "对民宿、饭店、娱乐场所开展一轮过筛式整治，补齐设施短板，练熟逃生本领。",
        (
            Measure(
                "2-1",
                "对全县民宿、星级饭店和歌舞娱乐场所逐家开展消防安全"
                "检查，重点查安全出口、疏散通道、报警联动和用火用电"
                "，检查记录由检查人员和场所负责人共同签字",
                "限期整改",
                "县消防救援支队",
                "何某",
                "县公安局",
                *_due(date(year, 11, 20)),
                {
                    ends[1]: ("in_progress", None),
                    ends[2]: ("in_progress", None),
                    ends[3]: ("done", date(year, 11, 18)),
                },
            ),
            Measure(
                "2-2",
                "督促旅游民宿在客房安装独立式感烟报警器，"
                "对安装确有困难的由乡镇登记造册，分批给予补助，"
                "安装完成情况随半月报一并报告",
                "限期整改",
                "县消防救援支队",
                "何某",
                "各乡镇",
                *_due(date(year, 12, 31)),
                {ends[4]: ("in_progress", None), ends[6]: ("done", None)},
            ),
            Measure(
                "2-3",
                "对改作旅游经营的自建房逐栋委托鉴定，"
                "鉴定为C级、D级的立即停用并设置警示，"
                "建立一栋一档，档案由县住建局统一保管",
                "限期整改",
                "县住建局",
                "宋某",
                "各乡镇",
                *_due(date(year, 12, 20)),
                {ends[1]: ("in_progress", None), ends[6]: ("in_progress", None)},
            ),
        ),
    )


def _equipment(year: int, ends: Sequence[date]) -> Problem:
    """Rides, water, camping grounds and roads."""
    return Problem(
        "重点设备和涉水涉林项目监管不严",
        "大型游乐设施和客运索道的检验日期接近到期仍在接待游"
        "客，漂流项目的救生衣数量不足，露营地夜间明火烧烤无"
        "人看管，通景公路急弯路段的护栏损坏后只拉了警戒带。",
        "以设备检验、持证上岗和现场值守为抓手，把监管落到设备、落到路段、落到夜间。",
        (
            Measure(
                "3-1",
                "对大型游乐设施和客运索道逐台核对检验日期，"
                "提前三十日书面提醒，到期未检的一律停用，"
                "停用和恢复都要有照片和签字",
                "限期整改",
                "县市场监管局",
                "施某",
                LEAD_UNIT,
                *_due(date(year, 10, 31)),
                {ends[0]: ("in_progress", None), ends[2]: ("done", date(year, 11, 8))},
            ),
            Measure(
                "3-2",
                "清点全县水上游乐项目的救生衣、救生圈和巡护船只，"
                "缺少的限期补足，从业人员救护证件过期的重新培训考核",
                "限期整改",
                "县水利局",
                "施某",
                "县交通局",
                *_due(date(year, 11, 15)),
                {ends[1]: ("done", date(year, 10, 30))},
            ),
            Measure(
                "3-3",
                "划定露营地用火区并配足灭火器材，进入森林防火期以后"
                "禁止一切野外用火，安排专人在进山路口值守检查",
                "限期整改",
                "县自然资源局",
                "唐某",
                "各乡镇",
                *_due(date(year, 11, 30)),
                {ends[3]: ("done", date(year, 11, 29))},
            ),
            Measure(
                "3-4",
                "修复通景公路急弯、临水路段损坏的护栏，"
                "完成以前设置限速和夜间反光标志，修复完成由县交通局"
                "会同属地乡镇逐段验收",
                "限期整改",
                "县交通局",
                "梁某",
                "各乡镇",
                *_due(date(year + 1, 1, 31)),
                {ends[2]: ("in_progress", None), ends[6]: ("in_progress", None)},
            ),
        ),
    )


def _closing_the_loop(year: int, ends: Sequence[date]) -> Problem:
    """Hazards that are put right for good."""
    return Problem(
        "隐患闭环管理有缺口",
        "有的单位报了整改完成却拿不出照片和复查记录，"
        "有的隐患从台账里悄悄消失，有的重大隐患没有挂牌，"
        "也没有人签字验收，销号以后一个月同一处又出了同样的"
        "问题。",
        "建立发现、整改、验收、销号各有其人的闭环，逐条销号，不搞一次性清零。",
        (
            Measure(
                "4-1",
                "对所有重大隐患逐条挂牌督办，写明督办领导、"
                "整改期限和进度要求，整改完成以后由组长或副组长签字"
                "验收，没有签字一律不得销号",
                "长期坚持",
                LEAD_UNIT,
                "周某",
                "各成员单位",
                "长期坚持",
                None,
                {ends[0]: ("ongoing", None)},
            ),
            Measure(
                "4-2",
                "围绕整改中反复出现的问题开展专题调研，"
                "形成调研报告2份，提出可以写进制度的意见并提请专班会"
                "议审议",
                "限期整改",
                LEAD_UNIT,
                "周某",
                "县应急局",
                *_due(date(year, 11, 20)),
                {ends[3]: ("done", date(year, 11, 17))},
                None,
                2,
                "调研报告",
            ),
            Measure(
                "4-3",
                "组织乡镇之间开展交叉互检，检查组不得检查自己所在的"
                "乡镇，发现而本地没有报的隐患单独列出通报",
                "限期整改",
                LEAD_UNIT,
                "王某",
                "各乡镇",
                *_due(date(year, 12, 15)),
                {ends[4]: ("done", date(year, 12, 14))},
            ),
        ),
    )


def _crowds(year: int, ends: Sequence[date]) -> Problem:
    """Crowds at the holiday."""
    return Problem(
        "假期大客流应对准备不足",
        "假期前三日两家景区入口排队超过四十分钟，"
        "限流提示晚于拥堵发生，停车场引导人员不足，"
        "个别讲解点游客滞留在临崖平台。",
        "按最大承载量倒排岗位，提示在前、限流在前、疏导在前。",
        (
            Measure(
                "1-1",
                "逐个景区重新核定瞬时最大承载量，在入口和线上同步公"
                "布余量，达到八成时启动限流并由专人在临崖平台分段放行",
                "限期整改",
                LEAD_UNIT,
                "郑某",
                "县公安局",
                *_due(date(year, 11, 30)),
                {ends[2]: ("in_progress", None), ends[3]: ("done", date(year, 11, 24))},
            ),
            Measure(
                "1-2",
                "在游客集中的停车场增设临时引导岗和应急出口，"
                "雨雪天气提前撒布防滑材料，并与公安交管共享实时车流",
                "限期整改",
                "县公安局",
                "高某",
                "县交通局",
                *_due(date(year, 12, 25)),
                {ends[5]: ("done", date(year, 12, 22))},
            ),
        ),
    )


def _duty_at_night(year: int, ends: Sequence[date]) -> Problem:
    """Who is on duty at night, and what is reported when."""
    return Problem(
        "夜间值守和信息报告不及时",
        "抽查值班电话三次两次无人接听，一起游客受伤的事情次日才报到专班办公室。",
        "值班有人在岗、情况有人报告、处置有人跟踪。",
        (
            Measure(
                "2-1",
                "假期和重要时段实行领导带班和电话双人值守，"
                "专班办公室在夜间不打招呼抽查，抽查结果次日公布",
                "长期坚持",
                LEAD_UNIT,
                "郑某",
                "各成员单位",
                "长期坚持",
                None,
                {ends[2]: ("ongoing", None)},
            ),
            Measure(
                "2-2",
                "制定文旅场所突发情况首报续报办法，明确十五分钟内电"
                "话首报、两小时内书面续报，瞒报迟报的在全县通报",
                "限期整改",
                LEAD_UNIT,
                "郑某",
                "县应急局",
                *_due(date(year, 11, 10)),
                {ends[2]: ("done", date(year, 11, 9))},
            ),
        ),
    )


def _ends(year: int) -> tuple[date, ...]:
    """Last days of the half months in which measures are reported on, from October on."""
    return (
        date(year, 10, 15), date(year, 10, 31), date(year, 11, 15), date(year, 11, 30),
        date(year, 12, 15), date(year, 12, 31), date(year + 1, 1, 15),
    )  # fmt: skip


def paragraphs(plan: Plan) -> list[str]:
    """The body of a plan, line by line; who leads which measure stands in the annex."""
    lines = [
        "文化旅游安全专班办公室文件", plan.number, plan.title,
        "各乡（镇）人民政府，专班各成员单位：",
        "为把检查中发现的问题一条一条改到位，防止边改边犯、前清后乱，结合各单位职责分工，制定本方案。本文件由模拟程序写成，人名、地名和事情都是虚构的。",
        "一、问题及整改措施",
    ]  # fmt: skip
    for number, problem in enumerate(plan.problems, start=1):
        lines += [
            f"表现形式{number}：{problem.manifestation}",
            f"整改措施（{number}）：{problem.measure}",
            "细化措施：",
            *(f"（{each.no}）：{each.text}。" for each in problem.measures),
            f"时序进度：{_clause(plan, problem)}",
        ]
    return [*lines, *_ending(plan)]


def _clause(plan: Plan, problem: Problem) -> str:
    """By when the measures of a problem are to be done, in one sentence as plans write it."""
    begun, node = plan.begun_on, plan.first_node_on
    own = "，".join(f"({m.no})项{m.due_text}完成" for m in problem.measures if m.due_on)
    return (
        f"{day_words(begun)}，全部进入工作状态，{node.month}月{node.day}日为第一个工作节点，以后每"
        f"{plan.node_days}天为一个工作节点，按节点完成定量任务，{own}。"
    )


def _ending(plan: Plan) -> list[str]:
    issued = plan.issued_on
    annex = ["附件：整改任务清单（另发）"] if plan.annex_on else ["附件：整改任务清单"]
    return [
        "二、组织领导",
        f"组长：{SIGNERS[0]} 县政府副县长",
        f"副组长：{SIGNERS[1]} {LEAD_UNIT}局长",
        "成员：" + "、".join(MEMBER_UNITS) + "分管负责人",
        "三、工作要求",
        "各单位对照问题逐条认领，明确承办人和时限；整改完成后由责任人以外的人复查，拍照留存，不得以会议代替整改、以文件代替落实。整改事项验收合格的，由组长或副组长签字以后销号。",
        *annex,
        "文化旅游安全专班办公室",
        f"{issued.year}年{issued.month}月{issued.day}日",
    ]
