"""The documents of a meeting re-read: every number is the metric's, and follows the ledgers."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from typer.testing import CliRunner

from analysis.briefing import plots
from analysis.briefing.figures import Figures, gather
from analysis.briefing.lists import metric_rows
from analysis.briefing.plots import Plot
from analysis.cli import app
from analysis.errors import YanpanError
from analysis.ingest.pipeline import Report
from analysis.reports import document, images, package, slides, workbook
from analysis.reports.office.official_form import clean
from analysis.reports.package import (
    ANNEX,
    DECK,
    REPORT,
    Written,
    _letter_names,
    layout,
    write_package,
)
from analysis.reports.slides import write_slides
from analysis.reports.workbook import major_title, write_workbook
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from tests.briefing.statements.test_statements import NOW, Given
from tests.tables import drawn

pytestmark = pytest.mark.slow
DAY = Scope(date(2023, 11, 15))
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def figures(committed: Settings) -> Iterator[Figures]:
    with Warehouse(committed.warehouse) as warehouse:
        yield gather(warehouse, committed, DAY, "quarterly")


@pytest.fixture(scope="module")
def folder(committed: Settings, figures: Figures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("材料")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_gathered", lambda *_: figures)
        write(committed, out, "quarterly")
    return out


@pytest.fixture
def gathered(figures: Figures, monkeypatch: pytest.MonkeyPatch) -> Figures:
    """Figures gathered once, where it is asked what is written and not how it is gathered."""
    monkeypatch.setattr(package, "_gathered", lambda *_: figures)
    return figures


@pytest.fixture
def short_papers(gathered: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers of a few bytes, for what is asked of a package and not of what its papers say."""
    monkeypatch.setattr(document, "write_document", lambda *_: b"report")
    monkeypatch.setattr(slides, "write_slides", lambda *_: b"deck")
    monkeypatch.setattr(workbook, "write_workbook", lambda _, path: path.write_bytes(b"annex"))


def write(home: Settings, out: Path, kind: str = "monthly", scope: Scope = DAY) -> Written:
    with Warehouse(home.warehouse) as warehouse:
        return write_package(warehouse, home, scope, kind, out, "none")


def words_of(path: Path) -> str:
    """All that a document says, cell by cell and run by run."""
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return "\n".join(str(c) for s in book.worksheets for row in s.values for c in row)
    parts = zipfile.ZipFile(path)
    names = [n for n in parts.namelist() if re.search(r"(slides/slide|document)\d*\.xml$", n)]
    said = []
    for name in sorted(names):
        for paragraph in etree.fromstring(parts.read(name)).iter("{*}p"):
            said.append("".join(t.text or "" for t in paragraph.iter("{*}t")))
    return "\n".join(said)


def charts_in(path: Path) -> list[dict[str, tuple[list[str], list[float]]]]:
    """Series name → categories and values, for each chart in a document."""
    parts = zipfile.ZipFile(path)
    names = [n for n in parts.namelist() if re.search(r"charts/chart\d+\.xml$", n)]
    return [dict(_series(parts.read(n))) for n in sorted(names, key=_number)]


def _series(xml: bytes) -> Iterator[tuple[str, tuple[list[str], list[float]]]]:
    for series in etree.fromstring(xml).iter(f"{CHART}ser"):

        def texts(part: str, series: Any = series) -> list[str]:
            return [v.text for v in series.find(f"{CHART}{part}").iter(f"{CHART}v")]

        yield texts("tx")[0], (texts("cat"), [float(v) for v in texts("val")])


def _number(name: str) -> int:
    return int(re.findall(r"(\d+)\.xml", name)[0])


def as_drawn(plot: Plot) -> dict[str, tuple[list[str], list[float]]]:
    return {n: (list(plot.categories), list(values)) for n, values in plot.series.items()}


def all_plots(figures: Figures) -> list[Plot]:
    return [
        plots.nodes_plot(figures["node_progress"], DAY.as_of),
        plots.completion_plot(figures["completion"]), plots.ageing_plot(figures["ageing"]),
        plots.colours_plot(figures.ranking.sites), plots.mix_plot(figures["hazard_mix"]),
        plots.accidents_plot(figures["accident_yoy"]),
    ]  # fmt: skip


def plots_of_slides(figures: Figures) -> list[Plot]:
    """What the deck draws beside those of the report."""
    told = [
        plots.inspections_plot(figures["inspection_coverage"]),
        plots.campaigns_plot(figures["campaign_progress"]),
        plots.responsibility_plot(figures["site_responsibility"]),
        plots.reports_plot(figures["report_punctuality"]),
        plots.duties_plot(figures["duty_compliance"], DAY.as_of),
    ]
    return [plot for plot in told if not plot.is_empty]


@pytest.mark.parametrize("name", [REPORT, DECK])
def test_charts_can_be_edited_and_hold_the_metrics_own_numbers(
    name: str, folder: Path, figures: Figures
) -> None:
    found = charts_in(folder / name)
    wanted = all_plots(figures) + (plots_of_slides(figures) if name == DECK else [])
    assert len(found) == len(wanted)
    for plot in wanted:
        assert as_drawn(plot) in found
    sheets = [n for n in zipfile.ZipFile(folder / name).namelist() if n.endswith(".xlsx")]
    assert len(sheets) == len(found)


def test_a_plot_adds_up_to_its_metric(figures: Figures) -> None:
    completion = figures["completion"]
    total = completion[completion["dimension"].eq("all")].iloc[0]
    plot = plots.completion_plot(completion)
    assert sum(map(sum, plot.series.values())) == total["total"]
    assert sum(plot.series["逾期"]) == total["overdue"] == len(figures["overdue"])
    assert sum(map(sum, plots.ageing_plot(figures["ageing"]).series.values())) == total["overdue"]


def test_sheets_hold_every_row_of_their_metric(folder: Path, figures: Figures) -> None:
    book = load_workbook(folder / ANNEX)
    rows = list(book["逾期清单"].values)
    assert "逾期未完成事项清单" in rows[0]
    assert len(rows) - 3 == len(figures["overdue"])
    told = metric_rows("overdue", figures["overdue"])
    assert [row[1] for row in rows[3:]] == [row["事项"] for row in told]
    assert len(list(book["隐患"].values)) - 3 == figures.items["kind"].eq("hazard").sum()
    assert len(list(book["三清单"].values)) - 3 == len(figures.measures)
    sheet = book["逾期清单"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref.startswith("A3:")
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.conditional_formatting


def test_charts_in_the_annex_point_at_the_numbers_beside_them(
    folder: Path, figures: Figures
) -> None:
    sheet = load_workbook(folder / ANNEX)["图表"]
    drawn = [plot for plot in all_plots(figures) if not plot.is_empty]
    assert len(sheet._charts) == len(drawn)
    for chart in sheet._charts:
        title = chart.title.tx.rich.p[0].r[0].t
        (plot,) = [plot for plot in drawn if plot.title == title]
        for series, values in zip(chart.series, plot.series.values(), strict=True):
            cells = sheet[series.val.numRef.f.split("!")[1].replace("$", "")]
            assert [cell.value for (cell,) in cells] == list(values)


def test_what_a_document_says_of_itself(folder: Path) -> None:
    for name in (REPORT, DECK, ANNEX):
        text = words_of(folder / name)
        assert "截至 2023年11月15日" in text, name
        assert "计入报送" in text
        assert "含模拟数据" in text
    assert "（专班文件，签发：组长" in words_of(folder / REPORT)
    assert "签发：副组长" in words_of(folder / DECK)
    assert "一般性文件，副组长" in words_of(folder / ANNEX)
    letter = next((folder / "督办函").glob("*.docx"))
    assert "签发：办公室主任" in words_of(letter)


def test_a_list_that_is_cut_says_so(folder: Path, figures: Figures) -> None:
    assert len(figures["overdue"]) > 20
    assert f"共{len(figures['overdue'])}项，列出前20项，全部见附件.xlsx" in words_of(
        folder / REPORT
    )
    assert f"共{len(figures['overdue'])}项，列出前7项，全部见附件.xlsx" in words_of(folder / DECK)


def test_chinese_faces_are_named_as_such(folder: Path) -> None:
    report = docx.Document(str(folder / REPORT))
    faces = {
        name: report.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("公文正文", "公文标题", "公文一级标题", "公文二级标题")
    }
    assert list(faces.values()) == ["仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"]
    for slide in Presentation(str(folder / DECK)).slides:
        for properties in slide._element.iter("{*}rPr"):
            assert properties.find("{*}ea").get("typeface") == "微软雅黑"
    for name in (REPORT, DECK):
        parts = zipfile.ZipFile(folder / name)
        for chart in (n for n in parts.namelist() if re.search(r"charts/chart\d+\.xml$", n)):
            assert b"<a:ea typeface=" in parts.read(chart)


def test_each_unit_that_the_ladder_writes_to_has_its_letter(folder: Path, figures: Figures) -> None:
    late, major = figures["overdue"], figures.items[figures.items["level"].eq("重大")]
    seen = major["opened_on"] <= pd.Timestamp(figures.scope.as_of - timedelta(days=3))
    unfiled = major[~major["is_closed"] & major["filed_on"].isna() & seen]
    short = figures["duty_compliance"]
    units = {
        *late[late["days_late"] >= 15]["unit"].dropna(), *unfiled["unit"].dropna(),
        *short[short["state"].eq("short")]["unit"].dropna(),
    }  # fmt: skip
    assert {p.stem.removeprefix("督办函_") for p in (folder / "督办函").iterdir()} == units


HEADS = [
    "隐患编号",
    "隐患描述",
    "责任单位",
    "责任人",
    "发现日期",
    "整改期限",
    "完成日期",
    "隐患等级",
]


def ledger(home: Settings, done: str, title: str = "灭火器过期") -> None:
    """A ledger of two hazards as CSV, where a text may begin with =."""
    with (home.raw / "模拟数据_隐患台账.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [
                HEADS,
                ["H-1", title, "县教育局", "赵某", "2023-10-01", "2023-10-20", done, "一般"],
                ["H-2", "通道堵塞", "县教育局", "钱某", "2023-10-01", "2023-10-20", "2023-10-19",
                 "一般"],
            ]
        )  # fmt: skip


def test_every_document_follows_a_changed_figure(
    home: Settings, report_of: Callable[[], Report], tmp_path: Path
) -> None:
    ledger(home, "")
    report_of()
    write(home, tmp_path / "a")
    ledger(home, "2023-10-20")
    report_of()
    write(home, tmp_path / "b")
    before, after = (
        {name: words_of(tmp_path / each / name) for name in (REPORT, DECK, ANNEX)}
        for each in ("a", "b")
    )
    for paper in (REPORT, DECK):
        assert "应整改2项，已完成1项（50%），逾期1项" in before[paper]
        assert "应整改2项，已完成2项（100%），没有逾期" in after[paper]
    assert "逾期未完成1项" in before[REPORT]
    assert "灭火器过期" in before[DECK]
    assert "灭火器过期" not in after[DECK]
    rows = [list(load_workbook(tmp_path / each / ANNEX)["按单位"].values)[3] for each in "ab"]
    assert [row[:3] for row in rows] == [("县教育局", 2, 1), ("县教育局", 2, 2)]
    assert (tmp_path / "a" / "督办函" / "督办函_县教育局.docx").exists()
    assert not (tmp_path / "b" / "督办函").exists()
    assert as_drawn_values(tmp_path / "a" / REPORT, "逾期") == [1.0]
    assert as_drawn_values(tmp_path / "b" / REPORT, "逾期") == [0.0]


def as_drawn_values(path: Path, name: str) -> list[float]:
    return next(chart[name][1] for chart in charts_in(path) if name in chart)


def test_words_of_a_ledger_are_text_in_every_document(
    home: Settings, report_of: Callable[[], Report], tmp_path: Path
) -> None:
    nasty = '=HYPERLINK("http://x")<b>&'
    ledger(home, "", nasty)
    report_of()
    write(home, tmp_path / "a")
    sheet = load_workbook(tmp_path / "a" / ANNEX)["逾期清单"]
    (cell,) = [cell for cell in sheet["B"] if str(cell.value).startswith("=HYPERLINK")]
    assert cell.data_type == "s"
    for name in (REPORT, DECK):
        assert '=HYPERLINK("http://x")<b>&' in words_of(tmp_path / "a" / name)


def test_two_units_of_like_names_have_two_letters() -> None:
    names = _letter_names(["甲/局", "甲局", "乙局"])
    assert sorted(names.values()) == ["乙局", "甲/局", "甲局"]
    assert all("/" not in name for name in names)


def test_a_letter_of_an_earlier_run_is_named(
    home: Settings, report_of: Callable[[], Report], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(package, "document_writers", lambda *_: {})  # the letters alone
    ledger(home, "")
    report_of()
    (tmp_path / "督办函").mkdir()
    (tmp_path / "督办函" / "督办函_某局.docx").write_bytes(b"")
    notes = write(home, tmp_path).notes
    assert any("还有以前写的 1 份" in note and "督办函_某局.docx" in note for note in notes)


def test_a_county_without_data_gets_documents_that_say_so(
    home: Settings, write_sheet: Callable[..., Path], report_of: Callable[[], Report],
    tmp_path: Path,
) -> None:  # fmt: skip
    write_sheet("模拟数据_隐患台账.xlsx", [HEADS])
    report_of()
    written = write(home, tmp_path / "a")
    assert {path.name for path in written.files} == {REPORT, DECK, ANNEX}
    text = words_of(tmp_path / "a" / REPORT)
    assert "没有列入统计的整改事项" in text
    assert "没有重大隐患" in text
    assert not charts_in(tmp_path / "a" / REPORT)
    assert "没有列入统计的整改事项" in words_of(tmp_path / "a" / DECK)


def test_an_office_has_its_own_layouts(
    home: Settings, report_of: Callable[[], Report], tmp_path: Path
) -> None:
    ledger(home, "")
    report_of()
    own = docx.Document()
    own.add_paragraph("本县自己的抬头")
    deck = Presentation()
    folder = tmp_path / "版式"
    folder.mkdir()
    own.save(str(folder / REPORT))
    deck.save(str(folder / DECK))
    write(home.model_copy(update={"layouts": folder}), tmp_path / "a")
    assert words_of(tmp_path / "a" / REPORT).startswith("本县自己的抬头")
    assert Presentation(str(tmp_path / "a" / DECK)).slide_width == deck.slide_width


@pytest.mark.parametrize("name", [REPORT, DECK])
@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 cut"])
def test_a_layout_that_is_no_document_is_one_clear_line(
    committed: Settings, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(YanpanError, match=f"版式 .*{name} 读不了"):
        layout(committed.model_copy(update={"layouts": tmp_path}), name)


@pytest.mark.usefixtures("short_papers")
def test_without_a_browser_the_rest_is_written_and_one_line_says_what_is_missing(
    committed: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kaleido
    from kaleido.errors import ChromeNotFoundError

    def nothing(*_: object, **__: object) -> None:
        raise ChromeNotFoundError

    monkeypatch.setattr(kaleido, "write_fig_from_object_sync", nothing)
    with Warehouse(committed.warehouse) as warehouse:
        written = write_package(warehouse, committed, DAY, "monthly", tmp_path)
    assert (tmp_path / REPORT).exists()
    assert images.MISSING in written.notes
    assert not list(tmp_path.glob("charts/*"))


@pytest.mark.browser
@pytest.mark.usefixtures("short_papers")
def test_the_command_writes_all_and_says_what(
    committed: Settings, tmp_path: Path, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", chromium)
    asked = ["--home", str(committed.home), "report", "quarterly", "--as-of", "2023-11-15"]
    answer = CliRunner().invoke(app, [*asked, "--out", str(tmp_path / "季度")])
    assert answer.exit_code == 0, answer.output
    pictures = sorted((tmp_path / "季度" / "charts").glob("*.png"))
    assert len(pictures) == 12
    for picture in pictures:
        width, height = (int.from_bytes(picture.read_bytes()[n : n + 4], "big") for n in (16, 20))
        assert (width, height) == (2200, 1280)
    assert str(tmp_path / "季度" / REPORT) in answer.output


@pytest.mark.usefixtures("gathered")
def test_a_file_that_cannot_be_written_is_one_clear_line(
    committed: Settings, tmp_path: Path
) -> None:
    (tmp_path / REPORT).mkdir()
    asked = ["--home", str(committed.home), "report", "monthly", "--as-of", "2023-11-15"]
    answer = CliRunner().invoke(app, [*asked, "--out", str(tmp_path), "--images", "none"])
    assert answer.exit_code == 1
    assert f"{REPORT} 是目录，没有写" in str(answer.exception)
    assert list(tmp_path.rglob("*")) == [tmp_path / REPORT]


def test_documents_of_one_unit_tell_of_it_alone(committed: Settings, tmp_path: Path) -> None:
    scope = Scope(DAY.as_of, filters={"unit": ["县交通局"]})
    with Warehouse(committed.warehouse) as warehouse:
        told = gather(warehouse, committed, scope, "monthly")
        (tmp_path / DECK).write_bytes(write_slides(told))
        write_workbook(told, tmp_path / ANNEX)
    rows = list(load_workbook(tmp_path / ANNEX)["按单位"].values)[3:]
    assert [row[0] for row in rows] == ["县交通局"]
    assert "责任单位：县交通局" in words_of(tmp_path / DECK)


def test_a_document_is_a_file_that_word_takes(folder: Path) -> None:
    """Every part that is referred to is there, once, with its type."""
    parts = zipfile.ZipFile(folder / REPORT)
    names = parts.namelist()
    assert len(names) == len(set(names))
    types = parts.read("[Content_Types].xml").decode()
    for name in names:
        if "/charts/chart" in name and name.endswith(".xml"):
            assert f'PartName="/{name}"' in types
            rels = etree.fromstring(parts.read(re.sub(r"([^/]+)$", r"_rels/\1.rels", name)))
            link = etree.fromstring(parts.read(name)).find(f"{CHART}externalData")
            assert [r.get("Id") for r in rels] == list(link.attrib.values())
    assert docx.Document(io.BytesIO((folder / REPORT).read_bytes())).paragraphs


def test_a_carriage_return_is_a_line_end_and_no_letters() -> None:
    """PowerPoint's library would write it as «_x000D_»."""
    assert clean("灭火器\r\n过期\r停用\x01") == "灭火器\n过期\n停用"


def test_the_reports_last_annex_is_the_wall_on_a_page_that_lies(
    folder: Path, figures: Figures
) -> None:
    with zipfile.ZipFile(folder / REPORT) as packed:
        drawings = [name for name in packed.namelist() if name.endswith(".emf")]
    document = docx.Document(str(folder / REPORT))
    last = document.sections[-1]
    assert (len(drawings), last.page_width > last.page_height) == (1, True)
    items = int(figures["item_wall"]["items"].sum())
    assert any(text.text.startswith(f"一格一项，共{items}项") for text in document.paragraphs)


def test_the_list_of_major_hazards_tells_of_those_that_it_lacks() -> None:
    rows = drawn("level\n重大\n重大\n较大")
    none = Given(supervision=rows, now=NOW | {"major_total": 2})
    assert major_title(none) == "重大隐患和挂牌督办（含已摘牌的）"
    one = Given(supervision=rows, now=NOW | {"major_total": 3})
    assert major_title(one) == (
        "重大隐患和挂牌督办（含已摘牌的；没有挂过牌就销号的重大隐患1条不在内，见“隐患”表）"
    )
