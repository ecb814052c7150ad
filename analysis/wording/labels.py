"""What columns are called where their rows stand without the metric that would label them."""

from collections.abc import Mapping
from typing import Any

from analysis.ledgers import LEDGERS
from analysis.wording.values import is_nothing

#: Of the relation ``items`` and of 三清单.
ITEM_LABELS: Mapping[str, str] = {
    "sub_no": "细化措施编号", "title": "事项", "kind": "种类", "problem": "问题",
    "manifestation": "表现", "measure": "整改措施", "content": "内容与措施", "region": "地区",
    "unit": "责任单位", "person": "责任人", "township": "乡镇", "site": "场所",
    "site_kind": "业态", "category": "类别", "level": "等级", "rect_type": "整改方式",
    "opened_on": "发现或下达", "due_on": "期限", "first_due_on": "首次期限",
    "days_late": "逾期天数", "done_late": "逾期完成天数", "days_left": "剩余天数",
    "judged_on": "判定日期",
    "filed_on": "立案日期", "supervised_on": "挂牌日期", "done_on": "完成日期",
    "accepted_on": "验收日期", "accepted_by": "验收人", "closed_on": "销号日期",
    "state": "状态", "source": "来源", "closure": "销号依据", "returned_on": "退回日期",
    "rework_due_on": "重改期限", "punctuality": "按期与否",
    "suspended_on": "停业关停自", "suspension": "停业核实", "relief": "报送待核实", "plan": "方案",
}  # fmt: skip
#: Of the ranking of sites.
SITE_LABELS: Mapping[str, str] = {
    "rank": "次序", "site": "场所", "township": "乡镇", "site_kind": "业态", "unit": "监管单位",
    "person": "责任人", "colour": "四色", "basis": "评定依据", "rated": "名录评定",
    "chance": "检出概率", "hint": "模型提示",
    "open_major": "重大未销号", "overdue": "逾期", "last_inspected_on": "上次检查",
    "reasons": "理由",
}  # fmt: skip


def plan_number(plan: Any) -> str:
    """«〔2023〕6号» of «县专班〔2023〕6号», as items of several plans bear it."""
    text = plan if isinstance(plan, str) else ""
    return text[text.index("〔") :] if "〔" in text else text


def numbered(row: Mapping[Any, Any]) -> str:
    """The number of a measure as papers name it: «5-3», of several plans «〔2023〕6号 5-3».

    ``row`` has ``sub_no`` and ``plan_no``, as ``duty_compliance`` gives them.
    """
    return " ".join(str(part) for part in (row["plan_no"], row["sub_no"]) if not is_nothing(part))


def field_label(name: Any, ledger: Any) -> str:
    """What a field is called in its ledger; its name where the ledger has no such field.

    Either may be missing, as in a row of a table: a finding may be about no field.
    """
    fields = LEDGERS.get(ledger, ())
    text = name if isinstance(name, str) else ""
    return next((field.label for field in fields if field.name == name), text)
