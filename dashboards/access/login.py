"""Who is asking: login, sessions, and the rule that nothing but the login is open without one.

On this machine's own address the dashboard needs no account. On any other, or where the settings
say so, every route asks for one; what an account may read is decided in ``scope.py``.
"""

import os
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlsplit

import flask
import flask_login
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from analysis.accounts import ROLES, Account, Accounts, AuditLog, Role
from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.access.proxies import comes_through_proxy, trust_proxies

P = ParamSpec("P")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: What is open to everybody: the login itself, its style sheet, whether the server is well.
OPEN = frozenset({"log_in", "health", "_dash_assets.static", "oidc_begin", "oidc_end"})
DASH_POST = "/_dash-update-component"
#: One caller may try so many passwords, whoever's they are; each account waits by itself too.
LOGIN_LIMIT = "60 per minute"
#: No request is larger: a ledger of fifty megabytes is none.
LARGEST_REQUEST = 32 * 1024 * 1024
#: What a page asks of the program is small; the longest is the text of a query.
LARGEST_CALLBACK = 1024 * 1024
#: Path of a page with a form → its label, and who may use it.
FORMS: Mapping[str, tuple[str, frozenset[Role]]] = {
    "/send": ("报送", frozenset({Role.OFFICE, Role.UNIT})),
    "/acceptance": ("验收销号", frozenset({Role.OFFICE})),
    "/alerts": ("预警登记", frozenset({Role.OFFICE})),
}
#: What each error is called on the page that a person sees.
WORDS = {
    400: "请求不完整，或者页面已经过期，请返回刷新后重试。",
    401: "请先登录。",
    403: "本账号没有这个权限。",
    404: "没有这个页面。",
    405: "这个地址不能这样用。",
    413: f"文件太大，最多 {LARGEST_REQUEST // 1024 // 1024} MB。",
    429: "尝试得太频繁，请过一分钟再试。",
    500: "程序出错，没有完成；请稍后再试，并告诉管理员时间。",
}


class _User(flask_login.UserMixin):
    """An account as the session knows it: its name and its stamp."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.stamp}:{self.account.name}"


def needs_login(settings: Settings) -> bool:
    """Whether the dashboard asks for an account."""
    return settings.login or settings.host not in LOOPBACK


def current_account() -> Account | None:
    """The account that makes the request; None where no account is needed, or nobody asks."""
    if (acting := _ACTING.get()) is not None:
        return acting
    if not flask.has_request_context() or "login_manager" not in flask.current_app.__dict__:
        return None
    user = flask_login.current_user
    return user.account if user.is_authenticated else None


#: In whose name something is asked that no browser asks.
_ACTING: ContextVar[Account | None] = ContextVar("acting", default=None)


@contextmanager
def acting(account: Account | None) -> Iterator[None]:
    """Within, requests are the account's; only the program itself can say so."""
    token = _ACTING.set(account)
    try:
        yield
    finally:
        _ACTING.reset(token)


def log(event: str, **about: Any) -> None:
    """Put what the account of this request did into the audit log, where there are accounts."""
    account = current_account()
    if account:
        flask.current_app.config["AUDIT"].add(
            event, account.name, address=flask.request.remote_addr, **about
        )


def forms_of(account: Account | None) -> list[tuple[str, str]]:
    """Path and label of the pages on which an account can send something in."""
    return [
        (path, label)
        for path, (label, roles) in FORMS.items()
        if account is None or account.role in roles
    ]


def sees_all(account: Account | None) -> bool:
    """Whether the account's figures are those of the whole county."""
    return account is None or account.role in {Role.OFFICE, Role.LEADER}


def only(*roles: Role) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Let only these roles use a route; where there are no accounts, everybody may."""

    def wrap(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> Any:
            account = current_account()
            if account and account.role not in roles:
                flask.abort(403)
            return view(*args, **kwargs)

        return checked

    return wrap


def protect(server: flask.Flask, settings: Settings) -> None:
    """Set the server's guards up, to run before anything else does.

    Raises:
        YanpanError: an account is needed, and there is none.

    """
    trust_proxies(server, settings.proxies)
    server.config.update(MAX_CONTENT_LENGTH=LARGEST_REQUEST)
    _guard_hosts(server, settings)
    _say_errors(server)
    csrf = _sign(server, settings)
    if needs_login(settings):
        _ask_for_accounts(server, settings)
    _check_origin(server, csrf)

    @server.context_processor
    def shell() -> dict[str, Any]:
        account = current_account()
        return {"me": account, "forms": forms_of(account)}


def _guard_hosts(server: flask.Flask, settings: Settings) -> None:
    """Answer only to names of our own, so that no page elsewhere can ask in a reader's name."""
    is_open = needs_login(settings)
    names = {*settings.hosts, *([] if is_open and not settings.hosts else LOOPBACK)}

    @server.before_request
    def only_own_names() -> None:
        if not is_open and comes_through_proxy(flask.request.headers):
            # A proxy brings callers from elsewhere to an address that asks for no account.
            flask.abort(403, "经代理访问须在 yanpan.toml 中设 login = true 并建立账号。")
        host = _host_name(flask.request.host)
        if host is None or (names and host not in names):
            flask.abort(400)


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
    return path.read_bytes()


def _ask_for_accounts(server: flask.Flask, settings: Settings) -> None:
    accounts, audit = Accounts(settings.accounts), AuditLog(settings.audit_log)
    if not accounts.has_any():
        raise YanpanError(
            f"在 {settings.host} 上提供看板须先有账号：请运行 "
            "yanpan user add 账号 --role office 建立管理账号；只在本机上看请用 127.0.0.1。"
        )
    server.config.update(ACCOUNTS=accounts, AUDIT=audit)
    manager = flask_login.LoginManager(server)

    @manager.user_loader
    def load(session_id: str) -> _User | None:
        stamp, _, name = session_id.partition(":")
        account = accounts.get(name)
        begun = flask.session.get("begun", 0)
        is_over = time.time() - begun > settings.session_hours * 3600
        if account is None or account.is_disabled or account.stamp != stamp or is_over:
            return None
        return _User(account)

    @server.before_request
    def require_account() -> Any:
        if flask.request.endpoint in OPEN or current_account():
            return None
        if flask.request.method != "GET" or flask.request.path.startswith("/_"):
            flask.abort(401)
        return flask.redirect(flask.url_for("log_in", next=flask.request.full_path.rstrip("?")))

    limiter = Limiter(get_remote_address, app=server, storage_uri="memory://")

    @server.route("/login", methods=["GET", "POST"])
    @limiter.limit(LOGIN_LIMIT, methods=["POST"])
    def log_in() -> Any:
        wanted = flask.request.values.get("next", "")
        if flask.request.method == "GET":
            return flask.render_template("login.html", next=wanted, oidc=settings.oidc_issuer)
        name = flask.request.form.get("name", "").strip()
        try:
            account = accounts.log_in(name, flask.request.form.get("password", ""))
        except YanpanError as error:
            # What is typed as a name may be a password: it is noted only where it is a name.
            known = accounts.get(name)
            audit.add(
                "登录失败", known.name if known else "（没有这个账号）",
                address=flask.request.remote_addr,
            )  # fmt: skip
            page = flask.render_template(
                "login.html", next=wanted, error=str(error), name=name, oidc=settings.oidc_issuer
            )
            return page, 401
        begin_session(account)
        return flask.redirect(local(wanted))

    @server.route("/account", methods=["GET", "POST"])
    @limiter.limit(LOGIN_LIMIT, methods=["POST"])
    def account() -> Any:
        mine = current_account()
        if mine is None:
            flask.abort(401)
        if flask.request.method == "GET":
            return flask.render_template("account.html", account=mine, roles=ROLES)
        form = flask.request.form
        try:
            if form.get("password") != form.get("again"):
                raise YanpanError("两次输入的新密码不一样。")
            accounts.log_in(mine.name, form.get("now", ""))
            changed = accounts.set_password(mine.name, form.get("password", ""))
        except YanpanError as error:
            page = flask.render_template(
                "account.html", account=mine, roles=ROLES, error=str(error)
            )
            return page, 400
        log("改密码")
        begin_session(changed)
        return flask.render_template(
            "account.html", account=changed, roles=ROLES, told="密码已改，别处的登录已失效。"
        )

    @server.post("/logout")
    def log_out() -> Any:
        log("退出")
        flask_login.logout_user()
        flask.session.clear()
        return flask.redirect("/login")


def begin_session(account: Account) -> None:
    """Begin a session of the account's in a clean cookie."""
    flask.session.clear()
    flask.session.permanent = True
    flask.session["begun"] = time.time()
    flask_login.login_user(_User(account))
    flask.current_app.config["AUDIT"].add("登录", account.name, address=flask.request.remote_addr)


def local(wanted: str) -> str:
    """An address of our own to go on to; the first page where another was asked for."""
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_own and wanted.isprintable() and "\\" not in wanted else "/"


def _check_origin(server: flask.Flask, csrf: CSRFProtect) -> None:
    """Take a change only from a page of ours: by its token, or by what the browser says of it."""

    @server.before_request
    def check() -> None:
        request = flask.request
        if request.path == DASH_POST:
            request.max_content_length = LARGEST_CALLBACK
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
        return _error_page(400)


def _say_errors(server: flask.Flask) -> None:
    @server.errorhandler(HTTPException)
    def say(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        # Only what this program says itself is Chinese; what a library says is for the log.
        own = str(error.description or "")
        said = own if own and not own.isascii() else ""
        return _error_page(code, said)

    @server.errorhandler(YanpanError)
    def explain(error: YanpanError) -> Any:
        return _error_page(503, str(error))


def _error_page(code: int, said: str = "") -> Any:
    words = said or WORDS.get(code, WORDS[500])
    if code == 413 and flask.request.path == DASH_POST:
        words = "请求太大，没有处理；查询语句请写短一些。"
    if flask.request.path.startswith("/_"):
        return flask.Response(words, code, mimetype="text/plain")
    return flask.render_template("error.html", code=code, words=words), code


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
        if settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        is_static = flask.request.path.startswith(("/assets/", "/_dash-component-suites/"))
        if needs_login(settings) and not is_static:
            response.headers["Cache-Control"] = "no-store"
        return response
