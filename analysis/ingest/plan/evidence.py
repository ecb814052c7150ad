"""Is a paper a plan? By what it lays down, and by what it calls itself; never by one word.

A summary, a news item or a 预案 tells of measures, problems and units as a plan does: its title
says what it is. Everything else is a plan where measures stand with those who answer for them.
"""

import re
from collections.abc import Sequence

from analysis.ingest.plan.about import plain_line, title_of
from analysis.ingest.plan.items import Found
from analysis.ingest.plan.items.found import How
from analysis.ingest.plan.items.saying import tells_unit
from analysis.ledgers.labels import Role

#: What holds for good and lays nothing down that ends, though it has tables of who does what.
_FOR_GOOD = "预案|制度|办法|规定|规程|细则|守则|条例|手册|指南"
_RULES = re.compile(rf"(?:{_FOR_GOOD})(?:[(（](?:试行|修订|暂行|\d{{4}}年版?)[)）])?$")
#: What a paper is that lays nothing down to be tracked.
_TELLS = re.compile(
    rf"(?:{_FOR_GOOD}|总结|小结|汇报|报告|简报|信息|动态|通讯|新闻|报道|规范|讲话|致辞|发言|讲稿|述职|公示|公告|说明|"
    r"进展(?:情况)?|完成情况|落实情况|整改情况|工作情况|情况|倡议书|邀请函|答复函|答复|复函|回复函|回函|感谢信|慰问信|征求意见函|商洽函|通稿|申请|请示|批复|评估报告|体会|方案解读|解读)(?:[(][^()]*[)])?$"
)
#: The title stands within the first lines, and is no longer.
_TITLE_WITHIN, _LONGEST_TITLE = 6, 40
_PLANS = re.compile(
    r"(?:方案|计划|清单|台账|纪要|分工表?|分解表?|任务表|任务书|推进表|交办|督办|整改|通知书|意见书|要点|行动|措施|责任表|一览表|安排)"
)
_REPORTS = re.compile(
    r"(?:整改|落实|进展|完成|工作|自查|检查)(?:进展|落实|完成)?情况的?(?:通报|报告|汇报|公示|公告)$"
)
#: So many measures, of all, name who or when in a paper whose title says nothing.
SHARE_NAMED, SHARE_IN_PLAN = 0.5, 0.25
_WHO = {Role.LEAD, Role.PERSON, Role.LEADER}


def says_plan(title: str) -> bool:
    """Whether a title calls its paper one that lays something down."""
    return bool(_PLANS.search(title)) and not _tells(title)


def why_no_plan(items: Sequence[Found], title: str) -> str:
    """Why measures and the title of their paper make it no plan; empty where they do."""
    if _tells(title):
        return f"标题“{title}”是总结、信息、预案一类，说明情况，不布置任务"
    if not items:
        return "没有读到一条措施"
    named = sum(_is_named(item) or _is_due(item) for item in items)
    share = SHARE_IN_PLAN if _PLANS.search(title) else SHARE_NAMED
    if named > 0 and named >= share * len(items):
        return ""
    return f"像措施的内容有 {len(items)} 条，写明责任单位、责任人或期限的只有 {named} 条"


#: «…整改方案及阶段性落实情况» is a plan that tells besides.
_AND_TELLS = re.compile(r"(?:方案|计划|清单|台账|措施|分工)(?:表)?(?:及|和|与|暨|、)[^,。]{0,14}$")

#: «…整改方案的公告», «整改措施清单公示»: a plan is one, whoever may see it.
_MADE_PUBLIC = re.compile(
    r"(?<=方案|清单|台账|措施|计划)(?:的|予以|进行)*(?:公告|公示|公开|公布)(?:[(（][^()（）]*[)）])?$"
)


def _tells(title: str) -> bool:
    if _AND_TELLS.search(title):
        return False
    bare = re.sub(r"^关于|(?:印发|转发)|的?通知$|[《》“”]", "", title)
    bare = _MADE_PUBLIC.sub("", bare)
    return bool(_TELLS.search(bare) or _REPORTS.search(bare))


#: «…整改措施进展情况», «…落实情况报告».
_PROGRESS = re.compile(
    r"(?:进展|进度|落实|完成|推进|办理|整改)(?:情况)?(?:的?(?:报告|汇报|说明|统计)?表?)(?:[(（][^()（）]*[)）])?$"
)


def is_rule(lines: Sequence[str]) -> bool:
    """Whether a document is rules that hold for good (预案, 制度), whatever tables it has.

    It says so in its first lines. A row of a table, «修订大客流应急预案», speaks of rules and makes
    none, and under the title of a report on progress no line does.
    """
    filled = [line.strip() for line in lines if line.strip() and "\t" not in line]
    if _PROGRESS.search(title_of([plain_line(line) for line in filled[:_TITLE_WITHIN]])):
        return False
    return any(
        len(line) <= _LONGEST_TITLE and _RULES.search(line) for line in filled[:_TITLE_WITHIN]
    )


#: «关于…问题整改完成情况的报告»: what was done, told to whoever asked for it.
_DONE = re.compile(r"(?:整改|办理|落实)?完成情况的?(?:报告|汇报)(?:[(（][^()（）]*[)）])?$")


def reports_done(lines: Sequence[str]) -> bool:
    """Whether a document reports by its title that what was asked has been done."""
    return bool(_DONE.search(title_of([plain_line(line) for line in lines[:_REPORT_HEAD]])))


_REPORT_HEAD = 40


def _is_named(item: Found) -> bool:
    """Whether anybody answers for a measure, beside whoever its sentence begins with.

    «县商务局要督促…，6月20日前整改到位» names who begins it, too.
    """
    named = [item.values[role] for role in _WHO & item.values.keys()]
    is_told = tells_unit(item.text) and Role.DUE in item.values
    return any(value.how is not How.ACTOR or is_told for value in named)


def _is_due(item: Found) -> bool:
    """Whether a deadline stands beside the measure; a day in a sentence may be of anything."""
    due = item.values.get(Role.DUE)
    return due is not None and due.how is not How.WORDS
