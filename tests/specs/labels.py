"""What columns of relations are called that no ledger has: for the page of specs alone."""

#: Relation → column → label; those of ``items`` are also those of whatever has such a column.
OF_RELATIONS: dict[str, dict[str, str]] = {
    "accidents": {"ledger_until": "台账截至"},
    "items": {
        "due_is_provisional": "期限待确认", "standing": "长期坚持、无期限",
        "done_as_reported": "按首次报告", "is_done": "已完成", "is_closed": "已销号",
        "is_overdue": "逾期", "is_suspended": "停业单列", "is_void": "已撤销",
        "has_begun": "已开展", "quantity": "写明的数量", "says_open": "报未完成",
        "says_done": "报已完成", "said_done_on": "报的完成日期", "known_from": "收到日期", "known_to": "被更改日期",
    },
    "inspections": {"told_on": "首次收到"},
    "nodes": {"calendar_no": "日历编号", "node_no": "节点序号", "node_on": "节点日期"},
    "targets": {"acted_by": "开展单位"},
    "acts": {"told_on": "归期日期"},
    "meetings": {"month_start": "只知道的月份", "times": "次数"},
    "received": {"heading": "标题的前半"},
    "reports": {"told_on": "报送日期（不论截至日）"},
    "requirements": {"duty_kind": "履职类型", "plan_no": "方案文号"},
}  # fmt: skip
