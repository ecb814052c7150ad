"""Answers packed (gzip) for browsers that take them so; what is kept is packed once."""

import gzip

import flask

#: A smaller answer gains nothing by it.
WORTH = 1_000
#: What is text. Pictures, documents and archives are packed as they are.
KINDS = frozenset({
    "application/javascript", "application/json", "image/svg+xml", "text/css", "text/html",
    "text/javascript", "text/plain",
})  # fmt: skip
#: How hard: an answer that is sent once, and what is kept for many.
ONCE, KEPT = 5, 9
#: What a page with a form bears. Packed beside words that a caller chose, a secret could be told
#: from the length of the answer, letter by letter.
SECRET = b'name="csrf_token"'


def pack(body: bytes, level: int = KEPT) -> bytes:
    """The body packed; the same body gives the same bytes."""
    return gzip.compress(body, level, mtime=0)


def unpack(packed: bytes) -> bytes:
    """The body again."""
    return gzip.decompress(packed)


def takes_packed() -> bool:
    """Whether who asks takes packed answers."""
    return flask.request.accept_encodings.quality("gzip") > 0


def set_packed(response: flask.Response, packed: bytes) -> None:
    """Have an answer say the same packed."""
    response.direct_passthrough = False
    response.set_data(packed)
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")


def pack_answers(server: flask.Flask) -> None:
    """Pack whatever is worth it and is not packed yet."""

    @server.after_request
    def pack_one(response: flask.Response) -> flask.Response:
        if _is_worth_it(response) and takes_packed() and SECRET not in response.get_data():
            set_packed(response, pack(response.get_data(), ONCE))
            _mark(response)
        elif _is_kept(response):
            _mark(response)
        return response


def _mark(response: flask.Response) -> None:
    """Have whoever opens it again be told that nothing has changed, where he may keep it at all:
    figures behind a login are in no cache.
    """
    if flask.request.method == "GET" and not response.cache_control.no_store:
        response.add_etag()
        response.headers["Cache-Control"] = "private, no-cache"
        response.make_conditional(flask.request)


def _is_kept(response: flask.Response) -> bool:
    """Whether an answer comes packed from memory, and nobody has marked it."""
    is_packed = response.status_code == 200 and "Content-Encoding" in response.headers
    return is_packed and "ETag" not in response.headers and not response.direct_passthrough


def _is_worth_it(response: flask.Response) -> bool:
    return (
        response.status_code == 200
        and response.mimetype in KINDS
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.content_length or 0) >= WORTH
    )
