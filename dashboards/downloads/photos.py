"""The photos of ledgers, one by one, to whoever may read an item that shows it."""

import re
from pathlib import Path
from typing import Any

import flask

from analysis.errors import WarehouseError
from dashboards.parts.photos import PATH
from dashboards.serving.data import Data

SHA256 = re.compile(r"[0-9a-f]{64}")


def offer_photos(server: flask.Flask, data: Data) -> None:
    """Register the route."""

    @server.get(f"{PATH}/<sha256>.jpg")
    def photo(sha256: str) -> Any:
        """``/photo/HASH.jpg``: as it was written anew, never as it was received.

        One that is another's, one that is gone and one that never was are the same: not found.
        """
        path = _path(data, sha256)
        if path is None:
            flask.abort(404)
        response = flask.send_file(path, "image/jpeg", conditional=False, etag=False)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _path(data: Data, sha256: str) -> Path | None:
    """The file of a photo that the asker's share of what is published shows."""
    if data.settings.rollup or not SHA256.fullmatch(sha256):
        return None
    try:
        said = data.warehouse().photo_path(sha256)
    except WarehouseError:  # nothing is published
        return None
    path = data.settings.warehouse.parent / said if said else None
    return path if path and path.is_file() else None
