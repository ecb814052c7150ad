"""A photo as a sheet takes it: small enough that a file with hundreds can be sent on."""

from io import BytesIO
from pathlib import Path

from PIL import Image

#: Pixels of a photo, some 10 kB; the height of its row in points, the width of its column.
SIZE, ROW_HEIGHT, COLUMN_WIDTH = (240, 180), 140, 35


def small_photo(path: Path) -> bytes | None:
    """A kept photo as a small JPEG; None where its file is gone."""
    try:
        with Image.open(path, formats=["JPEG"]) as photo:
            photo.draft("RGB", SIZE)
            photo.thumbnail(SIZE)
            out = BytesIO()
            photo.save(out, "JPEG", quality=75, optimize=True)
    except OSError:
        return None
    return out.getvalue()
