"""What a plan asks for and leaves open: who, how often, how much, by when (R05 to R16, R19)."""

import re
from collections.abc import Iterator

from analysis.ingest.plan.document import Plan, Rule, Said
from analysis.ingest.plan.problems import Problem
from analysis.ingest.tables.measures import frequency, quantity
from analysis.ingest.units.likeness import may_be_one
from analysis.ingest.units.names import home_of, read_name
from analysis.wording.persons import persons_of

ACTIVITIES = ("安全生产例会", "例会", "专题学习", "跟进学习", "调研报告", "报送", "演练")
#: What a measure asks for → the words by which a detailed measure takes it up.
DUTIES = {
    "例会": ("例会",), "会后": ("会后", "例会"), "台账": ("台账", "建档", "清单"),
    "挂牌督办": ("挂牌督办",), "销号": ("销号", "销案"),
    "明确时限": ("时限", "期限"), "明确责任单位": ("责任单位",), "明确工作任务": ("任务",),
}  # fmt: skip
#: Verbs of no measure: nobody can tell when they have been done.
SOFT = re.compile(
    r"进一步(?:强化|提升|加强|完善)|能力水平|不断(?:提高|加强)|着力|切实(?:加强|提升)"
)
#: A thing that is there or not, and so counts as one.
DELIVERABLE = re.compile(r"(?:制定|出台|印发|编制)(?:出台)?《")
#: One level up: words of a city in the paper of a county.
HIGHER = re.compile(r"我市|全市|市政府|市委|市级")
CITY = re.compile(r"市委|市政府")
PERIODS = {"每周": 52, "每半月": 24, "每月": 12, "每季度": 4, "每季": 4, "每半年": 2, "每年": 1}


def one_activity_one_frequency(plan: Plan) -> Iterator[Problem]:
    """R05: every month in one place, every quarter in another."""
    said: dict[str, dict[str, Said]] = {}
    stated = [*plan.measures, *(Said(i.number, i.text, i.line) for i in plan.items)]
    for each in stated:
        activity = next((name for name in ACTIVITIES if name in each.text), None)
        often = frequency(each.text)
        if activity and often:
            said.setdefault(activity, {}).setdefault(often, each)
    for activity, by_frequency in said.items():
        if len(by_frequency) > 1:
            places = sorted(by_frequency.items(), key=lambda pair: -PERIODS.get(pair[0], 0))
            where = "，".join(
                f"第 {each.line} 行（{each.number}）为{often}" for often, each in places
            )
            yield Problem(
                places[0][1].line, "R05", "error",
                f"{activity}的频次不一致：{where}；各条按自己的文字入库，考核以更严的{places[0][0]}为准，"
                "请明确各属哪一级",
                activity,
            )  # fmt: skip


def standing_with_an_end(plan: Plan) -> Iterator[Problem]:
    """R06: 长期坚持 in the annex beside a deadline."""
    for item in plan.items:
        row = plan.annex_row(item)
        if row and row.cells.get("rect_type") == "长期坚持" and item.due_on:
            message = (
                f"{item.number} 在附件第 {row.line} 行为“长期坚持”，"
                f"第 {item.line} 行又限 {item.due_on} 完成；到期前按期限统计，完成后转为定期复核"
            )
            yield Problem(item.line, "R06", "info", message, item.number, "rect_type")


def one_calendar(plan: Plan) -> Iterator[Problem]:
    """R07: nodes every fifteen days and reports every half month are two calendars."""
    nodes, half = calendar_lines(plan)
    if nodes and half:
        yield Problem(
            nodes, "R07", "warning",
            f"第 {nodes} 行工作节点每 15 天一个，第 {half} 行信息报送每半月一次，日子不重合；"
            "节点按 15 天推算，半月报按 1—15 日、16 日—月末，互不替代",
        )  # fmt: skip


def calendar_lines(plan: Plan) -> tuple[int, int]:
    """The lines that lay down the working nodes and the half-monthly reports; 0 for none."""
    nodes = next((clause.line for clause in plan.clauses if "每15天" in clause.text), 0)
    return nodes, next((line for line, text in plan.body if "每半月" in text), 0)


def quantified_work_has_a_quantity(plan: Plan) -> Iterator[Problem]:
    """R09: quantified work is demanded at every node, and no quantity given."""
    demand = next((c for c in plan.clauses if "定量" in c.text), None)
    if demand is None:
        return
    for item in plan.items:
        if quantity(item.text) is None and not DELIVERABLE.search(item.text):
            yield Problem(
                item.line, "R09", "warning",
                f"{item.number} 没有定量目标，"
                f"而第 {demand.line} 行要求按节点完成定量任务；请补定数量",
                item.number,
            )  # fmt: skip


def measurable_and_dated(plan: Plan) -> Iterator[Problem]:
    """R10: a deadline without anything to measure by, or work to be done without a deadline."""
    unread = {problem.value for problem in plan.unread_days}
    for item in plan.items:
        if SOFT.search(item.text) and item.due_on and quantity(item.text) is None:
            yield Problem(
                item.line, "R10", "warning",
                f"{item.number} 有期限（{item.due_on}）而没有可衡量的标准；请补验收标准",
                item.number,
            )  # fmt: skip
        is_open = item.due_on is None and item.due_text not in unread
        if is_open and frequency(item.text) is None:
            yield Problem(
                item.line, "R10", "warning",
                f"{item.number} 没有完成期限，也没有频次；暂列时限不明，请补定期限或周期",
                item.number,
            )  # fmt: skip


def measures_are_taken_up(plan: Plan) -> Iterator[Problem]:
    """R11: what a measure asks for and none of its detailed measures takes up."""
    for measure in plan.measures:
        subs = "".join(item.text for item in plan.items if item.parent == measure.number)
        text = measure.text.replace("时限要求", "时限").replace(",", "").replace("、", "")
        lost = [
            duty
            for duty, words in DUTIES.items()
            if duty in text and not any(word in subs for word in words)
        ]
        if lost and subs:
            yield Problem(
                measure.line, "R11", "warning",
                f"措施（{measure.number}）要求的“{'”“'.join(lost)}”没有细化措施承接，无法逐项跟踪；请补细化措施",
                measure.number,
            )  # fmt: skip


def words_of_the_right_level(plan: Plan) -> Iterator[Problem]:
    """R12: a county's paper that speaks for the city; a city's problem given to a county bureau."""
    if not re.search(r"\w县", plan.doc_no + "".join(text for _, text in plan.body[:5])):
        return
    quoted = {said.line for said in plan.manifestations}
    for line, text in plan.body:
        words = sorted(set(HIGHER.findall(re.sub(r"\w{2}市委", "", text))))
        if words and line not in quoted:
            yield Problem(
                line, "R12", "info",
                f"县级文件第 {line} 行出现“{'”“'.join(words)}”，请核对层级；按原文保存",
                "、".join(words),
            )  # fmt: skip
    for said in plan.manifestations:
        if CITY.search(said.text):
            for measure in {i.measure.line: i.measure for i in plan.items
                            if i.manifestation is said and i.measure}.values():  # fmt: skip
                yield Problem(
                    measure.line, "R12", "warning",
                    f"措施（{measure.number}）针对的是第 {said.line} 行市级的问题（市委、市政府），"
                    "而责任单位是县局，承接方式没有写明；按附件的牵头单位统计，请确认",
                    measure.number,
                )  # fmt: skip


def members_are_known(plan: Plan) -> Iterator[Problem]:
    """R13: members that may be one unit twice, or of another level."""
    for index, name in enumerate(plan.members):
        for other in plan.members[:index]:
            if _may_be_one_unit(name, other):
                yield Problem(
                    plan.members_line, "R13", "info",
                    f"成员单位“{other}”与“{name}”疑为同一单位，"
                    f"暂按 {len(plan.members)} 家统计；请确认",
                    name,
                )  # fmt: skip
        if "支队" in name:
            yield Problem(
                plan.members_line, "R13", "info",
                f"成员单位“{name}”是市级机构的名称，县级应为大队；按原文保存，请确认",
                name,
            )  # fmt: skip


def _may_be_one_unit(one: str, other: str) -> bool:
    """卫健委 and 卫体局: the same field of work, both of the county's health."""
    home = home_of("", (one, other))
    first, second = read_name(one, home), read_name(other, home)
    return first == second or may_be_one(first, second)


def responsible_units_are_named(plan: Plan) -> Iterator[Problem]:
    """R14: everybody is responsible, a placeholder stands for a name, a whole tier is missing."""
    for row in plan.annex:
        support, lead = row.cells.get("support_units", ""), row.cells.get("unit", "")
        if support.endswith(("(分管负责人)", "(负责人)")) or "成员单位" in support:
            yield Problem(
                row.line, "R14", "warning",
                f"附件第 {row.line} 行配合单位只写“{support}”，没有点名单位，负责人也是未填的占位；"
                "按原文保存，请逐一写明",
                support,
            )  # fmt: skip
        if lead and "(" not in lead and not row.cells.get("person"):
            yield Problem(
                row.line, "R14", "warning",
                f"附件第 {row.line} 行牵头单位“{lead}”没有写负责人姓名，"
                "表头要求填写；责任人按缺失统计",
                lead,
            )  # fmt: skip
    named = "".join(
        row.cells.get("unit", "") + row.cells.get("support_units", "") for row in plan.annex
    )
    if plan.addressees and "乡" in plan.addressees.text and plan.annex and "乡" not in named:
        bound = next((line for line, text in plan.body if "乡" in text and "台账" in text), None)
        asked = f"第 {bound} 行要求乡镇建立台账、限期整改，" if bound else ""
        yield Problem(
            plan.addressees.line, "R14", "warning",
            f"第 {plan.addressees.line} 行主送乡镇，{asked}"
            "而附件责任清单中没有乡镇；乡镇是否报送待确认",
        )  # fmt: skip


def figures_say_what_they_count(plan: Plan) -> Iterator[Problem]:
    """R15, R16: percentages that cannot be, figures without a base or a scope."""
    noted = [figure for figure in plan.figures if figure.note]
    for figure in plan.figures:
        if noted and not figure.note:
            yield Problem(
                figure.line, "R16", "warning",
                f"{figure.period}的事故数没有注明口径，{noted[0].period}注明“{noted[0].note}”；"
                "两期未必可比，按原数统计并注明",
                figure.period,
            )  # fmt: skip
        if figure.accidents_yoy is None:
            yield Problem(
                figure.line, "R16", "info",
                f"{figure.period}没有上年同期数，不能算同比；显示“无同期可比数据”",
                figure.period,
            )  # fmt: skip
    for said in plan.manifestations:
        if match := re.search(r"刑事案件(\d+)起、死亡(\d+)人", said.text):
            yield Problem(
                said.line, "R16", "warning",
                f"第 {said.line} 行把刑事案件 {match.group(1)} 起、"
                f"死亡 {match.group(2)} 人与事故并列，"
                "是否含在事故数内不明；刑事案件不计入事故",
            )  # fmt: skip


def nobody_accepts_his_own_work(plan: Plan) -> Iterator[Problem]:
    """R19: who is responsible for a measure may also sign that it is done."""
    sign = next(
        ((line, text) for line, text in plan.body if "签字" in text and "销号" in text), None
    )
    if sign is None:
        return
    for person in sorted({item.person for item in plan.items if item.person}):
        name = re.match(r"〔.+?〕|\w{2,3}?(?=县|市|党组|局长|副|主任|书记)", person)
        roles = [role for role in plan.roles if name and name.group() in role.text]
        if name and roles:
            mine = [item for item in plan.items if item.person == person]
            yield Problem(
                mine[0].line, "R19", "warning",
                f"{'、'.join(i.number for i in mine)} 的责任人“{name.group()}”同时是"
                f"{'、'.join(f'{role.number}（第 {role.line} 行）' for role in roles)}，"
                f"而第 {sign[0]} 行允许"
                "组长或牵头领导签字销号，即自己验收自己；请另定验收人",
                person,
            )  # fmt: skip


def signers_are_named(plan: Plan) -> Iterator[Problem]:
    """Who leads by the plan may sign that work is done, once a person has confirmed it."""
    leading = [role for role in plan.roles if role.number.endswith("组长")]
    named = [(role, names) for role in leading if (names := persons_of(role.text))]
    if named:
        value = "；".join(f"{role.number}：{'、'.join(names)}" for role, names in named)
        message = (
            "方案里的组长、副组长，可以作验收的签字人；由人确认后写进 yanpan.toml 的 [acceptance]"
        )
        yield Problem(named[0][0].line, "signers_named", "info", message, value)


RULES: tuple[Rule, ...] = (
    signers_are_named,
    one_activity_one_frequency,
    standing_with_an_end,
    one_calendar,
    quantified_work_has_a_quantity,
    measurable_and_dated,
    measures_are_taken_up,
    words_of_the_right_level,
    members_are_known,
    responsible_units_are_named,
    figures_say_what_they_count,
    nobody_accepts_his_own_work,
)
