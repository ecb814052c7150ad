"""``yanpan metric --publications`` and ``--publication``: figures as they were published."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.cli.parts import Format, print_rows, say, shown_row, told_day
from analysis.errors import QueryError, WarehouseError

if TYPE_CHECKING:
    from analysis.settings import Settings
    from analysis.warehouse.publications import Kept, Macro

HEADS = ["号", "发布时间", "最近一次报送", "报送批次", "现用"]


def print_publications(settings: "Settings", format: Format) -> None:
    """List the kept publications; one that cannot be read says so."""
    from analysis.warehouse.publications import current, kept_publications

    _must_be_a_county(settings)
    now = current(settings.warehouse)
    rows = [_row(kept, kept.path == now) for kept in kept_publications(settings.warehouse)]
    print_rows(rows, format, HEADS)


def print_macros(settings: "Settings", number: int, format: Format) -> None:
    """List the metrics that a publication has, and whether their 口径 is today's."""
    from analysis.warehouse.publications import macros, open_kept

    with open_kept(_find(settings, number)) as con:
        rows = [
            {"名称": macro.name, "标题": macro.title, "口径": "同现在" if macro.is_as_today else
             "与现在不同"}
            for _, macro in sorted(macros(con).items())
        ]  # fmt: skip
    print_rows(rows, format)


def print_as_published(
    settings: "Settings", number: int, name: str, as_of: date | None,
    days: Mapping[str, date | None], format: Format, explain: bool,
) -> None:  # fmt: skip
    """Print a metric as the publication of that number has it, and which one it is.

    The publication goes to stderr where the rows are for a program.
    """
    from analysis.warehouse.publications import find_macro, metric_as_published, open_kept

    kept = _find(settings, number)
    if explain:
        with open_kept(kept) as con:
            macro = find_macro(con, kept, name)
        return say(f"{_which(kept, macro)}\n{macro.comment}")
    found = metric_as_published(kept, name, as_of, days, settings.stale_after_days)
    if as_of is None:
        told_day(settings, found.as_of, found.is_stale)
    say(
        f"{found.macro.title}    截至 {found.as_of}    {_which(kept, found.macro)}",
        err=format is not Format.TABLE,
    )
    if format is not Format.TABLE:
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        return print_rows(rows, format, found.columns)
    labels = _labels(name, found.columns)
    rows = [shown_row(found.columns, row, labels, name) for row in found.rows]
    return print_rows(rows, format, list(labels.values()))


def must_ask_the_whole(**options: Any) -> None:
    """Refuse what a publication's own macro does not take: filters, regions, engines.

    Today's SQL could be run over the older rows with them, but by today's 口径: a figure that
    nobody was shown.

    Raises:
        QueryError: one of the options is given; the line names them.

    """
    if given := [f"--{name}" for name, value in options.items() if value]:
        raise QueryError(
            f"以前的发布只能照当时的口径整体计算，不能加 {'、'.join(given)}；"
            "要筛选，请不写 --publication，用 --known-on 限定只计哪天以前收到的。"
        )


def _row(kept: "Kept", is_current: bool) -> dict[str, Any]:
    from analysis.warehouse.engine import fetch_rows
    from analysis.warehouse.publications import open_kept

    sql = "SELECT max(received_on) FILTER (WHERE ledger IS NOT NULL), count(*) FROM submission"
    try:
        with open_kept(kept) as con:
            ((newest, submissions),) = fetch_rows(con, sql)[1]
    except (WarehouseError, QueryError):
        newest, submissions = "读不了", None
    values = (
        kept.number, f"{kept.at:%Y-%m-%d %H:%M}", newest, submissions,
        "是" if is_current else "",
    )  # fmt: skip
    return dict(zip(HEADS, values, strict=True))


def _find(settings: "Settings", number: int) -> "Kept":
    from analysis.warehouse.publications import find_publication

    _must_be_a_county(settings)
    return find_publication(settings.warehouse, number)


def _must_be_a_county(settings: "Settings") -> None:
    if settings.rollup:
        raise WarehouseError(
            "这里是各县的汇总（设置了 rollup），不保留以前的发布；请在各县的目录里问。"
        )


def _which(kept: "Kept", macro: "Macro") -> str:
    since = "" if macro.is_as_today else "（与现在的不同，见 --explain）"
    return f"第 {kept.number} 次发布（{kept.at:%Y-%m-%d %H:%M}），按当时的口径{since}"


def _labels(name: str, columns: list[str]) -> dict[str, str]:
    """Chinese names of the columns; one that the metric has no more keeps its own."""
    from analysis.warehouse.sql_files import metrics

    query = metrics().get(name)
    return {
        column: query.label(column) if query and column in query.columns else column
        for column in columns
    }
