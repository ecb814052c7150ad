"""What the labels of a plan say, in the grammar of headers: «整改时限：», «（二）责任分工».

A label has the same words and phrases as a header of a column; what stands behind it is one of a
few roles, whatever ledger the plan ends in. What is known of the other columns of an office's
lists (检查时间, 联系电话, 备注) stands apart as context.
"""

from enum import StrEnum

from analysis.ledgers.grammar import Phrase, phrase
from analysis.ledgers.phrases import (
    DEADLINE,
    PROGRESS,
    RESPONSIBLE_PERSON,
    RESPONSIBLE_UNIT,
    SUPPORTING_UNITS,
    WAY_OF_FIXING,
    WHAT_TO_DO,
)


class Role(StrEnum):
    """What a piece of a plan is."""

    PROBLEM = "问题"
    MANIFESTATION = "表现形式"
    MEASURE = "措施"
    DETAIL = "细化措施"
    LEAD = "牵头单位"
    SUPPORT = "配合单位"
    PERSON = "责任人"
    LEADER = "责任领导"
    DUE = "时限"
    KIND = "整改类别"
    OVERSEER = "督导"
    GOAL = "目标"
    PROGRESS = "进展"
    CONTEXT = "其他"


_WORK = (
    "FIX HANDLE DONE WORK CAMPAIGN MEASURE SUPERVISE DECIDE REPORT SAFETY HAZARD PROBLEM NEXT "
    "YEARLY"
)
_FAULT = (
    "REPORT FEEDBACK INSPECT FIND SAFETY FIX MAJOR SUPERVISE ACCIDENT PUBLISH HAZARD PROBLEM "
    "CAMPAIGN"
)
_WHO = f"{_WORK} LEAD UNIT BELONG"

#: Each role with its phrases; of those that a label fits the heaviest counts, then the first.
LABELS: dict[Role, tuple[Phrase, ...]] = {
    Role.DUE: (
        *DEADLINE,
        phrase("PLAN MUST MEASURE", "TIME|LIMIT|STATE", f"{_WORK} TIME LIMIT STATE"),
        phrase("LIMIT", may=f"{_WORK} MUST TIME STATE LIMIT FACT CLOSE"),
        phrase("TIME STATE", "MUST", f"{_WORK} MUST"),
        phrase("TIME", "FIX|HANDLE|DONE|CLOSE", f"{_WORK} CLOSE"),
    ),
    Role.OVERSEER: (
        phrase("UNIT BODY PERSON ANSWERABLE GROUP", "WATCH", f"{_WHO} OVERSEE INSPECT WATCH TRADE"),
        phrase("LEADER", "WATCH", f"{_WHO} WATCH INSPECT", 1.1),
        phrase("UNIT BODY PERSON", "CLOSE", f"{_WORK} CLOSE"),
    ),
    Role.SUPPORT: (
        *SUPPORTING_UNITS,
        phrase("UNIT BODY ANSWERABLE SIDE", "SUPPORT", f"{_WHO} SUPPORT", 1.1),
        phrase("SUPPORT", may=_WORK, weight=0.9),
    ),
    Role.LEADER: (
        phrase("LEADER", may=f"{_WHO} OVERSEE LEADER GROUP"),
        phrase("ANSWERABLE", "OVERSEE", f"{_WHO} OVERSEE"),
    ),
    Role.PERSON: (
        *RESPONSIBLE_PERSON,
        phrase("NAME POST", "ANSWERABLE", f"{_WHO} NAME"),
        phrase("ANSWERABLE", may=_WHO),
    ),
    Role.LEAD: (
        *RESPONSIBLE_UNIT,
        phrase("ALLOTTED", may=f"{_WHO} PLAN"),
        phrase(
            "UNIT BODY GROUP TOWN SIDE", "LEAD|FIX|HANDLE|DONE|HOLD", f"{_WHO} OVERSEE TOWN NAME"
        ),
        phrase("LEAD", may=_WORK, weight=0.9),
        phrase("HANDLE", "LEAD", weight=0.9),
    ),
    Role.KIND: (*WAY_OF_FIXING, phrase("KIND WAY NATURE", "FIX|HANDLE|DONE|WORK|MEASURE", _WORK)),
    Role.GOAL: (
        phrase("AIM RESULT", may=f"{_WORK} ACCEPT CLOSE MUST AIM RESULT STATE"),
        phrase("MUST MEASURE WORK WAY", "AIM|RESULT", f"{_WORK} ACCEPT CLOSE AIM"),
    ),
    Role.PROGRESS: (
        *PROGRESS,
        phrase("STATE SITUATION OUTCOME", may=f"{_WORK} CLOSE STATE FACT THIS_PERIOD", weight=0.6),
    ),
    Role.MANIFESTATION: (
        phrase("EXPRESSION", may=f"{_FAULT} EXPRESSION ABOUT", weight=1.2),
        phrase("SITUATION ABOUT", "EXPRESSION", _FAULT),
    ),
    Role.DETAIL: (phrase("FINER", may=f"{_WORK} FINER ABOUT", weight=1.1),),
    Role.MEASURE: (
        *WHAT_TO_DO,
        phrase("DETAILED", may=f"{_WORK} DETAILED"),
        phrase("MEASURE", "FIX|HANDLE|WORK|SUPERVISE|SAFETY|MUST|ENSURE", f"{_WORK} MUST ENSURE"),
        phrase("MEASURE PLAN", "NEXT", f"{_WORK} PLAN"),
        phrase("COURSE", "FIX|WORK|NEXT", _WORK),
        phrase("TASK", may=f"{_WORK} TASK PLAN ENSURE", weight=0.8),
        phrase("ABOUT", "FIX|HANDLE|WORK|DECIDE|SUPERVISE|MEASURE", f"{_WORK} ABOUT"),
        phrase("THING", may="THING", weight=0.5),
        phrase("THING", "REPORT", f"{_WORK} THING"),
    ),
    Role.PROBLEM: (
        phrase("HAZARD PROBLEM", may=_FAULT),
        phrase("ABOUT NAME SITUATION TITLE STATE", "HAZARD|PROBLEM", f"{_FAULT} ABOUT", 1.1),
        phrase("OPINION ABOUT SITUATION", "INSPECT|FEEDBACK", _FAULT),
        phrase("FACTS", may=_FAULT, weight=1.1),
        phrase("ABOUT SITUATION", "RISK", _FAULT),
    ),
    Role.CONTEXT: (
        phrase(
            "NUMBER BASIS SOURCE REASON LEVEL WHERE ADDRESS KIND TRADE COUNT NATURE",
            may=f"{_WORK} {_FAULT} SITE UNIT BODY NUMBER CONSEQUENCE BREACH ACCIDENT OCCUR SOURCE",
            weight=0.9,
        ),
        phrase("NUMBER SOURCE REASON LEVEL WHERE KIND COUNT", "HAZARD|PROBLEM", _FAULT, 1.2),
        phrase("TIME OUTCOME SITUATION PERSON SIGNED OPINION", "ACCEPT", f"{_WORK} CLOSE", 0.9),
        phrase(
            "TIME",
            "INSPECT|FIND|MEETING|HOLD|SUBMIT|REPORT|ACCEPT|OCCUR|PUBLISH|ISSUE|SIGNED",
            f"{_FAULT} MEETING HOLD SUBMIT ISSUE TIME FACT",
            1.2,
        ),
        phrase("TIME", "FACT", f"{_WORK} FACT CLOSE", 1.2),
        phrase("PERSON UNIT BODY GROUP LEADER", "SUBMIT|INSPECT|JOIN|CHECKED|SIGNED", _WHO, 1.0),
        phrase("NAME ADDRESS WHERE TOWN", "SITE|UNIT|BODY|CHECKED|PARTY", "SITE UNIT BODY CHECKED"),
        phrase("NAME TITLE", "WORK|CAMPAIGN|MEETING|SITE", _WHO, 0.8),
        phrase("PHONE LIAISON PAPER", may=f"{_WHO} SUBMIT LIAISON", weight=1.3),
        phrase("OTHER TIME WHERE", weight=0.5),
        phrase("EVIDENCE", may=f"{_WORK} CLOSE ACCEPT EVIDENCE"),
        phrase("MONEY", may=f"{_WORK} SOURCE ENSURE MUST"),
        phrase("SOURCE ENSURE", "MONEY", f"{_WORK} MONEY"),
    ),
}
