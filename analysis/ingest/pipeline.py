"""data/raw → tables → published warehouse, with every row accounted for."""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import SourceError, YanpanError
from analysis.ingest.check import check
from analysis.ingest.history import chain
from analysis.ingest.layout import Layout, is_filled, looks_like_table, recognise
from analysis.ingest.receipts import (
    REGISTER,
    file_hash,
    is_sent,
    read_register,
    received_on,
    take_in,
    title_day,
    title_sender,
)
from analysis.ingest.records import Records, finding, read_records, reject
from analysis.ingest.sheets import Sheet, is_readable, read_sheets
from analysis.ledgers import LEDGERS, Ledger
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publish import publish

SIMULATED = "模拟数据"
#: Files of the office's own in data/raw that are no ledgers.
OWN_FILES = frozenset({REGISTER, "corrections.toml", ".gitkeep", "README.md"})

#: How a row that was read may end.
ENDS = ("rows_loaded", "rows_duplicate", "rows_ignored", "rows_rejected")

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did; the names are those of ``yanpan ingest --format json``."""

    files: int
    rows_read: int
    rows_loaded: int
    rows_duplicate: int
    rows_ignored: int
    rows_rejected: int
    findings: int
    seconds: float
    warehouse: str
    failures: tuple[str, ...] = ()


@dataclass(slots=True)
class Submission:
    """One sheet as received: its birth certificate, and its records where a ledger fits."""

    facts: dict[str, Any]
    ledger: Ledger | None
    records: Records


def ingest(
    settings: Settings,
    paths: Sequence[Path] = (),
    received: date | None = None,
    on_progress: Progress = lambda done, total, name: None,
) -> Report:
    """Take in ``paths``, read all of ``data/raw``, publish the warehouse, account for each row.

    ``received`` is the day on which ``paths`` came; without paths, it is that of the files in
    ``data/raw`` which the published warehouse does not know yet.

    Raises:
        SourceError: a path does not exist, or the register cannot be read.
        WarehouseError: the warehouse cannot be written; the published one stays as it was.

    """
    started = time.monotonic()
    settings.raw.mkdir(parents=True, exist_ok=True)
    take_in(paths or (_new_files(settings) if received else ()), settings.raw, received)
    submissions = _read_all(settings, on_progress)
    tables = assemble(submissions)
    publish(tables, settings.warehouse)
    counts = {name: int(tables["submission"][name].sum()) for name in ("rows_read", *ENDS)}
    failed = tables["quality"]["rule"].isin(["file_unreadable", "file_unsupported"])
    return Report(
        files=tables["submission"]["path"].nunique(),
        findings=len(tables["quality"]),
        seconds=round(time.monotonic() - started, 2),
        warehouse=str(settings.warehouse),
        failures=tuple(tables["quality"].loc[failed, "message"]),
        **counts,
    )


def assemble(submissions: Sequence[Submission]) -> dict[str, pd.DataFrame]:
    """Submissions → one frame a table, duplicates and versions sorted out."""
    _use_canonical_units(submissions)
    tables: dict[str, pd.DataFrame] = {}
    findings = [found for each in submissions for found in each.records.findings]
    duplicates: dict[str, int] = {}
    for ledger in LEDGERS.values():
        if not ledger.is_received:
            continue
        versions, repeated, clashes = chain(_rows_of(ledger, submissions), ledger)
        tables[ledger.name] = versions[ledger.columns]
        for submission_id, count in repeated["submission_id"].value_counts().items():
            duplicates[str(submission_id)] = int(count)
        findings += clashes
    tables["submission"] = _account(submissions, duplicates)
    rejects = [row for each in submissions for row in each.records.rejects]
    tables["reject"] = _frame("reject", rejects)
    tables["quality"] = _with_items(_frame("quality", findings), tables)
    return tables


def _raw_files(raw: Path) -> list[Path]:
    """Every file that somebody sent, in an order that does not depend on the machine."""
    return sorted(path for path in raw.rglob("*") if is_sent(path) and path.name not in OWN_FILES)


def _new_files(settings: Settings) -> list[Path]:
    known: set[tuple[str, str]] = set()
    if settings.warehouse.exists():
        with open_warehouse(settings.warehouse) as con:
            known.update(fetch_rows(con, "SELECT path, sha256 FROM submission")[1])
    return [
        path
        for path in _raw_files(settings.raw)
        if (path.relative_to(settings.raw).as_posix(), file_hash(path)) not in known
    ]


def _read_all(settings: Settings, on_progress: Progress) -> list[Submission]:
    files = _raw_files(settings.raw)
    register = read_register(settings.raw)
    submissions: list[Submission] = []
    for done, path in enumerate(files):
        on_progress(done, len(files), path.name)
        try:
            submissions += _read_file(path, settings, register)
        except YanpanError:
            raise
        except Exception as error:
            raise SourceError(
                f"{path.relative_to(settings.raw)}：读取时程序出错"
                f"（{type(error).__name__}: {error}），这次没有发布，原有数字不变；"
                "请先把该文件移出 data/raw，再报告这个问题。"
            ) from error
    on_progress(len(files), len(files), "")
    return submissions


def _read_file(path: Path, settings: Settings, register: dict[str, date]) -> list[Submission]:
    sha256 = file_hash(path)
    relative = path.relative_to(settings.raw).as_posix()
    try:
        if not is_readable(path):
            raise SourceError(f"{path.name}：不是能读的文件类型，请另存为 xlsx 或 csv 再发送。")
        sheets = read_sheets(path)
    except SourceError as error:
        return [_unreadable(path, relative, sha256, settings, register, str(error))]
    layouts = [recognise(sheet) for sheet in sheets]
    titles = [layout.title if layout else "" for layout in layouts]
    day, basis = received_on(path, settings.raw, titles, register)
    return [
        _submission(sheet, layout, _facts(relative, sha256, sheet.name, day, basis), settings)
        for sheet, layout in zip(sheets, layouts, strict=True)
    ]


def _facts(relative: str, sha256: str, sheet: str, received: date, basis: str) -> dict[str, Any]:
    digest = hashlib.sha256(f"{relative}\x1f{sha256}\x1f{sheet}".encode()).hexdigest()
    facts: dict[str, Any] = dict.fromkeys(LEDGERS["submission"].columns)
    return facts | {
        "submission_id": digest[:16], "path": relative, "sha256": sha256, "sheet": sheet,
        "received_on": received, "received_basis": basis,
        "is_simulated": SIMULATED in relative,
        "rows_read": 0, **dict.fromkeys(ENDS, 0),
    }  # fmt: skip


def _submission(
    sheet: Sheet, layout: Layout | None, facts: dict[str, Any], settings: Settings
) -> Submission:
    facts["rows_read"] = len(sheet.cells)
    if layout is None:
        return _finish(Submission(facts, None, _unrecognised(sheet)))
    facts |= {
        "ledger": layout.ledger.name,
        "title": layout.title or None,
        "unit": title_sender(layout.title),
        "period_on": title_day(layout.title),
        "is_simulated": facts["is_simulated"] or SIMULATED in layout.title,
    }
    records = read_records(sheet, layout, facts["received_on"], settings.region)
    check(records, layout.ledger)
    if facts["received_basis"] == "文件日期":
        message = "没有登记收到日期，目录和标题也没有日期，暂按文件日期计；请用 --received 指明"
        records.findings.append(
            finding(None, "received_on", None, "received_guessed", "warning", message)
        )
    return _finish(Submission(facts, layout.ledger, records))


def _finish(submission: Submission) -> Submission:
    """Stamp provenance on rows, rejects and findings."""
    facts, records = submission.facts, submission.records
    where = {"submission_id": facts["submission_id"], "sheet": facts["sheet"]}
    for row in (*records.rejects, *records.findings):
        row.update(where)
    for name, value in where.items():
        records.frame[name] = value
    records.frame["known_from"] = facts["received_on"]
    facts["rows_ignored"] = records.rows_ignored
    facts["rows_rejected"] = len(records.rejects)
    return submission


def _unrecognised(sheet: Sheet) -> Records:
    """A sheet of no known ledger: a table's rows are rejected, prose is ignored; both are told."""
    filled = [n for n, row in enumerate(sheet.cells) if any(map(is_filled, row))]
    if not looks_like_table(sheet):
        found = finding(
            None, "", None, "sheet_ignored", "info",
            f"工作表“{sheet.name}”不是台账，未读取",
        )  # fmt: skip
        return Records(pd.DataFrame(), findings=[found], rows_ignored=len(sheet.cells))
    message = f"工作表“{sheet.name}”的表头不属于任何已知台账，请对照模板核对表头"
    rejects = [reject(n + 1, message, sheet.cells[n]) for n in filled]
    found = finding(None, "", None, "ledger_unknown", "error", message)
    return Records(pd.DataFrame(), rejects, [found], len(sheet.cells) - len(filled))


def _unreadable(
    path: Path,
    relative: str,
    sha256: str,
    settings: Settings,
    register: dict[str, date],
    message: str,
) -> Submission:
    day, basis = received_on(path, settings.raw, [], register)
    rule = "file_unreadable" if is_readable(path) else "file_unsupported"
    found = finding(None, "", None, rule, "error", message)
    facts = _facts(relative, sha256, "", day, basis)
    return _finish(Submission(facts, None, Records(pd.DataFrame(), findings=[found])))


def _rows_of(ledger: Ledger, submissions: Sequence[Submission]) -> pd.DataFrame:
    """All rows of one ledger, with the order and the sender of their submission."""
    frames = []
    for position, submission in enumerate(submissions):
        if submission.ledger is ledger and len(submission.records.frame):
            frame = submission.records.frame.assign(position=position)
            units = frame["unit"] if "unit" in frame else [""] * len(frame)
            frame["sender"] = [submission.facts["unit"] or unit or "" for unit in units]
            frames.append(frame)
    columns = [*ledger.columns, "position", "sender"]
    if not frames:
        return pd.DataFrame(columns=columns, dtype=object)
    return pd.concat(frames, ignore_index=True)[columns].astype(object)


def _use_canonical_units(submissions: Sequence[Submission]) -> None:
    """Write every unit by the name that the register of units (单位名录) uses."""
    names: dict[str, str] = {}
    for each in submissions:
        if each.ledger is LEDGERS["unit"]:
            rows = each.records.frame[["unit", "aliases"]].dropna()
            for unit, aliases in rows.itertuples(index=False):
                names |= dict.fromkeys(aliases.replace("，", "、").split("、"), unit)
    for each in submissions:
        each.facts["unit"] = names.get(each.facts["unit"], each.facts["unit"])
        if "unit" in each.records.frame and each.ledger is not LEDGERS["unit"]:
            each.records.frame["unit"] = each.records.frame["unit"].replace(names)


def _account(submissions: Iterable[Submission], duplicates: dict[str, int]) -> pd.DataFrame:
    """The submissions with their four counts; they must add up, or nothing is published."""
    rows = []
    for each in submissions:
        facts = dict(each.facts)
        facts["rows_duplicate"] = duplicates.get(facts["submission_id"], 0)
        facts["rows_loaded"] = len(each.records.frame) - facts["rows_duplicate"]
        if facts["rows_read"] != sum(facts[name] for name in ENDS):
            raise AssertionError(f"rows do not add up in {facts['path']}/{facts['sheet']}: {facts}")
        rows.append(facts)
    return _frame("submission", rows)


def _frame(ledger: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=LEDGERS[ledger].columns, dtype=object)


def _with_items(quality: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Name the item of each finding that concerns the row of one."""
    place = ["submission_id", "sheet", "row_no"]
    items = pd.concat(
        [table[[*place, "item_id"]] for table in tables.values() if "item_id" in table],
        ignore_index=True,
    )
    named = quality.drop(columns="item_id").merge(items, on=place, how="left")
    return named[quality.columns]
