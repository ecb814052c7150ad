"""Settings: ``yanpan.toml`` in the home folder, overridden by ``YANPAN_*`` in the environment."""

from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from analysis.errors import YanpanError

FILE_NAME = "yanpan.toml"


class Settings(BaseSettings):
    """What an office may set; each has a default that works."""

    model_config = SettingsConfigDict(env_prefix="YANPAN_", extra="forbid")

    home: Path = Path()
    #: Region written into rows whose ledger names none.
    region: str = "本县"
    #: Folder of many counties' exports: their roll-up is shown then, and nothing is ingested.
    rollup: str = ""
    #: Submissions older than this move the default day back to the newest one.
    stale_after_days: int = 45
    #: Ledger → field → headers that stand for it in this office's ledgers.
    headers: dict[str, dict[str, list[str]]] = {}
    #: Screens of the meeting mode, in their order.
    meeting: list[str] = [
        "overall", "changes", "nodes", "units", "late", "major", "risk", "accidents", "decisions",
    ]  # fmt: skip
    #: The office that writes letters, its head who signs them, whom a unit may ask.
    office: str = "县文化旅游安全专班办公室"
    office_head: str = ""
    #: The body that the office works for; its 组长 signs its documents, a 副组长 general ones.
    body: str = "县文化旅游安全专班"
    leader: str = ""
    deputy: str = ""
    #: Folder with the office's own layouts: 形势研判报告.docx, 督办函.docx, 例会汇报.pptx.
    layouts: Path = Path("版式")
    contact: str = ""
    contact_phone: str = ""
    #: Days that a unit has for its answer to a 督办函.
    reply_days: int = 5
    #: The least likelihood × severity (1–25) of a 黄, a 橙 and a 红 site.
    risk_bands: tuple[int, int, int] = (5, 10, 16)
    #: The least chance that the next inspection finds a major hazard of a 黄, a 橙 and a 红 site.
    risk_chances: tuple[float, float, float] = (0.05, 0.15, 0.3)
    #: Alert rules that an office has changed: rule → on, at, step, act, clause.
    alerts: dict[str, dict[str, str | int | bool]] = {}
    #: First and last day of the flood season.
    flood_season: tuple[str, str] = ("05-01", "09-30")
    #: The published weights of the 双随机 draw by colour.
    draw_weights: dict[str, int] = {"红": 8, "橙": 4, "黄": 2, "蓝": 1}
    host: str = "127.0.0.1"
    port: int = 8050
    #: Ask for an account on this machine's own address too, as behind a proxy of this machine's.
    login: bool = False
    #: Names under which the dashboard is reached; empty takes any, once there are accounts.
    hosts: list[str] = []
    #: Reached over HTTPS, by a proxy in front: cookies are then never sent without it.
    https: bool = False
    #: Proxies in front whose word on the caller's address is taken.
    proxies: int = 0
    #: Hours after which a login ends.
    session_hours: int = 10
    #: A provider of identities (OpenID Connect): its address, and what it knows this program as.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    #: Only ever in the environment, as YANPAN_OIDC_CLIENT_SECRET.
    oidc_client_secret: str = ""
    #: Which of the provider's claims is the name of the account.
    oidc_claim: str = "preferred_username"

    @property
    def raw(self) -> Path:
        """Folder of the ledgers as the units sent them."""
        return self.home / "data" / "raw"

    @property
    def alert_book(self) -> Path:
        """What became of each alert; the one file here that no ledger can make again."""
        return self.home / "data" / "alerts.jsonl"

    @property
    def accounts(self) -> Path:
        """The accounts of the dashboard, where there are any."""
        return self.home / "data" / "accounts.sqlite"

    @property
    def inbox(self) -> Path:
        """What was uploaded and not yet confirmed; nothing in it counts."""
        return self.home / "data" / "inbox"

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
        home = Path(init_settings().get("home") or env_settings().get("home") or ".")
        toml = TomlConfigSettingsSource(settings_cls, home / FILE_NAME)
        return init_settings, env_settings, toml


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings of ``home`` (default: ``YANPAN_HOME``, else the working directory).

    Raises:
        YanpanError: ``yanpan.toml`` is not TOML, or a setting is unknown or of the wrong type.

    """
    try:
        settings = Settings(home=home) if home else Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise YanpanError(
            f"{FILE_NAME} 或环境变量中的设置“{name}”不正确：{first['msg']}"
        ) from error
    except ValueError as error:
        raise YanpanError(f"{FILE_NAME} 不是有效的 TOML 文件：{error}") from error
    if not settings.home.is_dir():
        raise YanpanError(f"找不到目录 {settings.home}；请用 --home 指明数据所在的目录。")
    return settings.model_copy(update={"home": settings.home.resolve()})
