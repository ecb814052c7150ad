"""«延期至12月31日» in the words of a row whose columns leave the deadline as it was.

Nobody can see from the words whether anybody agreed: the deadline stays, and it is told.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from analysis.ingest.cells.values import parse_column
from analysis.ingest.findings import Place
from analysis.ingest.tables.records import Records
from analysis.ledgers import Ledger

DUE, EXTENDED, WORDS = "due_on", "extended_due_on", "status_text"
_PUT_OFF = re.compile("延|推")
_EXTENDED = re.compile(
    r"(?:延期|延长|推迟|顺延|延后)(?:整改|完成)?(?:期限|时限|时间)?(?:至|到)"
    r"(?P<day>(?:20\d{2}[年./-])?\d{1,2}[月./-](?:\d{1,2}日?|底)|20\d{2}年底|年底)"
)


def tell_extensions(records: Records, place: Place, ledger: Ledger, base: date) -> None:
    """A finding for each row whose words move a deadline that its columns do not move.

    ``base`` is the day of the submission, by which a day without a year is read.
    """
    if EXTENDED not in ledger.columns or WORDS not in ledger.columns:
        return
    columns = [records.get(name) for name in ("row_no", WORDS, "extra", DUE, EXTENDED)]
    for row_no, words, extra, due, extended in zip(*columns, strict=True):
        for text in _texts(words, extra):
            match = _EXTENDED.search(re.sub(r"\s", "", text))
            day = _day(match["day"], ledger, due or base) if match else None
            if match and day and extended is None and (due is None or day > due):
                message = (
                    f"文字里写有“{match.group()}”，没有填“{ledger[EXTENDED].label}”，"
                    "期限没有变；确经批准的，请填写延期后期限"
                )
                records.findings.append(
                    place.finding(
                        "extension_in_words", "warning", message,
                        row_no=row_no, field=EXTENDED, value=text,
                    )
                )  # fmt: skip
                break


def _texts(words: str | None, extra: str | None) -> Iterator[str]:
    """What a row tells of its progress, and in columns of no field, 备注, where a word of it may
    put something off: most rows have none.
    """
    if words and _PUT_OFF.search(words):
        yield words
    if extra and _PUT_OFF.search(extra):
        members: dict[str, Any] = json.loads(extra)
        yield from (value for value in members.values() if isinstance(value, str))


def _day(text: str, ledger: Ledger, base: date) -> date | None:
    (day,), problems = parse_column([text], ledger[DUE], base)
    found = getattr(day, "due_on", day)
    return found if not problems and isinstance(found, date) else None
