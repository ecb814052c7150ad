"""Words of a 验收结论 → the act that it is: 合格 closes, 不合格 and 退回重改 send back.

What was found wanting is taken out of the text before what was found good is looked for, since
不合格 holds 合格. A verdict with a condition, a verdict yet to come, or two that contradict each
other are none: what is called closed is out of everybody's sight.
"""

import re

_GOOD = (
    "合格|通过|达标|达到(?:整改)?(?:要求|标准)|符合(?:整改|验收|销号)?(?:要求|标准|条件|规定)|"
    "到位|彻底|完毕|完成|销号|销案|核销"
)
_BAD = re.compile(
    rf"(?:尚未|还未|仍未|暂未|未能|没有|没能|[不未没])(?:完全|全部|全面|按要求|予以|予|能|准|准予|同意|整改|验收|复查)*"
    rf"(?:{_GOOD}|整改|符合|改)|(?:整改|落实)不力|不同意|退回|重改|重新整改|返工|驳回|继续整改|限期(?:整改|改正)"
)
#: No verdict yet, or one with a condition.
_OPEN = re.compile(
    "待|拟|尚|暂|未(?:组织|开展)?(?:验收|复查|复核)|基本|部分|原则|大体|初步|有条件|申请|提请|报请|计划|预计|"
    "准备|建议|如|若|后再|限期|整改中|验收中|[%?]"
)
#: Why an item was looked at, which is past: 应单位申请，验收通过. 申请验收 alone is yet to come.
_ASKED_FOR = re.compile(
    r"(?:应[^,;。待拟未后]{2,16}的?申请(?=[,;])|(?:经|依|(?:根据|按照?|依据|据)[^,;。待拟未后]{2,16}?的?)申请)"
)
#: What is to be done by a day, or after something else: no verdict on what was done.
_AHEAD = re.compile(r"[^,;。]*(?:前|待|后再|须|应|限)[^,;。]*")
#: «缺检验报告，暂不予销号» says nothing against the work; «整改不到位，暂不销号» does, beside it.
_NOT_YET = re.compile(
    "(?:(?:尚|还|仍|暂)?(?:未|没有?)(?:予|能)?|暂(?:时|且)?不(?:予|能|宜|作|做)?)(?:销号|销案|核销)"
)
_TAKEN_BACK = re.compile("撤回|撤销|取消")
#: What makes an item none: it was never one, or stands twice.
_IS_NONE = re.compile(
    "误报|误判|误录|误登|重复(?:登记|上报|录入|报送|填报)|(?:不属于?|不是|不构成|不成立|不存在|并?非)(?:安全|事故|消防|重大)*隐患|"
    "不予认定|撤销(?:该|本|此|这)?(?:条|项)?(?:安全|事故)?(?:隐患|事项|问题)|(?:隐患|事项)(?:予以)?撤销"
)
#: An acceptance is taken back, whatever else is said.
_OF_ACCEPTANCE = re.compile("验收|销号|销案|核销")
#: What is said of the work beside a later deadline: «整改不到位，延期至…» sends back.
_BAD_WORK = re.compile("不合格|不到位|未(?:整改|完成|通过)|退回|重改|重新整改|返工")
#: A later deadline is no verdict on the work: «同意延期至12月31日» closes nothing.
_DELAY = re.compile("延期|延长|延至|延到|延缓|顺延|展期")
_DELAY_REFUSED = re.compile("不(?:予|同意|批准|准|得|再|能)|未(?:予|获)?(?:同意|批准)|驳回|否决")
_GRANTED = re.compile("同意|准予|批准|核准|可以?延|^(?:延期|延长|延至|延到|顺延|展期)")
_ACCEPTED = re.compile(
    rf"{_GOOD}|已整改|同意|整改(?:好|完)|问题(?:已)?(?:解决|消除)|隐患(?:已)?(?:消除|排除)"
)


def act_of(text: str) -> str:
    """The act of a verdict, which is folded: accept, reject, withdraw or void, a later deadline
    granted or refused; empty where it says none.

    A verdict that sends back may name conditions; one that accepts or grants may not.
    """
    if _DELAY.search(text) and not _OF_ACCEPTANCE.search(text) and not _BAD_WORK.search(text):
        if _DELAY_REFUSED.search(text):
            return "refuse"
        return "extend" if _GRANTED.search(text) and not _OPEN.search(text) else ""
    if makes_none(text):
        return "" if _BAD.search(_IS_NONE.sub(" ", text)) or _OPEN.search(text) else "void"
    text = _NOT_YET.sub("待", _ASKED_FOR.sub("", text))
    rest = _BAD.sub(" ", text)
    if rest != text:
        return "" if _ACCEPTED.search(_AHEAD.sub(" ", _TAKEN_BACK.sub(" ", rest))) else "reject"
    if _TAKEN_BACK.search(text):
        return "withdraw"
    return "accept" if _ACCEPTED.search(text) and not _OPEN.search(text) else ""


def makes_none(text: str) -> bool:
    """Whether words say that an item is none, and nothing of its acceptance: 系误报, 不属隐患."""
    return bool(_IS_NONE.search(text)) and not _OF_ACCEPTANCE.search(text)


def is_bare_withdrawal(text: str) -> bool:
    """Whether a verdict only says 撤销: of the item, or of its acceptance. 撤回 is of an act."""
    return "撤销" in text and not _OF_ACCEPTANCE.search(text)
