"""What runs before and after every request: names, origins, sizes, sessions, headers.

On this machine's own address the dashboard needs no account. On any other, or where the settings
say so, every route asks for one; what an account may read is decided in ``rights``.
"""

import os
import secrets
import stat
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import flask
from flask_wtf.csrf import CSRFError, CSRFProtect

from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.access.error_pages import error_page, show_errors
from dashboards.access.limits import DASH_POST, FILES_TO, LARGEST_CALLBACK, LARGEST_REQUEST
from dashboards.access.login import ask_for_accounts
from dashboards.access.proxies import comes_through_proxy, trust_proxies
from dashboards.access.rights import forms_of
from dashboards.access.session import LOOPBACK, current_account, needs_login

#: A key of fewer bytes can be guessed.
SHORTEST_KEY = 32
#: What costs much, or is carried away: a page elsewhere cannot have a reader's browser ask for it.
OWN_PAGES_ALONE = ("/materials.zip", "/data/", "/letter.docx", "/photo/", "/evidence/")
#: What a page may use of the machine that shows it: of all that it could ask for, the whole screen.
PERMISSIONS = ", ".join(
    [
        *(f"{name}=()" for name in (
            "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope",
            "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
        )),
        "fullscreen=(self)",
    ]
)  # fmt: skip


def protect(server: flask.Flask, settings: Settings) -> None:
    """Set the server's guards up, to run before anything else does.

    Raises:
        YanpanError: an account is needed, and there is none; others reach the dashboard, and no
            name is set by which; the key of sessions is no secret.

    """
    trust_proxies(server, settings.proxies)
    server.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST)
    _limit_bodies(server)
    _guard_hosts(server, settings)
    _guard_downloads(server)
    show_errors(server)
    csrf = _sign(server, settings)
    if needs_login(settings):
        ask_for_accounts(server, settings)
        must_have_names(settings)
    _check_origin(server, csrf)

    @server.context_processor
    def shell() -> dict[str, Any]:
        account = current_account()
        return {"me": account, "forms": forms_of(account)}


def _guard_hosts(server: flask.Flask, settings: Settings) -> None:
    """Answer only to names of our own, so that no page elsewhere can ask in a reader's name, and
    nobody is sent back to an address that he was told by another.
    """
    is_open = needs_login(settings)
    names = {*settings.hosts, *LOOPBACK}

    @server.before_request
    def only_own_names() -> None:
        if not is_open and comes_through_proxy(flask.request.headers):
            # A proxy brings callers from elsewhere to an address that asks for no account.
            flask.abort(403, "经代理访问须在 yanpan.toml 中设 login = true 并建立账号。")
        host = _host_name(flask.request.host)
        if host is None or host not in names:
            flask.abort(400, "看板不用这个名称；管理员可以把它写进 yanpan.toml 的 hosts。")


def must_have_names(settings: Settings) -> None:
    """See to it that a dashboard which others reach knows by which names.

    Raises:
        YanpanError: it does not.

    """
    is_reached = settings.host not in LOOPBACK or settings.proxies or settings.https
    if is_reached and not settings.hosts:
        raise YanpanError(
            "别人要用什么名称或地址打开看板，请写进 yanpan.toml 的 hosts，"
            '如 hosts = ["yanpan.xx.gov.cn"]（不带 https:// 和端口）；用别的名称来的不应答。'
        )


def _host_name(host: str) -> str | None:
    """The name in «name:port»; None where it is none, as in «[x»."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _sign(server: flask.Flask, settings: Settings) -> CSRFProtect:
    server.config.update(
        SECRET_KEY=_secret(settings) if needs_login(settings) else secrets.token_bytes(32),
        SESSION_COOKIE_NAME="yanpan",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    return CSRFProtect(server)


def _secret(settings: Settings) -> bytes:
    """The key of this home, the same for all its worker processes."""
    path = settings.secret
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
        part.touch(0o600)
        part.write_bytes(secrets.token_bytes(32))
        try:
            os.link(part, path)  # whoever comes first makes it; nobody replaces it
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            part.replace(path)
        part.unlink(missing_ok=True)
    _must_be_secret(path)
    return path.read_bytes()


def _must_be_secret(path: Path) -> None:
    """Refuse a key that others read, or that is none: whoever knows it is whoever he likes."""
    about = path.stat()
    if os.name == "posix" and stat.S_IMODE(about.st_mode) & 0o077:
        raise YanpanError(
            f"{path} 别人也读得到；请运行 chmod 600 {path}，若已被人看过，请删掉它再启动"
            "（会另做一个，各处要重新登录）。"
        )
    if about.st_size < SHORTEST_KEY:
        raise YanpanError(
            f"{path} 太短（{about.st_size} 字节，至少 {SHORTEST_KEY}），不成密钥；"
            "请删掉它再启动，会另做一个，各处要重新登录。"
        )


def _limit_bodies(server: flask.Flask) -> None:
    """Read no large body but where files are sent; before anything else reads one."""

    @server.before_request
    def limit() -> None:
        if not flask.request.path.startswith(FILES_TO):
            flask.request.max_content_length = LARGEST_CALLBACK


def _guard_downloads(server: flask.Flask) -> None:
    """Begin nothing that costs much because a page elsewhere says so."""

    @server.before_request
    def only_own_pages() -> None:
        site = flask.request.headers.get("Sec-Fetch-Site", "none")
        if site not in {"same-origin", "none"} and flask.request.path.startswith(OWN_PAGES_ALONE):
            flask.abort(403, "请先打开看板，再从那里下载。")


def _check_origin(server: flask.Flask, csrf: CSRFProtect) -> None:
    """Take a change only from a page of ours: by its token, or by what the browser says of it."""

    @server.before_request
    def check() -> None:
        request = flask.request
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return
        origin = request.headers.get("Origin")
        if origin and origin.partition("://")[2] != request.host:
            flask.abort(403)
        if request.path != DASH_POST:
            csrf.protect()
        elif not request.is_json:  # no form of another site can send JSON
            flask.abort(400)

    @server.errorhandler(CSRFError)
    def expired(error: CSRFError) -> Any:
        return error_page(400)


def add_headers(server: flask.Flask, settings: Settings, inline_scripts: Collection[str]) -> None:
    """Nothing from elsewhere is loaded, asked or framed, and no figure stays in a cache."""
    # Styles: Dash's components write their own into the page, which no hash can foretell.
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "connect-src 'self'; font-src 'self' data:; img-src 'self' data: blob:; "
        "style-src 'self' 'unsafe-inline'; script-src 'self' {hashes}; worker-src blob:"
    ).format(hashes=" ".join(inline_scripts))

    @server.after_request
    def add(response: flask.Response) -> flask.Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        # Not "no-referrer": with it a browser names no origin for our own forms either.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = PERMISSIONS
        if settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        is_static = flask.request.path.startswith(("/assets/", "/_dash-component-suites/"))
        if needs_login(settings) and not is_static:
            response.headers["Cache-Control"] = "no-store"
        return response
