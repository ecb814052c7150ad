"""Web pages as systems write them: spans, entities, missing end tags, no ledger at all."""

import time

import pytest

from analysis.errors import SourceError
from analysis.ingest.files.sheets import Grid
from analysis.ingest.files.web.pages import LARGEST_SPAN, read_page


def tables(text: str) -> list[Grid]:
    return [sheet.cells for sheet in read_page("a.xls", text)]


@pytest.mark.parametrize(
    ("page", "cells"),
    [
        ("<tr><td>a</td><th>b</th></tr>", [["a", "b"]]),
        ("<tr><td>甲<td>乙<tr><td>丙", [["甲", "乙"], ["丙", ""]]),
        ("<td>a<td>b", [["a", "b"]]),
        ("<thead><tr><th>a</thead><tbody><tr><td>b", [["a"], ["b"]]),
        ("<tr><td><div>a<td>b<tr><td>c", [["a", "b"], ["c", ""]]),
        ("<TR><TD>a</TD></TR>", [["a"]]),
        ("<tr></tr><tr><td>a</td></tr>", [[""], ["a"]]),
    ],
)
def test_rows_and_cells_with_and_without_their_end_tags(page: str, cells: Grid) -> None:
    assert tables(f"<table>{page}</table>") == [cells]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (" <b>灭火器</b>&nbsp;过期 ", "灭火器\xa0过期"),
        ("一<br>二<br/>三", "一\n二\n三"),
        ("&lt;5&gt; &amp; &#20013;&unknown;", "<5> & 中&unknown;"),
        ("a<!-- b -->c<?php d ?>e", "ace"),
        ("a<script>if (x < 1) {}</script>b<style>td {}</style>c", "abc"),
        ("外<table><tr><td>内</td></tr></table>外", "外内外"),
        ("a\0b", "a\0b"),
    ],
)
def test_the_text_of_a_cell(cell: str, text: str) -> None:
    assert tables(f"<table><tr><td>{cell}</td></tr></table>") == [[[text]]]


def test_merged_cells_push_the_others_aside_and_end_with_the_table() -> None:
    rows = "<tr><td rowspan=9>a<td colspan=2>b<td>c<tr><td>d<td rowspan=x>e<td colspan=0>f"
    (sheet,) = read_page("a.xls", f"<table>{rows}</table>")
    assert sheet.cells == [["a", "b", "", "c"], ["", "d", "e", "f"]]
    assert sheet.merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_tables_side_by_side_are_sheets_and_empty_ones_are_none() -> None:
    page = "<table></table><table><tr><td>a</table>text<table><tr><td>b"
    assert [(sheet.name, sheet.cells) for sheet in read_page("a.xls", page)] == [
        ("表格1", [["a"]]), ("表格2", [["b"]]),
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["", "<html", "<!-- -->", "<p>text</p>", "<table>"])
def test_a_page_without_a_table_has_no_sheet(page: str) -> None:
    assert tables(page) == []


def test_what_a_page_says_of_its_encoding_counts_for_nothing() -> None:
    head = "<?xml version='1.0' encoding='gb2312'?><html><meta charset='big5'>"
    assert tables(f"{head}<table><tr><td>隐患</td></tr></table>") == [[["隐患"]]]


def test_nothing_outside_the_page_is_read() -> None:
    page = "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><table><tr><td>&x;</table>"
    assert tables(page) == [[["&x;"]]]


def test_a_page_nested_too_deeply_is_one_line_and_no_row_goes_missing() -> None:
    rows = "<tr><td>" + "<div>" * 3000 + "<tr><td>last"
    with pytest.raises(SourceError, match=r"^a\.xls：网页的标签嵌套太深"):
        tables(f"<table>{rows}</table>")


@pytest.mark.parametrize("between", [" ", "/", "='<' ", "='>' ", '="x"\n'])
def test_a_tag_with_thousands_of_attributes_is_one_line(between: str) -> None:
    tag = "<td " + between.join(f"a{n}" for n in range(50_000)) + ">x"
    started = time.process_time()
    with pytest.raises(SourceError, match="几千个属性"):
        tables(f"<table><tr>{tag}</table>")
    assert time.process_time() - started < 5


def test_a_picture_within_a_cell_is_no_attribute() -> None:
    picture = "<img src='data:image/png;base64," + "iVBOR/w0KGgo+A" * 20_000 + "=='>"
    assert tables(f"<table><tr><td>甲{picture}</table>") == [[["甲"]]]


@pytest.mark.slow
def test_a_table_that_would_fill_the_memory_is_one_line() -> None:
    row = f"<tr><td colspan={LARGEST_SPAN} rowspan={LARGEST_SPAN}>x"
    with pytest.raises(SourceError, match="请拆成几个文件"):
        tables(f"<table>{row * 1100}</table>")


def test_a_large_page_takes_no_longer_than_its_size() -> None:
    started = time.process_time()
    assert len(tables("<table>" + "<tr><td>x<td>y" * 20_000)) == 1
    assert time.process_time() - started < 10


def test_quotes_that_are_never_closed_take_no_longer_than_their_size() -> None:
    started = time.process_time()
    with pytest.raises(SourceError, match="几千个属性"):
        tables("<table><tr><td>" + "<a b='" * 20_000)
    assert time.process_time() - started < 10


def test_what_a_page_says_in_front_of_a_table_stands_above_it_as_in_a_document() -> None:
    page = """
        <title>门户</title><h3>二、整改任务</h3><p>分工<b>如下</b>：</p><script>x()</script>
        <table><tr><td>甲</td></tr></table><div>附表</div><table><tr><td>乙</td></tr></table>
    """
    assert [sheet.above for sheet in read_page("a.html", page)] == [
        "二、整改任务 分工如下：",
        "附表",
    ]
