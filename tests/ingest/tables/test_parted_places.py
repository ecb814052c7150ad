"""A column of where and of what is wrong there; a header that only the title makes one of it."""

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

REST = ",等级,发现日期,整改期限,责任人,整改情况\n"
LIFE = "一般,2023-10-18,2023-11-30,某甲,整改中"


def read(home: Settings, header: str, *cells: str) -> list[tuple[str | None, ...]]:
    """Site, place and words of each row of an 隐患台账 whose first column is headed so."""
    folder = home.raw / "2023-11-01"
    folder.mkdir(parents=True, exist_ok=True)
    rows = "\n".join(f"“{cell}”,{LIFE}".translate({8220: 34, 8221: 34}) for cell in cells)
    (folder / "甲镇隐患台账.csv").write_text(header + REST + rows, encoding="utf-8")
    ingest(home)
    return ask(home, "SELECT site, location, description FROM hazard ORDER BY row_no")


@pytest.mark.parametrize(
    "header",
    [
        "隐患地点及内容",
        "隐患部位和具体情况",
        "地点及存在问题",
        "隐患所在位置、内容",
        "场所及隐患描述",
    ],
)
def test_where_and_what_in_one_cell_are_parted_at_the_colon(home: Settings, header: str) -> None:
    assert read(home, header, "望江亭：护栏松动", "乡文化站: 插座烧焦：未换", "后厨：油垢厚") == [
        ("望江亭", None, "护栏松动"),
        ("乡文化站", None, "插座烧焦：未换"),
        (None, "后厨", "油垢厚"),  # a part that any site may have
    ]


def test_a_place_in_marks_is_one_too(home: Settings) -> None:
    found = read(home, "隐患地点及内容", "【望江亭】护栏松动", "【滨河路夜市】摊位占道")
    assert found == [("望江亭", None, "护栏松动"), ("滨河路夜市", None, "摊位占道")]


def test_a_cell_without_a_place_in_front_stays_whole(home: Settings) -> None:
    found = read(
        home, "隐患地点及内容", "望江亭：护栏松动", "渡口：缆绳磨损", "发现以下问题：灯不亮"
    )
    assert found[2] == (None, None, "发现以下问题：灯不亮")


def test_a_colon_in_a_column_of_words_alone_parts_nothing(home: Settings) -> None:
    assert read(home, "隐患描述", "望江亭：护栏松动") == [(None, None, "望江亭：护栏松动")]
    only = read(home, "隐患地点及内容", "望江亭：护栏松动", "渡口缆绳磨损", "夜市摊位占道")
    assert only[0] == (None, None, "望江亭：护栏松动")  # most cells have no colon


LIST = (
    "编号,位置,描述,等级,发现日期,要求完成日期,责任人\n"
    "A-1,望江亭,护栏松动,一般,2023-10-18,2023-11-30,某甲\n"
)


@pytest.mark.parametrize(
    ("name", "text", "hazards"),
    [
        ("隐患台账导出_20231101.csv", LIST, [("望江亭", "护栏松动")]),
        ("隐患台账.csv", LIST.replace("描述", "内容"), [("望江亭", "护栏松动")]),
        ("日程.csv", LIST, []),  # no title says what it is
        (  # a plan of work has no states and no levels
            "隐患排查工作安排.csv",
            "检查日期,地点,内容,责任单位,责任人,完成时限\n"
            "2023-11-18,望江亭,护栏检查,甲局,某甲,2023-11-30\n",
            [],
        ),
        ("隐患台账.csv", "位置,描述,责任人\n望江亭,护栏松动,某甲\n", []),  # too few columns
    ],
)
def test_a_bare_header_is_of_the_hazard_where_the_title_says_hazards(
    home: Settings, name: str, text: str, hazards: list[tuple[str, str]]
) -> None:
    (home.raw / "2023-11-01").mkdir(parents=True)
    (home.raw / "2023-11-01" / name).write_text(text, encoding="utf-8")
    ingest(home)
    assert ask(home, "SELECT site, description FROM hazard") == hazards
