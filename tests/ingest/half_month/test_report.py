"""A half-monthly report in prose is read for what it says; what it does not say is told."""

from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.findings import Place
from analysis.ingest.half_month import Report, read_report, records_of
from analysis.ingest.half_month.figures import LABELS, read_figures
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

KNOWN = date(2023, 10, 20)
TITLE = "县商务局关于10月上半月安全生产工作情况的报告"
PLACE = Place("s1", "正文")


def figures(sentence: str) -> dict[str, int]:
    """The figures of a sentence, by field."""
    return {name: each.value for name, each in read_figures([(1, sentence)]).taken.items()}


def report(*lines: str, received: date = KNOWN) -> Report:
    found = read_report(lines, received)
    assert found is not None
    return found


@pytest.mark.parametrize(("sentence", "said"), [
    ("共检查经营场所12家次，发现隐患7条，已整改5条。",
     {"visits": 12, "hazards_found": 7, "hazards_done": 5}),
    ("出动20人次，排查企业12户（次），查出各类问题7处，整改到位5处。",
     {"visits": 12, "hazards_found": 7, "hazards_done": 5}),
    ("暗访场所9家，发现7项隐患，5项已整改完毕。",
     {"sites_inspected": 9, "hazards_found": 7, "hazards_done": 5}),
    ("检查企业8家、12家次。", {"sites_inspected": 8, "visits": 12}),
    ("对辖区15家养老机构开展了检查。", {"sites_inspected": 15}),
    ("检查十二家次，发现隐患两条。", {"visits": 12, "hazards_found": 2}),
    ("检查家次：12；发现隐患数：7；整改数：5；重大隐患数：0；挂牌督办数：1",
     {"visits": 12, "hazards_found": 7, "hazards_done": 5, "major_found": 0, "supervised": 1}),
    ("发现隐患7条，其中重大隐患1条，挂牌督办1条，已完成整改6条。",
     {"hazards_found": 7, "major_found": 1, "supervised": 1, "hazards_done": 6}),
    ("重大隐患2条，均已挂牌督办，已销号1条。", {"major_found": 2, "major_closed": 1}),
    ("发现隐患7条，已全部整改到位。", {"hazards_found": 7, "hazards_done": 7}),
    ("发现隐患7条，整改率100%。", {"hazards_found": 7, "hazards_done": 7}),
    ("发现隐患7条，当场整改5条，限期整改2条。", {"hazards_found": 7, "hazards_done": 5}),
    ("发现一般隐患6条、重大隐患1条。", {"hazards_found": 7, "major_found": 1}),
    ("检查12家次，其中宾馆5家次、影院7家次。", {"visits": 12}),
    ("检查宾馆5家次、影院7家次，共计12家次。", {"visits": 12}),
    ("累计检查210家次，其中本半月检查38家次，发现隐患9个。", {"visits": 38, "hazards_found": 9}),
    ("检查12家次，未发现重大隐患。", {"visits": 12, "major_found": 0}),
    ("检查12家次，无重大事故隐患。", {"visits": 12, "major_found": 0}),
    ("检查12家次，未发现安全隐患。", {"visits": 12, "hazards_found": 0}),
])  # fmt: skip
def test_what_a_sentence_counts(sentence: str, said: dict[str, int]) -> None:
    assert figures(sentence) == said


@pytest.mark.parametrize("sentence", [
    "累计检查120家次，今年以来发现隐患70条。",
    "计划检查20家次。",
    "要求全部整改到位。",
    "责令限期整改4条，正在整改3条。",
    "整改率71%。",
    "召开会议2次，培训100人次，下达整改通知书5份。",
    "检查发现有问题的企业3家，停业整顿1家。",
    "投入资金3万元，用时1个月。",
    "现有重大隐患3条。",
    "其中3家未发现隐患。",
    "重大隐患已整改1条。",
])  # fmt: skip
def test_what_is_no_figure_of_the_half_month(sentence: str) -> None:
    assert figures(sentence) == {}


@pytest.mark.parametrize(("sentence", "field"), [
    ("检查宾馆5家次、影院7家次。", "visits"),
    ("检查宾馆5家、影院7家。", "sites_inspected"),
    ("发现消防隐患3条、用电隐患4条。", "hazards_found"),
    ("检查12家次。本期共检查10家次。", "visits"),
    ("发现隐患7条，但未发现隐患。", "hazards_found"),
])  # fmt: skip
def test_a_figure_that_is_said_in_two_ways_is_not_read(sentence: str, field: str) -> None:
    found = read_figures([(1, sentence)])
    assert field not in found.taken
    assert len({each.value for each in found.doubtful[field]}) == 2


def test_the_few_that_may_be_the_major_ones_are_not_all() -> None:
    assert figures("隐患7条，其中重大隐患1条，已整改1条。") == {
        "hazards_found": 7,
        "major_found": 1,
    }


def test_numbers_of_nothing_in_the_ledger_are_told() -> None:
    assert read_figures([(1, "出动检查人员20人次，检查12家次。")]).others == ["出动检查人员20人次"]


@pytest.mark.parametrize(("lines", "is_zero"), [
    (["本期零报告。"], True), (["未发现隐患。"], True), (["发现隐患7条。"], False),
    (["严格落实零报告制度，检查12家次。"], None), (["本期零报告。", "发现隐患7条。"], None),
])  # fmt: skip
def test_a_zero_report(lines: list[str], is_zero: bool | None) -> None:
    assert read_figures(list(enumerate(lines, 1))).is_zero is is_zero


@given(
    st.integers(0, 9999), st.integers(0, 9999),
    st.sampled_from(["检查", "共排查", "累次督查"]),
    st.sampled_from(["家次", "户次"]),
    st.sampled_from(["发现隐患{}条", "查出问题{}处", "发现{}项隐患"]),
)  # fmt: skip
def test_any_numbers_in_the_usual_words(
    visits: int, hazards: int, verb: str, measure: str, words: str
) -> None:
    said = f"{verb}场所{visits}{measure}，{words.format(hazards)}。"
    assert figures(said) == {"visits": visits, "hazards_found": hazards}


@given(st.text("检查发现隐患重大整改销号挂牌督办未零报告家次条处，。、（）0123456789", max_size=60))
def test_no_words_break_the_reading(text: str) -> None:
    found = read_figures([(1, text)])
    assert not found.taken.keys() & found.doubtful.keys()
    assert {*found.taken, *found.doubtful} <= LABELS.keys()


@pytest.mark.parametrize(("title", "unit", "start", "end"), [
    (TITLE, "县商务局", date(2023, 10, 1), date(2023, 10, 15)),
    ("县教育局2023年2月下半月半月报", "县教育局", date(2023, 2, 16), date(2023, 2, 28)),
    ("县公安局交警大队十月上半月工作总结及下半月工作打算", "县公安局交警大队",
     date(2023, 10, 1), date(2023, 10, 15)),
    ("城关镇人民政府关于10月16日至31日旅游安全工作的汇报", "城关镇人民政府",
     date(2022, 10, 16), date(2022, 10, 31)),
    ("县体育局安全生产半月报（2023.10.1-10.15）", "县体育局",
     date(2023, 10, 1), date(2023, 10, 15)),
])  # fmt: skip
def test_whose_and_of_which_half_month(title: str, unit: str, start: date, end: date) -> None:
    found = report(title, "检查12家次。", received=date(2023, 9, 25) if "汇报" in title else KNOWN)
    assert (found.unit, found.start, found.end) == (unit, start, end)


@pytest.mark.parametrize("lines", [
    ["关于报送10月上半月工作情况的通知", "检查12家次，发现隐患7条。"],
    ["县商务局关于10月上半月工作情况", "的通报", "检查12家次。"],
    ["10月上半月工作会议纪要", "会议听取10月上半月工作情况报告。"],
    ["安全生产整改工作方案", "各单位按半月报要求报送"],
    ["安全生产半月报制度"], ["半月报填报说明"], ["关于印发《半月报制度》的通知"],
    ["县商务局10月下半月工作计划", "检查12家次。"],
    ["县商务局安全生产工作报告", "检查12家次，发现隐患7条。"],
    ["10月份工作情况报告", "检查12家次。"],
    ["请示", "现将10月上半月工作情况报告如下：检查12家次。"],
    ["县文旅局10月上半月值班情况", "10月2日某甲带班。"],
    ["县水务局关于10月上半月雨情水情情况的报告", "平均降雨20毫米。"],
    [],
])  # fmt: skip
def test_another_paper_is_no_half_monthly_report(lines: list[str]) -> None:
    assert read_report(lines, KNOWN) is None


def test_the_first_lines_may_say_it_in_the_place_of_the_title() -> None:
    found = report(
        "县应急局关于安全生产工作情况的报告", "现将10月上半月工作情况报告如下：", "检查12家次。"
    )
    assert (found.unit, found.start) == ("县应急局", date(2023, 10, 1))


def test_the_parts_of_a_report() -> None:
    found = report(
        "模拟县教育局", "安全生产半月报", "（2023年10月16日—31日）", "县专班：",
        "一、工作开展情况", "检查12家次，发现隐患7条。",
        "二、存在困难和问题", "人员不足，重大隐患1条整改需3万元。",
        "三、下一步打算", "计划检查20家次。",
        "特此报告。", "模拟县教育局", "二〇二三年十一月一日",
    )  # fmt: skip
    assert found.texts == {
        "progress": "检查12家次，发现隐患7条。",
        "difficulties": "人员不足，重大隐患1条整改需3万元。",
        "next_steps": "计划检查20家次。",
    }
    assert {name: each.value for name, each in found.figures.taken.items()} == {
        "visits": 12, "hazards_found": 7,
    }  # fmt: skip
    assert (found.unit, found.submitted_on) == ("模拟县教育局", date(2023, 11, 1))


def test_parts_within_one_paragraph() -> None:
    found = report(TITLE, "检查12家次。存在困难：专业人员不足。下一步，继续检查。")
    assert found.texts == {
        "progress": "检查12家次。",
        "difficulties": "专业人员不足。",
        "next_steps": "下一步，继续检查。",
    }


def test_a_line_that_a_page_cut_is_joined() -> None:
    cut = ["10月1日至10月15日，我局共检查经营场所12家次，发现隐", "患7条，已整改5条。"]
    found = report(TITLE, *cut)
    assert {name: each.value for name, each in found.figures.taken.items()} == {
        "visits": 12, "hazards_found": 7, "hazards_done": 5,
    }  # fmt: skip


def test_the_year_of_december_that_is_reported_in_january() -> None:
    found = report("县商务局12月下半月半月报", "零报告。", "县商务局", "2024年1月2日")
    assert (found.start, found.end) == (date(2023, 12, 16), date(2023, 12, 31))


def test_without_unit_or_half_month_it_is_nobodys() -> None:
    records = records_of(report("安全生产半月报", "检查12家次。"), PLACE, "本县", 2)
    assert (len(records), len(records.rejects), records.rows_ignored) == (0, 1, 1)
    assert "没有写明报送单位、是哪个月的上半月或下半月" in records.rejects[0].reason


def test_contradictions_and_round_figures_are_told() -> None:
    lines = [TITLE, "检查12家次，发现隐患约7条。", "共检查10家次。"]
    records = records_of(report(*lines), PLACE, "本县", 3)
    assert "visits" not in records.columns
    assert records.columns["hazards_found"] == [7]
    told = {(each.rule, each.field, each.severity) for each in records.findings}
    assert told == {("unreadable", "visits", "error"), ("approximate", "hazards_found", "warning")}
    assert "第 2 行“检查12家次”，第 3 行“共检查10家次”" in records.findings[0].message


def test_a_report_without_figures_is_told() -> None:
    (finding,) = records_of(report(TITLE, "工作顺利。"), PLACE, "本县", 2).findings
    assert (finding.rule, finding.severity) == ("half_month_unread", "warning")


def save(path: Path, lines: list[str], table: list[list[str]] | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))


@pytest.mark.slow
def test_a_report_and_the_ledger_behind_it_are_both_loaded(home: Settings) -> None:
    save(
        home.raw / "2023-10-16" / "报告.docx",
        [TITLE, "检查12家次，发现隐患1条。", "县商务局　2023年10月16日"],
        [["隐患编号", "场所名称", "隐患描述", "发现日期"],
         ["1", "宾馆", "灭火器过期", "2023-10-01"]],
    )  # fmt: skip
    published = ingest(home)
    assert (published.rows_loaded, published.rows_ignored, published.failures) == (2, 3, ())
    with open_warehouse(home.warehouse) as con:
        rows = fetch_rows(
            con, "SELECT unit, period_end, visits, hazards_found, submitted_on FROM half_month"
        )[1]
    assert rows == [("县商务局", date(2023, 10, 15), 12, 1, date(2023, 10, 16))]


@pytest.mark.slow
def test_a_table_of_the_half_month_counts_before_the_prose(home: Settings) -> None:
    save(
        home.raw / "2023-10-16" / "报告.docx",
        [TITLE, "检查12家次。"],
        [["填报单位", "统计起", "统计止", "是否零报告", "检查家次"],
         ["县商务局", "2023-10-01", "2023-10-15", "否", "13"]],
    )  # fmt: skip
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT visits FROM half_month")[1] == [(13,)]
        told = fetch_rows(con, "SELECT message FROM quality WHERE rule = 'half_month_unread'")[1]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["商务领域半月小结（2023年10月上半月）", "检查商场3家次。", "县商务局  某甲"], "县商务局"),
        (["商务领域半月情况（10月上半月）", "检查商场3家次。", "某县商务局"], "某县商务局"),
        (["商务领域半月总结（10月上半月）", "检查商场3家次。"], ""),
        # what was done last is no signature
        (["商务领域半月总结（10月上半月）", "检查县商务局"], ""),
    ],
    ids=["with who wrote it", "alone", "none", "a sentence"],
)
def test_who_signs_without_a_day_has_sent_it(lines: list[str], unit: str) -> None:
    found = report(*lines)
    assert (found.unit, found.start) == (unit, date(2023, 10, 1))
    if unit:
        assert found.texts["progress"] == "检查商场3家次。"


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("商务局半月小结10.16-10.31", date(2023, 10, 16)),
        ("商务局2023年10月下半月小结", date(2023, 10, 16)),
        ("商务局半月小结10.3-10.9", None),
    ],
)
def test_the_half_month_may_stand_in_the_name_of_the_file_alone(
    name: str, start: date | None
) -> None:
    found = read_report(["商务局安全工作半月小结", "检查3家次。"], date(2023, 11, 1), name)
    assert found is not None
    assert found.start == start


@pytest.mark.parametrize(
    "title",
    [
        "10月上半月半月报报送情况",
        "关于2023年10月上半月半月报报送情况的汇报",
        "关于报送半月情况的通知",
        "县专班办公室10月上半月工作情况",
        "县商务局10月工作小结",
    ],
)
def test_what_tells_of_others_reports_or_of_a_month_is_none(title: str) -> None:
    assert read_report([title, "检查12家次。"], KNOWN, "县商务局半月小结10.1-10.15") is None


def test_whom_only_the_name_of_the_file_tells_has_reported(home: Settings) -> None:
    for name, lines in [
        ("2023-10-09/县商务局半月报9.16-9.30", ["县商务局半月报（9月下半月）", "检查1家次。"]),
        ("2023-10-16/县商务局半月小结10.1-10.15", ["商务领域半月小结", "检查3家次。"]),
    ]:
        path = home.raw / f"{name}（模拟数据）.docx"
        path.parent.mkdir(parents=True)
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        found = fetch_rows(con, "SELECT unit, period_start, visits FROM half_month ORDER BY 2")[1]
    assert found == [("县商务局", date(2023, 9, 16), 1), ("县商务局", date(2023, 10, 1), 3)]
