"""Whether a cell or a column says nothing, or that there is nothing to be said."""

import re
from collections.abc import Sequence
from typing import Any

#: No such text is longer.
LONGEST = 30
_WHEN = (
    r"(?:[本该当此上这]|\d{1,2}|[一二三四五六七八九十]{1,2})?[个份]?[上下]?半?"
    r"(?:期|月份?|周|旬|季度?|年度?|次|阶段)(?:[上下]半月|[上中下]旬|度|内)?"
)
_WHO = r"[本我该](?:单位|部门|[局镇乡县街]|街道|社区|辖区|地区|区域|行业|领域|系统|企业|公司|大队)"
_LOOKED = r"(?:经|通过)?(?:全面|认真)?(?:自查|检查|排查|巡查|抽查)(?:后|中|时)?"
_SAW = r"(?:发现|发生|查出|检出|排查出|检查出|收到|新增|出现|产生|见)"
_KIND = (
    r"(?:新增|新发现|新的?|其[他它]|任何|明显|需要?整改的?|[重较]大|一般|突出|"
    r"安全|生产|消防|火灾|旅游|涉旅|文旅|风险)"
)
_THING = r"(?:隐患|问题|风险|事故|异常|情况|变化|变动)(?:点|项)?"
#: «本月未发现隐患», «本期无新增», «无变化»; not «无证上岗», «未排查隐患», «未见年检报告».
_DENIAL = (
    rf"(?:{_WHEN}|{_WHO}|{_LOOKED}|[,，、:：])*(?:暂时?|均|尚|并|亦|也)?"
    rf"(?:(?:未|没有?|无){_SAW}(?:{_KIND}|[及和与、])*(?:{_THING}[及和与、/或]?)*|"
    rf"(?:没有|无)(?:新增|新发现|(?:{_KIND}|[及和与、])*(?:{_THING}[及和与、/或]?)+|变化)?|零报告)"
)
#: One after another: «本期无新增、无变化».
_NONE = re.compile(rf"{_DENIAL}(?:[,，、;；和及也且]{_DENIAL})*[。.!！]?")


def is_null(value: Any) -> bool:
    """Whether a cell of a table is empty."""
    return value is None or value != value


def text_or_none(value: Any) -> str | None:
    """A cell of a table as text; None where it is empty."""
    return None if is_null(value) else str(value)


def is_empty(values: Sequence[Any]) -> bool:
    """Whether a column holds nothing but None."""
    return not values or (values[0] is None and values.count(None) == len(values))


def says_none(text: str) -> bool:
    """Whether a text says no more than that there is none: 无, 本月未发现隐患, 本期无新增."""
    is_denial = len(text) <= LONGEST and any(sign in text for sign in "无未没零")
    return is_denial and bool(_NONE.fullmatch(text.strip()))
