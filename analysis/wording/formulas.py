"""Text that a spreadsheet would run as a formula: the one guard of every file of plain values.

A CSV file has no types, so that what Excel, WPS or LibreOffice make of a cell hangs on how it
begins. Cells of a workbook are typed as text instead, and need no guard.
"""

import re
from typing import Any

#: ``=`` begins a formula. ``+`` and ``-`` begin one too, and ``@`` a function, as they did in
#: Lotus 1-2-3. The full-width forms are taken for the same by East Asian versions of Excel.
SIGNS = "=+-@＝＋－＠"
#: White space, control characters and a byte order mark may be passed over, a tab or a line end may
#: begin a new cell: what counts is the first sign behind them.
_FORMULA = re.compile(rf"[\s\x00-\x1f\x7f\ufeff]*[{re.escape(SIGNS)}]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula."""
    return _FORMULA.match(text) is not None


def harmless(value: Any) -> Any:
    """A value as a file for spreadsheets may hold it: a text that may be run stands behind a ``'``.

    A number is a number, negative or not. The *text* «-3» or «+86139…» is quoted like any other:
    somebody wrote it as a name or a telephone number, and it is to be seen as it was written.
    """
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
