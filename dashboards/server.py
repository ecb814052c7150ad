"""Serve the application, by one process or several at one address, until stopped."""

from collections.abc import Callable

import waitress

from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.app import create_app

THREADS = 8
SERVER_NAME = "yanpan"


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until stopped.

    Raises:
        YanpanError: the address needs accounts and there are none, or the port is taken.

    """
    app = create_app(settings)
    try:
        server = waitress.create_server(
            app.server, host=settings.host, port=settings.port, threads=THREADS, ident=SERVER_NAME
        )
    except OSError as error:
        raise YanpanError(
            f"端口 {settings.port} 已被占用，请用 --port 换一个：{error.strerror}"
        ) from error
    say(f"看板已就绪：http://{settings.host}:{server.effective_port}/ （按 Ctrl+C 结束）")
    try:
        server.run()
    finally:
        server.close()
