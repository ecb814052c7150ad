"""The bytes of a photo → a JPEG of our own making under its hash; nothing is kept as received.

What is shown to others must carry no place, no name of a telephone and no trick of a file format:
the picture is decoded, turned upright, made smaller and written anew, without anything beside it.
"""

import hashlib
import os
import re
import warnings
from collections.abc import Callable, Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from analysis.errors import WarehouseError

#: Decoders that a photo may meet; of all others none is tried.
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
#: A picture of more pixels than a good telephone takes would cost hundreds of megabytes.
MOST_PIXELS = 50_000_000
#: Enough to read a nameplate on a full screen, at some 300 kB a photo.
LONGEST_SIDE, QUALITY = 1600, 82
#: Where drawings of Windows begin with what: enhanced metafile, placeable and bare metafile.
VECTOR = re.compile(rb"\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a|\x01\0\x09\0\0[\x01\x03]", re.DOTALL)
#: What is told of a photo before it is written: its hash, bytes received, bytes to be kept.
Makes = Callable[[str, int, int], None]
NAMED = re.compile(r"^[0-9a-f]{64}\.jpg$")
FOLDER = "pictures"


class UnreadPhotoError(ValueError):
    """A picture that cannot be kept; the message says why and what to do, in Chinese."""


def keep(content: bytes, folder: Path | None, makes: Makes = lambda *about: None) -> str:
    """Keep a photo below ``folder``, unless it is there; its name is the hash that is returned.

    Without a folder it is only looked at whether it could be kept. ``makes`` is told, before it is
    written, the hash, the bytes received and the bytes to be kept, and may refuse by raising.

    Raises:
        UnreadPhotoError: it is no picture that is read.
        WarehouseError: it cannot be written.

    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / relative_path(sha256) if folder else None
    if folder and path and is_kept(folder, sha256):
        makes(sha256, len(content), path.stat().st_size)
        return sha256
    made = encoded(content)
    makes(sha256, len(content), len(made))
    if path:
        _write(path, made)
    return sha256


def relative_path(sha256: str) -> str:
    """Where a photo lies below the folder that holds all photos' folder."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}.jpg"


def is_kept(folder: Path, sha256: str) -> bool:
    """Whether a photo lies there, whole."""
    path = folder / relative_path(sha256)
    return path.is_file() and path.stat().st_size > 0


def encoded(content: bytes) -> bytes:
    """A picture of any known format as an upright JPEG of at most 1600 pixels, and nothing else.

    Raises:
        UnreadPhotoError: it is none, is damaged, or has more pixels than are decoded.

    """
    from PIL import Image

    if VECTOR.match(content):
        raise UnreadPhotoError("是矢量图（emf、wmf），请另存为 jpg 或 png 再插入")
    try:
        with warnings.catch_warnings():
            # A size above Pillow's own limit is refused below, in our words.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                _refuse_bomb(*picture.size)
                small = _upright(picture)
        out = BytesIO()
        small.save(out, "JPEG", quality=QUALITY, optimize=True)
    except UnreadPhotoError:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadPhotoError("像素太多，没有解开；请缩小后再插入") from error
    except Exception as error:  # the decoders' errors share no base
        raise UnreadPhotoError("不是完好的 jpg、png、gif、bmp 或 webp 图片，请重新插入") from error
    return out.getvalue()


def pixels_of(content: bytes) -> int:
    """How many pixels a picture has as its header says, without decoding any; 0 where it is none,
    or where ``encoded`` refuses it undecoded.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                width, height = picture.size
    except Exception:  # the decoders' errors share no base
        return 0
    return width * height if width * height <= MOST_PIXELS else 0


def _refuse_bomb(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise UnreadPhotoError(f"有 {width}×{height} 像素，没有解开；请缩小后再插入")


def _upright(picture: Any) -> Any:
    """Only the pixels of a picture, the way up that its camera noted, on white."""
    from PIL import Image, ImageOps

    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at a part
    if picture.mode in {"P", "1", "L", "I;16"}:
        picture = ImageOps.exif_transpose(picture).convert("RGBA")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture)
    if turned.has_transparency_data:
        turned = turned.convert("RGBA")
    # Pasted into a new one: what was noted beside the pixels stays behind.
    clean = Image.new("RGB", turned.size, "white")
    clean.paste(turned.convert("RGB"), mask=turned if turned.mode == "RGBA" else None)
    return clean


def _write(path: Path, content: bytes) -> None:
    """Write a file that is either whole or not there, also when the power fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise WarehouseError(
            f"照片写不进 {path.parents[1]}，这次没有发布，原有数字不变；"
            f"请检查磁盘空间和权限：{error.strerror or error}"
        ) from error


def kept_photos(folder: Path) -> set[str]:
    """The hashes of all photos that lie below a folder."""
    return {name.removesuffix(".jpg") for _, name in _files(folder) if NAMED.match(name)}


def sweep(folder: Path, wanted: Collection[str]) -> None:
    """Take away the photos that nobody refers to, and what a killed run left half written."""
    for below, name in list(_files(folder)):
        is_unwanted = NAMED.match(name) and name.removesuffix(".jpg") not in wanted
        if is_unwanted or name.endswith(".part"):
            Path(below, name).unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Folder and name of every file among the photos; there may be tens of thousands."""
    if (folder / FOLDER).is_dir():
        for below in os.scandir(folder / FOLDER):
            if below.is_dir():
                yield from ((below.path, name) for name in os.listdir(below))
