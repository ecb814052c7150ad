"""The claim of the first screen in two lines: what is late, and what is worst of the rest."""

from analysis.briefing.figures import Figures
from analysis.briefing.statements import hazards, work
from analysis.briefing.statements.statement import Statement
from analysis.charts.shown import worst_first


def opening(figures: Figures) -> Statement:
    """What is late and whose it is; below it what is worst of the rest."""
    overall = work.overall(figures)
    if not overall.numbers:
        return Statement("opening", overall.claim, metric="overview")
    second = _second(figures)
    return Statement(
        "opening", _late(figures), tuple(filter(None, [second])),
        metric="overview",
    )  # fmt: skip


def _late(figures: Figures) -> str:
    now = figures.now
    total = int(now["overdue"])
    if not total:
        return f"没有逾期事项，{now['total']}项中已完成{now['done']}项"
    rows = figures["completion"]
    units = rows[rows["dimension"].eq("unit") & rows["total"].gt(0)]
    claim = f"{total}项逾期没有完成"
    late = units[units["overdue"].gt(0) & units["member"].ne(work.UNSAID)]
    if late.empty or len(units) == 1:
        return claim
    first = worst_first(late).iloc[0]
    if first["overdue"] == total:
        return f"{claim}，都在{first['member']}"
    return f"{claim}，{first['overdue']}项在{first['member']}"


def _second(figures: Figures) -> str:
    """Of major hazards what is wrong, else what falls due, else what is right."""
    now = figures.now
    left = int(now["major_open"])
    if missing := int(left - now["major_supervised"]):
        return f"{missing}条重大隐患应当挂牌督办，还没有挂"
    if left:
        return f"{left}条重大隐患没有销号，都已挂牌督办"
    if now["due_soon"]:
        return f"{now['due_soon']}项7日内到期"
    if "hazard" in figures.received:
        return hazards.major(figures).claim
    return ""
