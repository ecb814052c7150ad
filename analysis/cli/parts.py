"""What the commands share: the application, common options, how rows are printed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from analysis.settings import Settings
    from analysis.warehouse.client import Warehouse
    from analysis.warehouse.scope import Scope

app = typer.Typer(
    name="yanpan",
    help="研判台：把各单位报送的台账变成可信的数字和一块看板。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


#: Of the days that can be asked for; a reckoning from the ends of the calendar runs off it.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class State:
    """What the options in front of the command say."""

    home: Path | None = None


def read_day(text: str | date) -> date:
    """A day written as 2023-11-15."""
    if isinstance(text, date):
        return text
    from analysis.wording.values import written_day

    try:
        day = written_day(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2023-11-15 的样子") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise typer.BadParameter(f"“{text}”不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间")
    return day


Home = Annotated[
    Path | None, typer.Option("--home", help="放 data/ 和 yanpan.toml 的目录，默认当前目录。")
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=read_day, metavar="日期", help="数字所描述的那一天。"),
]
KnownOn = Annotated[
    date | None,
    typer.Option(
        "--known-on", parser=read_day, metavar="日期", help="只计入这一天以前收到的报送。"
    ),
]
Force = Annotated[bool, typer.Option("--force", help="已有的同名文件直接替换。")]
OutputFormat = Annotated[Format, typer.Option("--format", help="输出格式。")]


def say(text: object = "", err: bool = False) -> None:
    """Print for a person or a program: what ledgers, names and queries say, no terminal obeys."""
    from analysis.wording.characters import for_terminal

    typer.echo(for_terminal(str(text)), err=err)


def settings_of(home: Path | None) -> "Settings":
    """The settings of the home folder asked for."""
    from analysis.settings import load_settings

    return load_settings(home or State.home)


def home_asked(home: Path | None) -> Path:
    """The home folder asked for, whether or not there is one."""
    from analysis.settings import home_of

    return home_of(home or State.home)


@contextmanager
def warehouse_and_scope(
    settings: "Settings", as_of: date | None, known_on: date | None,
    filters: Mapping[str, list[str]] | None = None, since: date | None = None,
) -> "Iterator[tuple[Warehouse, Scope]]":  # fmt: skip
    """The warehouse, open, and the scope to ask it for.

    Without a day that is today, or the newest submission's where that is old.

    Raises:
        WarehouseError: an older program published it, and it cannot answer what was asked.

    """
    from analysis.errors import QueryError, WarehouseError
    from analysis.warehouse.client import Warehouse
    from analysis.warehouse.scope import Scope

    try:
        with Warehouse(settings.warehouse) as warehouse:
            if as_of is None:
                found = warehouse.described_day(date.today(), settings.stale_after_days)
                as_of = told_day(settings, *found)
            yield warehouse, Scope(as_of, known_on, filters or {}, since)
    except QueryError as error:
        from analysis.warehouse.publish import is_of_this_program

        if is_of_this_program(settings.warehouse):
            raise
        raise WarehouseError(
            "数据仓库是旧版程序发布的，没有这一版要的内容；请先运行 yanpan ingest。"
        ) from error


def told_day(settings: "Settings", day: date, is_stale: bool) -> date:
    """The day that figures are of where none was asked for; told where it lies back."""
    if is_stale:
        say(f"最近一次报送已超过 {settings.stale_after_days} 天，按该日 {day} 计算。", err=True)
    return day


def read_filters(where: list[str], given: dict[str, list[str] | None]) -> dict[str, list[str]]:
    """«unit=甲局» and the short options → the values that each column may have."""
    from analysis.warehouse.scope import read_column, read_member

    filters = {
        column: [read_member(column, value) for value in values]
        for column, values in given.items()
        if values
    }
    for said in where:
        column, sign, value = said.partition("=")
        if not sign or not value:
            raise typer.BadParameter(
                f"“{said}”请写成 列=值，如 unit=县教育局", param_hint="--where"
            )
        column = read_column(column.strip())
        filters.setdefault(column, []).append(read_member(column, value.strip()))
    return filters


def print_rows(
    rows: list[dict[str, Any]], format: Format, columns: list[str] | None = None
) -> None:
    """Print rows as a table, CSV or JSON."""
    from analysis.wording.tables import as_csv, as_json, as_table

    names = columns or list(rows[0]) if rows or columns else []
    writers: dict[Format, Callable[[list[str], list[dict[str, Any]]], str]] = {
        Format.TABLE: as_table,
        Format.CSV: as_csv,
        Format.JSON: as_json,
    }
    say(writers[format](names, rows))


def shown_row(
    columns: list[str], row: tuple[Any, ...], labels: dict[str, str], metric: str
) -> dict[str, Any]:
    """One row of a metric as a person reads it: words for codes, per cents for rates."""
    from analysis.wording.values import value_text

    return {
        labels[name]: value_text(value, name, metric) or None
        for name, value in zip(columns, row, strict=True)
    }
