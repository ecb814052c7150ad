"""The part of a publication that one account may read, as a warehouse of its own.

Rights are applied before anything is asked: whoever reads a share, by a metric, a page, a report
or a query that he wrote himself, finds no row in it that is not his, whatever he asks for.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

from analysis.errors import WarehouseError, YanpanError, first_line
from analysis.ledgers import LEDGERS, Ledger
from analysis.stores import OFFICE_FOLDERS, UPLOADED
from analysis.warehouse.ahead import AHEAD_PREFIX, ROLLUP_TABLE
from analysis.warehouse.engine import (
    fetch_rows,
    names_of_unit,
    open_warehouse,
    table_names,
    unit_in_force,
)
from analysis.warehouse.publish import lay_out, quoted
from analysis.wording.names import names_of
from analysis.wording.persons.telephones import masked_number, masked_text, may_hold_one


@dataclass(frozen=True, slots=True)
class Share:
    """Whose rows: all, those of a unit, or those of the inspections that name an inspector.

    ``body`` is for whom the inspector works, where that is known: inspections of others that name
    somebody are not his. ``is_masked`` hides the middle of every telephone number.
    """

    unit: str = ""
    inspector: str = ""
    is_masked: bool = False
    body: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the publication itself may be read."""
        return self == WHOLE


WHOLE = Share()
#: The names that a unit had on any day: what was shown before it was renamed is its own as well.
_UNITS = "SELECT unnest(CAST($units AS VARCHAR[]))"
_BODIES = "SELECT unnest(CAST($bodies AS VARCHAR[]))"
#: Which unit uploaded a submission; NULL where the office entered it.
_OFFICES = ", ".join(f"'{name}'" for name in sorted(OFFICE_FOLDERS))
_SENT_BY = f"""
CREATE TEMP TABLE sent_by AS
SELECT
    submission_id,
    CASE
        WHEN regexp_matches(path, '{UPLOADED}')
            AND split_part(path, '/', 2) NOT IN ({_OFFICES})
        THEN split_part(path, '/', 2)
    END AS uploader
FROM whole.submission
"""  # noqa: S608 - names are ours

#: Columns of metrics that are taken over from a ledger, by name.
_IDENTIFIERS = frozenset(f.name for each in LEDGERS.values() for f in each if f.is_identifier)
_PHONE_COLUMNS = frozenset(f.name for each in LEDGERS.values() for f in each if f.is_phone)


def make_share(whole: Path, share: Share, target: Path) -> str:
    """Write the share of a publication to ``target``; every table is there, with its own rows.

    Returns a digest of the rows: two publications that differ in others' rows alone give the
    same share.

    Raises:
        WarehouseError: the publication cannot be read, or the disk takes no more.

    """
    try:
        with duckdb.connect() as con:
            lay_out(con, target)
            con.execute(f"ATTACH '{quoted(str(whole))}' AS whole (READ_ONLY)")
            present = _columns_of(con)
            named = _cells_naming(con, share.inspector, present) if share.inspector else []
            if share.inspector:
                con.execute(_SENT_BY)
            values = {
                "units": names_of_unit(con, share.unit, "whole.") if share.unit else [],
                "bodies": names_of_unit(con, share.body, "whole.") if share.body else [],
                "named": named,
            }
            for ledger in _rows_first():
                _copy(con, ledger, share, values, present.get(ledger.name, []))
            ahead = _copy_ahead(con, share)
            digest = _digest(con, ahead)
            con.execute("CHECKPOINT part")
        return digest
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(f"数据仓库不能按账号分开：{first_line(error)}") from error


def _copy_ahead(con: duckdb.DuckDBPyConnection, share: Share) -> list[str]:
    """What a roll-up has beside its rows, for a share of all rows; the names of those tables."""
    if share.unit or share.inspector:
        return []
    columns: dict[str, dict[str, str]] = {}
    for table, name, kind in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "  # noqa: S608
        f"WHERE database_name = 'whole' AND (table_name = '{ROLLUP_TABLE}' "
        f"OR starts_with(table_name, '{AHEAD_PREFIX}')) ORDER BY table_name, column_index"
    ).fetchall():
        columns.setdefault(table, {})[name] = kind
    for table, kinds in columns.items():
        texts = _texts(
            (n, kind, n in _IDENTIFIERS, n in _PHONE_COLUMNS) for n, kind in kinds.items()
        )
        masks = _masks(con, texts, f"whole.{table}") if share.is_masked else {}
        kept = ", ".join(f'{masks.get(name, _named(name))} AS "{name}"' for name in kinds)
        con.execute(f"CREATE TABLE part.{table} AS SELECT {kept} FROM whole.{table}")  # noqa: S608
    return list(columns)


def _digest(con: duckdb.DuckDBPyConnection, more: list[str]) -> str:
    sums = [
        f"(SELECT concat(count(*), ':', sum(CAST(hash(t) AS HUGEINT))) FROM part.{name} AS t)"  # noqa: S608
        for name in (*LEDGERS, *more)
    ]
    (row,) = con.execute(f"SELECT {', '.join(sums)}").fetchall()
    return hashlib.sha256("|".join(map(str, row)).encode()).hexdigest()


def must_be_known(warehouse: Path, unit: str) -> str:
    """The name by which ledgers know a unit; an account for one that none knows sees nothing.

    Raises:
        YanpanError: the published warehouse knows no such unit; the likest names are told.

    """
    if not warehouse.exists():
        return unit
    with open_warehouse(warehouse) as con:
        name = unit_in_force(con, unit)
        # An older program may have made it, with fewer ledgers.
        present = table_names(con)
        tables = " UNION ".join(
            f"SELECT {ledger.owner_column} AS unit FROM {name}"  # noqa: S608 - names are ours
            for name, ledger in LEDGERS.items()
            if ledger.owner_column and name in present
        )
        _, rows = fetch_rows(con, f"SELECT unit FROM ({tables}) WHERE unit IS NOT NULL")  # noqa: S608
    names = sorted(each for (each,) in rows)
    if name not in names:
        like = get_close_matches(unit, names, 5, 0.3) or names[:5]
        raise YanpanError(f"台账里没有单位“{unit}”；相近的有：{'、'.join(like)}。")
    return name


def _rows_first() -> list[Ledger]:
    """Ledgers of rows before the acts and the books that speak of them."""
    return sorted(
        LEDGERS.values(), key=lambda ledger: (not ledger.is_received, ledger.is_act_on_items)
    )


def _columns_of(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Table → its columns in the publication, which an older program may have made."""
    found: dict[str, list[str]] = {}
    rows = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'whole'"
    ).fetchall()
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def _cells_naming(
    con: duckdb.DuckDBPyConnection, inspector: str, present: Mapping[str, list[str]]
) -> list[str]:
    """The cells of names in which one inspector stands, by the rule of all rooms."""
    cells = " UNION ".join(
        f"SELECT {ledger.inspectors_column} FROM whole.{name}"  # noqa: S608 - names are ours
        for name, ledger in LEDGERS.items()
        if ledger.inspectors_column in present.get(name, ())
    )
    wanted = names_of(inspector)  # the account may be padded as the ledger is: «张　某»
    if len(wanted) != 1:
        return []
    return [text for (text,) in con.execute(cells).fetchall() if wanted[0] in names_of(text)]


def _copy(
    con: duckdb.DuckDBPyConnection, ledger: Ledger, share: Share, values: Mapping[str, list[str]],
    present: list[str],
) -> None:  # fmt: skip
    fields = [field for field in ledger if field.name in present]
    where = _own(ledger, share, present)
    if not fields or where is None:
        return
    names = ", ".join(_named(field.name) for field in fields)
    rows = f"whole.{ledger.name} WHERE {where}"
    bound = {name: value for name, value in values.items() if f"${name}" in where}
    texts = _texts((f.name, f.sql_type, f.is_identifier, f.is_phone) for f in fields)
    masks = _masks(con, texts, rows, bound) if share.is_masked else {}
    said = ", ".join(masks.get(field.name, _named(field.name)) for field in fields)
    con.execute(f"INSERT INTO part.{ledger.name} ({names}) SELECT {said} FROM {rows}", bound)  # noqa: S608
    if ledger.name in _BARE and where != "TRUE":
        kept, which = _BARE[ledger.name]
        con.execute(
            f"INSERT INTO part.{ledger.name} ({kept}) SELECT {kept} FROM whole.{ledger.name} "  # noqa: S608
            f"WHERE {which}",
            {"units": values["units"]} if "$units" in which else None,
        )


def _own(ledger: Ledger, share: Share, present: Collection[str]) -> str | None:
    """Which rows of a table are the share's; none of it where there is no such condition.

    ``present`` are the table's columns in the publication.
    """
    if not share.unit and not share.inspector:
        return "TRUE"
    if ledger.is_act_on_items:
        return f"item_id IN ({_ids('item_id')})"
    if ledger.is_received:
        return _of_unit(ledger) if share.unit else _of_inspector(ledger, share)
    # A calendar tells nothing of anybody.
    if ledger.name in {"report_period", "workday", "node_calendar"}:
        return "TRUE"
    # A photo shows whatever it shows: with its item, or not at all. So does another id of an item.
    if ledger.name in {"picture", "item_alias"}:
        return f"item_id IN ({_ids('item_id')})"
    if ledger.name == "unit_name":  # its own names
        return f"unit IN ({_UNITS})" if share.unit else None
    # The books: what the account sent itself, and what is said of the rows that it sees.
    sent = f"SELECT submission_id FROM whole.submission WHERE unit IN ({_UNITS})"  # noqa: S608
    sent = sent if share.unit else "SELECT NULL"
    if ledger.name == "submission":
        return f"submission_id IN ({sent}) OR submission_id IN ({_ids('submission_id')})"
    if ledger.name == "plan":  # those of the measures that the account sees
        return f"submission_id IN ({sent}) OR plan_id IN (SELECT plan FROM part.measure)"  # noqa: S608
    if ledger.name == "doubt":  # a question shows both its sides: it is seen with both, or not
        one, other = (_of_place(prefix, sent) for prefix in ("", "other_"))
        return f"({one}) AND (other_submission_id IS NULL OR {other})"
    if ledger.name == "confirmation":
        return _OF_DOUBTS
    if ledger.name == "quality":
        # An older program's publication has no doubts.
        doubts = f" AND (doubt_key IS NULL OR {_OF_DOUBTS})" if "doubt_key" in present else ""
        return f"({_of_place('', sent)}){doubts}"
    return f"submission_id IN ({sent})"


#: Filled before the tables that speak of doubts.
_OF_DOUBTS = "doubt_key IN (SELECT doubt_key FROM part.doubt WHERE question IS NOT NULL)"


def _of_place(prefix: str, sent: str) -> str:
    """Whether the share sent what stands at a place, or sees its item.

    What it sent may turn out to be of an item of another's, of which it learns nothing.
    """
    is_others = f"coalesce({prefix}item_id IN ({_ids_of_others()}), FALSE)"
    is_own = f"{prefix}submission_id IN ({sent}) AND NOT {is_others}"
    return f"({is_own}) OR {prefix}item_id IN ({_ids('item_id')})"


def _ids_of_others() -> str:
    """The items that are some unit's, and never were of the share's."""
    tables = [
        f"SELECT item_id FROM whole.{name} WHERE {ledger.owner_column} IS NOT NULL"  # noqa: S608
        for name, ledger in LEDGERS.items()
        if ledger.is_item
    ]
    return f"({' UNION '.join(tables)}) EXCEPT ({_ids('item_id')})"


def _of_unit(ledger: Ledger) -> str | None:
    return f"{ledger.owner_column} IN ({_UNITS})" if ledger.owner_column else None


def _of_inspector(ledger: Ledger, share: Share) -> str | None:
    """The inspections that name him, and what goes with one of them.

    What a unit writes gives nobody sight of others' rows: an inspection that it uploaded leads to
    what it uploaded itself, or has to answer for; one that the office entered to all of it.
    """
    if ledger.inspectors_column:
        return _names_him(ledger, share)
    if not ledger.inspection_column:
        return None
    ways = [
        way
        for visits in LEDGERS.values()
        if visits.inspectors_column and ledger.inspection_column in visits.columns
        for way in (_of_the_office(ledger, visits, share), _of_a_unit(ledger, visits, share))
    ]
    return " OR ".join(f"({way})" for way in ways) or None


def _of_the_office(ledger: Ledger, visits: Ledger, share: Share) -> str:
    """What goes with an inspection of his that the office entered."""
    shared = ledger.inspection_column
    his = f"SELECT {shared} FROM {_visits(visits)} WHERE {_names_him(visits, share)}"  # noqa: S608
    conditions = [f"{shared} IN ({his} AND uploader IS NULL AND {_may_cite(ledger, visits)})"]
    if visits.is_numbered_by_owner and shared in visits.key and "site" in ledger.columns:
        # Where two bodies gave one number to an inspection, the site tells whose a row is; what a
        # unit uploads makes a number doubtful for its own rows alone.
        owner, said = f"coalesce(his.{visits.owner_column}, '')", f"{ledger.name}.{shared}"
        table = f"{_visits(visits)} AS his"
        mine = f"SELECT 1 FROM {table} WHERE {_names_him(visits, share)} AND his.{shared} = {said}"  # noqa: S608
        conditions.append(
            f"(NOT EXISTS (SELECT 1 FROM {table} WHERE his.{shared} = {said} "  # noqa: S608
            f"AND {owner} NOT IN (SELECT coalesce({visits.owner_column}, '') "
            f"FROM {_visits(visits)} WHERE {_names_him(visits, share)} AND {shared} = {said}) "
            f"AND (uploader IS NULL OR {_entered_by(ledger, 'uploader', owner)})) "
            f"OR EXISTS ({mine} AND uploader IS NULL AND his.site = {ledger.name}.site))"
        )
    return " AND ".join(conditions)


def _of_a_unit(ledger: Ledger, visits: Ledger, share: Share) -> str:
    """What a unit that uploaded an inspection of his entered itself, or is its own."""
    shared, owner = ledger.inspection_column, f"his.{visits.owner_column}"
    return (
        f"EXISTS (SELECT 1 FROM {_visits(visits)} AS his WHERE {_names_him(visits, share)} "  # noqa: S608
        f"AND his.{shared} = {ledger.name}.{shared} AND uploader IS NOT NULL "
        f"AND ({_entered_by(ledger, 'uploader', owner)}))"
    )


def _may_cite(ledger: Ledger, visits: Ledger) -> str:
    """Whether a row may be of an inspection by its number: the office entered the row, or whoever
    uploaded it inspected, or whose it is; a unit's row under another's number is not of it.
    """
    owner = visits.owner_column
    sender = _sender(ledger)
    is_own = f" OR {owner} = {ledger.name}.{ledger.owner_column}" if ledger.owner_column else ""
    return f"({sender} IS NULL OR {owner} IS NULL OR {owner} = {sender}{is_own})"


def _sender(ledger: Ledger) -> str:
    """The unit that uploaded a row."""
    return f"(SELECT uploader FROM sent_by WHERE submission_id = {ledger.name}.submission_id)"  # noqa: S608


def _entered_by(ledger: Ledger, uploader: str, owner: str) -> str:
    """Whether a row was uploaded by a unit, or is one's to answer for."""
    is_own = f" OR {owner} = {ledger.name}.{ledger.owner_column}" if ledger.owner_column else ""
    return f"{uploader} = {_sender(ledger)}{is_own}"


def _visits(ledger: Ledger) -> str:
    """The inspections, each with the unit that uploaded it."""
    return f"(SELECT * FROM whole.{ledger.name} LEFT JOIN sent_by USING (submission_id))"  # noqa: S608


def _names_him(ledger: Ledger, share: Share) -> str:
    """The inspections that name him, of the body that he works for where that is known."""
    named = f"{ledger.inspectors_column} IN (SELECT unnest(CAST($named AS VARCHAR[])))"
    if not share.body:
        return named
    owner = ledger.owner_column
    return f"({named} AND ({owner} IS NULL OR {owner} IN ({_BODIES})))"


def _ids(column: str) -> str:
    """The values of a column in the tables of the share that have it, filled before the books."""
    tables = [
        name
        for name, ledger in LEDGERS.items()
        if (ledger.is_item if column == "item_id" else ledger.is_received)
    ]
    return " UNION ".join(f"SELECT {column} FROM part.{name}" for name in tables)  # noqa: S608


#: Of a question whether an item is another unit's older one, the share of the item's unit holds
#: that there is one and from when to when, so that the item is not told as new (``in_doubt``); not
#: the question, its places or its answer's reason, which speak of the other.
_BARE: Mapping[str, tuple[str, str]] = {
    "doubt": (
        "doubt_key, rule, other_item_id, known_from",
        "rule = 'same_or_not' AND doubt_key NOT IN (SELECT doubt_key FROM part.doubt) "  # noqa: S608
        f"AND other_item_id IN ({_ids('item_id')})",
    ),
    # The meetings of the 专班 are everybody's: changes are told from them, and they count as a
    # unit's own where it is to hold one. What was said there is not the unit's.
    "duty": (
        "duty_id, kind, unit, is_held, held_on, period_start, submitted_on, quantity, region, "
        "known_from, known_to",
        f"unit LIKE '%专班%' AND unit NOT IN ({_UNITS})",
    ),
    "confirmation": (
        "doubt_key, entry_no, answer, answered_on",
        "doubt_key IN (SELECT doubt_key FROM part.doubt WHERE question IS NULL)",
    ),
}  # fmt: skip


def _named(column: str) -> str:
    return f'"{column}"'


def _texts(columns: Iterable[tuple[str, str, bool, bool]]) -> dict[str, bool]:
    """The columns that are masked: name → whether it holds nothing but telephone numbers.

    ``columns`` are names with their types, whether each is an identifier, whether a telephone.
    """
    return {
        name: is_phone
        for name, kind, is_identifier, is_phone in columns
        if kind == "VARCHAR" and not is_identifier
    }


def _masks(
    con: duckdb.DuckDBPyConnection,
    texts: Mapping[str, bool],
    rows: str,
    bound: Mapping[str, list[str]] | None = None,
) -> dict[str, str]:
    """Column → its SQL with telephone numbers masked, for columns in which one may stand.

    ``texts`` are those of ``_texts``, ``rows`` is what follows FROM. Most tables hold no number at
    all: they are looked through once, and the patterns of the masks are not read for nothing.
    """
    masks = {name: masked_number(_named(name)) for name, is_phone in texts.items() if is_phone}
    asked = [name for name, is_phone in texts.items() if not is_phone]
    if not asked:
        return masks
    # so far apart that no number reaches from one column into the next
    whole = f"concat_ws(repeat('|', 9), {', '.join(map(_named, asked))})"
    if not _any(con, [may_hold_one(whole)], rows, bound)[0]:
        return masks
    may = _any(con, [may_hold_one(_named(name)) for name in asked], rows, bound)
    held = [name for name, is_held in zip(asked, may, strict=True) if is_held]
    return masks | {name: masked_text(_named(name)) for name in held}


def _any(
    con: duckdb.DuckDBPyConnection,
    tests: list[str],
    rows: str,
    bound: Mapping[str, list[str]] | None,
) -> tuple[bool | None, ...]:
    """Of each test, whether it holds for any row."""
    said = ", ".join(f"bool_or({test})" for test in tests)
    (found,) = con.execute(f"SELECT {said} FROM {rows}", bound or None).fetchall()  # noqa: S608
    return tuple(found)
