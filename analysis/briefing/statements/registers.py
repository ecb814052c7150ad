"""挂牌责任制, 专项行动, meetings, 述职, instruments: what registers beside the hazards say."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.briefing.changes import percent
from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import missed
from analysis.briefing.statements.statement import Statement
from analysis.briefing.statements.work import ALL
from analysis.wording.deadlines import chinese_month_day
from analysis.wording.values import listed

#: How many months, persons, campaigns or units a sentence names.
NAMED = 6
#: An ask has room for so many meetings on the first screen.
MEETINGS_NAMED = 3


def responsibility(figures: Figures) -> Statement:
    """挂牌责任制: of how many sites somebody answers by name, and with his post."""
    metric = "site_responsibility"
    if "site" not in figures.received:
        return Statement("responsibility", missed(["site"], figures.received), metric=metric)
    rows = figures[metric]
    row: Any = rows[rows["dimension"].eq("all")].iloc[0]
    if not row["sites"]:
        return Statement("responsibility", "场所名录中没有场所", metric=metric)
    lacking = int(row["sites"] - row["with_person"])
    claim = (
        f"名录场所{row['sites']}家，有挂牌责任人的{row['with_person']}家"
        f"（{percent(row['responsibility_rate'], row['sites'])}），写明职务的{row['with_post']}家"
    )
    if not row["with_person"]:  # a register without that column says nothing of it
        claim = f"名录场所{row['sites']}家，都没有填写挂牌责任人"
    ask = f"没有挂牌责任人的{lacking}家，由谁明确、何时到位" if lacking else ""
    return Statement("responsibility", claim, ask=ask, count=lacking, metric=metric)


def campaigns(figures: Figures) -> Statement:
    """专项行动: each with its visits, what was found and how much of it is done."""
    metric = "campaign_progress"
    if "inspection" not in figures.received:
        return Statement("campaigns", missed(["inspection"], figures.received), metric=metric)
    rows = figures[metric]
    if rows.empty:
        return Statement("campaigns", "检查台账没有填写专项行动", metric=metric)
    told = [_campaign(row) for row in rows.to_dict("records")]
    rest = f"等{len(told)}个专项行动" if len(told) > NAMED else ""
    first, *others = told[:NAMED]
    first = f"专项行动开展以来：{first}"
    others = [*others[:-1], f"{others[-1]}{rest}"] if others else []
    return Statement("campaigns", first, tuple(others), metric=metric)


def _campaign(row: dict[Any, Any]) -> str:
    words = f"{row['campaign']}检查{row['visits']}家次，列入台账的隐患{row['hazards']}条"
    if counted := row["hazards"] - row["apart"]:
        words += f"，已完成{row['done']}条（{percent(row['completion_rate'], counted)}）"
    return words + (f"，逾期{row['overdue']}条" if row["overdue"] else "")


def meetings(figures: Figures) -> Statement:
    """The 研判会 of each month and the 例会, as often as it is due: which period lacks one; 述职.

    The month and the quarter that still run count as the metric counts them, whether held or not:
    counted only once it was held, the current one would always be in order.
    """
    rows = figures["meetings_held"]
    parts = []
    for kind in MEETINGS:
        mine = rows[rows["kind"].eq(kind)]
        if mine.empty:
            continue
        held = int(mine["held"].clip(upper=mine["required"]).sum())
        words = f"{_often(mine, kind)}应开{int(mine['required'].sum())}次，已开{held}次"
        for state, told in (("short", "没有召开的"), ("running", "时段未结束、还没有召开的")):
            spans = mine[mine["state"].eq(state)].to_dict("records")
            named = listed(map(_period, spans), NAMED, "次")
            words += f"，{told}：{named}" if named else ""
        parts.append(words + _before_all(figures, mine, kind))
    lacking = missed_meetings(rows)
    ask = f"没有召开的{listed(lacking, MEETINGS_NAMED, '次会议')}，何时补开" if lacking else ""
    details = tuple(_self_reports(figures))
    return Statement(
        "meetings", "；".join(parts), details, ask=ask, count=len(lacking), metric="meetings_held"
    )


#: Kinds of meetings, in the order in which they are told of.
MEETINGS = ("形势研判会", "例会")


def _often(rows: pd.DataFrame, kind: str) -> str:
    """«形势研判会（每月1次）», «季度例会（每季度1次）»; a 例会 of each month is no 季度例会."""
    row: Any = rows.iloc[0]
    if rows.apply(_is_month, axis=1).nunique() > 1:  # counties whose plans ask for unlike things
        return kind
    if _is_month(row):
        return f"{kind}（每月{int(row['required'])}次）"
    return f"季度{kind}（每季度{int(row['required'])}次）"


def _before_all(figures: Figures, rows: pd.DataFrame, kind: str) -> str:
    """Those held since the plan began whose month, or quarter, it was not all there for."""
    first, is_month = rows["period_start"].min(), _is_month(rows.iloc[0])
    meetings = figures.source.meetings(figures.scope)
    held = meetings[meetings["kind"].eq(kind)]["held_on"]
    early = held[(held < first) & (held >= first - pd.DateOffset(months=1 if is_month else 3))]
    days = "、".join(map(chinese_month_day, early))
    return f"（{days}召开的在启动当{'月' if is_month else '季'}，不计）" if days else ""


def missed_meetings(held: pd.DataFrame) -> list[str]:
    """«2023年11月形势研判会», «2023年第4季度例会»: what was due and nobody held."""
    short = held[held["state"].eq("short")]
    return [
        f"{_period(row)}{kind}"
        for kind in MEETINGS
        for row in short[short["kind"].eq(kind)].to_dict("records")
    ]


def _period(row: Any) -> str:
    start = row["period_start"]
    if _is_month(row):
        return f"{start.year}年{start.month}月"
    return f"{start.year}年第{(start.month + 2) // 3}季度"


def _is_month(row: Any) -> bool:
    return bool((row["period_start"].year, row["period_start"].month)
                == (row["period_end"].year, row["period_end"].month))  # fmt: skip


def _self_reports(figures: Figures) -> Iterator[str]:
    """Of the newest year: who on the list has reported on his duties, and who has not."""
    rows = figures["self_reports"]
    if rows.empty:
        return
    rows = rows[rows["year"] == rows["year"].max()]
    row: Any = rows[rows["member"].eq("all")].iloc[0]
    words = (
        f"{row['year']}年度述职名单{row['listed']}人（以报来的名单为准），已述职{row['reported']}人"
    )
    words += f"（{percent(row['report_rate'], row['listed'])}）"
    missing = rows[rows["missing"].gt(0) & rows["member"].ne("all")]["member"]
    yield words + (f"，未述职的：{listed(missing, NAMED, '人')}" if len(missing) else "")


def instruments(figures: Figures) -> Statement:
    """How often each instrument was used; what followed beside alike hazards, without a cause."""
    rows = figures["instruments"]
    rows = rows[rows["target"].eq(ALL)]
    if rows.empty:
        return Statement("instruments", "", metric="instruments")
    told = [f"{row['instrument']}{row['acts']}次" for row in rows.to_dict("records")]
    details = [
        f"{row['instrument']}满30天的，{_concerned(row)}{row['open_then']}条次，其后30天内完成"
        f"{row['done_after']}条次（{percent(row['done_rate'], row['open_then'])}）；"
        f"同期没有用这种手段的其他{_alike(row)}{row['alike_open']}条次完成"
        f"{row['alike_done']}条次（{percent(row['alike_rate'], row['alike_open'])}）"
        for row in rows.to_dict("records")
        if row["open_then"] and row["alike_open"]
    ]
    caveat = "两者并列，不说明手段的作用" if details else ""
    claim = f"督促手段累计使用：{'，'.join(told)}，按对象计"
    claim += "（挂牌督办是隐患台账上挂过牌的）" if rows["instrument"].eq("挂牌督办").any() else ""
    return Statement("instruments", claim, tuple(details), caveat=caveat, metric="instruments")


def _concerned(row: Any) -> str:
    """Which hazards it is used on: what is on the list is the hazard itself."""
    is_listing = row["instrument"] == "挂牌督办"
    return "挂牌的隐患当日未完成" if is_listing else "对象当日未完成的隐患"


def _alike(row: Any) -> str:
    """What it is compared with: of what is on the list, the other major hazards alone."""
    return "重大隐患" if row["instrument"] == "挂牌督办" else "隐患"


def practice(figures: Figures) -> Statement:
    """Warnings issued this year, and what was written up this year as good practice."""
    issued = figures["warnings_issued"]
    issued = issued[issued["unit"].eq(ALL)]
    warnings = int(_this_year(figures, issued, "month_on")["warnings"].sum())
    written = _this_year(figures, figures["good_practice"], "told_on")
    parts = [f"发布预警信息{warnings}条"] if warnings else []
    if len(written):
        units = listed(written["unit"].dropna().drop_duplicates(), NAMED, "个单位")
        parts.append(f"经验做法和制度成果{len(written)}项" + (f"（{units}）" if units else ""))
    claim = f"今年以来{'，'.join(parts)}" if parts else ""
    return Statement("practice", claim, metric="good_practice")


def _this_year(figures: Figures, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows of the year described; what stands in a ledger of last year is not this year's."""
    return rows[pd.to_datetime(rows[column]).dt.year.eq(figures.scope.as_of.year)]


def conduct(figures: Figures) -> Statement:
    """What ledgers write of 拒不整改, 推诿 or 虚假整改: to be looked into, then handed over."""
    rows = figures.source.relation("items", figures.scope, part="conduct_told")
    if rows.empty:
        return Statement("conduct", "", metric="overdue")
    units = listed(rows["unit"].dropna().drop_duplicates(), NAMED, "个单位")
    told = "、".join(
        f"{label}{n}项"
        for code, label in _CONDUCT.items()
        if (n := int(rows["conduct"].eq(code).sum()))
    )
    claim = f"台账写有拒不整改、推诿、虚假整改的{len(rows)}项（{told}），均未核实"
    claim += f"，涉及{units}" if units else ""
    ask = f"台账写有拒不整改、推诿、虚假整改的{len(rows)}项，核实属实的是否移交"
    return Statement("conduct", claim, ask=ask, count=len(rows), metric="overdue")


_CONDUCT = {"refused": "拒不整改", "shirked": "推诿", "faked": "虚假整改"}
