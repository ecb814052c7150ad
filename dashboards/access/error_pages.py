"""The page that a person sees where a request was refused or failed."""

from typing import Any

import flask
from werkzeug.exceptions import HTTPException

from analysis.errors import AddressError, MemberError, YanpanError
from dashboards.access.limits import DASH_POST, FILES_TO, LARGEST_REQUEST

#: What each error is called on the page that a person sees.
ERROR_TEXTS = {
    400: "请求不完整，或者页面已经过期，请返回刷新后重试。",
    401: "请先登录。",
    403: "本账号没有这个权限。",
    404: "没有这个页面。",
    405: "这个地址不能这样用。",
    413: f"文件太大，最多 {LARGEST_REQUEST // 1024 // 1024} MB。",
    431: "网址或 Cookie 太长，请清除后重新打开。",
    429: "尝试得太频繁，请过一分钟再试。",
    500: "程序出错，没有完成；请稍后再试，并告诉管理员时间。",
}


def show_errors(server: flask.Flask) -> None:
    """Answer every refusal and failure with a page of ours."""

    @server.errorhandler(HTTPException)
    def say(error: HTTPException) -> Any:
        code = error.code or 500
        if code < 400:
            return error
        # Only what this program says itself is Chinese; what a library says is for the log.
        own = str(error.description or "")
        said = own if own and not own.isascii() else ""
        return error_page(code, said)

    @server.errorhandler(YanpanError)
    def explain(error: YanpanError) -> Any:
        return error_page(400 if isinstance(error, AddressError | MemberError) else 503, str(error))


def error_text(code: int, path: str) -> str:
    """What is said of a status where nothing more is known; only some paths take files."""
    if code == 413 and path == DASH_POST:
        return "请求太大，没有处理；查询语句请写短一些。"
    if code == 413 and not path.startswith(FILES_TO):
        return "请求太大，没有处理。"
    return ERROR_TEXTS.get(code, ERROR_TEXTS[500])


def error_page(code: int, message: str = "") -> Any:
    """The answer for a status: a page, or one line where a script asked."""
    words = message or error_text(code, flask.request.path)
    if flask.request.path.startswith("/_"):
        return flask.Response(words, code, mimetype="text/plain")
    return flask.render_template("error.html", code=code, words=words), code
