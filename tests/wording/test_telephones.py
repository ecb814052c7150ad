"""Telephone numbers are masked however somebody writes them, and nothing else is."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording.persons.telephones import SCATTERED, masked_number, masked_text

FULL_WIDTH = str.maketrans("0123456789+-.() ", "０１２３４５６７８９＋－．（）　")
GAPS = (
    "", " ", "-", ".", "·", "–", "—", "－", "．", "　", "  ", " - ", "——", "/", "_", "\u200b", "一",
)  # fmt: skip
USUAL = ((11,), (3, 8), (7, 4), (3, 4, 4), (4, 3, 4), (3, 3, 5), (4, 7), (5, 6), (6, 5))
AREAS = ("010", "021", "0595", "0912")


@pytest.fixture(scope="module")
def masked() -> Iterator[Callable[[str], str]]:
    with duckdb.connect() as con:
        con.execute(f"CREATE MACRO masked(said) AS {masked_text('said')}")

        def masked(said: str) -> str:
            ((text,),) = con.execute("SELECT masked($1)", [said]).fetchall()
            return str(text)

        yield masked


def in_pieces(digits: str, lengths: tuple[int, ...], gap: str) -> str:
    pieces, at = [], 0
    for length in lengths:
        pieces.append(digits[at : at + length])
        at += length
    assert at == len(digits)
    return gap.join(pieces)


@st.composite
def mobiles(draw: st.DrawFn) -> tuple[str, str]:
    """A mobile number, and how somebody may write it."""
    digits = draw(st.from_regex(r"\A1[3-9][0-9]{9}\Z"))
    lengths = draw(st.sampled_from((*USUAL, *SCATTERED)))
    gap = draw(st.sampled_from(GAPS if lengths in USUAL else GAPS[1:]))
    before = draw(st.sampled_from(("", "+86", "86", "+86 ", "(+86)", "0086-", "86－", "0")))
    before = before if lengths in USUAL else ""
    said = before + in_pieces(digits, lengths, gap)
    return digits, said.translate(FULL_WIDTH) if draw(st.booleans()) else said


@st.composite
def fixed_lines(draw: st.DrawFn) -> tuple[str, str]:
    """A fixed-line number with its area, and how somebody may write it."""
    area, local = draw(st.sampled_from(AREAS)), draw(st.from_regex(r"\A[2-8][0-9]{6,7}\Z"))
    form = draw(st.sampled_from(("{}{}", "({}){}", "+86{}{}", "+86-{}-{}", "{}-{}", "86 {} {}")))
    cut = len(local) - 4 if draw(st.booleans()) else 0
    rest = in_pieces(local, (cut, 4), draw(st.sampled_from(GAPS))) if cut else local
    said = form.format(area, rest)
    return area + local, said.translate(FULL_WIDTH) if draw(st.booleans()) else said


def digits_in(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


@pytest.mark.slow
@given(st.lists(st.one_of(mobiles(), fixed_lines()), min_size=1, max_size=4), st.data())
def test_no_number_comes_through_however_it_is_written(
    masked: Callable[[str], str], numbers: list[tuple[str, str]], data: st.DataObject
) -> None:
    around = st.sampled_from(("，", "、", "；张某：", "（王某）", " 电话", "\n"))
    said = "联系人" + "".join(said + data.draw(around) for _, said in numbers)
    told = masked(said)
    for digits, _ in numbers:
        assert digits[-8:] not in digits_in(told), said
    assert told.count("*") >= 4 * len(numbers), said
    assert masked(told) == told


DAYS = st.dates(date(1980, 1, 1), date(2035, 12, 31))
DAY_FORMS = ("{0:%Y-%m-%d}", "{0:%Y.%m.%d}", "{0:%Y/%m/%d}", "{0:%Y%m%d}", "{0.year}年{0.month}月")
OTHERS = st.one_of(
    st.builds(lambda form, day: form.format(day), st.sampled_from(DAY_FORMS), DAYS),
    st.builds("{:.2f}元".format, st.floats(0, 99_999_999)),
    st.builds("{:,.2f}元".format, st.floats(0, 10**12)),
    st.builds("H-{}-{:06d}".format, st.integers(2000, 2035), st.integers(0, 999_999)),
    st.builds("安委办〔{}〕{}号".format, st.integers(1990, 2035), st.integers(1, 999)),
    st.builds("130583{:%Y%m%d}{:03d}X".format, DAYS, st.integers(0, 999)),
    st.from_regex(r"\A[1-6][0-9]{17}\Z"),
    st.builds("{}处".format, st.integers(0, 9999)),
)  # fmt: skip


@pytest.mark.slow
@given(st.lists(OTHERS, min_size=1, max_size=4))
def test_days_amounts_and_numbers_of_documents_stay_as_they_are(
    masked: Callable[[str], str], said: list[str]
) -> None:
    text = "，".join(said)
    assert masked(text) == text


@pytest.mark.parametrize(
    "said",
    [
        "2023-11-15 2023-12-01 3处", "138 2023-11-15", "长13.5 14.2 15.3 16", "13:30-15:45",
        "19980101 350人", "130583 19900101 123X", "001-2023-0012", "1500-2023-123",
        "编号202311150001", "213812345678", "13812345.67", "",
    ],
)  # fmt: skip
def test_numbers_beside_each_other_make_no_telephone_number(
    masked: Callable[[str], str], said: str
) -> None:
    assert masked(said) == said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("+8613812345678", "+86138****5678"),
        ("１３８１２３４５６７８转8", "１３８****５６７８转8"),
        ("138.1234.5678", "138****5678"),
        ("1 3 8 1 2 3 4 5 6 7 8", "***********"),
        ("+86(0)595-2234-5678-12", "+86(0)595****5678-12"),
        ("13812345678 13912345679 13712345670", "138****5678 139****5679 137****5670"),
    ],
)
def test_what_is_left_of_a_number_tells_whose_it_may_be(
    masked: Callable[[str], str], said: str, told: str
) -> None:
    assert masked(said) == told


def test_a_column_of_numbers_is_masked_in_every_width() -> None:
    with duckdb.connect() as con:
        sql = f"SELECT {masked_number('said')} FROM (SELECT '０５９５－２２３４5678' AS said)"
        assert con.execute(sql).fetchall() == [("****－****5678",)]
