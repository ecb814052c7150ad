"""Code → Chinese word, for every column that holds a code: of ledgers, relations and metrics.

The codes of ledgers, and those derived for items, are declared in ``analysis.ledgers.codes``; those
that one metric or one book alone has are declared here. Programs get the codes (``--format csv``
and ``json`` with their English column names are a contract), people get the words.
"""

from collections.abc import Mapping
from functools import cache

from analysis.ledgers import ITEM_KIND, LEDGERS
from analysis.ledgers.codes import (
    ACCEPTANCE_ACT,
    CHANGE,
    CLOSURE,
    CONDUCT,
    PUNCTUALITY,
    RELIEF,
    RULE,
    SEVERITY,
    STATE,
    STATUS,
    SUSPENSION,
    Code,
    CodeList,
)


def _codes(name: str, **labels: str) -> CodeList:
    return CodeList(name, tuple(Code(value, label) for value, label in labels.items()))


REPORT_STATE = _codes("report_state", in_time="按期", late="迟报", missing="缺报", pending="未到期")
DUTY_STATE = _codes(
    "duty_state", met="达标", short="不足", running="进行中", stricter="按较严的一条判断"
)
MEETING_STATE = _codes("meeting_state", met="已开", short="没有召开", running="还没有召开")
SLIP = _codes("slip", later="推迟", earlier="提前", cancelled="取消", set="补定")
ACCIDENT_SOURCE = _codes("accident_source", published="公布", records="台账")
ACCIDENT_PERIOD = _codes(
    "accident_period", published="公布时段", month="当月", quarter="当季", year="当年累计"
)
ACCIDENT_BASE = _codes(
    "accident_base", printed="公布", derived="反推", ambiguous="无法唯一还原", counted="台账",
    none="没有",
)  # fmt: skip
AGEING_BASIS = _codes("ageing_basis", late="逾期天数", open="未完成天数")
UNTIL = _codes("until", done="完成", closed="销号")
#: What became of an alert; 已解除 and 未登记 are no states of the book, see ``intake.alert_book``.
ALERT_STATE = _codes("alert_state", raised="未处理", noted="已知悉", done="已办结")
LEDGER = CodeList("ledger", tuple(Code(name, each.label) for name, each in LEDGERS.items()))


def _dimension(**own: str) -> CodeList:
    """The columns by which a metric counts; what kind and unit are differs from one to another."""
    shared = {
        "all": "合计", "unit": "责任单位", "township": "乡镇", "site_kind": "业态",
        "category": "类别", "level": "等级", "rect_type": "整改方式", "risk_level": "风险等级",
    }  # fmt: skip
    return _codes("dimension", **(shared | own))


#: Of all: no member of a dimension.
TOTAL = _codes("member", all="合计")
MEMBER_OF_ITEMS = CodeList("member", (*TOTAL, *ITEM_KIND))
#: A column that elsewhere holds a code, and here what somebody wrote.
NO_CODES = CodeList("text", ())

#: Column → its codes, wherever it stands.
OF_COLUMN: Mapping[str, CodeList] = {
    "kind": ITEM_KIND, "state": STATE, "first_state": STATE, "state_before": STATE,
    "status": STATUS, "change": CHANGE, "rule": RULE, "severity": SEVERITY, "ledger": LEDGER,
    "act": ACCEPTANCE_ACT, "closure": CLOSURE, "suspension": SUSPENSION, "relief": RELIEF,
    "punctuality": PUNCTUALITY, "conduct": CONDUCT,
}  # fmt: skip
#: Metric, relation or ledger, and column → the codes that it has there.
OF_TABLE: Mapping[tuple[str, str], CodeList] = {
    ("report_punctuality", "state"): REPORT_STATE,
    ("duty_compliance", "state"): DUTY_STATE,
    ("accident_yoy", "source"): ACCIDENT_SOURCE,
    ("accident_yoy", "period"): ACCIDENT_PERIOD,
    ("accident_yoy", "accidents_base"): ACCIDENT_BASE,
    ("accident_yoy", "deaths_base"): ACCIDENT_BASE,
    ("deadline_slip", "slip"): SLIP,
    ("ageing", "basis"): AGEING_BASIS,
    ("close_times", "until"): UNTIL,
    ("close_times", "dimension"): _dimension(kind="事项种类"),
    ("close_times", "member"): MEMBER_OF_ITEMS,
    ("completion", "dimension"): _dimension(kind="事项种类", supervised="挂牌督办"),
    ("completion", "member"): MEMBER_OF_ITEMS,
    ("accident_monthly", "dimension"): _dimension(industry="行业", grade="等级", kind="类型"),
    ("accident_monthly", "member"): TOTAL,
    ("hazard_mix", "dimension"): _dimension(
        source="来源", township_category="乡镇和类别", site_kind_category="业态和类别"
    ),
    ("inspection_coverage", "dimension"): _dimension(),
    ("inspection_coverage", "member"): TOTAL,
    ("inspection_yield", "dimension"): _dimension(
        kind="检查类型", unit="检查单位", campaign="专项行动"
    ),
    ("inspection_yield", "member"): TOTAL,
    ("site_responsibility", "dimension"): _dimension(unit="监管单位"),
    ("site_responsibility", "member"): TOTAL,
    ("inspections", "kind"): NO_CODES,
    ("accidents", "kind"): NO_CODES,
    ("duties", "kind"): NO_CODES,
    ("acts", "kind"): NO_CODES,
    ("targets", "kind"): NO_CODES,
    ("meetings", "kind"): NO_CODES,
    ("meetings_held", "kind"): NO_CODES,
    ("meetings_held", "state"): MEETING_STATE,
    ("good_practice", "kind"): NO_CODES,
    ("self_reports", "member"): TOTAL,
    ("submission", "ledger"): LEDGER,
}


@cache
def words_of(column: str, table: str = "") -> Mapping[str, str]:
    """Code → word for a column of a metric, relation or ledger; empty where it holds no codes."""
    own = OF_TABLE.get((table, column))
    if own is None and table in LEDGERS:
        own = next((each.codes for each in LEDGERS[table] if each.name == column), None) or NO_CODES
    return (OF_COLUMN.get(column, NO_CODES) if own is None else own).labels
