"""What fields of several ledgers are called, as phrases: one meaning is declared once.

Each ledger adds its own. The classes are those of words.py.
"""

from analysis.ledgers.grammar import phrase

_WORK = "FIX|HANDLE|DONE"
_OF_WORK = "FIX HANDLE DONE HAZARD SAFETY LEAD"

#: 整改时限, 限期整改时间, 应完成时间; plain «整改时间» may be a plan or a fact: the values tell.
DEADLINE = (
    phrase("LIMIT", may=f"{_OF_WORK} MUST SUPERVISE FACT TIME"),
    phrase("TIME", "MUST", f"{_OF_WORK} FACT"),
    phrase("MUST", "TIME|LIMIT", f"{_OF_WORK} MUST"),
    phrase("TIME", _WORK, "FIX HANDLE DONE HAZARD SAFETY", 0.6),
)
#: 延期后期限.
EXTENDED_DEADLINE = (phrase("LIMIT TIME", "EXTEND", f"{_OF_WORK} MUST"),)
#: 实际完成日期, 整改完毕时间; plain «整改时间» as well, see DEADLINE.
COMPLETION = (
    phrase("TIME", "FACT", "FIX HANDLE DONE HAZARD SAFETY FACT"),
    phrase("TIME", _WORK, "FIX HANDLE DONE HAZARD SAFETY", 0.6),
)
#: 整改情况, 是否完成, 当前状态.
PROGRESS = (
    phrase("STATE SITUATION", "FIX|HANDLE|DONE|FACT|CLOSE", "HAZARD SAFETY"),
    phrase("SITUATION", "STATE", "HAZARD SAFETY FIX HANDLE DONE"),
    phrase("OUTCOME", "FIX", "HAZARD SAFETY DONE"),
    phrase("STATE", may="HAZARD SAFETY FIX HANDLE DONE FACT", weight=0.9),
    phrase("FIX HANDLE DONE FACT CLOSE", "WHETHER", "HAZARD SAFETY"),
)
#: 责任单位, 整改部门; over «主责»: the unit that leads.
RESPONSIBLE_UNIT = (
    phrase("UNIT", "LEAD", "FIX HANDLE HAZARD SAFETY BELONG NAME"),
    phrase("UNIT", "FIX|HANDLE", "HAZARD SAFETY BELONG", 0.8),
    phrase("UNIT", "OVERSEE", "LEAD FIX HAZARD SAFETY BELONG", 0.5),
    phrase("NAME", "UNIT LEAD|FIX", "FIX HAZARD SAFETY BELONG"),
    phrase("LEAD", "UNIT", "FIX HANDLE HAZARD BELONG"),
)
#: 配合单位; under 责任单位: «配合».
SUPPORTING_UNITS = (
    phrase("UNIT", "SUPPORT", "FIX LEAD HANDLE NAME"),
    phrase("SUPPORT", "UNIT", "FIX LEAD HANDLE"),
)
#: 责任人, 整改负责人, 牵头领导.
RESPONSIBLE_PERSON = (
    phrase("ANSWERABLE", may="FIX HANDLE LEAD HAZARD SAFETY UNIT"),
    phrase("ANSWERABLE", "OVERSEE", "FIX HANDLE LEAD HAZARD SAFETY UNIT", 0.6),
    phrase("NAME", "ANSWERABLE", "FIX HANDLE LEAD HAZARD SAFETY UNIT"),
    phrase("PERSON", "FIX|HANDLE|LEAD", "HAZARD SAFETY UNIT OVERSEE", 0.9),
    phrase("PERSON", "OVERSEE", "FIX LEAD HAZARD", 0.6),
)
#: 被检查单位, 隐患单位, 酒店名称.
PLACE_OF_BUSINESS = (
    phrase("UNIT SITE OBJECT", "CHECKED|HAZARD", "INSPECT SITE SAFETY BELONG REPORT"),
    phrase("OBJECT", "INSPECT", "SITE SAFETY"),
    phrase("NAME", "CHECKED|HAZARD UNIT|SITE|OBJECT", "INSPECT SAFETY BELONG REPORT"),
    phrase("NAME", "INSPECT OBJECT", "SAFETY"),
    phrase("NAME", "SITE", "SITE"),
    phrase("SITE", may="SITE", weight=0.8),
    phrase("SITE", "INSPECT", weight=0.6),
)
#: 场所类型, 所属行业.
KIND_OF_BUSINESS = (
    phrase("KIND", "SITE|TRADE|UNIT", "BELONG"),
    phrase("TRADE", may="BELONG OVERSEE TRADE"),
)
#: 属地乡镇, 镇街.
TOWNSHIP = (phrase("TOWN", may="BELONG TOWN"),)
#: 验收时间, 复核日期.
ACCEPTANCE_DAY = (phrase("TIME", "ACCEPT", "FIX HAZARD CLOSE DONE FACT"),)
#: 验收人, 复查人员.
ACCEPTED_BY = (
    phrase("PERSON", "ACCEPT", "FIX HAZARD CLOSE"),
    phrase("NAME", "PERSON ACCEPT", "FIX HAZARD CLOSE"),
    phrase("PERSON", "CLOSE", "FIX HAZARD", 0.7),
)
#: 销号时间.
CLOSING_DAY = (phrase("TIME", "CLOSE", "FIX HAZARD FACT"),)
#: 整改方式, 治理类型.
WAY_OF_FIXING = (phrase("KIND WAY", "FIX|HANDLE", "HAZARD SAFETY"),)
