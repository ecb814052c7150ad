"""A page reads its own copy of what is published; the same page is put together once."""

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import WarehouseError
from analysis.ingest.pipeline import ingest
from analysis.intake.alert_book import NOTED, AlertBook
from analysis.intake.publisher import FAILED
from analysis.settings import Settings
from analysis.warehouse.engine import fetch
from analysis.warehouse.scope import Scope
from analysis.warehouse.share import WHOLE, Share
from dashboards.app import create_app
from dashboards.parts.alert_panel import alert_panel, current
from dashboards.serving.data import Data
from dashboards.serving.page_cache import PATH, page_request
from dashboards.serving.publication_copies import Copies

pytestmark = pytest.mark.slow

HEADER = ["隐患编号", "场所名称", "隐患描述", "责任单位", "整改期限", "检查日期"]


def ledger(*numbers: str) -> list[list[Any]]:
    rows = [
        [n, f"场所{n}", f"灭火器过期{n}", "县教育局", "2023-12-01", "2023-09-01"] for n in numbers
    ]
    return [HEADER, *rows]


def count(con: Any) -> int:
    return int(fetch(con, "SELECT count(*) AS n FROM hazard")["n"].iloc[0])


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies are made in a test, and nothing else."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_a_reader_goes_on_with_his_copy_and_the_next_gets_the_new_one(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/一.xlsx", ledger("1"))
    ingest(home, allow_empty=True)
    copies = Copies(home.warehouse)
    before = copies.current(WHOLE)
    reader = before.warehouse.cursor()
    assert copies.current(WHOLE) is before
    write_sheet("2023-10-15/二.xlsx", ledger("2", "3"))
    ingest(home, allow_empty=True)
    assert count(copies.current(WHOLE).warehouse.cursor()) == 3
    assert count(reader) == 1
    reader.close()


def test_a_unit_is_shown_the_day_of_all_and_not_that_of_its_own_last_report(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/一.xlsx", ledger("1"))
    write_sheet(
        "2023-12-20/二.xlsx", [HEADER, ["2", "场所2", "没有警示标志", "县交通局", None, None]]
    )
    ingest(home, allow_empty=True)
    education = Data(home, lambda: Share(unit="县教育局"))
    assert education.described_day() == Data(home).described_day() == (date(2023, 12, 20), True)
    scope = Scope(education.described_day()[0])
    assert education.metric("overdue", scope)["unit"].tolist() == ["县教育局"]


def test_a_copy_is_gone_when_nobody_reads_it(home: Settings, copied: Path) -> None:
    ingest(home, allow_empty=True)
    copies = Copies(home.warehouse)
    copies.current(WHOLE)
    ingest(home, allow_empty=True)
    copies.current(WHOLE)
    gc.collect()
    assert len(list(copied.iterdir())) == 1


def test_without_a_publication_there_is_nothing_to_copy(home: Settings) -> None:
    with pytest.raises(WarehouseError, match="请先运行 yanpan ingest"):
        Copies(home.warehouse).current(WHOLE)


def test_a_warehouse_that_cannot_be_opened_leaves_no_copy(home: Settings, copied: Path) -> None:
    home.warehouse.parent.mkdir(parents=True)
    home.warehouse.write_bytes(b"no database at all" * 1000)
    with pytest.raises(WarehouseError, match="打不开"):
        Copies(home.warehouse).current(WHOLE)
    assert list(copied.iterdir()) == []


def test_a_broken_publication_leaves_the_last_good_one_in_service(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/一.xlsx", ledger("1", "2"))
    ingest(home, allow_empty=True)
    running, started = Data(home), Data(home)
    scope = Scope(date(2023, 11, 15))
    assert running.row("overview", scope)["total"] == 2
    assert running.trouble() is None
    home.warehouse.write_bytes(b"no database at all" * 1000)
    for data in (running, started):  # from its own copy, and from the kept publications
        assert data.row("overview", scope)["total"] == 2
        assert "显示的是上一次发布" in str(data.trouble())
    page = ask_page(create_app(home).server.test_client(), "?as_of=2023-11-15").decode()
    assert "显示的是上一次发布" in page
    write_sheet("2023-10-16/一.xlsx", ledger("1", "2", "3"))
    ingest(home, allow_empty=True)
    assert running.row("overview", scope)["total"] == 3
    assert running.trouble() is None


def test_a_publication_that_failed_is_told_on_every_page(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/一.xlsx", ledger("1"))
    ingest(home, allow_empty=True)
    client = create_app(home).server.test_client()
    assert "还没有计入" not in ask_page(client, "?as_of=2023-11-15").decode()
    home.warehouse.with_name(FAILED).write_text("写不进磁盘", encoding="utf-8")
    page = ask_page(client, "?as_of=2023-11-15").decode()
    assert "新收到的报送还没有计入" in page
    assert "写不进磁盘" in page


def test_a_query_is_answered_from_the_askers_copy(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/一.xlsx", ledger("1"))
    ingest(home, allow_empty=True)
    data = Data(home)
    assert data.ask("SELECT count(*) FROM hazard").rows == [(1,)]
    home.warehouse.unlink()
    assert data.ask("SELECT count(*) FROM hazard").rows == [(1,)]


def ask_page(client: Any, search: str) -> bytes:
    """What the server answers to the callback that shows a page."""
    answer = client.post(
        PATH, data=page_request(search), content_type="application/json",
        base_url="http://127.0.0.1",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return bytes(answer.data)


def test_a_page_is_remembered_until_something_else_is_published(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    client = create_app(home).server.test_client()
    assert "first-steps" in ask_page(client, "").decode()  # and is not remembered
    write_sheet("2023-10-15/一.xlsx", ledger("1"))
    ingest(home, allow_empty=True)
    search = "?as_of=2023-11-15"
    assert "first-steps" not in ask_page(client, "").decode()
    first = ask_page(client, search)
    assert "kpi-value" in first.decode()
    assert ask_page(client, search) == first
    assert ask_page(client, "?as_of=2023-08-01") != first
    write_sheet("2023-10-15/二.xlsx", ledger("2"))
    ingest(home, allow_empty=True)
    assert ask_page(client, search) != first


def test_a_page_is_put_together_anew_when_somebody_takes_note_of_an_alert(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-15/一.xlsx", ledger("1"))
    ingest(home, allow_empty=True)
    data, scope = Data(home), Scope(date(2023, 12, 2))
    book = AlertBook(home.alert_book)

    def shown() -> tuple[str | None, str]:
        (row,) = alert_panel(data, scope).children[1].children.rowData
        assert (row["title"], row["unit"]) == ("逾期1至14天", "县教育局")
        return data.shown(), row["life"]

    seen = [shown()]
    book.raise_new(current(data, scope)[0], scope.as_of)
    seen.append(shown())
    book.mark(1, NOTED, "王某", scope.as_of)
    seen.append(shown())
    assert [life for _, life in seen] == [
        "未登记", "1 号，未处理", "1 号，已知悉（王某 2023-12-02）",
    ]  # fmt: skip
    assert len({name for name, _ in seen}) == 3


def test_a_request_that_is_no_page_is_left_alone(home: Settings) -> None:
    client = create_app(home).server.test_client()
    for body in (
        b"",
        b"[]",
        b'{"output": "page.children"}',
        b'{"output": "page.children", "inputs": 1}',
    ):
        answer = client.post(
            PATH, data=body, content_type="application/json", base_url="http://127.0.0.1"
        )
        assert answer.status_code >= 400
