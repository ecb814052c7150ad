"""统一身份认证: login by an OpenID Connect provider, for offices that have one.

The provider says who somebody is; what he may see is his account's here, which must exist already
under the name that the provider gives. From his first login on the account is his, whatever he or
anybody else is called there.
"""

from typing import Any

import flask

from analysis.accounts import Accounts, AuditLog
from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.access.session import begin_session, local

NAME = "office"
BEGIN, END = "/oidc", "/oidc/back"


def offer_oidc(server: flask.Flask, settings: Settings) -> None:
    """Register the two routes, where a provider is set.

    Raises:
        YanpanError: a provider is set, and its library or the client's name is missing.

    """
    if not settings.oidc_issuer:
        return
    try:
        from authlib.common.errors import AuthlibBaseError
        from authlib.integrations.flask_client import OAuth
        from joserfc.errors import JoseError
    except ImportError as error:
        raise YanpanError('统一身份认证需要 Authlib：pip install "yanpan[oidc]"。') from error
    if not settings.oidc_client_id:
        raise YanpanError("设了 oidc_issuer，还须设 oidc_client_id。")
    accounts: Accounts = server.config["ACCOUNTS"]
    audit: AuditLog = server.config["AUDIT"]
    oauth = OAuth(server)
    oauth.register(
        NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256"},
    )
    client = oauth.create_client(NAME)

    @server.get(BEGIN)
    def oidc_begin() -> Any:
        flask.session["oidc_next"] = local(flask.request.args.get("next", ""))
        try:
            return client.authorize_redirect(flask.url_for("oidc_end", _external=True))
        except (AuthlibBaseError, OSError):
            return _refused("统一身份认证现在连不上，请稍后再试，或者用账号密码登录。", 502)

    @server.get(END)
    def oidc_end() -> Any:
        wanted = flask.session.pop("oidc_next", "/")
        try:
            token = client.authorize_access_token()
        except (AuthlibBaseError, JoseError, OSError, ValueError):
            audit.add("登录失败", "（统一身份认证）", address=flask.request.remote_addr)
            return _refused("统一身份认证没有通过，请重新登录。", 401)
        said = token.get("userinfo") or {}
        name = str(said.get(settings.oidc_claim, ""))
        # A name at the provider may be given to somebody else, or be what he calls himself; who he
        # is, is issuer and subject.
        account = accounts.bind(name, str(said.get("iss", "")), str(said.get("sub", "")))
        if account is None:
            known = accounts.get(name)
            audit.add(
                "登录失败", known.name if known else "（没有这个账号）",
                address=flask.request.remote_addr,
            )  # fmt: skip
            return _refused(
                "身份已经确认，但这里没有您的账号，或者这个账号对应的是另一个人，请找专班办公室。",
                403,
            )
        begin_session(account)
        return flask.redirect(wanted)


def _refused(words: str, code: int) -> Any:
    return flask.render_template("error.html", code=code, words=words), code
