"""Login, change of password and logout, and the rule that all else needs a login."""

from typing import Any

import flask
import flask_login
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from analysis.accounts import ROLES, Accounts, AuditLog, Sessions
from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.access.limits import CLOCKED, DASH_POST
from dashboards.access.session import (
    NUMBER,
    SessionUser,
    begin_session,
    current_account,
    end_session,
    local,
    log,
)

#: What is open to everybody: the login itself, its style sheet, whether the server is well.
OPEN = frozenset({"log_in", "health", "_dash_assets.static", "oidc_begin", "oidc_end"})
#: Attempts per address, whatever the account; each account waits by itself too.
LOGIN_LIMIT = "60 per minute"


def ask_for_accounts(server: flask.Flask, settings: Settings) -> None:
    """Let nobody in without a login, and offer the pages of login and password.

    Raises:
        YanpanError: there is no account yet.

    """
    accounts, audit = Accounts(settings.accounts), AuditLog(settings.audit_log)
    if not accounts.has_any():
        raise YanpanError(
            f"在 {settings.host} 上提供看板须先有账号：请运行 "
            "yanpan user add 账号 --role office 建立管理账号；只在本机上看请用 127.0.0.1。"
        )
    sessions = Sessions(
        settings.sessions, settings.session_hours * 3600, settings.idle_minutes * 60
    )
    server.config.update(ACCOUNTS=accounts, AUDIT=audit, SESSIONS=sessions)
    _load_sessions(server, accounts, sessions)
    limiter = Limiter(get_remote_address, app=server, storage_uri="memory://")
    _offer_login(server, limiter, settings)
    _offer_password(server, limiter)


def _load_sessions(server: flask.Flask, accounts: Accounts, sessions: Sessions) -> None:
    """Find the account of a session, and send whoever has none to the login."""
    manager = flask_login.LoginManager(server)

    @manager.user_loader
    def load(session_id: str) -> SessionUser | None:
        stamp, _, name = session_id.partition(":")
        account = accounts.get(name)
        if account is None or account.is_disabled or account.stamp != stamp:
            return None
        number = str(flask.session.get(NUMBER, ""))
        if not sessions.is_open(number, name, stamp, is_active=not _is_clock()):
            return None
        return SessionUser(account)

    @server.before_request
    def require_account() -> Any:
        if flask.request.endpoint in OPEN or current_account():
            return None
        if flask.request.method != "GET" or flask.request.path.startswith("/_"):
            flask.abort(401)
        return flask.redirect(flask.url_for("log_in", next=flask.request.full_path.rstrip("?")))


def _is_clock() -> bool:
    """Whether nobody did anything: a page that lies open asks by itself what is published."""
    request = flask.request
    return (
        request.method == "POST"
        and request.path == DASH_POST
        and f'"output":"{CLOCKED}"'.encode() in request.get_data()[:200].replace(b" ", b"")
    )


def _offer_login(server: flask.Flask, limiter: Limiter, settings: Settings) -> None:
    accounts, audit = server.config["ACCOUNTS"], server.config["AUDIT"]

    @server.route("/login", methods=["GET", "POST"])
    @limiter.limit(LOGIN_LIMIT, methods=["POST"])
    def log_in() -> Any:
        wanted = flask.request.values.get("next", "")
        if flask.request.method == "GET":
            return flask.render_template("login.html", next=wanted, oidc=settings.oidc_issuer)
        name = flask.request.form.get("name", "").strip()
        try:
            account = accounts.log_in(name, flask.request.form.get("password", ""), _address())
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

    @server.post("/logout")
    def log_out() -> Any:
        log("退出")
        end_session()
        return flask.redirect("/login")


def _offer_password(server: flask.Flask, limiter: Limiter) -> None:
    accounts = server.config["ACCOUNTS"]

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
            now, new = form.get("now", ""), form.get("password", "")
            changed = accounts.change_password(mine.name, now, new, _address())
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


def _address() -> str:
    return flask.request.remote_addr or ""
