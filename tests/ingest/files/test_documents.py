"""What Word wraps, marks and draws is read as a reader sees it: once, in its place, in its row."""

from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.ingest.files.documents import Document, read_document
from analysis.ingest.files.documents.numbering import in_words
from tests.ingest.files.word import (
    lists,
    lvl,
    numbered,
    p,
    run,
    sdt,
    tbl,
    tc,
    tr,
    write_word,
)  # fmt: skip

HEADER = ["隐患编号", "场所名称", "隐患描述"]
FIRST = ["1", "宾馆", "灭火器过期"]
SECOND = ["2", "影院", "通道堵塞"]
VANISH = "<w:vanish/>"


def read(path: Path) -> Document:
    with path.open("rb") as content:
        return read_document(path, content)


def body(tmp_path: Path, *blocks: str, **parts: str) -> Document:
    return read(write_word(tmp_path / "a.docx", *blocks, **parts))


def cells(tmp_path: Path, *rows: str, **parts: str) -> list[list[str]]:
    (sheet,) = body(tmp_path, tbl(*rows), **parts).tables
    return sheet.cells


def cell(tmp_path: Path, inside: str) -> str:
    """What a cell says that is built so, in a table of three columns."""
    return cells(tmp_path, tr(*HEADER), tr("1", "宾馆", tc(inside)))[1][2]


def box(inside: str) -> str:
    """A text box as Word writes it: twice, for itself and for older programs."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize("wrapped", [
    sdt(tr(*SECOND)),
    f'<w:customXml w:element="row">{tr(*SECOND)}</w:customXml>',
    sdt(sdt(tr(*SECOND), "<w15:repeatingSectionItem xmlns:w15='x'/>")),
    tr(*SECOND, properties='<w:ins w:id="1" w:author="某甲"/>'),
    f"<mc:AlternateContent><mc:Fallback>{tr(*SECOND)}</mc:Fallback></mc:AlternateContent>",
    tr("2", sdt(tc("影院"), '<w:dropDownList/>'), "通道堵塞"),
    tr("2", tc(sdt(p("影院"))), "通道堵塞"),
    tr("2", tc(p(sdt(run("影院")))), "通道堵塞"),
    tr("2", tc(p(f"<w:smartTag>{run('影')}</w:smartTag>{run('院')}")), "通道堵塞"),
    tr("2", tc(p(f'<w:hyperlink r:id="x">{run("影院")}</w:hyperlink>')), "通道堵塞"),
    tr("2", tc(p(f'<w:ins w:id="1">{run("影院")}</w:ins>')), "通道堵塞"),
    tr("2", tc(p(f'<w:moveTo w:id="1">{run("影院")}</w:moveTo>')), "通道堵塞"),
    tr("2", tc(p(f'<w:unknown>{run("影院")}</w:unknown>')), "通道堵塞"),
])  # fmt: skip
def test_what_is_wrapped_is_a_row_like_others(tmp_path: Path, wrapped: str) -> None:
    assert cells(tmp_path, tr(*HEADER), tr(*FIRST), wrapped) == [HEADER, FIRST, SECOND]


@pytest.mark.parametrize("wrap", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
                                  "<w:customXml>{}</w:customXml>"])  # fmt: skip
def test_a_table_in_a_control_stands_behind_its_title(tmp_path: Path, wrap: str) -> None:
    document = body(tmp_path, wrap.format(p("隐患台账") + tbl(HEADER, FIRST)), p("完"))
    (sheet,) = document.tables
    assert (sheet.above, sheet.cells) == ("隐患台账", [HEADER, FIRST])
    assert document.lines[0] == "隐患台账"
    assert document.lines[-1] == "完"


DELETED = '<w:del w:id="1"><w:r><w:delText>很</w:delText></w:r></w:del>'
RUBY = (
    "<w:r><w:ruby><w:rt><w:r><w:t>jǐng</w:t></w:r></w:rt>"
    f"<w:rubyBase>{run('井')}</w:rubyBase></w:ruby></w:r>"
)


@pytest.mark.parametrize(("inside", "text"), [
    (p(run("灭火器") + DELETED + run("过期")), "灭火器过期"),
    (p(run("过期") + f'<w:moveFrom w:id="1">{run("已移走")}</w:moveFrom>'), "过期"),
    (p('<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>'), "a-bc"),
    (p("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r>"), "一\n二 三"),
    (p("一") + p("二"), "一\n二"),
    (p(run("一") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), "一"),
    (p(RUBY), "井"),
    (p("<m:oMath><m:r><m:t>5≤8</m:t></m:r></m:oMath>"), "5≤8"),
    (p(run("过期") + box(p("已办结"))), "过期\n已办结"),
    (tbl(["a", "b"], ["c", "d"]) + p(), "a b\nc d"),
])  # fmt: skip
def test_a_cell_says_what_one_sees(tmp_path: Path, inside: str, text: str) -> None:
    assert cell(tmp_path, inside) == text


def sign(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def field_of(code: str, result: str = "") -> str:
    return (
        FIELD.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + (FIELD.format("separate") + run(result) if result else "") + FIELD.format("end")
    )  # fmt: skip


def form_field(what: str) -> str:
    """A field of an older form, which has no result."""
    data = f'<w:fldChar w:fldCharType="begin"><w:ffData>{what}</w:ffData></w:fldChar>'
    code = "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
    return f"<w:r>{data}</w:r>{code}" + FIELD.format("end")


@pytest.mark.parametrize(("runs", "text"), [
    (sdt(sign("Wingdings", "F0FE"), "<w14:checkbox><w14:checked/></w14:checkbox>"), "☑"),
    (sdt(run("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), "☑"),
    (sdt(run("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'), "□"),
    (sdt("", "<w14:checkbox><w14:checked/></w14:checkbox>"), "☑"),
    (sign("Wingdings", "F0FE"), "☑"),
    (sign("Wingdings", "00A8"), "□"),
    (sign("Wingdings 2", "F052"), "☑"),
    (sign("Wingdings 2", "F0A3"), "□"),
    (sign("Wingdings 2", "F050"), "√"),
    (sign("宋体", "2611"), "☑"),
    (sign("Wingdings", "F036"), "〓"),
    (run("þ", '<w:rFonts w:ascii="Wingdings"/>'), "☑"),
    (run("R", '<w:rFonts w:ascii="Wingdings 2"/>'), "☑"),
    (run("\uf0fe"), "☑"),
    (field_of(r"eq \o\ac(□,√)"), "☑"),
    (field_of(r" EQ \o\ac(√,□) "), "☑"),
    (field_of(r"eq \o\ac(○,5)"), "⑤"),
    (form_field("<w:checkBox><w:checked/></w:checkBox>"), "☑"),
    (form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>'), "□"),
])  # fmt: skip
def test_a_box_is_ticked_or_not(tmp_path: Path, runs: str, text: str) -> None:
    assert cell(tmp_path, p(runs + run("已整改"))) == f"{text}已整改"


def test_a_field_shows_its_result_and_not_its_code(tmp_path: Path) -> None:
    code = "<w:r><w:instrText>IF </w:instrText></w:r>" + field_of("MERGEFIELD x", "甲")
    begin, separate, end = map(FIELD.format, ("begin", "separate", "end"))
    nested = begin + code + separate + run("乙") + end
    assert cell(tmp_path, p(field_of("PAGE", "3") + run("页") + nested)) == "3页乙"
    chosen = form_field(
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="未整改"/>'
        '<w:listEntry w:val="已整改"/></w:ddList>'
    )
    assert cell(tmp_path, p(chosen)) == "已整改"


def test_a_field_that_never_ends_swallows_no_other_paragraph(tmp_path: Path) -> None:
    begun = p(FIELD.format("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>")
    assert body(tmp_path, begun, p("后文")).lines == ["", "后文"]


DATE = '<w:date w:fullDate="2023-10-08T00:00:00Z"/>'


@pytest.mark.parametrize(("control", "text"), [
    (sdt(run("2023年10月8日"), DATE), "2023年10月8日"),
    (sdt(run("10/8/2023"), DATE), "2023-10-08"),
    (sdt(run("10月8日"), DATE), "2023-10-08"),
    (sdt(run("11月9日"), DATE), "11月9日"),
    (sdt(run("单击或点击此处输入日期。"), f"{DATE}<w:showingPlcHdr/>"), ""),
    (sdt(run("选择一项。"), "<w:dropDownList/>"), ""),
    (sdt(run("县商务局"), "<w:dropDownList/><w:showingPlcHdr/>"), "县商务局"),
])  # fmt: skip
def test_a_picker_says_what_was_picked_and_nothing_before(
    tmp_path: Path, control: str, text: str
) -> None:
    assert cell(tmp_path, p(control)) == text
    in_row = control.replace("<w:r>", "<w:tc><w:p><w:r>").replace("</w:r>", "</w:r></w:p></w:tc>")
    assert cells(tmp_path, tr(*HEADER), tr("1", in_row, "x"))[1] == ["1", text, "x"]


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    inside = p("隐患台账") + tbl(HEADER, FIRST)
    document = body(tmp_path, p(run("标题") + box(inside)), p("文末"))
    assert document.lines == ["标题", "隐患台账", "\t".join(HEADER), "\t".join(FIRST), "文末"]
    assert [sheet.above for sheet in document.tables] == ["标题 隐患台账"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert body(tmp_path, p("甲", gone), p("乙"), p("丙")).lines == ["甲乙", "丙"]


def test_line_breaks_part_the_lines_of_a_paragraph(tmp_path: Path) -> None:
    broken = p("<w:r><w:t>关于</w:t><w:br/><w:t>整改</w:t></w:r>")
    document = body(tmp_path, broken, tbl(HEADER, FIRST))
    assert document.lines[:2] == ["关于", "整改"]
    assert document.tables[0].above == "关于 整改"


def test_hidden_rows_and_texts_are_told(tmp_path: Path) -> None:
    document = body(
        tmp_path,
        p(run("公开") + run("内部", VANISH)),
        p(run("整段", VANISH)),
        tbl(
            HEADER,
            tr(*(tc(p(run(text, VANISH))) for text in FIRST)),
            tr(*SECOND[:2], tc(p(run("通道堵塞") + run("已整改", VANISH)))),
            tr(*SECOND, properties="<w:hidden/>"),
        ),
    )
    (sheet,) = document.tables
    assert document.lines[:2] == ["公开", "整段"]
    assert sheet.cells == [HEADER, FIRST, SECOND, SECOND]
    assert sheet.remarks == (("hidden_rows", "有 2 个隐藏行，已照常读取，第 2、4 行"),)
    assert [(rule, severity) for rule, severity, _ in document.remarks] == [
        ("hidden_text", "warning"), ("hidden_text", "warning"),
    ]  # fmt: skip
    told = " ".join(message for *_, message in document.remarks)
    assert "第 3 行有隐藏的文字，没有读取：“已整改”" in told
    assert "“内部”、“整段”" in told


def test_text_is_hidden_by_its_style_too_and_shown_where_the_run_says_so(tmp_path: Path) -> None:
    style = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    by_style = '<w:rStyle w:val="b"/>'
    shown = run("丙", f'{by_style}<w:vanish w:val="0"/>')
    document = body(tmp_path, p(run("甲") + run("乙", by_style) + shown), styles=style)
    assert document.lines == ["甲丙"]
    assert "“乙”" in document.remarks[0][2]


def test_a_row_struck_out_and_not_yet_gone_is_read_and_told(tmp_path: Path) -> None:
    mark = '<w:del w:id="1" w:author="某甲"/>'
    gone = [
        tc(p(f'<w:del w:id="2"><w:r><w:delText>{text}</w:delText></w:r></w:del>'))
        for text in SECOND
    ]
    moved = [tc(p(f'<w:moveFrom w:id="2">{run(text)}</w:moveFrom>')) for text in SECOND]
    document = body(
        tmp_path, tbl(HEADER, FIRST, tr(*gone, properties=mark), tr(*moved, properties=mark))
    )
    assert document.tables[0].cells == [HEADER, FIRST, SECOND]
    ((rule, severity, message),) = document.remarks
    assert (rule, severity) == ("deleted_rows", "warning")
    assert message.startswith("表格1 第 3 行")


def test_what_is_embedded_and_not_read_is_told(tmp_path: Path) -> None:
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    document = body(tmp_path, p(sheet), '<w:altChunk r:id="x"/>')
    ((rule, severity, message),) = document.remarks
    assert (rule, severity) == ("embedded_unread", "error")
    assert "Excel 表格、另一份文件" in message


# The grid


def span(width: int) -> str:
    return f'<w:gridSpan w:val="{width}"/>'


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_cells_merged_over_rows_and_columns_stand_top_left(tmp_path: Path) -> None:
    (sheet,) = body(
        tmp_path,
        tbl(
            tr(tc("隐患", span(2)), "整改"),
            tr("编号", "场所", "期限"),
            tr("1", tc("宾馆", RESTART), "10月"),
            tr("2", tc("", CONTINUE), "11月"),
        ),
    ).tables
    assert sheet.cells == [
        ["隐患", "", "整改"], ["编号", "场所", "期限"], ["1", "宾馆", "10月"], ["2", "", "11月"],
    ]  # fmt: skip
    assert sheet.merged == [(0, 0, 0, 1), (2, 1, 3, 1)]


def test_a_merge_does_not_go_on_behind_a_row_that_is_not_merged(tmp_path: Path) -> None:
    (sheet,) = body(
        tmp_path,
        tbl(tr(tc("甲", RESTART), "1", "a"), tr("乙", "2", "b"), tr(tc("丙", CONTINUE), "3", "c")),
    ).tables
    assert [row[0] for row in sheet.cells] == ["甲", "乙", "丙"]
    assert [(top, bottom) for top, _, bottom, _ in sheet.merged] == [(0, 0), (2, 2)]


def test_text_beneath_a_merged_cell_is_told(tmp_path: Path) -> None:
    rows = [tr(tc("甲", RESTART), "1", "a"), tr(tc("乙", CONTINUE), "2", "b")]
    document = body(tmp_path, tbl(*rows))
    assert [row[0] for row in document.tables[0].cells] == ["甲", ""]
    assert "“乙”" in document.remarks[0][2]


def test_a_border_that_was_dragged_moves_no_cell_into_another_column(tmp_path: Path) -> None:
    wide_second = tr("1", tc("宾馆", span(2)), "灭火器过期")
    wide_first = tr(tc("2", span(2)), "影院", "通道堵塞")
    (sheet,) = body(tmp_path, tbl(tr(HEADER[0], tc(HEADER[1], span(2)), HEADER[2]), wide_second,
                                  wide_first)).tables  # fmt: skip
    assert sheet.cells == [HEADER, FIRST, SECOND]
    assert sheet.merged == []


def test_columns_left_free_at_the_edges_stay_free(tmp_path: Path) -> None:
    rows = [tr("a", "b", "c"), tr("d", "e", properties='<w:gridBefore w:val="1"/>'),
            tr("f", properties='<w:gridAfter w:val="2"/>')]  # fmt: skip
    assert cells(tmp_path, *rows) == [["a", "b", "c"], ["", "d", "e"], ["f", "", ""]]


def test_an_older_way_of_merging_columns(tmp_path: Path) -> None:
    first, rest = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = [tr(tc("隐患", first), tc("", rest), "整改"), tr("a", "b", "c")]
    assert cells(tmp_path, *rows) == [["隐患", "", "整改"], ["a", "b", "c"]]


def test_a_ledger_within_a_frame_is_found(tmp_path: Path) -> None:
    framed = tbl(tr(tc(p("隐患台账") + tbl(HEADER, FIRST) + p("填表人：某甲"))))
    document = body(tmp_path, framed)
    assert [(s.above, s.cells) for s in document.tables] == [("隐患台账", [HEADER, FIRST])]
    assert document.lines[-1] == "填表人：某甲"


def test_a_ledger_annexed_within_a_form_is_a_table_of_its_own(tmp_path: Path) -> None:
    form = tbl(
        ["场所", "宾馆", "日期", "2023-10-01"],
        tr("附", tc(tbl(HEADER, FIRST) + p(), span(3))),
    )
    outer, inner = body(tmp_path, form).tables
    assert outer.cells[1] == ["附", "", "", ""]
    assert inner.cells == [HEADER, FIRST]


# Numbers that Word counts


def test_numbers_are_made_visible_and_start_again_below(tmp_path: Path) -> None:
    levels = (
        lvl(0, "chineseCounting", "%1、") + lvl(1, "decimal", "（%2）") + lvl(2, "decimal", "%2.%3")
    )
    steps = [(0, "一级"), (1, "二级"), (2, "三级"), (2, "三级"), (1, "二级"), (2, "三级"),
             (0, "一级"), (1, "二级")]  # fmt: skip
    blocks = [p(text, numbered(1, level)) for level, text in steps]
    assert body(tmp_path, *blocks, numbering=lists(levels)).lines == [
        "一、一级", "（1）二级", "1.1三级", "1.2三级", "（2）二级", "2.1三级", "二、一级",
        "（1）二级",
    ]  # fmt: skip


def test_serial_numbers_counted_by_word_stand_in_their_column(tmp_path: Path) -> None:
    count = tc(p("", numbered(1)))
    rows = [tr("序号", *HEADER[1:]), tr(count, *FIRST[1:]), tr(count, *SECOND[1:])]
    found = cells(tmp_path, *rows, numbering=lists(lvl(0, "decimal", "%1.")))
    assert [row[0] for row in found] == ["序号", "1", "2"]


def test_a_list_begins_where_it_says_and_again_where_it_says_so(tmp_path: Path) -> None:
    again = (
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = lists(lvl(0, "decimal", "%1．", start=5), more=again)
    ids = [1, 1, 9, 9]
    found = body(tmp_path, *(p("甲", numbered(n)) for n in ids), numbering=numbering).lines
    assert found == ["5．甲", "6．甲", "1．甲", "2．甲"]


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="2"><w:basedOn w:val="1"/></w:style></w:styles>'
    )
    by_style = [p("甲", '<w:pStyle w:val="1"/>'), p("乙", '<w:pStyle w:val="2"/>')]
    numbering = lists(lvl(0, "chineseCounting", "（%1）"))
    assert body(tmp_path, *by_style, numbering=numbering, styles=styles).lines == [
        "（一）甲", "（二）乙",
    ]  # fmt: skip


def test_a_bullet_is_no_text_but_a_box_is(tmp_path: Path) -> None:
    wing = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    numbering = lists(lvl(0, "bullet", "·"), lvl(0, "bullet", "\uf0fe", more=wing))
    blocks = [p("甲", numbered(1)), p("乙", numbered(2)), p("丙", numbered(0)), p("", numbered(1))]
    assert body(tmp_path, *blocks, numbering=numbering).lines == ["甲", "☑乙", "丙", ""]


def test_a_number_does_not_run_into_figures(tmp_path: Path) -> None:
    numbering = lists(lvl(0, "decimal", "%1."))
    assert body(tmp_path, p("5公里", numbered(1)), numbering=numbering).lines == ["1. 5公里"]


@pytest.mark.parametrize(("kind", "words"), [
    ("decimal", {1: "1", 12: "12"}),
    ("decimalZero", {3: "03"}),
    ("decimalFullWidth", {12: "１２"}),
    ("upperRoman", {4: "IV", 19: "XIX", 40: "XL", 44: "XLIV", 90: "XC", 99: "XCIX", 400: "CD",
                    449: "CDXLIX", 500: "D", 900: "CM", 1994: "MCMXCIV", 3000: "MMM"}),
    ("lowerRoman", {9: "ix"}),
    ("upperLetter", {0: "", 1: "A", 26: "Z", 27: "AA", 53: "AAA"}), ("lowerLetter", {2: "b"}),
    ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一"}),
    ("chineseCountingThousand", {100: "一百", 105: "一百零五", 110: "一百一十",
                                 1001: "一千零一", 1010: "一千零一十", 0: "〇",
                                 9999: "九千九百九十九", 10000: "10000"}),
    ("japaneseCounting", {15: "十五"}),
    ("ideographDigital", {10: "一〇", 23: "二三"}),
    ("chineseLegalSimplified", {3: "叁", 12: "壹拾贰"}),
    ("ideographTraditional", {0: "", 1: "甲", 3: "丙", 10: "癸", 11: "甲"}),
    ("ideographZodiac", {2: "丑"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 51: "(51)"}),
    ("decimalEnclosedCircleChinese", {3: "③"}),
    ("decimalEnclosedParen", {2: "⑵"}), ("decimalEnclosedFullstop", {2: "⒉"}),
    ("ideographParenthesized", {1: "㈠"}),
    ("numberInDash", {1: "- 1 -"}), ("none", {1: ""}), ("nobodyKnows", {7: "7"}),
])  # fmt: skip
def test_numbers_as_each_kind_of_list_writes_them(kind: str, words: dict[int, str]) -> None:
    assert {number: in_words(number, kind) for number in words} == words


def test_a_list_of_its_own_kind(tmp_path: Path) -> None:
    own = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="YH-%1 "/></w:lvl>'
    )
    assert body(tmp_path, p("甲", numbered(1)), numbering=lists(own)).lines == ["YH-001 甲"]


# The file


@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.dotx"])
@pytest.mark.parametrize("is_strict", [False, True])
def test_every_kind_of_word_file(tmp_path: Path, name: str, is_strict: bool) -> None:
    path = write_word(tmp_path / name, p("台账"), tbl(HEADER, FIRST), is_strict=is_strict)
    (sheet,) = read(path).tables
    assert (sheet.above, sheet.cells) == ("台账", [HEADER, FIRST])


def test_the_body_is_found_by_its_relation(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", p("台账"), main="document2.xml")
    assert read(path).lines == ["台账"]


def test_what_is_nested_too_deep_is_one_line(tmp_path: Path) -> None:
    deep = p("底")
    for _ in range(400):
        deep = f"<w:sdt><w:sdtContent>{deep}</w:sdtContent></w:sdt>"
    with pytest.raises(SourceError, match="Word"):
        body(tmp_path, deep)


def test_a_document_without_a_body_is_one_line(tmp_path: Path) -> None:
    path = write_word(tmp_path / "a.docx", main="document.xml")
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(SourceError, match="不是完好的 Word 文件"):
        read(path)
