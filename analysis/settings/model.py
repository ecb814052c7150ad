"""Settings: ``yanpan.toml`` in the home folder, overridden by ``YANPAN_*`` in the environment.

A setting that cannot be is refused when a command starts, each in one line, all in one go.
"""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import (
    Annotated,
    Any,
    NotRequired,  # pydantic wants these before Python 3.12
)

from pydantic import AfterValidator, StringConstraints, ValidationError, ValidationInfo, with_config
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from typing_extensions import TypedDict

from analysis.errors import SettingsError, YanpanError, did_you_mean
from analysis.settings.allowed import (
    FAULT,
    Real,
    Whole,
    allowed,
    are_holidays,
    are_persons,
    are_places,
    fault,
    is_host,
    is_rising,
    is_season,
    is_web_address,
    one_of,
    some_of,
    whole,
)
from analysis.settings.learned import LEARNED_NAME, Learned, read_learned
from analysis.settings.shapes import Shape, ShapesError, read_shapes
from analysis.settings.sources import PREFIX, Environment, Sources, Written
from analysis.settings.toml_file import read_toml

FILE_NAME = "yanpan.toml"
#: Of the environment, what is no setting: whether a fault of the program's own is shown in full.
DEBUG = "YANPAN_DEBUG"
#: What is never shown.
SECRET = "oidc_client_secret"  # noqa: S105 - its name
#: Settings that have no place in the file, and why.
NOT_IN_FILE = {
    "home": "数据所在的目录用 --home 或环境变量 YANPAN_HOME 指明",
    SECRET: "密钥只放在环境变量 YANPAN_OIDC_CLIENT_SECRET 里，备份里有这个文件",
}
#: How the sections are written.
SECTIONS = {
    "acceptance": '[acceptance] 下面写 signers = ["张某"]',
    "alerts": "[alerts.overdue_15] 下面写 at = 20",
    "headers": '[headers.hazard] 下面写 site = ["点位"]',
    "sheets": '[sheets] 下面写 "*暗访*" = "hazard"',
    "townships": '[townships] 下面写 "城关镇" = [2, 1]',
}
#: How a holiday is written.
HOLIDAY = (
    "如 [[holiday]] 下面写 start = 2027-02-06、end = 2027-02-12、workdays = [2027-02-20]"
    "（放假的首日、末日和调休上班的日子）"
)
#: Where every setting is explained.
ALL_SETTINGS = (
    "；全部设置见 docs/使用手册.md 的“设置”，除 [acceptance]、[alerts.…]、[headers.…]、"
    "[[holiday]]、[sheets]、[townships] 以外都不分节。"
)
#: Of a value that is shown.
LONGEST = 80
LAYOUTS = Path("版式")
COLOURS = ("红", "橙", "黄", "蓝")

#: Screens of the meeting mode; ``dashboards/pages/meeting.py`` draws them.
SCREENS = (
    "overall", "changes", "nodes", "units", "late", "major", "risk", "accidents", "inspections",
    "campaigns", "responsibility", "reports", "duties", "decisions",
)  # fmt: skip
#: The plan's own ladder, the lowest step first, as ``judgement/alerts.py`` has it.
STEPS = ("提示", "预警", "督办函", "约谈警示", "挂牌督办", "移交")
#: What changes are told from: the last meeting, or the end of the last month or quarter.
COMPARED_WITH = ("会议", "月末")

Text = Annotated[str, allowed("一行文字，写在引号里", lambda v: len(v.splitlines()) <= 1)]
Name = Annotated[str, allowed("一行文字，写在引号里，不能空着", lambda v: len(v.splitlines()) == 1)]
Switch = Annotated[bool, allowed(" true 或 false")]
Hostname = Annotated[str, StringConstraints(to_lower=True)]


def _must_be_there(layouts: Path, info: ValidationInfo) -> Path:
    """A folder that an office names must be there; the default need not."""
    if layouts != LAYOUTS and not (info.data.get("home", Path()) / layouts).is_dir():
        raise fault("没有这个目录")
    return layouts


Layouts = Annotated[Path, allowed("一个目录，写在引号里"), AfterValidator(_must_be_there)]


def _must_be_map(path: str, info: ValidationInfo) -> str:
    """A map that an office names must be there, and one that can be drawn."""
    try:
        if path:
            read_shapes(info.data.get("home", Path()) / path)
    except ShapesError as error:
        raise fault(str(error)) from None
    return path


Map = Annotated[str, allowed("一个 GeoJSON 文件，写在引号里"), AfterValidator(_must_be_map)]


def _must_know_client(issuer: str, info: ValidationInfo) -> str:
    if issuer and not info.data.get("oidc_client_id"):
        raise fault("还须设 oidc_client_id")
    return issuer


@with_config({"extra": "forbid"})
class Change(TypedDict, total=False):
    """What an office may change of an alert rule that measures nothing."""

    on: Switch
    step: Annotated[str, one_of(STEPS)]
    act: Name
    clause: Name


@with_config({"extra": "forbid"})
class FromToday(Change, total=False):
    """Of a rule that may speak on the day itself."""

    at: Annotated[Whole, whole(0, 365, "天")]


@with_config({"extra": "forbid"})
class FromTomorrow(Change, total=False):
    """Of a rule that can speak on the day after at the earliest."""

    at: Annotated[Whole, whole(1, 365, "天")]


@with_config({"extra": "forbid"})
class Doubts(Change, total=False):
    """Of the rule that counts reasons for doubt; ``suspect_closure.sql`` knows seven."""

    at: Annotated[Whole, whole(1, 7, "个疑点")]


@with_config({"extra": "forbid"})
class Alerts(TypedDict, total=False):
    """The rules of ``judgement/alerts.py``, each with what may be changed of it."""

    due_soon: FromToday
    overdue_1: FromTomorrow
    overdue_15: FromTomorrow
    overdue_30: FromTomorrow
    node_missed: FromToday
    report_late: FromTomorrow
    duty_short: Change
    major_unfiled: FromToday
    major_unlisted: FromToday
    recurrence: FromToday
    suspect_closure: Doubts
    refused: Change
    shirked: Change
    faked: Change
    accident_rise: Change
    ahead: FromTomorrow


#: A signer with the day from which he signs; written so because ``from`` is a word of Python's.
Signer = TypedDict("Signer", {"name": Name, "from": date})
with_config({"extra": "forbid"})(Signer)


@with_config({"extra": "forbid"})
class Holiday(TypedDict):
    """A holiday that the calendar does not have yet: its first and last day, and 调休上班."""

    name: NotRequired[Name]
    start: date
    end: date
    workdays: NotRequired[list[date]]


@with_config({"extra": "forbid"})
class Acceptance(TypedDict, total=False):
    """Who closes an item."""

    signers: Annotated[
        list[Name | Signer],
        allowed(
            '签字人的列表，一人一项，如 ["张某", {name = "李某", from = 2023-12-01}]', are_persons
        ),
    ]


class Settings(BaseSettings):
    """What an office may set; each has a default that works."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", str_strip_whitespace=True)

    home: Path = Path()
    #: Region written into rows whose ledger names none.
    region: Name = "本县"
    #: Folder of many counties' exports: their roll-up is shown then, and nothing is ingested.
    rollup: Annotated[
        str, allowed("一个目录或网址，路径里的 \\ 写成 /", lambda v: v.isprintable())
    ] = ""
    #: Submissions older than this move the default day back to the newest one.
    stale_after_days: Annotated[Whole, whole(0, 36500, "天")] = 45
    #: Ledger → field → headers that stand for it in this office's ledgers.
    headers: dict[
        str, dict[str, Annotated[list[str], allowed('表头的列表，如 ["点位"]', all)]]
    ] = {}
    #: Pattern of a sheet's or a file's name → the ledger that such a sheet is.
    sheets: dict[str, Name] = {}
    #: Township → column and row of its tile, counted from 1 at the top left.
    townships: Annotated[
        dict[Name, tuple[Whole, Whole]],
        allowed(
            "每个乡镇的列和行，左上角是 [1, 1]，都不超过 20，两个乡镇不在一处，"
            f"如 {SECTIONS['townships']}",
            are_places,
        ),
    ] = {}
    #: Screens of the meeting mode, in their order.
    meeting: Annotated[list[str], some_of(SCREENS)] = [*SCREENS]
    #: From which day changes are told: the last 形势研判会 (例会 in quarterly papers) at least a
    #: week back, or the end of the last month (quarter) in any case.
    compared_with: Annotated[str, one_of(COMPARED_WITH)] = "会议"
    #: The office that writes letters, its head who signs them, whom a unit may ask.
    office: Name = "县文化旅游安全专班办公室"
    office_head: Text = ""
    #: The body that the office works for; its 组长 signs its documents, a 副组长 general ones.
    body: Name = "县文化旅游安全专班"
    leader: Text = ""
    deputy: Text = ""
    #: Folder with the office's own layouts: 形势研判报告.docx, 督办函.docx, 例会汇报.pptx.
    layouts: Layouts = LAYOUTS
    #: The office's own map of its townships, drawn in the place of tiles.
    township_map: Map = ""
    contact: Text = ""
    contact_phone: Text = ""
    #: Days that a unit has for its answer to a 督办函.
    reply_days: Annotated[Whole, whole(1, 365, "天")] = 5
    #: Days after the end of a half month within which its report is in time.
    report_grace_days: Annotated[Whole, whole(0, 14, "天")] = 2
    #: Whether a due day of theirs that is a rest day moves to the next working day.
    report_due_on_workdays: Switch = True
    #: The least likelihood × severity (1–25) of a 黄, a 橙 and a 红 site.
    risk_bands: Annotated[
        tuple[Whole, Whole, Whole],
        allowed("由小到大的三个 1 至 25 的整数，如 [5, 10, 16]", lambda v: is_rising(v, 1, 25)),
    ] = (5, 10, 16)
    #: The least chance that the next inspection finds a major hazard of a 黄, a 橙 and a 红 site.
    risk_chances: Annotated[
        tuple[Real, Real, Real],
        allowed(
            "由小到大的三个 0 至 1 的数，如 [0.05, 0.15, 0.3]，5% 写成 0.05",
            lambda v: is_rising(v, 0, 1),
        ),
    ] = (0.05, 0.15, 0.3)
    #: Alert rules that an office has changed: rule → on, at, step, act, clause.
    alerts: Alerts = {}
    #: Persons who may sign that an item is done, as somebody has confirmed them.
    acceptance: Acceptance = {}
    #: Holidays that the calendar does not have yet, or has otherwise.
    holiday: Annotated[list[Holiday], allowed(f"一节一个假期，{HOLIDAY}", are_holidays)] = []
    #: First and last day of the flood season.
    flood_season: Annotated[
        tuple[str, str],
        allowed('年年都有的两天，先起后止，如 ["05-01", "09-30"]', is_season),
    ] = ("05-01", "09-30")
    #: The published weights of the 双随机 draw by colour.
    draw_weights: Annotated[
        dict[str, Whole],
        allowed(
            "红、橙、黄、蓝四色各一个 1 以上的整数",
            lambda v: {*v} == {*COLOURS} and min(v.values()) >= 1,
        ),
    ] = {"红": 8, "橙": 4, "黄": 2, "蓝": 1}
    host: Annotated[
        str, allowed("本机的一个地址或名称，不带 http:// 和端口，如 127.0.0.1", is_host)
    ] = "127.0.0.1"
    port: Annotated[Whole, whole(0, 65535)] = 8050
    #: Ask for an account on this machine's own address too, as behind a proxy of this machine's.
    login: Switch = False
    #: Names under which the dashboard is reached, beside this machine's own; none but these.
    hosts: Annotated[
        list[Hostname],
        allowed(
            '名称的列表，不带 https:// 和端口，如 ["yanpan.xx.gov.cn"]',
            lambda names: all(map(is_host, names)),
        ),
    ] = []
    #: Reached over HTTPS, by a proxy in front: cookies are then never sent without it.
    https: Switch = False
    #: Proxies in front whose word on the caller's address is taken.
    proxies: Annotated[Whole, whole(0, 10, "层")] = 0
    #: Hours after which a login ends.
    session_hours: Annotated[Whole, whole(1, 8760, "小时")] = 10
    #: Minutes of nothing after which a login ends.
    idle_minutes: Annotated[Whole, whole(1, 525600, "分钟")] = 60
    #: What all accounts of a unit together may send a day, in MB and files, and have kept: 26 half
    #: months of four ledgers, each of 4 MB with photos and sent twice, are 0.8 GB and 208 files a
    #: year; half a year that is caught up with in a day is 52 files of 4 MB.
    unit_mb_a_day: Annotated[Whole, whole(20, 100_000, "MB")] = 300
    unit_files_a_day: Annotated[Whole, whole(1, 100_000, "个")] = 150
    unit_mb_kept: Annotated[Whole, whole(20, 10_000_000, "MB")] = 8_000
    unit_files_kept: Annotated[Whole, whole(1, 1_000_000, "个")] = 4_000
    #: What the disk must have left for publishing, or nobody's files are taken in.
    disk_mb_left: Annotated[Whole, whole(0, 10_000_000, "MB")] = 2_000
    #: What a provider of identities (OpenID Connect) knows this program as, and its address.
    oidc_client_id: Text = ""
    oidc_issuer: Annotated[
        str,
        allowed("完整的网址，如 https://sso.xx.gov.cn", lambda v: not v or is_web_address(v)),
        AfterValidator(_must_know_client),
    ] = ""
    #: Only ever in the environment, as YANPAN_OIDC_CLIENT_SECRET.
    oidc_client_secret: Text = ""
    #: Which of the provider's claims is the name of the account.
    oidc_claim: Name = "preferred_username"

    @property
    def raw(self) -> Path:
        """Folder of the ledgers as the units sent them."""
        return self.home / "data" / "raw"

    @property
    def learned(self) -> Learned:
        """Headers and words that the office has taught.

        Raises:
            SettingsError: ``learned.toml`` is not as it has to be; one line for each fault.

        """
        return read_learned(self.home / LEARNED_NAME)

    @property
    def alert_book(self) -> Path:
        """What became of each alert; the one file here that no ledger can make again."""
        return self.home / "data" / "alerts.jsonl"

    @property
    def accounts(self) -> Path:
        """The accounts of the dashboard, where there are any."""
        return self.home / "data" / "accounts.sqlite"

    @property
    def sessions(self) -> Path:
        """Who is logged in; without it everybody logs in once more."""
        return self.home / "data" / "sessions.sqlite"

    @property
    def inbox(self) -> Path:
        """What was uploaded and not yet confirmed; nothing in it counts."""
        return self.home / "data" / "inbox"

    @property
    def signers(self) -> dict[str, date]:
        """Each signer with the day from which he signs, the first of all days where none stands."""
        return dict(
            (each, date.min) if isinstance(each, str) else (each["name"], each["from"])
            for each in self.acceptance.get("signers", ())
        )

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The polygons of the office's own map; none where it has no map."""
        return read_shapes(self.home / self.township_map) if self.township_map else ()

    @property
    def evidence(self) -> Path:
        """What acceptances rest on, each file under its hash."""
        return self.home / "data" / "evidence"

    @property
    def secret(self) -> Path:
        """The key that sessions are signed with; made when it is first needed."""
        return self.home / "data" / "secret.key"

    @property
    def audit_log(self) -> Path:
        """What was done with the accounts, line by line."""
        return self.home / "data" / "audit.jsonl"

    @property
    def warehouse(self) -> Path:
        """The published database file: of the home's own ledgers, or of the roll-up."""
        name = "rollup.duckdb" if self.rollup else "warehouse.duckdb"
        return self.home / "data" / "processed" / name

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then ``yanpan.toml``."""
        home = init_settings().get("home") or env_settings().get("home")
        written = Written(settings_cls, read_toml(Path(home or ".") / FILE_NAME))
        return init_settings, Environment(settings_cls), written


def home_of(home: Path | None) -> Path:
    """The home folder asked for, else ``YANPAN_HOME``, else the working directory."""
    return home or Path(Environment(Settings)().get("home") or ".")


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings of ``home`` (default: ``YANPAN_HOME``, else the working directory).

    Raises:
        YanpanError: there is no such folder.
        SettingsError: ``yanpan.toml`` is not TOML, or settings are unknown or cannot be: one line
            for each.

    """
    folder = home_of(home)
    if not folder.is_dir():
        raise YanpanError(f"找不到目录 {folder}；请用 --home 指明数据所在的目录。")
    sources = sources_of(folder)
    misplaced = sorted(NOT_IN_FILE.keys() & sources.file.keys())
    # Without the value, which may be a secret.
    faults = [f"{sources.path} 的 {name} 不能写在这里：{NOT_IN_FILE[name]}。" for name in misplaced]
    faults += _unknown_variables()
    try:
        settings = Settings(home=folder)
    except ValidationError as error:
        faults += [_line(e, sources) for e in error.errors() if e["loc"][0] not in misplaced]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings.model_copy(update={"home": folder.resolve()})


def sources_of(home: Path) -> Sources:
    """The settings of a home as they are written, unchecked.

    Raises:
        SourceError: the file cannot be read, or is no TOML.

    """
    path = home / FILE_NAME
    return Sources(path, read_toml(path), Environment(Settings)())


def _unknown_variables() -> Iterator[str]:
    known = [DEBUG, *(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            hint = did_you_mean(name.upper(), known) or "，请改正或者去掉。"
            yield f"环境变量 {name} 不是一项设置{hint}"


def _line(error: Any, sources: Sources) -> str:
    """One fault: where it was set, the value found, what is allowed."""
    parts = tuple(map(str, error["loc"]))
    source = sources.of(*parts)
    names = parts[1:] if sources.is_variable(*parts) else parts
    place = f"{source} 的 {'.'.join(names)}" if names else source
    if error["type"] == "extra_forbidden":
        return f"{place} 不是一项设置{_hint(parts)}"
    text = error["msg"] if error["type"] == FAULT else f"应写成一节，如 {SECTIONS[parts[0]]}"
    default = Settings.model_fields[parts[0]].default
    if not names and isinstance(error["input"], str) and not isinstance(default, str | int | Path):
        text = f"要写成 JSON，{text}"
    value = "（不显示）" if parts[0] == SECRET else shown(error["input"])
    return f"{place} = {value} 不行，{text}{'' if text.endswith('？') else '。'}"


def _hint(parts: tuple[str, ...]) -> str:
    """What may have been meant by a name that is no setting."""
    name = parts[-1]
    if len(parts) > 1 and name in Settings.model_fields:
        return f"；{name} 是总的设置，请写到第一个 [ ] 的前面。"
    if len(parts) > 2 and name == "at":
        return "：这条规则没有门槛。"
    known: Any = Settings.model_fields.keys() - {"home"}
    if len(parts) > 1 and parts[0] == "acceptance":
        known = Acceptance.__annotations__
    elif len(parts) > 1:
        known = (Alerts if len(parts) == 2 else Alerts.__annotations__[parts[1]]).__annotations__
    otherwise = f"，可用的有：{'、'.join(known)}。" if len(parts) > 1 else ALL_SETTINGS
    return did_you_mean(name, known) or otherwise


def shown(value: Any) -> str:
    """A value as it stands in the file, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
