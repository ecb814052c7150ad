"""The application without a browser: address → scope → page, and what it refuses."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

import dash
import pandas as pd
import pytest
from dash.development.base_component import Component
from docx import Document
from werkzeug.test import Client

from analysis.briefing.statements.headline import INDICATORS
from analysis.demo import SEED, UNTIL
from analysis.demo.life import make_life
from analysis.demo.truth import METRICS, Knowledge
from analysis.errors import AddressError
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.sql_files import get_metric
from dashboards.app import (
    changed_search,
    create_app,
    drilled_search,
    newer,
    page,
    pages,
    place_of,
    query,
)
from dashboards.downloads.tables import as_csv
from dashboards.pages import item, regions
from dashboards.pages.counted_items import COUNTED, LACKING, content
from dashboards.pages.query import answer
from dashboards.pages.risk import ranking
from dashboards.parts.first_screen.late_cards import late_rows
from dashboards.serving.address import Address
from dashboards.serving.data import Data


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, Address()),
        ({"as_of": "2023-11-15", "kind": "hazard"}, Address(date(2023, 11, 15), kind="hazard")),
        ({"known_on": "2023-10-31"}, Address(None, date(2023, 10, 31))),
    ],
)
def test_an_address_is_read(query: dict[str, str | None], address: Address) -> None:
    assert Address.read(query) == address


@pytest.mark.parametrize("search", ["", "?as_of=2023-11-15", "?as_of=2023-11-15&kind=measure"])
def test_an_address_is_written_as_it_was_read(search: str) -> None:
    query = dict(part.split("=") for part in search[1:].split("&") if part)
    assert Address.read(query).search() == search


def test_moving_one_control_leaves_the_rest_of_the_address() -> None:
    search = "?as_of=2023-11-15&known_on=2023-11-01"
    assert changed_search({"as_of": "2023-10-30"}, search) == (
        "?as_of=2023-10-30&known_on=2023-11-01"
    )
    assert changed_search({"kind": "hazard"}, search) == (
        "?as_of=2023-11-15&known_on=2023-11-01&kind=hazard"
    )
    assert changed_search({"known_on": None}, search) == "?as_of=2023-11-15"


def test_a_unit_is_chosen_and_given_up_again() -> None:
    chosen = changed_search({"unit": "县交通局"}, "?as_of=2023-11-15")
    assert Address.read(query(chosen)).chosen == {"unit": "县交通局"}
    assert changed_search({"unit": None}, chosen) == "?as_of=2023-11-15"
    scope = Address.read(query(chosen)).scope(date(2023, 11, 15))
    assert scope.filters == {"unit": ("县交通局",)}
    assert Address.of(scope).search() == chosen


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"as_of": "abc"}, "网址里的 as_of=“abc”不是日期，请写成 2023-11-15 的样子。"),
        ({"known_on": "2023-02-30"}, "网址里的 known_on=“2023-02-30”不是日期"),
        ({"as_of": "20240131"}, "网址里的 as_of=“20240131”不是日期，请写成 2023-11-15 的样子。"),
        ({"since": "2024-W05-3"}, "网址里的 since=“2024-W05-3”不是日期"),
        ({"known_on": "２０２４-01-31"}, "网址里的 known_on=“２０２４-01-31”不是日期"),
        ({"as_of": "9999-12-31"}, "网址里的 as_of=“9999-12-31”不是日期"),
        ({"kind": "' OR TRUE --"}, "网址里的 kind=“' OR TRUE --”不是一类事项"),
        ({"unit": "长" * 5000}, "网址里的责任单位“长长"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused(asked: dict[str, str], said: str) -> None:
    address = Address.read(asked)
    with pytest.raises(AddressError, match=re.escape(said)):
        address.scope(date(2023, 11, 15))
    assert place_of("/", f"?{urlencode(asked)}") is None  # and no page is kept for it


def test_a_control_makes_an_address_good_that_could_not_be_read() -> None:
    assert changed_search({"as_of": "2023-11-15"}, "?as_of=abc") == "?as_of=2023-11-15"


def test_a_control_that_says_what_the_address_says_changes_nothing() -> None:
    moved = {"as_of": "2023-11-15", "kind": "all", "unit": None}
    assert changed_search(moved, "?as_of=2023-11-15") is dash.no_update


@pytest.fixture(scope="module")
def data(committed: Settings) -> Data:
    return Data(committed)


@pytest.mark.slow
def test_the_page_shows_what_the_metric_gives(data: Data) -> None:
    shown = words(page(data, "/", "?as_of=2023-11-15&kind=measure"))
    assert "逾期事项（3 项）" in shown
    assert "截至 2023年11月15日" in shown
    assert "含模拟数据" in shown  # the county's own accident records are simulated
    # the printed plan has 7 dated measures, none done; the demonstration's two 11 and 3, four done
    assert "4/21" in shown


@pytest.mark.slow
def test_the_plans_measures_stand_with_deadline_and_state(data: Data) -> None:
    shown = words(page(data, "/progress", "?as_of=2023-11-15")).splitlines()
    assert "三清单（29 项细化措施）" in shown
    at = shown.index("18-2 增强风险研判和监测预警能力")
    assert shown[at + 2 : at + 4] == ["2023-10-31", "逾期15天"]
    assert "临期剩5天" in shown
    hazards = words(page(data, "/progress", "?as_of=2023-11-15&kind=hazard"))
    assert "三清单（29 项细化措施）" not in hazards


@pytest.mark.slow
def test_a_day_without_overdue_items_says_so(data: Data) -> None:
    shown = words(page(data, "/", "?as_of=2023-10-15&kind=measure"))
    assert "没有逾期事项，21项中已完成0项" in shown


@pytest.mark.slow
def test_without_a_day_the_newest_submissions_day_is_shown_and_said(data: Data) -> None:
    shown = words(page(data, "/", ""))
    assert "截至 2024年1月31日" in shown
    assert "各单位超过 45 天没有报送" in shown


@pytest.mark.slow
def test_whose_it_is_is_never_blank(data: Data) -> None:
    scope = Address(date(2023, 11, 15)).scope(date(2023, 11, 15))
    rows = late_rows(data.metric("overdue", scope))
    assert all(row["unit"] and row["person"] for row in rows)
    assert any(row["person"] == "未明确" for row in rows)
    assert [row["days_late"] for row in rows] == sorted(
        (r["days_late"] for r in rows), reverse=True
    )
    json.dumps(rows)  # what the grid gets is plain


@pytest.mark.slow
@pytest.mark.parametrize("search", ["?as_of=2023-11-15", "?as_of=2023-10-15&unit=县交通局"])
def test_a_number_opens_as_many_rows_as_it_counts(data: Data, search: str) -> None:
    scope = Address.read(query(search)).scope(date(2023, 11, 15))
    row = data.row("overview", scope)
    for each in INDICATORS:
        counted = len(data.items(scope, COUNTED[each.column]))
        if each.parts is None:
            assert counted == row[each.column]
            continue
        lacking = len(data.items(scope, LACKING[each.column]))
        assert (counted - lacking, counted) == (row[each.parts[0]], row[each.parts[1]])
    assert "逾期未完成" in words(content(data, scope, "overdue"))


@pytest.mark.parametrize(
    ("by", "said", "chosen"),
    [
        ("unit", "县交通局", {"unit": "县交通局"}),
        ("unit", [3, "县交通局"], {"unit": "县交通局"}),  # the member is the last
        ("township,category", ["东河镇", "燃气"], {"township": "东河镇", "category": "燃气"}),
        ("unit", "其余2个", {}),  # a sum of many is no unit
        ("unit", "未填", {}),
        ("unit", None, {}),
    ],
)
def test_a_click_narrows_the_scope_and_another_widens_it(
    by: str, said: Any, chosen: dict[str, str]
) -> None:
    click = {"points": [{"customdata": said}]}
    narrowed = drilled_search(by, click, "?as_of=2023-11-15")
    if not chosen:
        assert narrowed is dash.no_update
        return
    assert Address.read(query(narrowed)).chosen == chosen
    assert drilled_search(by, click, narrowed) == "?as_of=2023-11-15"


@pytest.mark.slow
def test_a_new_publication_is_told_to_pages_but_not_to_a_meeting(home: Settings) -> None:
    data = Data(home)
    assert newer(data, None, "") is dash.no_update  # nothing is published yet
    ingest(home, allow_empty=True)
    first = data.publication()
    assert newer(data, first, "") is dash.no_update
    ingest(home, allow_empty=True)
    assert newer(data, first, "") == data.publication() != first
    assert newer(data, first, "?meeting=1") is dash.no_update


def test_without_a_warehouse_the_page_says_what_to_do_and_how_to_send(home: Settings) -> None:
    """No figures are no zeros; the ways to send something in are open."""
    shown = page(Data(home), "/", "")
    assert "还没有台账" in words(shown)
    assert "没有逾期" not in words(shown)
    assert "/send" in str(shown.to_plotly_json())


#: A county has no page that sets counties side by side.
OWN_PAGES = [path for path in pages() if path != regions.PATH]


@pytest.mark.slow
@pytest.mark.parametrize("path", OWN_PAGES)
@pytest.mark.parametrize(
    "search",
    [
        "?as_of=2023-11-15",
        "?as_of=2023-11-15&unit=县交通局&township=东河镇&category=燃气&level=一般",
        "?as_of=2023-11-15&unit=未填",
        "?as_of=2001-01-01",
        "?as_of=2023-11-15&known_on=2001-01-01",
    ],
)
def test_every_page_stands_for_every_scope(data: Data, path: str, search: str) -> None:
    shown = words(page(data, path, search))
    assert "出错" not in shown
    assert "口径" in shown or path == "/query"


@pytest.mark.slow
@pytest.mark.parametrize("path", pages())
def test_every_page_survives_an_empty_warehouse(home: Settings, path: str) -> None:
    ingest(home, allow_empty=True)
    assert "出错" not in words(page(Data(home), path, "?as_of=2023-11-15"))


@pytest.mark.slow
def test_a_panel_says_which_filters_it_leaves_aside(data: Data) -> None:
    shown = words(page(data, "/accidents", "?as_of=2023-11-15&unit=县交通局"))
    assert "本图不随责任单位筛选。" in shown
    assert "本图不随" not in words(page(data, "/overdue", "?as_of=2023-11-15&unit=县交通局"))


@pytest.mark.slow
def test_an_item_is_told_whole_with_its_history(data: Data) -> None:
    scope = Address(date(2023, 11, 30)).scope(date(2023, 11, 30))
    versions = data.versions("H-县交通局-YH9006", scope)
    shown = words(item.content(data, scope, "H-县交通局-YH9006"))
    assert f"历次报送（{len(versions)} 个版本）" in shown
    assert "模拟数据_隐患台账_县交通局.xlsx　台账　第20行" in shown
    assert "按重新打开统计" in shown  # its finding
    assert "没有这条事项" in words(item.content(data, scope, "' OR TRUE --"))


@pytest.mark.slow
def test_the_tree_of_measures_counts_what_is_done_and_late(data: Data) -> None:
    shown = words(page(data, "/progress", "?as_of=2023-11-15"))
    assert "三清单（29 项细化措施）" in shown
    assert "0/2，逾期1，单列4" in shown  # what has no end stands beside the others


@pytest.mark.slow
def test_the_data_of_a_panel_are_those_of_the_metric(client: Client, data: Data) -> None:
    answer = client.get("/data/overdue.csv?as_of=2023-11-15", base_url="http://127.0.0.1")
    lines = answer.data.decode("utf-8-sig").splitlines()
    scope = Address(date(2023, 11, 15)).scope(date(2023, 11, 15))
    assert len(lines) == 1 + len(data.metric("overdue", scope))
    assert lines[0].startswith("事项编号,事项种类,事项,")
    assert answer.headers["Content-Disposition"] == "attachment; filename=overdue_2023-11-15.csv"
    assert client.get("/data/nothing.csv", base_url="http://127.0.0.1").status_code == 404


@pytest.mark.slow
def test_beside_a_letters_link_stands_the_number_of_which_the_letter_tells(
    data: Data, client: Client
) -> None:
    """Not all that is late: what is so for less than fifteen days is told of apart."""
    shown = words(page(data, "/overdue", "?as_of=2023-12-29"))
    numbers = re.findall(r"(县[^县\s\d]+局)\s*(\d+)", shown.partition("督办函")[2])
    assert numbers
    for unit, number in numbers[:2]:
        address = Address(date(2023, 12, 29), chosen={"unit": unit})
        answer = client.get(f"/letter.docx{address.search()}", base_url="http://127.0.0.1")
        told = "".join(each.text for each in Document(io.BytesIO(answer.data)).paragraphs)
        assert f"有{number}项逾期未完成" in told


@pytest.mark.slow
def test_a_letter_is_written_to_a_unit_that_is_late_and_to_no_other(client: Client) -> None:
    def ask(unit: str) -> Any:
        address = Address(date(2023, 11, 15), kind="measure", chosen={"unit": unit})
        return client.get(f"/letter.docx{address.search()}", base_url="http://127.0.0.1")

    answer = ask("县文化和旅游局")
    assert (answer.status_code, answer.data[:2]) == (200, b"PK")
    # late for less than fifteen days: it is told of, and not written to
    early = ask("县交通局")
    assert (early.status_code, "先通报，不用督办函" in early.text) == (404, True)
    for unit in ("没有这个单位", "../../etc/passwd", "' OR TRUE --"):
        assert (ask(unit).status_code, ask(unit).text.count("\n")) == (400, 0)
    assert (ask("").status_code, ask("").text.count("\n")) == (404, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?as_of=abc", "as_of=“abc”不是日期"),
        ("?as_of=2023-02-30", "as_of=“2023-02-30”不是日期"),
        ("?as_of=2023-11-15&kind=wrong", "不是一类事项"),
        ("?as_of=2023-11-15&unit=县交通", "没有名为“县交通”的责任单位，是不是 县交通局？"),
    ],
)
def test_what_cannot_be_read_is_refused_by_page_file_and_paper(
    client: Client, data: Data, search: str, said: str
) -> None:
    for path in ("/", "/overdue", "/data/overdue.csv", "/letter.docx"):
        answer = client.get(f"{path}{search}", base_url="http://127.0.0.1")
        assert (answer.status_code, said in answer.text) == (400, True), path
    assert said in words(page(data, "/", search))  # and where only the address was changed


@pytest.mark.slow
def test_what_no_metric_holds_can_be_saved_too(client: Client) -> None:
    def lines(name: str) -> list[str]:
        address = f"/data/{name}.csv?as_of=2023-11-15"
        answer = client.get(address, base_url="http://127.0.0.1")
        return answer.data.decode("utf-8-sig").splitlines()

    assert lines("accident_gaps")[0] == "地区,发生日期,与上一起相隔（天）,说明"
    assert len(lines("accident_gaps")) > 3
    assert lines("accident_gaps")[-1].endswith(",至今")
    ranked = lines("site_ranking")
    assert ranked[0].startswith("次序,场所,四色,评定依据,名录评定,检出概率,理由")
    assert (len(ranked), ranked[1].split(",")[0]) == (151, "1")


@pytest.mark.slow
def test_a_site_on_the_roll_of_another_unit_is_no_stranger(data: Data) -> None:
    everyone = Address.read({}).scope(date(2023, 11, 15))
    on_roll = set(data.relation("sites", everyone)["site"])
    units = data.metric("completion", everyone)
    for unit in units[units["dimension"] == "unit"]["member"]:
        scope = Address(chosen={"unit": unit}).scope(date(2023, 11, 15))
        ranked = ranking(data, scope).sites
        strangers = ranked[ranked["reasons"].str.contains("不在场所名录中")]
        assert on_roll.isdisjoint(strangers["site"])


def test_a_downloaded_text_is_never_a_formula() -> None:
    metric = get_metric("vanished")
    rows = pd.DataFrame({"title": ["=1+1", "+86", "灭火器"], "days_late": [-3, 1, None]})
    assert as_csv(metric, rows).splitlines() == [
        "事项,逾期天数", "'=1+1,-3", "'+86,1", "灭火器,"
    ]  # fmt: skip


def test_a_download_says_codes_in_words() -> None:
    rows = pd.DataFrame({"state": ["overdue"], "reopened": [True]})
    assert as_csv(get_metric("suspect_closure"), rows).splitlines() == [
        "状态,完成后又打开",
        "逾期,是",
    ]


@pytest.mark.slow
def test_the_meeting_has_one_message_a_screen_in_the_order_of_the_settings(
    committed: Settings,
) -> None:
    chosen = committed.model_copy(update={"meeting": ["late", "overall"]})
    shown = words(page(Data(chosen), "/", "?as_of=2023-11-15&meeting=1"))
    # the demonstration's truth, and the printed plan's 7 dated measures, 3 of them late
    life = make_life(UNTIL, SEED)
    (demo,) = METRICS["overview"](Knowledge(life, UNTIL), date(2023, 11, 15))
    total, done, overdue = demo["total"] + 7, demo["done"], demo["overdue"] + 3
    overall = f"应整改{total}项，已完成{done}项（{100 * done / total:.2f}%），逾期{overdue}项"
    assert shown.index(f"逾期未完成{overdue}项，最长的逾期") < shown.index(overall)
    # each plan has its members beside its measures; the printed lists are three sheets
    sheets = sum(each.withdrawn_on is None for each in life.sendings) + 2 + 3
    assert shown.count("含模拟数据") == shown.count(f"计入报送 {sheets} 批") == 2


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2023-11-15", "2001-01-01"])
def test_the_meeting_stands_with_and_without_data(data: Data, home: Settings, day: str) -> None:
    ingest(home, allow_empty=True)
    for each in (data, Data(home)):
        shown = words(page(each, "/", f"?as_of={day}&meeting=1"))
        assert "出错" not in shown
        last, whole = re.findall(r"(\d+) / (\d+)", shown)[-1]
        assert last == whole
        assert int(whole) >= 9


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "DROP TABLE hazard", "SELECT * FROM read_csv('/etc/passwd')", "", "SELEC 1",
        "ATTACH 'x.duckdb'", "COPY hazard TO 'x.csv'", "SET memory_limit = '1TB'",
    ],
)  # fmt: skip
def test_a_query_that_does_not_read_is_refused_in_one_line(data: Data, text: str) -> None:
    shown = answer(data, text)
    assert shown.className == "query-error"
    assert "Traceback" not in words(shown)


@pytest.mark.slow
def test_a_query_gives_its_rows_under_its_own_names(data: Data) -> None:
    note, box = answer(data, "SELECT 1 AS 数, NULL AS 空, '<b>' AS 字, DATE '2023-11-15' AS 日")
    assert note.children == "共 1 行。"
    assert box.children.rowData == [{"0": 1, "1": None, "2": "<b>", "3": "2023-11-15"}]
    assert [column["headerName"] for column in box.children.columnDefs] == ["数", "空", "字", "日"]


def test_an_unknown_page_is_said() -> None:
    assert "没有这个页面" in words(page(Data(Settings()), "/nowhere", ""))


@pytest.fixture(scope="module")
def client(committed: Settings) -> Client:
    return create_app(committed).server.test_client()


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(client: Client) -> None:
    answer = client.get("/", base_url="http://127.0.0.1")
    assert 'lang="zh-CN"' in answer.text
    assert "//cdn" not in answer.text
    assert "unpkg" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.slow
@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:8050", 200), ("localhost", 200), ("evil.example", 400)]
)
def test_only_this_machines_own_names_are_answered(client: Client, host: str, status: int) -> None:
    assert client.get("/", base_url=f"http://{host}").status_code == status


def words(component: Any) -> str:
    """All the text that a component shows."""
    return "\n".join(_texts(component))


def _texts(component: Any) -> Iterator[str]:
    if isinstance(component, str | int | float):
        yield str(component)
    elif isinstance(component, list | tuple):
        for child in component:
            yield from _texts(child)
    elif isinstance(component, Component):
        yield from _texts(getattr(component, "children", None))


@pytest.mark.browser
@pytest.mark.slow
def test_the_documents_of_the_meeting_come_in_one_file(
    client: Client, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", chromium)
    address = Address(date(2023, 11, 15), chosen={"unit": "县交通局"})
    answer = client.get(
        f"/materials.zip{address.search()}&kind_of=monthly", base_url="http://127.0.0.1"
    )
    assert answer.status_code == 200
    names = set(zipfile.ZipFile(io.BytesIO(answer.data)).namelist())
    assert {"形势研判报告.docx", "例会汇报.pptx", "附件.xlsx"} <= names
    # ten days late: on the ladder the unit is told, and not yet written to
    assert not any(name.startswith("督办函/") for name in names)
    charts = [name for name in names if name.startswith("charts/")]
    assert len(charts) == 11
    assert not any("重大隐患闭环" in name for name in charts)  # the unit has no major hazard


@pytest.mark.slow
def test_of_an_unknown_meeting_there_are_no_documents(client: Client) -> None:
    answer = client.get("/materials.zip?kind_of=weekly", base_url="http://127.0.0.1")
    assert answer.status_code == 404
