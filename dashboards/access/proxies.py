"""What is believed of a request that came through a reverse proxy: its caller, scheme and name.

The web server hands the headers of proxies on as they came (``server.py``); here alone is decided
which of them count.
"""

import logging
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

import flask
from werkzeug.datastructures import Headers
from werkzeug.middleware.proxy_fix import ProxyFix

#: What proxies add to a request; a browser on the same machine sends none of these.
PROXY_HEADERS = (
    "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
    "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded", "Via",
)  # fmt: skip
LOG = logging.getLogger(__name__)
WsgiApp = Callable[[dict[str, Any], Any], Iterable[bytes]]


def comes_through_proxy(headers: Headers) -> bool:
    """Whether a proxy has handled the request, be it one of ours or not."""
    return any(name in headers for name in PROXY_HEADERS)


def trust_proxies(server: flask.Flask, proxies: int) -> None:
    """Take the caller's address, the scheme and the name from the last ``proxies`` proxies.

    What a caller himself put into those headers stands further left, and is not read. Without
    proxies nothing is believed, and the log says once that there seems to be one.
    """
    if not proxies:
        return _warn_once(server)
    server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        _plausible(server.wsgi_app), x_for=proxies, x_proto=proxies, x_host=proxies
    )
    return None


def _plausible(app: WsgiApp) -> WsgiApp:
    """What is no address or no scheme of the web falls back to that of the connection."""

    def checked(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        connection = environ["werkzeug.proxy_fix.orig"]
        if (address := _address(environ.get("REMOTE_ADDR", ""))) is None:
            address = connection["REMOTE_ADDR"]
        environ["REMOTE_ADDR"] = address
        if environ["wsgi.url_scheme"] not in {"http", "https"}:
            environ["wsgi.url_scheme"] = connection["wsgi.url_scheme"]
        return app(environ, start_response)

    return checked


def _address(text: str) -> str | None:
    """An address as it is logged and counted, without the port that some proxies add."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ip_address(host.partition("%")[0]))  # a zone may be any text
    except ValueError:
        return None


def _warn_once(server: flask.Flask) -> None:
    warned: list[bool] = []

    @server.before_request
    def warn() -> None:
        if not warned and comes_through_proxy(flask.request.headers):
            warned.append(True)
            LOG.warning("a proxy stands in front and proxies = 0: every caller has its address")
