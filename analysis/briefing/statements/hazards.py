"""Where risk sits: major hazards, the four colours of sites, kinds of hazards."""

from typing import Any

import pandas as pd

from analysis.briefing.changes import percent
from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import has_any, missed
from analysis.briefing.statements.statement import Statement
from analysis.briefing.statements.work import UNSAID
from analysis.judgement.site_risk.scorecard import COLOURS, height

#: How many categories a sentence names, sites tells of one by one, and reasons of each.
NAMED, SITES, REASONS = 3, 5, 3
#: Dimensions of hazards that are told, and what a ledger calls them.
HAZARDS_BY = {"category": "类别", "township": "乡镇"}
SEES_RISK = ("site", "hazard")


def major(figures: Figures) -> Statement:
    """重大隐患: struck off, open, and of these on the list of supervision."""
    if "hazard" not in figures.received:
        return Statement("major", missed(["hazard"], figures.received), metric="supervision")
    now = figures.now
    if not now["major_total"]:
        return Statement("major", "隐患台账中没有重大隐患", metric="supervision")
    claim = f"重大隐患共{now['major_total']}条，已销号{now['major_closed']}条"
    if not now["major_open"]:
        return Statement("major", f"{claim}，全部销号", metric="supervision")
    missing = int(now["major_open"] - now["major_supervised"])
    claim += f"，未销号{now['major_open']}条，其中已挂牌督办{now['major_supervised']}条"
    claim += f"、应挂未挂{missing}条" if missing else ""
    ask = f"应挂未挂的重大隐患{missing}条，是否挂牌督办" if missing else ""
    return Statement("major", claim, ask=ask, count=int(now["major_open"]), metric="supervision")


def risk(figures: Figures) -> Statement:
    """Sites by colour, how many are raised above the roll's own rating, and by what."""
    if not has_any(SEES_RISK, figures.received):
        return Statement("risk", missed(SEES_RISK, figures.received), metric="site_responsibility")
    sites, caveat = figures.ranking.sites, missed(SEES_RISK, figures.received)
    if sites.empty:
        claim = "名录和隐患台账中都没有写明场所"
        return Statement("risk", claim, caveat=caveat, metric="site_responsibility")
    own = supervised_here(figures, sites)
    claim = f"场所{len(own)}家：{colours_words(own['colour'])}"
    if len(own) < len(sites):
        claim = f"监管的{claim}" if len(own) else "没有监管的场所"
        rest = sites.drop(own.index)
        claim += (
            f"；另有{len(rest)}家由其他单位监管，有其负责的隐患（{colours_words(rest['colour'])}）"
        )
    details = [rated_words(own), *first_sites(sites)]
    hinted = int(own["hint"].ne("").sum())
    details += [f"模型提示风险高于四色的{hinted}家，只作参考，不改变颜色"] if hinted else []
    return Statement(
        "risk", claim, tuple(filter(None, details)), caveat=caveat, metric="site_responsibility"
    )


def supervised_here(figures: Figures, sites: pd.DataFrame) -> pd.DataFrame:
    """The sites that the units of the scope supervise: those where only a hazard is theirs belong
    to others, and would be counted twice.
    """
    units = figures.scope.filters.get("unit")
    return sites if units is None else sites[sites["unit"].isin([*units])]


def colours_words(colours: pd.Series) -> str:
    """«红色10家，橙色30家，未评定5家»; what nobody has rated is never 蓝."""
    counts = colours.value_counts()
    parts = [f"{colour}色{counts[colour]}家" for colour in COLOURS[::-1] if counts.get(colour)]
    unsaid = len(colours) - sum(int(counts.get(colour, 0)) for colour in COLOURS)
    return "，".join([*parts, *([f"未评定{unsaid}家"] if unsaid else [])])


def rated_words(sites: pd.DataFrame) -> str:
    """What the roll itself says, how many stand above it, and why."""
    said = sites["rated"].notna()
    above = sites["colour"].notna() & (sites["colour"].map(height) > sites["rated"].map(height))
    words = f"名录评定：{colours_words(sites['rated'])}" if said.any() else "名录没有评定四色"
    if not above.any():
        return words
    why = sites[above]["basis"].map(lambda basis: str(basis).split("=", 1)[0]).value_counts()
    told = "，".join(f"{reason}{n}家" for reason, n in why.items())
    return f"{words}；高于名录评定的{int(above.sum())}家（{told}）"


def first_sites(sites: pd.DataFrame) -> list[str]:
    """The sites to look at first, each with why."""
    high = sites[sites["colour"].isin(COLOURS[2:]) & sites["reasons"].ne("")]
    if high.empty:
        return []
    told = "；".join(
        f"{row['site']}（{row['colour']}色，{_reasons(row['reasons'])}）"
        for row in high.head(SITES).to_dict("records")
    )
    rest = f"等{len(high)}家" if len(high) > SITES else ""
    return [f"应先检查的场所：{told}{rest}"]


def _reasons(text: str) -> str:
    """The first reasons, and how many there are where that is not all."""
    each = text.split("；")
    return "，".join(each[:REASONS]) + (f"等{len(each)}条理由" if len(each) > REASONS else "")


def mix(figures: Figures) -> Statement:
    """The categories and townships with most hazards."""
    if "hazard" not in figures.received:
        return Statement("mix", missed(["hazard"], figures.received), metric="hazard_mix")
    rows = figures["hazard_mix"]
    told = [
        (_counted(members, called, _unsaid(rows, dimension)), _shares(members))
        for dimension, called in (
            ("category", "隐患共{}类{}，较多的是"), ("township", "隐患涉及{}个乡镇{}，较多的是")
        )
        if len(members := _members(rows, dimension)) > 1
    ]  # fmt: skip
    if not told:
        return Statement("mix", "", metric="hazard_mix")
    (claim, shares), *others = told
    return Statement(
        "mix", claim, (shares, *(f"{words}，{share}" for words, share in others)),
        metric="hazard_mix",
    )  # fmt: skip


def _members(mix: pd.DataFrame, dimension: str) -> list[dict[Any, Any]]:
    """The members of one dimension that have hazards, those with most first."""
    rows = mix[mix["dimension"].eq(dimension) & mix["member"].ne(UNSAID) & mix["items"].gt(0)]
    return rows.to_dict("records")


def _first(members: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """Those to be named: who has as many as the last of them is no lesser one, up to a few more."""
    last = members[:NAMED][-1]["items"]
    tied = [each for each in members[NAMED : 2 * NAMED] if each["items"] == last]
    return [*members[:NAMED], *tied]


def _counted(members: list[dict[Any, Any]], words: str, unsaid: str) -> str:
    """How many there are, how many hazards have none, and the first of them."""
    first = "、".join(f"{each['member']}{each['items']}条" for each in _first(members))
    return words.format(len(members), unsaid) + first


def _unsaid(mix: pd.DataFrame, dimension: str) -> str:
    """How many hazards have no such member, so that the members' numbers add up to all."""
    blank = int(mix[mix["dimension"].eq(dimension) & mix["member"].eq(UNSAID)]["items"].sum())
    return f"（另有{blank}条没有填写{HAZARDS_BY[dimension]}）" if blank else ""


def _shares(members: list[dict[Any, Any]]) -> str:
    """What part of all hazards each of the first members has, and how many are not done."""
    of = round(members[0]["items"] / members[0]["share_rate"])
    shares = "、".join(percent(each["share_rate"], of) for each in _first(members))
    left = "、".join(f"{each['open_items']}条" for each in _first(members))
    return f"分别占{shares}，未完成{left}"
