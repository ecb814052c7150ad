"""Is there a font with Chinese signs on this machine? Without one a picture shows boxes."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

MISSING = (
    "这台机器上没有中文字体，图片里的汉字会成为方框，图片（charts）没有画，其他文件不受影响；"
    "装一种（Debian、统信：fonts-noto-cjk，麒麟、openEuler：google-noto-sans-cjk-ttc-fonts），"
    "或把 Windows 的 simsun.ttc 拷到 ~/.local/share/fonts，再运行。"
)
_SUFFIXES = frozenset({".ttf", ".ttc", ".otf", ".otc"})
#: Of a font's name where it is for Chinese: those are looked into first.
_LIKELY = ("cjk", "song", "hei", "msyh", "simsun", "deng", "pingfang", "noto", "wqy", "fangsong")
_CHINESE, _NO_SIGN = "汉", "\uffff"
#: A machine that takes longer to list its fonts is not waited for.
_LONGEST_S = 20


@cache
def has_chinese_font() -> bool:
    """Whether a browser on this machine can draw Chinese."""
    if sys.platform not in {"win32", "darwin"} and (told := _told_by_fontconfig()) is not None:
        return told
    return any(can_draw_chinese(path) for path in font_files(_folders()))


def _told_by_fontconfig() -> bool | None:
    """What fontconfig, by which browsers choose, knows; None where it is not installed."""
    listed = shutil.which("fc-list")
    if listed is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the system's own
            [listed, ":lang=zh", "family"], capture_output=True, timeout=_LONGEST_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return bool(done.stdout.strip()) if done.returncode == 0 else None


def _folders() -> list[Path]:
    """Where fonts lie on this kind of system."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", local]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts",
        home / ".local/share/fonts",
    ]  # fmt: skip


def font_files(folders: Sequence[Path]) -> Iterator[Path]:
    """The font files of folders, those that are likely for Chinese first."""
    found = [
        path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES
    ]
    yield from sorted(found, key=lambda path: not any(n in path.name.lower() for n in _LIKELY))


def can_draw_chinese(path: Path) -> bool:
    """Whether a font has a Chinese sign: another picture than that of a sign that no font has."""
    from PIL import ImageFont

    try:
        font = ImageFont.truetype(str(path), 24)
    except OSError:
        return False
    return bytes(font.getmask(_CHINESE)) != bytes(font.getmask(_NO_SIGN))
