"""Who makes a request: the account of its session, or in whose name the program itself asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import flask
import flask_login
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.http import parse_cookie

from analysis.accounts import Account
from analysis.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Under which name the cookie holds the number of its session.
NUMBER = "number"
#: Whose so many cookies are is remembered: to look at a signature takes as long as a small answer.
#: No browser keeps a longer one.
MOST_COOKIES, LONGEST_COOKIE = 2_000, 4_096


class SessionUser(flask_login.UserMixin):
    """An account as the session knows it: its name and its stamp."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """What the cookie holds: a changed password has another stamp and ends the session."""
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


def signed_in(server: flask.Flask) -> Callable[[str], str | None]:
    """Who a header of cookies says that he is, where the server itself has said so; else None.

    Only for who waits behind whom: that his session has not ended is asked with the request.
    """
    sessions = server.session_interface
    signer = None
    if isinstance(sessions, SecureCookieSessionInterface):
        signer = sessions.get_signing_serializer(server)
    name, longest_s = server.config["SESSION_COOKIE_NAME"], server.permanent_session_lifetime

    @lru_cache(maxsize=MOST_COOKIES)
    def named(held: str) -> str | None:
        if signer is None:
            return None
        try:
            said = signer.loads(held, max_age=int(longest_s.total_seconds()))
        except BadSignature:
            return None
        return said.get("_user_id") if isinstance(said, dict) else None

    def whose(cookies: str) -> str | None:
        try:
            held = parse_cookie(cookies).get(name) or ""
        except UnicodeError:  # bytes of no text; what the request is worth is told with its answer
            return None
        return named(held) if len(held) <= LONGEST_COOKIE else None

    return whose


def log(event: str, **about: Any) -> None:
    """Put what the account of this request did into the audit log, where there are accounts."""
    account = current_account()
    if account:
        flask.current_app.config["AUDIT"].add(
            event, account.name, address=flask.request.remote_addr, **about
        )


def begin_session(account: Account) -> None:
    """Begin a session of the account's in a clean cookie; the one that was is over."""
    end_session()
    server = flask.current_app
    flask.session.permanent = True
    flask.session[NUMBER] = server.config["SESSIONS"].begin(account.name, account.stamp)
    flask_login.login_user(SessionUser(account))
    server.config["AUDIT"].add("登录", account.name, address=flask.request.remote_addr)


def end_session() -> None:
    """End the session of this request, here and wherever its cookie was copied to."""
    if number := flask.session.get(NUMBER):
        flask.current_app.config["SESSIONS"].end(str(number))
    flask_login.logout_user()
    flask.session.clear()


def local(wanted: str) -> str:
    """An address of our own to go on to; the first page where another was asked for."""
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_own and wanted.isprintable() and "\\" not in wanted else "/"
