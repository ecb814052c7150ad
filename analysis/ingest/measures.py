"""三清单 rows: the numbers, amounts and frequencies that stand inside their texts."""

import re
import unicodedata

import pandas as pd

#: «细化措施：(18-1)：», «5-1 », «(5-1)» in front of a measure; a «1-4月» within it is no number.
SUB_NO = re.compile(r"^(?:(?:细化|整改|工作)?措施)?:?\(?(\d+-\d+)\)?")
#: «整改措施5：», «表现形式3：», «(18)…», «1、…»; a bare «19个行业» is no number.
LEADING_NO = re.compile(
    r"^(?:(?:细化|整改|工作)?措施|表现形式|自查问题):?\(?(\d+)(?![\d-])|^\(?(\d+)[)、.:]"
)
#: The same labels, to be taken off the words of a measure as they stand.
LABEL = re.compile(
    r"^(?:(?:细化|整改|工作)?措施\s*[:：]?\s*[（(]?\d+(?:-\d+)?|[（(]?\d+-\d+|[（(]?\d+(?=[）)、.:：]))"
    r"[）)]?\s*[:：、.]?\s*"
)
FREQUENCY = re.compile(r"每(?:个)?(半月|月|季度|季|半年|年|周)")
QUANTITY = re.compile(r"(\d+|[一二两三四五六七八九十])(?:次|份|篇|家|场)")
CHINESE_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)} | {
    "两": 2
}
SELF_CHECK = "自查"


def number_measures(frame: pd.DataFrame, is_self_check: bool) -> pd.DataFrame:
    """Fill list_kind, manifestation_no, measure_no, sub_no, quantity and frequency.

    A row of the 自查问题 sheet has no 细化措施; its 整改措施 is the thing to track.
    """
    frame = frame.copy()
    frame["list_kind"] = "自查问题" if is_self_check else "反馈问题"
    frame["manifestation_no"] = frame["manifestation"].map(_leading, na_action="ignore")
    frame["measure_no"] = frame["measure"].map(_leading, na_action="ignore")
    tracked = frame["sub_measure"].fillna(frame["measure"])
    if is_self_check:
        frame["measure_no"] = frame["measure_no"].map(SELF_CHECK.__add__, na_action="ignore")
        found = frame["measure_no"]
    else:
        found = frame["sub_measure"].map(_sub_no, na_action="ignore")
    frame["sub_no"] = frame["sub_no"].fillna(found)
    frame["sub_measure"] = tracked.map(lambda text: LABEL.sub("", text), na_action="ignore")
    frame["frequency"] = tracked.map(_frequency, na_action="ignore")
    frame["quantity"] = tracked.map(_quantity, na_action="ignore")
    return frame


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _sub_no(text: str) -> str | None:
    match = SUB_NO.match(_plain(text))
    return match.group(1) if match else None


def _leading(text: str) -> str | None:
    match = LEADING_NO.match(_plain(text))
    return match.group(1) or match.group(2) if match else None


def _frequency(text: str) -> str | None:
    match = FREQUENCY.search(_plain(text))
    return f"每{match.group(1)}" if match else None


def _quantity(text: str) -> float | None:
    match = QUANTITY.search(SUB_NO.sub("", _plain(text)))
    if not match:
        return None
    said = match.group(1)
    return float(CHINESE_DIGITS.get(said, 0) or said)
