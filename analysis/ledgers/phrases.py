"""What fields of several ledgers are called, as phrases: one meaning is declared once.

Each ledger adds its own. The classes are those of words.py.
"""

from analysis.ledgers.grammar import phrase

_WORK = "FIX|HANDLE|DONE"
_OF_WORK = "FIX HANDLE DONE HAZARD SAFETY LEAD WORK"

#: 整改时限, 限期整改时间, 应完成时间; plain «整改时间» may be a plan or a fact: the values tell.
DEADLINE = (
    phrase("LIMIT", may=f"{_OF_WORK} MUST SUPERVISE FACT TIME"),
    phrase("TIME", "MUST", f"{_OF_WORK} FACT"),
    phrase("MUST", "TIME|LIMIT", f"{_OF_WORK} MUST"),
    phrase("TIME", _WORK, "FIX HANDLE DONE HAZARD SAFETY", 0.6),
    phrase("DONE", "MUST", "FIX", 0.6),  # 要求完成
)
#: 延期后期限.
EXTENDED_DEADLINE = (
    phrase("LIMIT TIME", "EXTEND", f"{_OF_WORK} MUST APPROVE FACT"),
    phrase("EXTENDED", may=f"{_OF_WORK} MUST APPROVE EXTEND LIMIT TIME"),
)
#: 实际完成日期, 整改完毕时间; plain «整改时间» as well, see DEADLINE.
COMPLETION = (
    phrase("TIME", "FACT", "FIX HANDLE DONE HAZARD SAFETY FACT WORK"),
    phrase("TIME", _WORK, "FIX HANDLE DONE HAZARD SAFETY", 0.6),
)
#: 整改情况, 是否完成, 当前状态.
PROGRESS = (
    phrase("STATE SITUATION", "FIX|HANDLE|DONE|FACT", "HAZARD SAFETY WORK CLOSE"),
    phrase("STATE SITUATION", "CLOSE", "HAZARD SAFETY WORK", 0.8),  # beside 当前状态
    phrase("SITUATION", "STATE", "HAZARD SAFETY FIX HANDLE DONE WORK"),
    phrase("OUTCOME", "FIX|DONE|CLOSE", "HAZARD SAFETY WORK"),
    phrase("OUTCOME", "HANDLE", "HAZARD WORK", 0.5),
    phrase("STATE", may="HAZARD SAFETY FIX HANDLE DONE FACT CLOSE WORK", weight=0.9),
    phrase("SITUATION", "WORK|REPORT", "HAZARD SAFETY FIX HANDLE DONE WORK", 0.6),
    phrase("FIX HANDLE DONE FACT CLOSE", "WHETHER", "HAZARD SAFETY WORK"),
    # What it was like and what has become of it: 整改前/整改后, 整改后情况.
    phrase("AFTER", "FIX", "HAZARD SAFETY", 0.6),
    phrase("SITUATION STATE", "AFTER FIX", "HAZARD SAFETY", 0.7),
    # Where nobody says more of the state than who looked again: the words in the cells tell.
    phrase("OUTCOME SITUATION", "ACCEPT", "FIX HAZARD CLOSE", 0.5),
)
#: 责任单位, 整改部门; over «主责»: the unit that leads.
RESPONSIBLE_UNIT = (
    phrase("UNIT", "LEAD", "FIX HANDLE HAZARD SAFETY BELONG NAME WORK OVERSEE"),
    phrase("UNIT", "FIX|HANDLE", "HAZARD SAFETY BELONG WORK OVERSEE", 0.8),
    phrase("UNIT", "OVERSEE", "LEAD FIX HAZARD SAFETY BELONG", 0.5),
    phrase("NAME", "UNIT LEAD|FIX", "FIX HAZARD SAFETY BELONG WORK"),
    phrase("LEAD", "UNIT", "FIX HANDLE HAZARD BELONG WORK"),
    phrase("SET_FOR"),
    phrase("UNIT BODY", "SET_FOR"),  # 定责任股室
)
#: 配合单位; under 责任单位: «配合».
SUPPORTING_UNITS = (
    phrase("UNIT", "SUPPORT", "FIX LEAD HANDLE NAME WORK"),
    phrase("SUPPORT", "UNIT", "FIX LEAD HANDLE WORK"),
    phrase("NAME", "UNIT SUPPORT", "FIX LEAD HANDLE"),
)
#: 责任人, 整改负责人, 牵头领导.
RESPONSIBLE_PERSON = (
    phrase("ANSWERABLE", may="FIX HANDLE LEAD HAZARD SAFETY UNIT WORK"),
    phrase("ANSWERABLE", "OVERSEE", "FIX HANDLE LEAD HAZARD SAFETY UNIT", 0.6),
    phrase("NAME", "ANSWERABLE", "FIX HANDLE LEAD HAZARD SAFETY UNIT"),
    phrase("PERSON", "FIX|HANDLE|LEAD", "HAZARD SAFETY UNIT OVERSEE", 0.9),
    phrase("PERSON", "OVERSEE", "FIX LEAD HAZARD", 0.6),
)
#: 被检查单位, 隐患单位, 酒店名称, 使用单位, 行政相对人; 检查地点 where nothing says more.
_OF_PLACE = "INSPECT SITE UNIT SAFETY BELONG REPORT OPERATE OVERSEE"
PLACE_OF_BUSINESS = (
    phrase("UNIT SITE OBJECT", "CHECKED|HAZARD", _OF_PLACE),
    phrase("OBJECT", "INSPECT", "SITE SAFETY"),
    phrase("PARTY", may="INSPECT SITE CHECKED SAFETY", weight=0.9),
    phrase("BODY", "OPERATE", "SITE", 0.9),
    phrase("NAME", "CHECKED|HAZARD UNIT|SITE|OBJECT", _OF_PLACE),
    phrase("NAME", "INSPECT OBJECT", "SAFETY"),
    phrase("NAME", "PARTY", "INSPECT SITE"),
    phrase("NAME", "SITE", "SITE BODY OPERATE BELONG"),
    phrase("NAME", "BODY", "OPERATE SITE", 0.8),
    phrase("SITE", may="SITE BODY OPERATE", weight=0.8),
    phrase("SITE", "INSPECT", weight=0.6),
    phrase("BODY", "SITE", "OPERATE", 0.7),
    phrase("BODY", "BELONG", weight=0.4),
    phrase("WHERE", may="INSPECT", weight=0.3),
    phrase("BODY", weight=0.5),
)
#: 场所类型, 所属行业, 单位性质.
KIND_OF_BUSINESS = (
    phrase("KIND NATURE", "SITE|TRADE|UNIT|OBJECT|PARTY", "BELONG OPERATE CHECKED INSPECT"),
    phrase("TRADE", may="BELONG OVERSEE TRADE OPERATE SITE"),
    phrase("KIND NATURE", "OPERATE", "BELONG", 0.8),
)
#: 属地乡镇, 镇街.
TOWNSHIP = (phrase("TOWN", may="BELONG TOWN"),)
#: 验收时间, 复核日期.
ACCEPTANCE_DAY = (phrase("TIME", "ACCEPT", "FIX HAZARD CLOSE DONE FACT ANSWERED WORK SITUATION"),)
#: 验收人, 复查人员.
ACCEPTED_BY = (
    phrase("PERSON", "ACCEPT", "FIX HAZARD CLOSE WORK JOIN GROUP"),
    phrase("NAME", "PERSON ACCEPT", "FIX HAZARD CLOSE"),
    phrase("SIGNED", "ACCEPT", "FIX HAZARD CLOSE PERSON GROUP"),
    phrase("PERSON", "CLOSE", "FIX HAZARD", 0.7),
)
#: 销号时间.
CLOSING_DAY = (phrase("TIME", "CLOSE", "FIX HAZARD FACT APPROVE ACCEPT WORK"),)
#: 整改方式, 治理类型.
WAY_OF_FIXING = (phrase("KIND WAY", "FIX|HANDLE", "HAZARD SAFETY"),)
#: 整改措施, 处置建议.
WHAT_TO_DO = (
    phrase("MEASURE", "FIX|HANDLE|WORK", "HAZARD SAFETY MEASURE WORK"),
    phrase("MEASURE", may="MEASURE", weight=0.7),
    phrase("ABOUT", "MEASURE", "FIX HANDLE HAZARD", 0.8),
    phrase("DETAILED", may="FIX HANDLE HAZARD", weight=0.7),
)
#: 应报送日期, 报送截止时间.
REPORT_DUE = (
    phrase("TIME", "MUST SUBMIT", "MUST REPORT GROUP WORK"),
    phrase("LIMIT", "SUBMIT", "MUST REPORT GROUP WORK"),
    phrase("MUST LIMIT", "SUBMIT TIME", "REPORT GROUP WORK"),
)
#: 报送时间, 实际上报日期.
REPORTED_ON = (phrase("TIME", "SUBMIT", "FACT REPORT GROUP WORK"),)
