"""An office's first months: with whatever ledgers there are, its papers, pages and pictures."""

import base64
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import docx
import numpy as np
import plotly.graph_objects as go
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openpyxl import Workbook, load_workbook
from pptx import Presentation
from typer.testing import CliRunner

from analysis.briefing.figures import Figures, gather
from analysis.cli import app
from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.reports import document, images, package, slides, workbook
from analysis.reports.images import has_marks
from analysis.reports.package import ANNEX, CHARTS, DECK, LETTERS, REPORT, Written, write_package
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from dashboards import app as application
from dashboards.app import create_app
from dashboards.downloads import materials
from dashboards.serving.data import Data
from tests.dashboards.people import BASE
from tests.depth import DEEP
from tests.reports.first_months import AMONG_OTHERS, LEDGERS_ALONE, Rows

pytestmark = pytest.mark.slow

DAY = "2023-11-15"
SCOPE = Scope(date.fromisoformat(DAY))


@pytest.fixture(params=LEDGERS_ALONE, scope="module")
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home in which nothing but one ledger has come in."""
    return home_with(tmp_path_factory.mktemp("office"), LEDGERS_ALONE[request.param])


@pytest.fixture(scope="module")
def figures(office: Settings) -> Iterator[Figures]:
    """All figures of that home, which papers and pictures are drawn from."""
    with Warehouse(office.warehouse) as warehouse:
        yield gather(warehouse, office, SCOPE, "monthly")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Figures]]:
    """A home of hazards alone, read once, and its figures."""
    made = home_with(tmp_path_factory.mktemp("hazards") / "home", LEDGERS_ALONE["隐患"])
    with Warehouse(made.warehouse) as warehouse:
        yield made.home, gather(warehouse, made, SCOPE, "monthly")


@pytest.fixture
def hazards(once: tuple[Path, Figures], tmp_path: Path) -> Settings:
    """Hazards and no register of sites, as in every office's first month: a copy to change."""
    shutil.copytree(once[0], tmp_path / "home")
    return Settings(home=tmp_path / "home")


@pytest.fixture
def gathered(once: tuple[Path, Figures], monkeypatch: pytest.MonkeyPatch) -> Figures:
    """The figures of hazards alone, with which packages begin here."""
    monkeypatch.setattr(package, "_gathered", lambda *_: once[1])
    return once[1]


@pytest.fixture
def short_papers(gathered: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers of a few bytes, for what is asked of a package and not of what its papers say."""
    monkeypatch.setattr(document, "write_document", lambda *_: b"report")
    monkeypatch.setattr(slides, "write_slides", lambda *_: b"deck")
    monkeypatch.setattr(workbook, "write_workbook", lambda _, path: path.write_bytes(b"annex"))


def home_with(folder: Path, rows: Rows) -> Settings:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    settings = Settings(home=folder)
    (settings.raw / "2023-10-15").mkdir(parents=True, exist_ok=True)
    book.save(settings.raw / "2023-10-15" / "台账.xlsx")
    ingest(settings)
    return settings


def write(home: Settings, out: Path, **how: Any) -> Written:
    with Warehouse(home.warehouse) as warehouse:
        return write_package(warehouse, home, SCOPE, "monthly", out, "none", **how)


def charts_of(path: Path) -> Iterator[etree._Element]:
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if re.search(r"charts/chart\d+\.xml$", name):
                yield etree.fromstring(parts.read(name))


def test_the_papers_are_always_made_and_no_chart_in_them_is_empty(
    office: Settings, figures: Figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "_gathered", lambda *_: figures)
    written = write(office, tmp_path / "材料")
    assert written.missing == ()
    assert {REPORT, DECK, ANNEX} <= {path.name for path in written.files}
    docx.Document(str(tmp_path / "材料" / REPORT))
    Presentation(str(tmp_path / "材料" / DECK))
    load_workbook(tmp_path / "材料" / ANNEX)
    for name in (REPORT, DECK):
        for chart in charts_of(tmp_path / "材料" / name):
            values = [each.iter("{*}v") for each in chart.iter("{*}val")]
            assert any(float(value.text or 0) for value in chain(*values))


def test_no_page_fails(office: Settings, request: pytest.FixtureRequest) -> None:
    if not DEEP and request.node.callspec.params["office"] in AMONG_OTHERS:
        pytest.skip("its pages among others in test_any_ledgers; alone by make torture")
    data = Data(office)
    for address in (*application.pages(), "/?meeting=1"):  # a meeting is the same on all pages
        path, _, more = address.partition("?")
        shown = application.page(data, path, f"?as_of={DAY}&{more}")
        assert "出错" not in json.dumps(shown, default=_plain, ensure_ascii=False), address


def _plain(part: Any) -> Any:
    return part.to_plotly_json() if hasattr(part, "to_plotly_json") else str(part)


def test_only_pictures_with_something_in_them_are_drawn(figures: Figures, tmp_path: Path) -> None:
    drawn, undrawn = package._pictures(figures, tmp_path, "png")
    assert undrawn == []
    for path, figure in drawn.items():
        shown = json.loads(figure.to_json())["data"]
        assert any(_numbers(trace) for trace in shown), path


def _numbers(trace: Any) -> list[float]:
    """The values of a trace, however plotly packs them; NaN is none."""
    found: list[float] = []
    for axis in ("x", "y", "z"):
        values = trace.get(axis, [])
        if isinstance(values, dict):
            values = np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"]).tolist()
        flat = [v for row in values for v in (row if isinstance(row, list) else [row])]
        found += [v for v in flat if isinstance(v, int | float) and v == v]
    return found


def test_a_chart_of_nothing_but_gaps_has_no_marks() -> None:
    gaps = go.Figure(go.Bar(x=[None, float("nan")], y=["甲局", "乙局"], orientation="h"))
    assert not has_marks(gaps)
    assert has_marks(go.Figure(go.Bar(x=[None, 0], y=["甲局", "乙局"], orientation="h")))
    assert not has_marks(go.Figure(go.Heatmap(z=[[None]])))
    assert not has_marks(go.Figure())


def test_one_chart_that_cannot_be_drawn_costs_itself_alone(
    gathered: Figures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "hazard_flow", fail)
    drawn, (line,) = package._pictures(gathered, tmp_path, "png")
    assert line.startswith("05_重大隐患闭环.png 没有写成")
    assert len(drawn) >= 3


@pytest.mark.usefixtures("short_papers")
def test_a_browser_that_fails_costs_the_pictures_alone(
    hazards: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaleido.write_fig_from_object_sync", fail)
    with Warehouse(hazards.warehouse) as warehouse:
        written = write_package(warehouse, hazards, SCOPE, "monthly", tmp_path, "png")
    assert {REPORT, DECK, ANNEX} <= {path.name for path in written.files}
    assert any("图片（charts）没有写全" in note for note in written.notes)


def test_sites_that_nobody_has_rated_are_told_as_such(gathered: Figures, tmp_path: Path) -> None:
    # 乙影院 has only a general hazard; with a major one 甲宾馆 is red, whatever a register says.
    (tmp_path / "a.pptx").write_bytes(slides.write_slides(gathered))
    assert "场所2家：红色1家，未评定1家" in deck_words(tmp_path / "a.pptx")
    header, _, general = LEDGERS_ALONE["隐患"]
    other = home_with(tmp_path / "other", [header, general])
    with Warehouse(other.warehouse) as warehouse:
        deck = slides.write_slides(gather(warehouse, other, SCOPE, "monthly"))
    (tmp_path / "b.pptx").write_bytes(deck)
    words = deck_words(tmp_path / "b.pptx")
    assert "场所1家：未评定1家" in words
    assert "尚未收到场所名录" in words
    assert "乙影院" in words
    assert "红色0家" not in words


def deck_words(path: Path) -> str:
    return "\n".join(
        text
        for slide in Presentation(str(path)).slides
        for shape in slide.shapes
        for text in (
            [shape.text_frame.text] if shape.has_text_frame else
            [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []
        )
    )  # fmt: skip


def fail(*_: Any, **__: Any) -> bytes:
    raise ZeroDivisionError("made to fail")


@pytest.mark.usefixtures("short_papers")
@pytest.mark.parametrize(
    ("room", "name", "lost"),
    [(document, "write_document", REPORT), (slides, "write_slides", DECK)],
)
def test_one_failing_part_takes_no_other_with_it(
    hazards: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: Any, name: str,
    lost: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(room, name, fail)
    written = write(hazards, tmp_path)
    (line,) = written.missing
    assert line.startswith(f"{lost} 没有写成")
    assert "\n" not in line
    assert {path.name for path in written.files} == (
        {REPORT, DECK, ANNEX} - {lost} | {"督办函_甲局.docx"}
    )
    assert not list(tmp_path.rglob("*.part"))


def test_a_damaged_layout_costs_its_own_paper_alone(hazards: Settings, tmp_path: Path) -> None:
    (hazards.home / "版式").mkdir()
    (hazards.home / "版式" / DECK).write_bytes(b"no deck")
    with_layouts = hazards.model_copy(update={"layouts": hazards.home / "版式"})
    written = write(with_layouts, tmp_path)
    assert [line.partition("：")[0] for line in written.missing] == [f"{DECK} 没有写成"]
    assert (tmp_path / REPORT).exists()


def test_a_layout_need_not_have_what_the_built_in_one_has(
    hazards: Settings, tmp_path: Path
) -> None:
    folder = hazards.home / "版式"
    folder.mkdir()
    own = docx.Document()
    grid = own.styles["Table Grid"].element
    grid.getparent().remove(grid)
    own.save(str(folder / REPORT))
    deck = Presentation()
    for layout in list(deck.slide_layouts)[2:]:
        deck.slide_layouts.remove(layout)
    deck.save(str(folder / DECK))
    written = write(hazards.model_copy(update={"layouts": folder}), tmp_path)
    assert written.missing == ()
    table = docx.Document(str(tmp_path / REPORT)).tables[0]
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is not None


def test_a_deck_without_a_title_anywhere_is_no_layout(hazards: Settings, tmp_path: Path) -> None:
    folder = hazards.home / "版式"
    folder.mkdir()
    deck = Presentation()
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    deck.save(str(folder / DECK))
    (line,) = write(hazards.model_copy(update={"layouts": folder}), tmp_path).missing
    assert "没有带标题的版面" in line


@pytest.mark.usefixtures("short_papers")
def test_the_command_names_what_is_missing_and_says_so_by_its_exit_code(
    hazards: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slides, "write_slides", fail)
    asked = ["--home", str(hazards.home), "report", "monthly", "--as-of", DAY, "--images", "none"]
    answer = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "材料")])
    assert answer.exit_code == 1
    assert f"{DECK} 没有写成" in answer.stderr
    assert REPORT in answer.stdout


@pytest.mark.usefixtures("short_papers")
def test_the_browsers_package_says_in_a_note_what_is_missing(
    hazards: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slides, "write_slides", fail)
    monkeypatch.setattr(package, "_pictures", lambda *_: ({}, []))
    monkeypatch.setattr(materials, "_made", package.pack)  # here, where it is made to fail
    server = create_app(hazards).server
    path = f"/materials.zip?kind_of=monthly&as_of={DAY}"
    answer = server.test_client().get(path, base_url=BASE)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as packed:
        assert {REPORT, ANNEX, "说明.txt"} <= set(packed.namelist())
        assert DECK not in packed.namelist()
        assert f"{DECK} 没有写成" in packed.read("说明.txt").decode()


@pytest.mark.usefixtures("short_papers")
def test_the_files_of_a_package_are_looked_at_before_the_first_is_written(
    hazards: Settings, tmp_path: Path
) -> None:
    out = tmp_path / "材料"
    write(hazards, out)
    letter = out / LETTERS / "督办函_甲局.docx"
    for edited in (out / DECK, letter):
        others = [path for path in out.rglob("*") if path.is_file() and path != edited]
        for path in others:
            path.unlink()
        edited.write_bytes(b"what a person wrote")
        with pytest.raises(YanpanError, match=f"{edited.name} 已经有了.*--force"):
            write(hazards, out)
        assert [path for path in out.rglob("*") if path.is_file()] == [edited]
        assert edited.read_bytes() == b"what a person wrote"
        assert len(write(hazards, out, force=True).files) == 4
        assert edited.read_bytes() != b"what a person wrote"


def test_a_picture_that_is_there_is_not_drawn_over(
    hazards: Settings, gathered: Figures, tmp_path: Path
) -> None:
    with Warehouse(hazards.warehouse) as warehouse:
        kept = next(iter(package._pictures(gathered, tmp_path / CHARTS, "png")[0]))
        kept.parent.mkdir()
        kept.write_bytes(b"drawn on by hand")
        with pytest.raises(YanpanError, match="已经有了"):
            write_package(warehouse, hazards, SCOPE, "monthly", tmp_path, "png")
    assert list(tmp_path.rglob("*.docx")) == []
    assert kept.read_bytes() == b"drawn on by hand"
