"""What is typed into a form: plain text and days, or one line that says what is wrong."""

from datetime import date

from analysis.errors import YanpanError
from analysis.wording.formulas import SIGNS, is_formula
from analysis.wording.values import written_day

LONGEST = 200


def plain(label: str, text: str) -> str:
    """A text of one line that no spreadsheet would run.

    Raises:
        YanpanError: there is none, it is too long, or it has signs that no such text has.

    """
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        raise YanpanError(f"请填写{label}（最多 {LONGEST} 字）。")
    if is_formula(said) or not said.isprintable():
        raise YanpanError(f"{label}不能以 {' '.join(SIGNS)} 开头，也不能有特殊字符。")
    return said


def past_day(label: str, text: str) -> date:
    """A day that is not ahead.

    Raises:
        YanpanError: it is none, or it is.

    """
    day = any_day(label, text)
    if day > date.today():
        raise YanpanError(f"{label} {day} 还没有到。")
    return day


def any_day(label: str, text: str) -> date:
    """A day.

    Raises:
        YanpanError: it is none.

    """
    try:
        return written_day(text)
    except ValueError:
        raise YanpanError(f"请填写{label}，写成 2023-11-15 的样子。") from None
