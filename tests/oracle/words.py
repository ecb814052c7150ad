"""The words of the ledgers: labels, states, names that name nobody; a row with English names."""

from __future__ import annotations

import re
from datetime import date

from tests.oracle.story import TAKE_BACK

LABELS = {
    "measure": {
        "list_kind": "清单类别",
        "problem": "主要问题",
        "manifestation_no": "表现形式编号",
        "manifestation": "表现形式",
        "measure_no": "措施编号",
        "measure": "整改措施",
        "sub_no": "细化措施编号",
        "sub_measure": "细化措施",
        "rect_type": "整改类别",
        "unit": "牵头单位",
        "person": "责任人",
        "support_units": "配合单位",
        "start_on": "启动日期",
        "first_node_on": "第一个工作节点",
        "node_days": "节点间隔",
        "due_on": "完成时限",
        "extended_due_on": "延期后期限",
        "quantity": "定量目标",
        "frequency": "频次",
        "status": "整改状态",
        "done_on": "完成日期",
        "accepted_on": "验收日期",
        "accepted_by": "验收人",
        "closed_on": "销号日期",
    },
    "hazard": {
        "hazard_no": "隐患编号",
        "found_on": "发现日期",
        "source": "隐患来源",
        "inspection_no": "检查编号",
        "site": "场所名称",
        "site_kind": "场所类型",
        "township": "乡镇",
        "location": "隐患部位",
        "description": "隐患描述",
        "category": "隐患类别",
        "level": "隐患等级",
        "basis": "判定依据",
        "unit": "责任单位",
        "person": "责任人",
        "support_units": "配合单位",
        "measure": "整改措施",
        "plan_ok": "五落实",
        "fund_10k": "整改资金",
        "rect_type": "整改类别",
        "due_on": "整改期限",
        "extended_due_on": "延期后期限",
        "supervised": "是否挂牌督办",
        "supervised_on": "挂牌日期",
        "judged_on": "判定日期",
        "filed_on": "立案日期",
        "status": "整改状态",
        "done_on": "整改完成日期",
        "accepted_on": "验收日期",
        "accepted_by": "验收人",
        "closed_on": "销号日期",
        "campaign": "专项行动",
    },
    "decision": {
        "meeting": "会议名称",
        "held_on": "会议日期",
        "task": "议定事项",
        "leader": "责任领导",
        "unit": "责任单位",
        "person": "责任人",
        "support_units": "配合单位",
        "due_on": "完成时限",
        "deliverable": "交付成果",
        "status": "办理状态",
        "done_on": "完成日期",
        "accepted_on": "验收日期",
        "accepted_by": "验收人",
        "closed_on": "销号日期",
    },
    "inspection": {
        "inspection_no": "检查编号",
        "inspected_on": "检查日期",
        "kind": "检查类型",
        "site": "被检查单位",
        "site_kind": "场所类型",
        "township": "乡镇",
        "unit": "检查单位",
        "inspectors": "检查人员",
        "items_checked": "检查项数",
        "hazards_found": "发现隐患数",
        "major_hazards_found": "重大隐患数",
        "result": "检查结果",
        "action": "处理意见",
        "published_on": "公示日期",
        "campaign": "专项行动",
    },
    "accident": {
        "accident_no": "事故编号",
        "occurred_on": "发生日期",
        "region": "地区",
        "industry": "行业",
        "kind": "事故类型",
        "deaths": "死亡人数",
        "serious_injuries": "重伤人数",
        "minor_injuries": "轻伤人数",
        "loss_10k": "直接经济损失",
        "grade": "事故等级",
        "counted": "是否计入统计",
    },
    "accident_stat": {
        "region": "地区",
        "industry": "统计口径",
        "period_start": "统计起始日",
        "period_end": "统计截止日",
        "accidents": "事故起数",
        "deaths": "死亡人数",
        "accidents_prev": "上年同期起数",
        "deaths_prev": "上年同期死亡人数",
        "accidents_yoy_printed": "起数同比",
        "deaths_yoy_printed": "死亡人数同比",
    },
    "site": {
        "site_id": "场所编号",
        "site": "场所名称",
        "site_kind": "场所类型",
        "township": "乡镇",
        "unit": "监管单位",
        "risk_level": "风险等级",
        "likelihood": "可能性",
        "severity": "严重性",
        "person": "挂牌责任人",
        "person_post": "责任人职务",
    },
    "unit": {
        "unit": "单位名称",
        "unit_kind": "单位类别",
        "liaison": "联络员",
        "phone": "联系电话",
        "aliases": "别名",
        "has_to_report": "是否报送",
    },
    "duty": {
        "duty_id": "履职编号",
        "kind": "履职类型",
        "unit": "单位",
        "held_on": "开展日期",
        "period_start": "所属期起",
        "due_on": "应报送日期",
        "submitted_on": "报送日期",
        "subject": "主题",
        "quantity": "数量",
    },
    "half_month": {
        "unit": "报送单位",
        "period_start": "期次起",
        "period_end": "期次止",
        "due_on": "应报日期",
        "submitted_on": "报送日期",
        "zero_report": "零报告",
        "visits": "检查家次",
        "sites_inspected": "检查家数",
        "hazards_found": "发现隐患数",
        "hazards_done": "整改完成数",
        "major_found": "重大隐患数",
        "major_closed": "重大隐患销号数",
        "supervised": "挂牌督办数",
        "progress": "进展情况",
        "difficulties": "存在困难",
        "next_steps": "下一步打算",
    },
    "acceptance": {
        "unit": "责任单位",
        "hazard_no": "隐患编号",
        "act": "验收动作",
        "accepted_on": "验收日期",
        "accepted_by": "验收人",
        "closed_on": "销号日期",
        "rework_due_on": "重改期限",
        "reason": "退回或撤回原因",
    },
}

STATUS = {
    "未整改": "not_started",
    "整改中": "in_progress",
    "整改受阻": "blocked",
    "退回": "rejected",
    "退回重改": "rejected",
    "已整改": "done",
    "现场整改": "done_onspot",
    "待验收": "pending_accept",
    "已销号": "closed",
    "长期坚持": "ongoing",
    "停业关停": "suspended",
    "停业": "suspended",
    "歇业": "suspended",
    "已移交": "transferred",
    "撤销": "void",
    "误报": "void",
    "重复": "void",
    # never done; not rectification
    "基本完成": "in_progress",
    "阶段性完成": "in_progress",
    "停产停业整顿": "in_progress",
    "临时查封": "in_progress",
    "复业": "in_progress",
    "已复业": "in_progress",
    "复业，整改中": "in_progress",
    # the subject is gone: a claim like 停业 until confirmed, then 销号 (主体灭失)
    "关闭": "gone",
    "已关闭": "gone",
    "注销": "gone",
    "取缔": "gone",
}
CODES = set(STATUS.values())
DONE = {"done", "done_onspot", "pending_accept", "closed"}
NOT_DONE = {
    "not_started",
    "in_progress",
    "blocked",
    "rejected",
    "ongoing",
    "suspended",
    "gone",
    "transferred",
}
PROGRESS = ("done_on", "accepted_on", "accepted_by", "closed_on")
BOOLEANS = {"supervised", "counted", "has_to_report", "zero_report", "plan_ok"}
NUMBERS = {
    "hazards_found",
    "major_hazards_found",
    "items_checked",
    "deaths",
    "accidents",
    "accidents_prev",
    "deaths_prev",
    "quantity",
    "node_days",
    "serious_injuries",
    "minor_injuries",
}
# 三明确: words that name nobody
NOBODY = {
    "分管领导",
    "负责人",
    "待定",
    "各相关单位",
    "成员单位",
    "各成员单位",
    "相关单位",
    "有关单位",
    "各有关单位",
    "相关部门",
    "有关部门",
    "各相关部门",
    "各有关部门",
    "主要负责人",
    "分管负责人",
    "主要领导",
    "责任人",
    "相关负责人",
    "有关负责人",
    "各单位",
    "各部门",
    "各乡镇",
    "无",
    "暂无",
    "—",
    "-",
    "/",
}
DUTY_KINDS = (
    "形势研判会",
    "例会",
    "专题学习",
    "调研报告",
    "预警信息",
    "事故通报",
    "约谈警示",
    "媒体曝光",
    "现场办公",
    "督导检查",
    "交叉互检",
    "培训演练",
    "述职",
    "制度文件",
    "经验总结",
)
OFFICE = ("专班", "专班办公室", "文化旅游安全专班", "文化旅游安全专班办公室")
FREQUENCIES = (
    ("每半月", "half_month"),
    ("每月", "month"),
    ("每季度", "quarter"),
    ("每季", "quarter"),
    ("每半年", "half_year"),
    ("每年", "year"),
)
WORD_OF = {
    "half_month": "每半月",
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
}
STRICTNESS = {"half_month": 0, "month": 1, "quarter": 2, "half_year": 3, "year": 4}


def blank(value) -> bool:
    return value is None or (isinstance(value, str) and value.strip() == "")


def as_date(value):
    if blank(value):
        return None
    if isinstance(value, date):
        return value
    match = re.fullmatch(r"\s*(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?\s*", str(value))
    return date(*map(int, match.groups())) if match else None


def normal(ledger: str, row: dict) -> dict:
    """The row with the columns' English names, codes and types; blanks left out."""
    names = {label: name for name, label in LABELS[ledger].items()}
    out = {}
    for key, value in row.items():
        name = names.get(key, key)
        if blank(value):
            continue
        if isinstance(value, str) and value.strip() == TAKE_BACK:
            out[name] = TAKE_BACK
            continue
        if name.endswith("_on") or name in ("period_start", "period_end"):
            value = as_date(value)
            if value is None:
                continue
        elif name == "status":
            value = value if value in CODES else STATUS.get(str(value).strip())
            if value is None:
                continue
        elif name in BOOLEANS and not isinstance(value, bool):
            text = str(value).strip()
            value = (
                True
                if text in ("是", "有", "1", "True", "已挂牌")
                else False
                if text in ("否", "无", "0", "False")
                else None
            )
            if value is None:
                continue
        elif name == "level":
            value = "重大" if "重大" in str(value) else "一般"
        elif name in NUMBERS and not isinstance(value, (int, float)):
            value = float(value)
        elif isinstance(value, str):
            value = value.strip()
        out[name] = value
    return out


def same_person(one, other) -> bool:
    def squeeze(name):
        return re.sub(r"\s", "", name or "")

    return bool(squeeze(one)) and squeeze(one) == squeeze(other)


def names_somebody(text) -> bool:
    return not blank(text) and str(text).strip() not in NOBODY
