"""A machine without a Chinese font says so before a picture is drawn."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest

from analysis.reports import images
from analysis.reports.office import fonts
from analysis.reports.office.fonts import can_draw_chinese, font_files, has_chinese_font


@pytest.fixture(autouse=True)
def _ask_anew() -> Iterator[None]:
    has_chinese_font.cache_clear()
    yield
    has_chinese_font.cache_clear()


@pytest.fixture
def no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fontconfig knows an empty folder."""
    (tmp_path / "fonts").mkdir()
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{tmp_path / "fonts"}</dir></fontconfig>', "utf-8"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))


@pytest.mark.skipif(not shutil.which("fc-list"), reason="fontconfig is not installed")
def test_a_machine_without_a_chinese_font_is_known(no_fonts: None) -> None:
    assert not has_chinese_font()


@pytest.mark.skipif(not shutil.which("fc-list"), reason="fontconfig is not installed")
@pytest.mark.parametrize("name", ["1.png", "1.svg"])
def test_no_picture_of_boxes_is_drawn(no_fonts: None, tmp_path: Path, name: str) -> None:
    target = tmp_path / "charts" / name
    said = images.write_pictures({target: go.Figure()}, target.suffix[1:])
    assert said == fonts.MISSING
    assert "\n" not in said
    assert not target.parent.exists()


def test_a_font_is_looked_into_where_nobody_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "broken.ttf").write_bytes(b"x")
    (tmp_path / "说明.txt").write_bytes(b"x")
    monkeypatch.setattr(fonts, "_folders", lambda: [tmp_path])
    assert [path.name for path in font_files([tmp_path])] == ["broken.ttf"]
    assert not has_chinese_font()


def test_a_font_of_latin_letters_draws_no_chinese() -> None:
    latin = [p for p in font_files([Path("/usr/share/fonts")]) if "DejaVuSans.ttf" in p.name]
    chinese = [p for p in font_files([Path("/usr/share/fonts")]) if "CJK" in p.name]
    if not latin or not chinese:
        pytest.skip("the two fonts are not installed")
    assert not can_draw_chinese(latin[0])
    assert can_draw_chinese(chinese[0])
