"""``yanpan config``: the settings in force, where each comes from, and what is wrong with them."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from analysis.cli.parts import (
    Format,
    Home,
    OutputFormat,
    State,
    app,
    home_asked,
    print_rows,
    say,
    settings_of,
)
from analysis.errors import SettingsError, YanpanError

if TYPE_CHECKING:
    from analysis.settings import Learned, Settings
    from analysis.settings.sources import Sources

config = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    config, name="config", help="核对设置：yanpan.toml 和环境变量 YANPAN_*。",
    epilog="例：yanpan config check",
)  # fmt: skip

COLUMNS = ["设置", "值", "来源"]
DEFAULT = "默认"
#: Sections of which each part is listed by itself.
SECTIONS = ("alerts", "headers")


@config.command(epilog="例：yanpan config check --format csv")
def check(format: OutputFormat = Format.TABLE, home: Home = None) -> None:
    """逐项列出现在用的设置和出处；有错的逐条说明，以 1 结束。"""
    from analysis.settings import sources_of

    sources = sources_of(home_asked(home))
    try:
        settings = settings_of(home)
    except SettingsError as error:
        raise SettingsError("\n".join([str(error), *_faults(_named(sources), {})])) from None
    must_suit_rooms(settings)
    print_rows(list(_rows(settings, sources, home or State.home)), format, COLUMNS)
    if format is Format.TABLE:
        is_there = "" if sources.path.exists() else "（没有这个文件）"
        say(f"设置文件：{sources.path}{is_there}，没有错误。")
        for line in _signers(settings):
            say(line)
    for line in _idle(settings, sources):
        say(line, err=True)


def _signers(settings: "Settings") -> list[str]:
    """The signers whom the plan proposes, where one was published."""
    from analysis.intake.signers import proposed_signers
    from analysis.warehouse.engine import open_warehouse

    if not settings.warehouse.exists() or settings.rollup:
        return []
    with open_warehouse(settings.warehouse) as con:
        return proposed_signers(con, settings)


def must_suit_rooms(settings: "Settings") -> None:
    """Check what only the rooms that use a setting can know of it.

    Raises:
        SettingsError: a header stands for no field, a word for no value, a sheet for no ledger,
            or an alert rule can never speak.

    """
    faults = _faults(settings.headers, settings.alerts, settings.sheets, settings.learned)
    if told := list(faults):
        raise SettingsError("\n".join(told))


def _faults(
    headers: Mapping[str, Any],
    alerts: Mapping[str, Any],
    sheets: Mapping[str, Any] | None = None,
    learned: "Learned | None" = None,
) -> Iterator[str]:
    from analysis.ingest.headers.vocabulary import must_be_codes, must_be_fields, must_be_ledgers
    from analysis.judgement.alerts import configured

    checks: list[tuple[Callable[[Any], Any], Mapping[str, Any]]] = [
        (must_be_fields, headers), (configured, alerts), (must_be_ledgers, sheets or {}),
    ]  # fmt: skip
    if learned:
        checks.append((partial(must_be_fields, place="learned.toml 的 {}"), learned.headers))
        checks.append((must_be_codes, learned.words))
    for look, setting in checks:
        try:
            look(setting)
        except YanpanError as error:
            yield str(error)


def _named(sources: "Sources") -> dict[str, Any]:
    """The ledgers and fields that a file names which has other faults too."""
    headers = sources.file.get("headers")
    written = headers.items() if isinstance(headers, dict) else ()
    return {name: fields for name, fields in written if isinstance(fields, dict)}


def _rows(settings: "Settings", sources: "Sources", asked: Path | None) -> Iterator[dict[str, str]]:
    for parts, value in _settings(settings):
        source = "--home" if parts == ("home",) and asked else sources.of(*parts) or DEFAULT
        yield dict(zip(COLUMNS, (".".join(parts), _text(value), source), strict=True))


def _settings(settings: "Settings") -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each setting with its value; of a section, each part that is set."""
    from analysis.settings import SECRET

    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if name in SECTIONS and value:
            for part, values in value.items():
                yield from (((name, part, key), one) for key, one in values.items())
        else:
            yield (name,), "（已设置，不显示）" if name == SECRET and value else value


def _text(value: Any) -> str:
    if isinstance(value, str | Path):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)  # days of holidays


def _idle(settings: "Settings", sources: "Sources") -> Iterator[str]:
    """What may be set, and does not do what it was set for."""
    from dashboards.access.session import needs_login

    stray = sources.path.with_name(f"{sources.path.name}.txt")
    if not sources.path.exists() and stray.exists():
        yield f"{stray} 不起作用：请改名为 {sources.path.name}。"
    if settings.proxies and not needs_login(settings):
        yield "设了 proxies 而没有设 login = true：经代理来访的一律拒绝。"
    if settings.https and not settings.proxies:
        yield "设了 https 而 proxies = 0：登录限次和审计日志都按代理的地址，分不清是谁。"
    for name in ("oidc_client_id", "oidc_client_secret"):
        if getattr(settings, name) and not settings.oidc_issuer:
            yield f"设了 {name} 而没有设 oidc_issuer：不起作用。"
