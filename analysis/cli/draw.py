"""``yanpan draw``: the 双随机 draw, its look back at what was closed, and their verification."""

from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.parts import (
    AsOf,
    Force,
    Format,
    Home,
    KnownOn,
    OutputFormat,
    app,
    print_rows,
    read_day,
    say,
    settings_of,
    warehouse_and_scope,
)
from analysis.errors import YanpanError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.judgement.draw import Person, Record, Site

#: Of a look back: whether a closed item has reasons for doubt.
SUSPECT, UNSUSPECTED = "有疑点", "无疑点"


@app.command(
    epilog="例：yanpan draw --seed 11月20日福彩双色球 --count 20 --control 2 --floor-kind 1"
)
def draw(
    seed: Annotated[str, typer.Option(help="公开的种子文字，抽取以前公布。")] = "",
    count: Annotated[int, typer.Option(min=1, help="抽多少家（--lookback 时为多少条）。")] = 20,
    control: Annotated[int, typer.Option(min=0, help="其中不论风险、完全随机的多少家。")] = 0,
    floor_kind: Annotated[int, typer.Option(min=0, help="每种业态至少几家。")] = 0,
    floor_township: Annotated[int, typer.Option(min=0, help="每个乡镇至少几家。")] = 0,
    people: Annotated[
        Path | None,
        typer.Option(help="检查人员名单（姓名、单位、乡镇、回避），默认用检查台账里的检查人员。"),
    ] = None,
    each: Annotated[int, typer.Option(min=2, help="每家几名检查人员。")] = 2,
    cross: Annotated[bool, typer.Option("--cross", help="交叉互检：不查本乡镇的场所。")] = False,
    lookback: Annotated[
        bool, typer.Option("--lookback", help="回头看：抽已完成的事项，有疑点的在前。")
    ] = False,
    since: Annotated[
        date | None,
        typer.Option(
            parser=read_day, metavar="日期",
            help="这一天以来双随机查过的不再抽（回头看：只抽这一天以来完成的）；默认当年元旦。",
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="查过的也可以再抽。")] = False,
    hash_only: Annotated[
        bool, typer.Option("--hash-only", help="不抽取，只算名单和规则的摘要，供抽取以前公布。")
    ] = False,
    verify: Annotated[Path | None, typer.Option(help="核对一份抽取记录（json）。")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="抽取结果表写到哪里。")] = None,
    force: Force = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:  # fmt: skip
    """双随机抽取：按风险加权抽场所、配检查人员，任何人都能用种子和名单重算核对。"""
    if verify:
        return _verify(verify)
    from analysis.judgement.draw import Rules, digest, record
    from analysis.overwriting import must_be_free, with_suffix
    from analysis.reports.draw_record import record_of

    settings = settings_of(home)
    with warehouse_and_scope(settings, as_of, known_on) as (warehouse, scope):
        tables = {name: warehouse.relation(name, scope) for name in ("inspections", "sites")}
        if lookback:
            tables["done"] = warehouse.items(scope, "done")
        else:
            tables["hazards"] = warehouse.items(scope, "hazards")
        metrics = ("suspect_closure",) if lookback else ("recurrence", "vanished")
        tables |= {name: warehouse.metric(name, scope) for name in metrics}
    start = since or date(scope.as_of.year, 1, 1)
    sites = _closed(tables, start) if lookback else _sites(tables, settings, scope, start, again)
    rules = Rules(
        count, {SUSPECT: 1, UNSUSPECTED: 1} if lookback else settings.draw_weights, floor_kind,
        floor_township, control, each, cross, (SUSPECT,) if lookback else (),
    )  # fmt: skip
    staff = _people(people, tables)
    if hash_only:
        for label, rows in (("场所名单", sites), ("检查人员名单", staff), ("规则", [rules])):
            ordered = sorted(rows, key=lambda row: getattr(row, "number", getattr(row, "name", "")))
            say(f"{label}  {len(rows)} 条  SHA-256 {digest(ordered)}")
        return None
    path = with_suffix(out or Path(f"抽取结果_{scope.as_of}.xlsx"), ".xlsx")
    must_be_free([path, record_of(path)], force)
    made = record(seed, sites, staff, rules, str(scope.as_of), version("yanpan"))
    return _tell(made, path, format)


def _tell(made: "Record", path: Path, format: Format) -> None:
    from analysis.reports.draw_record import result_rows, write_draw

    beside = write_draw(made, path)
    print_rows(result_rows(made), format)
    if format is Format.TABLE:
        say(f"抽取结果表：{path}\n抽取记录：{beside}（核对：yanpan draw --verify {beside}）")


def _verify(path: Path) -> None:
    from analysis.judgement.draw import from_json, verify

    try:
        made = from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise YanpanError(f"抽取记录 {path} 读不了：{error}") from error
    if wrong := verify(made):
        raise YanpanError("核对不符：" + "".join(wrong))
    say(
        f"核对相符：种子“{made.seed}”，{len(made.sites)} 条名单，{len(made.people)} 名检查人员，"
        f"抽出 {len(made.result)} 条，与记录一字不差。"
    )


def _sites(
    tables: "dict[str, pd.DataFrame]", settings: Any, scope: Any, start: date, again: bool
) -> "list[Site]":
    """The roll with the colours of the standard scorecard, without those seen since ``start``."""
    import pandas as pd

    from analysis.judgement.draw import Site
    from analysis.judgement.site_risk.scorecard import rank_sites

    visits = tables["inspections"]
    ranked = rank_sites(
        tables["sites"], tables["hazards"], tables["recurrence"], tables["vanished"],
        visits.dropna(subset=["inspected_on"]), scope.as_of, settings.risk_bands,
    )  # fmt: skip
    colours = ranked.drop_duplicates("site").set_index("site")["colour"]
    random = visits["kind"].fillna("").str.contains("双随机")
    late = visits["inspected_on"] >= pd.Timestamp(start)
    seen = set() if again else set(visits.loc[random & late, "site"].dropna())
    return [
        Site(
            number=row["site_id"] or f"{row['township'] or ''}/{row['site']}", name=row["site"],
            kind=row["site_kind"] or "", township=row["township"] or "", unit=row["unit"] or "",
            colour=_said(colours.get(row["site"])),
        )
        for row in _rows(tables["sites"])
        if row["site"] and row["site"] not in seen
    ]  # fmt: skip


def _closed(tables: "dict[str, pd.DataFrame]", start: date) -> "list[Site]":
    """What was finished since ``start``: who accepted an item does not look back at it."""
    import pandas as pd

    from analysis.judgement.draw import Site
    from analysis.wording.names import names_of

    suspects = set(tables["suspect_closure"]["item_id"])
    done = tables["done"]
    return [
        Site(
            number=row["item_id"], name=row["title"], kind=row["category"] or "",
            township=row["township"] or "", unit=row["unit"] or "",
            colour=SUSPECT if row["item_id"] in suspects else UNSUSPECTED,
            away=names_of(row["accepted_by"]),
        )
        for row in _rows(done[done["done_on"] >= pd.Timestamp(start)])
    ]  # fmt: skip


def _people(path: Path | None, tables: "dict[str, pd.DataFrame]") -> "list[Person]":
    """The roster that is given, else those who have inspected, each with the unit they went for."""
    from analysis.ingest.files.inspector_roster import read_people
    from analysis.judgement.draw import Person
    from analysis.wording.names import names_of

    if path:
        return [Person(**row) for row in read_people(path)]
    units: dict[str, str] = {}
    for row in _rows(tables["inspections"]):
        units |= dict.fromkeys(names_of(row["inspectors"]), row["unit"] or "")
    return [Person(name, unit) for name, unit in units.items()]


def _rows(table: "pd.DataFrame") -> list[dict[Any, Any]]:
    """Rows in which nothing is None."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ""
