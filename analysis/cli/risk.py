"""``yanpan risk``: where to look next, who finds too little, and what the order is worth."""

from dataclasses import asdict
from datetime import date
from enum import StrEnum
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
    read_day,
    say,
    settings_of,
    warehouse_and_scope,
)
from analysis.errors import YanpanError
from analysis.wording.values import per_cent

if TYPE_CHECKING:
    from analysis.judgement.site_risk.backtest import Backtest, Figure

#: Columns of what ``yanpan risk`` prints.
SITE_COLUMNS = (
    "site", "township", "site_kind", "unit", "colour", "basis", "chance", "open_major", "overdue",
    "last_inspected_on", "reasons",
)  # fmt: skip
INSPECTOR_LABELS = {
    "who": "检查人或检查单位", "visits": "检查次数", "found": "检出", "expected": "预计检出",
    "ratio": "实际/预计", "low": "下限", "high": "上限", "judgement": "提示",
}  # fmt: skip
RUN_LABELS = {
    "site": "场所", "inspector": "检查人", "visits": "连续未检出（次）",
    "first_on": "从", "last_on": "到",
}  # fmt: skip


class Outcome(StrEnum):
    """What a visit may find."""

    MAJOR = "major"
    ANY = "any"


@app.command(epilog="例：yanpan risk --backtest --from 2023-09-01 --to 2023-10-31")
def risk(
    top: Annotated[int, typer.Option(min=1, help="列出前多少家。")] = 20,
    backtest: Annotated[
        bool, typer.Option("--backtest", help="回测：假如过去一段时间按这个顺序检查。")
    ] = False,
    start: Annotated[
        date | None,
        typer.Option("--from", parser=read_day, metavar="日期", help="回测从哪一天起。"),
    ] = None,
    end: Annotated[
        date | None, typer.Option("--to", parser=read_day, metavar="日期", help="回测到哪一天止。")
    ] = None,
    inspectors: Annotated[
        bool, typer.Option("--inspectors", help="宽严不一：各检查人、检查单位的检出与预计相比。")
    ] = False,
    outcome: Annotated[
        Outcome, typer.Option(help="预测什么：major 发现重大隐患，any 发现隐患。")
    ] = Outcome.MAJOR,
    features: Annotated[
        str, typer.Option(metavar="列,列", help="另外使用检查、场所台账中的这些数字列。")
    ] = "",
    as_of: AsOf = None,
    known_on: KnownOn = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """场所风险排序：下一次检查发现（重大）隐患的概率和理由；回测；检查人宽严。"""
    extra = tuple(name for each in features.split(",") if (name := each.strip()))
    if backtest and (start is None or end is None or start > end):
        raise typer.BadParameter("回测要写明时段，如 --from 2023-09-01 --to 2023-10-31")
    if backtest:
        return _backtest(home, known_on, (start, end), outcome, extra, format)
    if inspectors:
        return _strictness(home, as_of, known_on, outcome, extra, format)
    return _rank(home, as_of, known_on, outcome, extra, format, top)


def _rank(
    home: Path | None, as_of: date | None, known_on: date | None, outcome: Outcome,
    extra: tuple[str, ...], format: Format, top: int,
) -> None:  # fmt: skip
    from analysis.judgement.site_risk.ranking import rank
    from analysis.wording.labels import SITE_LABELS

    settings = settings_of(home)
    with warehouse_and_scope(settings, as_of, known_on) as (warehouse, scope):
        tables = (
            warehouse.relation("inspections", scope), warehouse.relation("sites", scope),
            warehouse.items(scope, "hazards"), warehouse.metric("recurrence", scope),
            warehouse.metric("vanished", scope),
        )  # fmt: skip
    ranking = rank(
        *tables, scope.as_of, settings.risk_bands, settings.risk_chances, outcome.value, extra
    )
    listed = [_plain(row) for row in ranking.sites.head(top).to_dict("records")]
    if format is not Format.TABLE:
        return print_rows(listed, format, list(ranking.sites.columns))
    say(f"场所风险    截至 {scope.as_of}\n{ranking.note}")
    shown = [
        {SITE_LABELS[name]: row[name] for name in SITE_COLUMNS}
        | {SITE_LABELS["chance"]: None if row["chance"] is None else per_cent(row["chance"], 1)}
        for row in listed
    ]  # fmt: skip
    print_rows(shown, format, [SITE_LABELS[name] for name in SITE_COLUMNS])
    if (rest := len(ranking.sites) - len(shown)) > 0:
        say(f"另有 {rest} 家，用 --top 可以多列。")


def _strictness(
    home: Path | None, as_of: date | None, known_on: date | None, outcome: Outcome,
    extra: tuple[str, ...], format: Format,
) -> None:  # fmt: skip

    from analysis.judgement.site_risk.strictness import empty_runs, strictness
    from analysis.judgement.site_risk.visits import can_learn, visits

    with warehouse_and_scope(settings_of(home), as_of, known_on) as (warehouse, scope):
        tables = warehouse.relation("inspections", scope), warehouse.relation("sites", scope)
    history = visits(*tables, outcome.value, extra)
    if not can_learn(history):
        raise YanpanError("有结果的检查太少，比较不出检查人的宽严；可以试试 --outcome any。")
    judged, runs = strictness(history, extra), empty_runs(history)
    if format is not Format.TABLE:
        return print_rows([_plain(r) for r in judged.to_dict("records")], format)
    say(
        f"检查人和检查单位的检出    截至 {scope.as_of}\n"
        "预计检出按所查场所的情况、以一般检查人计；只是提请核查，检出偏少的可作为交叉互检的对象。"
    )
    shown = [
        {label: f"{row[name]:.2f}" if isinstance(row[name], float) else row[name]
         for name, label in INSPECTOR_LABELS.items()}
        for row in judged.to_dict("records")
    ]  # fmt: skip
    print_rows(shown, format, list(INSPECTOR_LABELS.values()))
    if len(runs):
        say("红色、橙色场所连续几次同一人检查都没有发现隐患的：")
        told = [
            {label: row[name] for name, label in RUN_LABELS.items()}
            for row in map(_plain, runs.to_dict("records"))
        ]
        print_rows(told, format, list(RUN_LABELS.values()))


def _backtest(
    home: Path | None, known_on: date | None, period: tuple[Any, Any], outcome: Outcome,
    extra: tuple[str, ...], format: Format,
) -> None:  # fmt: skip
    from analysis.judgement.site_risk.backtest import backtest
    from analysis.judgement.site_risk.visits import visits

    with warehouse_and_scope(settings_of(home), period[1], known_on) as (warehouse, scope):
        tables = warehouse.relation("inspections", scope), warehouse.relation("sites", scope)
    history = visits(*tables, outcome.value, extra)
    tried = backtest(history, *period, extra)
    parts = (("只看场所", tried.sites_only), ("连同由谁检查", tried.with_inspectors))
    if format is not Format.TABLE:
        rows = [{"inspectors": part is tried.with_inspectors} | asdict(figure)
                for _, part in parts for figure in part]  # fmt: skip
        return print_rows(rows, format)
    _say_backtest(tried)
    print_rows(
        [{"次序": said, "指标": f.label, "数值": _figure(f, f.value),
          "95% 区间": f"{_figure(f, f.low)}—{_figure(f, f.high)}"}
         for said, part in parts for f in part],
        format,
    )  # fmt: skip


def _say_backtest(tried: "Backtest") -> None:
    say(
        f"回测 {tried.start} 至 {tried.end}：检查 {tried.visits} 次，检出 {tried.found} 次；"
        f"只用 {tried.start} 以前的 {tried.learnt_from} 次检查建模。\n"
        f"每天的检查次数不变，只改先后；最好的次序平均提前 {tried.perfect_days:.1f} 天，"
        f"实际次序的前一半检出 {tried.real_first_half:.1%}。\n"
        "“连同由谁检查”的好处多半来自检查人的宽严，不能当作场所排序的成效。"
    )


def _figure(figure: "Figure", value: float) -> str:
    shares = {"first_half", "precision_top", "predicted", "calibration_error"}
    return per_cent(value, 1) if figure.name in shares else f"{value:.2f}"


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row without what pandas puts for nothing, and with days as days."""
    return {
        str(name): None if value is None or value != value else
        value.date() if hasattr(value, "date") else value
        for name, value in row.items()
    }  # fmt: skip
