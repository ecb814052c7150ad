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
#: What is to be done by a day, or after something else: no verdict on what was done.
_AHEAD = re.compile(r"[^,;。]*(?:前|待|后再|须|应|限)[^,;。]*")
_NOT_YET = re.compile("(?:尚|还|仍|暂)?(?:未|没有?)(?:予|能)?(?:销号|销案|核销)")
_TAKEN_BACK = re.compile("撤回|撤销|取消")
_ACCEPTED = re.compile(
    rf"{_GOOD}|已整改|同意|整改(?:好|完)|问题(?:已)?(?:解决|消除)|隐患(?:已)?(?:消除|排除)"
)


def act_of(text: str) -> str:
    """The act of a verdict, which is folded: accept, reject or withdraw; empty where it says none.

    A verdict that sends back may name conditions; one that accepts may not.
    """
    text = _NOT_YET.sub("待", text)
    rest = _BAD.sub(" ", text)
    if rest != text:
        return "" if _ACCEPTED.search(_AHEAD.sub(" ", _TAKEN_BACK.sub(" ", rest))) else "reject"
    if _TAKEN_BACK.search(text):
        return "withdraw"
    return "accept" if _ACCEPTED.search(text) and not _OPEN.search(text) else ""
