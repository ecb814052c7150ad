"""Tables drawn in a test → what a metric or a relation makes of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from analysis.ingest.assembly.node_calendars import node_calendars
from analysis.ingest.versions.past import with_past
from analysis.ledgers import LEDGERS
from analysis.warehouse.sql_files import SINCE, get_metric, macro_sql, relations, with_sources

#: Columns that a metric may read, with a value for a test that does not care.
ITEM: dict[str, Any] = {
    "item_id": "1", "kind": "hazard", "title": "灭火器过期", "unit": "甲局", "person": "赵某",
    "township": "东河镇", "site": "宾馆", "site_kind": "星级饭店", "category": "消防设施",
    "rect_type": "限期整改", "level": "一般", "opened_on": date(2023, 10, 1),
    "due_on": None, "due_is_provisional": False, "done_on": None, "done_as_reported": False,
    "punctuality": None, "suspended_on": None, "suspension": None, "relief": None,
    "accepted_on": None, "accepted_by": None, "closed_on": None,
    "supervised": False, "standing": False, "state": "open", "is_done": False,
    "is_closed": False, "is_overdue": False, "is_suspended": False,
    "days_late": None, "days_left": None,
    "first_due_on": None, "content": "灭火器过期；更换", "source": "专项检查", "campaign": None,
    "inspection_no": None, "closure": None, "returned_on": None, "rework_due_on": None,
    "plan": None, "quantity": None, "has_begun": True,
    "has_named_person": True, "has_named_unit": True, "conduct": None, "conduct_words": None,
    "judged_on": None, "filed_on": None, "supervised_on": None,
    "first_known_on": date(2023, 10, 1), "known_from": date(2023, 10, 1),
    "region": "本县", "is_simulated": False, "path": "a.xlsx",
    "sheet": "台账", "row_no": 4,
}  # fmt: skip
#: Columns that hold days and are not called so.
DAYS = frozenset(
    {
        "known_from", "known_to", "period_start", "period_end", "month_start", "day", "owes_from",
        "owes_until",
    }
)  # fmt: skip


def day(text: str) -> date:
    """«10-15» → 15 October 2023; «2022-10-15» as it stands."""
    return date.fromisoformat(text if len(text) > 5 else f"2023-{text}")


def drawn_items(drawing: str, **columns: Any) -> pd.DataFrame:
    """A table drawn with white space between its cells; «-» is no value, dates are «10-15»."""
    items = drawn(drawing, **(ITEM | columns))
    if "punctuality" not in {*drawing.split(), *columns}:
        days = zip(items["is_done"], items["done_on"], items["due_on"], strict=True)
        items["punctuality"] = pd.Series([punctuality(*each) for each in days], dtype=object)
    shut = items["state"].eq("suspended") & items["suspension"].ne("claimed")
    return items.assign(is_void=items["state"].eq("void"), is_suspended=shut)


def punctuality(is_done: bool, done_on: date | None, due_on: date | None) -> str | None:
    """How an item whose days are stated stands to its deadline."""
    if not is_done or due_on is None or done_on is None:
        return None
    return "in_time" if done_on <= due_on else "late"


def drawn(drawing: str, **columns: Any) -> pd.DataFrame:
    """A table drawn likewise; ``columns`` are the values of those that are not drawn."""
    head, *lines = [line.split() for line in drawing.strip().splitlines()]
    rows = [columns | {n: _cell(n, c) for n, c in zip(head, line, strict=True)} for line in lines]
    return pd.DataFrame(rows, columns=list(dict.fromkeys((*columns, *head))), dtype=object)


def metric_over(
    name: str, as_of: str, items: pd.DataFrame | None = None, **others: str | pd.DataFrame
) -> pd.DataFrame:
    """Run a metric with tables in place of its relations; ``others`` are SELECTs or frames."""
    with duckdb.connect() as con:
        sources = {}
        frames = others if items is None else others | {"items": items}
        for relation, drawn in frames.items():
            if isinstance(drawn, str):
                sources[relation] = drawn
                continue
            dates = [n for n in drawn if n.endswith("_on") or n in DAYS]
            casts = ", ".join(f"CAST({n} AS DATE) AS {n}" if n in dates else n for n in drawn)
            con.register("drawn", drawn)
            con.execute(f"CREATE TABLE {relation}_drawn AS SELECT {casts} FROM drawn")
            sources[relation] = f"FROM {relation}_drawn"
        query = get_metric(name)
        sql = with_sources(query.sql.replace("$since", SINCE), {n: sources[n] for n in query.reads})
        given = {"as_of": day(as_of), "since": None}
        return con.execute(sql, {n: v for n, v in given.items() if f"${n}" in sql} or None).df()


def relation_over(
    name: str, ledgers: Mapping[str, list[dict[str, Any]]], as_of: str, known_on: str | None = None
) -> list[dict[str, Any]]:
    """Run a relation over rows of ledger tables; what a row leaves out is NULL."""
    with duckdb.connect() as con:
        for ledger in LEDGERS.values():
            columns = ", ".join(f"{field.name} {field.sql_type}" for field in ledger)
            con.execute(f"CREATE TABLE {ledger.name} ({columns})")
        for table, rows in {"node_calendar": _calendars(ledgers), **ledgers}.items():
            for row in _with_past(rows) if LEDGERS[table].is_item else rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        for needed in (*relations()[name].reads, name):
            con.execute(macro_sql(relations()[needed]))
        sql = f"FROM {name}($as_of, known_on := $known_on)"
        answer = con.execute(sql, {"as_of": day(as_of), "known_on": known_on and day(known_on)})
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _calendars(ledgers: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The calendars of nodes that ingest keeps beside the items."""
    tables = (
        pd.DataFrame(ledgers.get(name, []), columns=LEDGERS[name].columns, dtype=object)
        for name in ("measure", "hazard", "decision")
    )
    rows = node_calendars(*tables).to_dict("records")
    return [{name: cell for name, cell in row.items() if not pd.isna(cell)} for row in rows]


def _with_past(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of items with what ingest keeps of their versions before."""
    needed = ("item_id", "known_from", "known_to", "status")
    versions = pd.DataFrame([[row.get(n) for n in needed] for row in rows], columns=list(needed))
    past = with_past(versions.astype(object)).drop(columns=list(needed)).to_dict("records")
    return [{**facts, **row} for row, facts in zip(rows, past, strict=True)]


def _cell(name: str, text: str) -> Any:
    if text == "-":
        return None
    if name.endswith("_on") or name in DAYS:
        return day(text)
    if text in {"yes", "no"}:
        return text == "yes"
    return int(text) if text.lstrip("-").isdigit() and name != "item_id" else text
