"""Warehouses of invented rows with all that a ledger may hold: 模拟数据, as untidy as can be."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.warehouse.publish import lay_out

AS_OF = date(2024, 2, 29)
#: Metrics that together read every relation.
WORKED_OUT = frozenset({
    "accident_yoy", "completion", "cross_checks", "deadline_slip", "good_practice",
    "inspection_coverage", "inspection_yield", "meetings_held", "node_progress",
    "report_punctuality", "since", "submission_quality",
})  # fmt: skip
#: Days that lie on, beside and far from the day described, ends of months and leap days among them.
DAYS = [
    AS_OF + timedelta(days=n)
    for n in (-800, -430, -366, -365, -91, -90, -61, -60, -31, -16, -15, -8, -7, -1, 0, 1, 7, 8, 40)
] + [date(2023, 1, 31), date(2023, 2, 28), date(2023, 12, 31), date(2024, 1, 1)]  # fmt: skip
TEXTS = [
    "", "甲局", "乙'局", "丙\\局", "县专班办公室", "a%b_c", "😀 灾", '"引"\n行', "=1+1", "丁 局",
]  # fmt: skip
PLACES = ["甲宾馆", "乙'网吧", "丙\\景区", "丁 馆"]
OF_FIELD: dict[str, list[Any]] = {
    "region": ["本县", "本县", "本县", "全市"],
    "frequency": ["每月", "每季度", "每半年", "每年", None, "一次"],
    "node_days": [15, 15, 0, None], "unit_kind": ["成员单位", None],
    "site": [*PLACES, None], "site_kind": ["宾馆", "网吧", None], "level": ["重大", "一般", None],
    "rect_type": ["长期坚持", "限期整改", None], "campaign": ["百日行动", None],
    "sub_measure": ["每月组织学习", "召开例会", "专项督导", "别的"],
    "rule": ["vanished", "returned", "unsigned_closure", "date_unreadable"],
    "kind": ["双随机", "交叉互检", "例会", "形势研判会", "约谈警示", "述职", "预警信息",
             "经验总结", "触电", None],
    "target": ["甲局", "甲宾馆、甲局", "丁 馆", None], "meeting": ["10月形势研判会", "例会", None],
    "industry": ["文旅", "一般工贸", None],
    "accidents": [0, 1, 18, 24, 4000], "accidents_prev": [None, 0, 1, 18, 4000],
    "deaths": [0, 1, 3, 4041], "deaths_prev": [None, 0, 4000],
    "accidents_yoy_printed": [None, 33.33, -25.0, -100.0, -200.0, 1.03, 0.0],
    "deaths_yoy_printed": [None, 1.03, 1.02, 0.0, 300.0],
    "accidents_yoy_places": [None, 0, 1, 2], "deaths_yoy_places": [None, -1, 2, 4],
}  # fmt: skip
OF_KIND: dict[str, list[Any]] = {
    "date": [*DAYS, None, None], "deadline": [*DAYS, None], "integer": [None, 0, 1, 2, 3, 40],
    "number": [None, 0.0, 0.5, 12.5, -3.25], "boolean": [None, True, False],
    "text": [*TEXTS, None], "unit": [*TEXTS[:5], None], "json": [None, "{}"],
}  # fmt: skip


def invent(path: Path, seed: int, region: str = "本县", rows: int = 40) -> None:
    """Publish a warehouse of a county whose tables have about so many rows each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        lay_out(con, path)
        for ledger in LEDGERS.values():
            # Each ledger draws for itself, so that a column more in one changes no other.
            draw = random.Random(f"{seed} {ledger.name}")  # noqa: S311 - invented data
            made = _rows(ledger, draw, draw.choice([0, rows, rows, rows]))
            row = f"({', '.join('?' * len(ledger.columns))})"
            for first in range(0, len(made), 50):  # row by row it takes far longer
                some = made[first : first + 50]
                cells = [cell for each in some for cell in each]
                con.execute(
                    f"INSERT INTO {ledger.name} VALUES {', '.join([row] * len(some))}", cells
                )
        for name, ledger in LEDGERS.items():
            if "region" in ledger.columns:
                con.execute(f"UPDATE {name} SET region = ? WHERE region = '本县'", [region])
        con.execute("CHECKPOINT part")


def _rows(ledger: Ledger, draw: random.Random, number: int) -> list[list[Any]]:
    if "known_from" not in ledger.columns:
        return [_row(ledger, draw, place, {}) for place in range(number)]
    rows = []
    for place in range(number // 2):  # each record in one version or two, the second in force
        first, second = sorted(draw.sample(DAYS, 2))
        is_sent_again = draw.random() < 0.5
        known = [(first, second, None)] if is_sent_again else []
        for since, until, before in [*known, (second, None, first if is_sent_again else None)]:
            fixed = {"known_from": since, "known_to": until, "first_known_on": before}
            rows.append(_row(ledger, draw, place, fixed))
    return rows


def _row(ledger: Ledger, draw: random.Random, place: int, fixed: dict[str, Any]) -> list[Any]:
    row = {field.name: _cell(field, draw) for field in ledger} | fixed
    row["row_no"] = place
    numbers = {"item_id": f"{ledger.name}-{place}", "submission_id": f"s{draw.randrange(8)}"}
    if ledger.name == "submission":
        numbers["submission_id"] = f"s{place}"
        row["received_on"] = row["received_on"] or AS_OF
    if ledger.name in {"quality", "acceptance", "picture"}:
        numbers["item_id"] = f"hazard-{draw.randrange(20)}"
    if ledger.name == "unit_name":  # a name means itself, whatever else means it
        names = OF_KIND["unit"][:-1]
        row["unit"] = names[place % len(names)]
        row["written"] = row["unit"] if place < len(names) else f"{row['unit']}{place}"
    if ledger.name == "half_month":
        start = draw.choice(DAYS)
        row["period_start"] = start.replace(day=1 if start.day < 16 else 16)
        row["period_end"] = row["period_start"] + timedelta(days=14)
    row |= {name: value for name, value in numbers.items() if name in ledger.columns}
    if row.get("said_done_since") and "known_from" in row:
        row["said_done_since"] = min(row["said_done_since"], row["known_from"])
    return [row[name] for name in ledger.columns]


def _cell(field: Field, draw: random.Random) -> Any:
    if field.name in OF_FIELD:
        return draw.choice(OF_FIELD[field.name])
    if field.codes:
        return draw.choice([*field.codes.labels, None])
    return draw.choice(OF_KIND[field.kind])
