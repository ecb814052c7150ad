"""Whatever ledgers an office has, and however many, its papers and pages are made and say so."""

import io
import json
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.briefing.figures import gather
from analysis.briefing.sections import sections
from analysis.briefing.slide_contents import slides
from analysis.briefing.statements import CONCERNS, SUBJECTS, statement
from analysis.briefing.statements.absent import CALLED
from analysis.ingest.pipeline import ingest
from analysis.reports import package
from analysis.reports.document import write_document
from analysis.reports.package import ANNEX, DECK, REPORT, write_package
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from dashboards import app as application
from dashboards.serving.data import Data
from tests.depth import DEEP
from tests.reports.first_months import AMONG_OTHERS, LEDGERS_ALONE, Rows
from tests.reports.test_first_months import _plain

pytestmark = pytest.mark.slow

SCOPE = Scope(date(2023, 11, 15))


def office(folder: Path, names: frozenset[str]) -> Settings:
    """A home in which these ledgers have come in, a file each."""
    made = Settings(home=folder)
    day = made.raw / "2023-10-15"
    day.mkdir(parents=True)
    for number, name in enumerate(sorted(names)):
        _save(day / f"台账{number}.xlsx", LEDGERS_ALONE[name])
    ingest(made)
    return made


def _save(path: Path, rows: Rows) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)


@settings(max_examples=6, deadline=None, phases=list(Phase) if DEEP else [Phase.explicit])
@example(names=AMONG_OTHERS)
@given(names=st.frozensets(st.sampled_from(sorted(LEDGERS_ALONE)), min_size=1, max_size=4))
def test_no_paper_and_no_page_fails(
    names: frozenset[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = office(tmp_path_factory.mktemp("office"), names)
    out = made.home / "材料"
    with Warehouse(made.warehouse) as warehouse, pytest.MonkeyPatch.context() as patch:
        figures = gather(warehouse, made, SCOPE, "monthly")
        patch.setattr(package, "_gathered", lambda *_: figures)
        written = write_package(warehouse, made, SCOPE, "monthly", out, "none")
        told = [each for name in SUBJECTS if (each := statement(figures, name))]
        told += [say(figures) for say in CONCERNS.values()]
        assert sections(figures)
        assert slides(figures)
        lacking = [CALLED[name] for name in CALLED if name not in figures.received]
    assert written.missing == ()
    assert {REPORT, DECK, ANNEX} <= {path.name for path in written.files}
    assert not any("nan" in each.paragraph or "NaT" in each.paragraph for each in told)
    data = Data(made)
    for address in (*application.pages(), "/?meeting=1"):
        path, _, more = address.partition("?")
        shown = application.page(data, path, f"?as_of={SCOPE.as_of}&{more}")
        words = json.dumps(shown, default=_plain, ensure_ascii=False)
        assert "出错" not in words, address
        if address == "/" and lacking:
            assert f"尚未收到{'、'.join(lacking)}" in words


@pytest.mark.parametrize(
    ("ledger", "said", "zeros"),
    [
        (
            "场所",
            "尚未收到整改方案、隐患台账、议定事项，没有可以统计的事项",
            ("没有逾期", "重大隐患未销号", "0项", "0条", "0.00%"),
        ),
        ("三清单", "尚未收到隐患台账", ("没有重大隐患", "重大隐患未销号", "0条", "0家次")),
        ("隐患", "尚未收到整改方案，没有工作节点", ("没有欠账", "三清单0项", "0家次", "事故0起")),
    ],
)
def test_the_report_says_what_nobody_has_sent_and_no_zero(
    tmp_path: Path, ledger: str, said: str, zeros: tuple[str, ...]
) -> None:
    made = office(tmp_path, frozenset({ledger}))
    with Warehouse(made.warehouse) as warehouse:
        report = write_document(gather(warehouse, made, SCOPE, "monthly"))
    words = "\n".join(each.text for each in docx.Document(io.BytesIO(report)).paragraphs)
    assert said in words
    assert not [zero for zero in zeros if zero in words]
