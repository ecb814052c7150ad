"""What is kept of a photo: its pixels, upright and small; never a byte as it was received."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from analysis.errors import WarehouseError
from analysis.ingest.pictures.keeping import (
    UnreadPhotoError,
    encoded,
    is_kept,
    keep,
    kept_photos,
    relative_path,
    sweep,
)
from tests.ingest.pictures.ledgers import photo


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_every_known_format_becomes_a_jpeg(kind: str) -> None:
    made = opened(encoded(photo("red", (40, 30), kind)))
    assert (made.format, made.size) == ("JPEG", (40, 30))
    red, green, blue = made.getpixel((20, 15))
    assert red > 240
    assert max(green, blue) < 20


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_mode_of_pixels(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (4, 3)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(encoded(out.getvalue())).mode == "RGB"


def test_what_is_transparent_lies_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(encoded(out.getvalue())).getpixel((4, 4)) == (255, 255, 255)


def test_a_large_photo_is_made_smaller() -> None:
    assert opened(encoded(photo("red", (4000, 3000), "JPEG"))).size == (1600, 1200)


def test_a_photo_stands_upright_and_says_neither_where_nor_by_what_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    exif[0x010F] = "某牌手机"
    exif.get_ifd(0x8825)[1] = "N"
    content = photo("red", (400, 300), "JPEG", exif=exif.tobytes(), comment=b"secret")
    assert b"secret" in content
    made = encoded(content)
    assert opened(made).size == (300, 400)
    assert not opened(made).getexif()
    assert b"Exif" not in made
    assert b"secret" not in made


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bomb(10_000, 10_000), "有 10000×10000 像素，没有解开；请缩小后再插入"),
        (bomb(100_000, 100_000), "像素太多，没有解开；请缩小后再插入"),
        (b"\x01\0\0\0" + b"\0" * 36 + b" EMF", "是矢量图（emf、wmf），请另存为 jpg 或 png 再插入"),
        (b"\xd7\xcd\xc6\x9a\0\0", "是矢量图（emf、wmf），请另存为 jpg 或 png 再插入"),
        (photo("red", (400, 300), "JPEG")[:-400], "不是完好的"),
        (b"<svg/>", "不是完好的"),
        (b"", "不是完好的"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadPhotoError, match=reason):
        encoded(content)


@given(st.binary(max_size=200), st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "WEBP"]), st.data())
def test_any_bytes_are_a_jpeg_or_refused(noise: bytes, kind: str, data: st.DataObject) -> None:
    whole = photo("green", (30, 20), kind)
    at = data.draw(st.integers(0, len(whole)))
    try:
        made = encoded(whole[:at] + noise + whole[at + len(noise) :])
    except UnreadPhotoError:
        return
    assert opened(made).format == "JPEG"


def test_a_photo_lies_under_its_hash_once(tmp_path: Path) -> None:
    sha256 = keep(photo(), tmp_path)
    path = tmp_path / relative_path(sha256)
    written = path.stat().st_mtime_ns
    assert keep(photo(), tmp_path) == sha256
    assert path.stat().st_mtime_ns == written
    assert kept_photos(tmp_path) == {sha256}
    assert is_kept(tmp_path, sha256)


def test_without_a_folder_a_photo_is_only_looked_at(tmp_path: Path) -> None:
    assert len(keep(photo(), None)) == 64
    with pytest.raises(UnreadPhotoError):
        keep(b"no photo", None)


def test_a_disk_that_takes_no_more_is_told(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("in the way")
    with pytest.raises(WarehouseError, match="照片写不进"):
        keep(photo(), tmp_path)


def test_only_what_nobody_wants_is_swept(tmp_path: Path) -> None:
    first, second = keep(photo("red"), tmp_path), keep(photo("green"), tmp_path)
    (tmp_path / "pictures" / first[:2] / ".half.part").write_bytes(b"")
    (tmp_path / "pictures" / first[:2] / "a note.jpg").write_bytes(b"")
    sweep(tmp_path, {second})
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        f"{second}.jpg", "a note.jpg",
    }  # fmt: skip
