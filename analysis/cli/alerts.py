"""``yanpan alerts``: what the rules say today, and the life of each alert."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.parts import (
    AsOf,
    Format,
    Home,
    KnownOn,
    OutputFormat,
    app,
    print_rows,
    say,
    settings_of,
    warehouse_and_scope,
)

if TYPE_CHECKING:
    from analysis.intake.alert_book import Entry
    from analysis.judgement.alerts import Alert


@app.command(epilog="例：yanpan alerts --done 12 --by 王某 --remark 已发督办函")
def alerts(
    everything: Annotated[
        bool, typer.Option("--all", help="连同已办结、已解除的一起列出。")
    ] = False,
    look: Annotated[bool, typer.Option("--look", help="只看，不登记新的预警。")] = False,
    rules: Annotated[bool, typer.Option("--rules", help="列出规则、门槛、依据和办法。")] = False,
    note: Annotated[int | None, typer.Option(metavar="号", help="把这一号记为已知悉。")] = None,
    done: Annotated[int | None, typer.Option(metavar="号", help="把这一号记为已办结。")] = None,
    by: Annotated[str, typer.Option(help="是谁（与 --note、--done 同用）。")] = "",
    remark: Annotated[str, typer.Option(help="怎么办的。")] = "",
    as_of: AsOf = None,
    known_on: KnownOn = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """按规则提出预警：每件只登记一次，知悉、办结都记下是谁、哪天。"""
    from analysis.intake.alert_book import DONE, NOTED, AlertBook
    from analysis.judgement.alerts import configured
    from analysis.wording.codes import ALERT_STATE

    settings = settings_of(home)
    book = AlertBook(settings.alert_book)
    set_rules = configured(settings.alerts)
    if rules:
        return _print_rules(set_rules.values(), format)
    if note is not None or done is not None:
        number, state = (done, DONE) if done is not None else (note, NOTED)
        entry = book.mark(number or 0, state, by, date.today(), remark)
        return say(f"{entry.number} 号预警已由{by}记为{ALERT_STATE.labels[state]}。")
    day, found, unknown, present = _today(home, as_of, known_on)
    for line in unknown:
        say(line, err=True)
    new = [] if look else book.raise_new(found, day, present)
    rows = list(_listed(book.entries(present), found, everything, look))
    if format is Format.TABLE:
        rows = [{head: row[head] for head in SHOWN} for row in rows]
    print_rows(rows, format, SHOWN if format is Format.TABLE else HEADS)
    if format is Format.TABLE:
        say(f"截至 {day}，在列 {len(rows)} 件" + ("" if look else f"，新登记 {len(new)} 件"))


#: What is listed of an alert.
HEADS = ["号", "阶梯", "预警", "责任单位", "事由", "建议", "依据", "证据", "登记", "处理"]
#: What a person sees of it; a file has it all.
SHOWN = ["号", "阶梯", "预警", "责任单位", "事由", "处理"]


def _today(
    home: Path | None, as_of: date | None, known_on: date | None
) -> "tuple[date, list[Alert], list[str], dict[str, str]]":
    """The day, its alerts, what could not be looked at, and the ids that items have by now."""
    from analysis.briefing.figures import Figures

    settings = settings_of(home)
    with warehouse_and_scope(settings, as_of, known_on) as (warehouse, scope):
        figures = Figures(warehouse, settings, scope)
        return scope.as_of, figures.alerts, figures.unknown, warehouse.present_ids(scope)


def _listed(
    entries: "list[Entry]", found: "list[Alert]", everything: bool, look: bool
) -> Iterable[dict[str, Any]]:
    """Entries that still stand, or all; with ``look`` also what is in no book yet."""
    from analysis.intake.alert_book import DONE, GONE, NOT_ENTERED, standing

    current = {alert.key: alert for alert in found}
    order = {key: place for place, key in enumerate(current)}
    for entry in sorted(entries, key=lambda e: (order.get(e.alert.key, len(order)), e.number)):
        state = standing(entry, current)
        if everything or (state != GONE and entry.state != DONE):
            yield _row(entry, current.get(entry.alert.key, entry.alert), state)
    if look:
        known = {entry.alert.key for entry in entries}
        for alert in found:
            if alert.key not in known:
                yield _row(None, alert, NOT_ENTERED)


def _row(entry: "Entry | None", alert: "Alert", state: str) -> dict[str, Any]:
    who = f"（{entry.by} {entry.on} {entry.remark}".rstrip() + "）" if entry and entry.by else ""
    values = (
        entry.number if entry else None, alert.step, alert.title, alert.unit, alert.message,
        alert.act, alert.clause, "；".join(alert.evidence), entry.raised_on if entry else None,
        state + who,
    )  # fmt: skip
    return dict(zip(HEADS, values, strict=True))


def _print_rules(rules: Iterable[Any], format: Format) -> None:
    from analysis.wording.values import cell_value

    print_rows(
        [
            {
                "规则": rule.name, "预警": rule.title, "阶梯": rule.step, "门槛": rule.at,
                "启用": cell_value(rule.on), "建议": rule.act, "依据": rule.clause,
            }
            for rule in rules
        ],
        format,
    )  # fmt: skip
