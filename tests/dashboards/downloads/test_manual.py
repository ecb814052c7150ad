"""The manual inside the dashboard: every link of it leads somewhere, and nothing in it is HTML."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboards.downloads import manual
from dashboards.downloads.manual import PATH, pages, pictures, written


@cache
def anchors() -> dict[str, set[str]]:
    """What each page offers to be pointed at."""
    return {name: set(re.findall(r' id="([^"]*)"', written(at))) for name, at in pages().items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", pages())
def test_every_link_within_the_manual_leads_to_a_page_a_heading_or_a_picture(name: str) -> None:
    for target in map(unquote, re.findall(r'(?:href|src)="([^"]*)"', written(pages()[name]))):
        page, _, heading = target.partition("#")
        if page.startswith(PATH) or not page:
            to = page.removeprefix(f"{PATH}/") or name
            assert to in pages() or to in pictures(), target
            assert not heading or heading in anchors()[to], target
        else:
            assert page.startswith(("http://", "https://")), target


def test_what_looks_like_html_stays_text_and_headings_can_be_pointed_at(tmp_path: Path) -> None:
    page = tmp_path / "甲.md"
    page.write_text(
        "## 备份、搬家、升级\n\n<script>1</script> [口径](口径.md#甲)", encoding="utf-8"
    )
    assert written(page) == (
        '<h2 id="备份搬家升级">备份、搬家、升级</h2>\n'
        "<p>&lt;script&gt;1&lt;/script&gt; "
        '<a href="/manual/口径#甲">口径</a></p>\n'
    )


def test_an_installation_finds_the_manual_where_pip_put_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed(type(Path())):  # type: ignore[misc]
        def locate(self) -> Path:
            return tmp_path / self

    place = tmp_path / "share" / "yanpan" / "使用手册.md"
    place.parent.mkdir(parents=True)
    place.touch()
    monkeypatch.setattr(manual, "__file__", str(tmp_path / "site" / "dashboards" / "a" / "b.py"))
    monkeypatch.setattr(manual, "files", lambda _: [Installed("share/yanpan/使用手册.md")])
    assert manual._folder() == place.parent
