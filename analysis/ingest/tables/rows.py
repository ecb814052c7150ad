"""What each row below a header is: a record, or a heading, total, note, signature, sample, none.

A row is judged by what it says *itself*: a text that is merged over the table, or that stands in
every one of its cells, is one text, however many columns it covers; what a cell merged down from
above lends it is not its own.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.blanks import says_none
from analysis.ingest.cells.values import EMPTY
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import REMEMBERED, SEQUENCE, normalise


class RowKind(StrEnum):
    """What a row of a sheet is; everything but data is ignored, with this reason."""

    DATA = "数据"
    TITLE = "标题"
    HEADER = "表头"
    BLANK = "空行"
    TOTAL = "合计行"
    BAND = "分段标题"
    NOTE = "说明行"
    SIGNATURE = "签字行"
    SAMPLE = "示例行"
    NONE = "写明没有的行"
    FORM = "表单的其他行"
    STRAY = "同一张工作表里的另一张表"


#: The first words of a total, whatever it sums up: 小计, 全县合计, 1—9月累计, 共计3条.
TOTAL = re.compile(
    r"^\D{0,12}?[\d—\-~至月]*(?:[小合总累共]\s*计|平均值?|^汇\s*总)(?=$|[:：\s\d(（共约])"
)
#: What stands beside the word in a row of totals: numbers, with a word of measure or two.
SUM = re.compile(
    r"^[^\u4e00-\u9fff]*$|^[\u4e00-\u9fff]{0,6}\s*[-+]?[\d.,]+\s*[%％\u4e00-\u9fff]{0,6}$|"
    r"^[\u4e00-\u9fff]{0,6}率[:：]?$"
)
NUMBERS_ALONE = re.compile(r"^[-+]?\d[\d.,]*\s*(?:[%％]|[条项家处起人次个件]|万?元|家次|人次)?$")
#: «其中重大隐患2条，一般隐患5条», «隐患三处，已改〇处».
_COUNT = (
    r"(?:\d[\d.]*+\s*+[条项家处起人次个件%％]*+|"
    r"[〇零一二两三四五六七八九十百]++[条项家处起人次个件])"
)
SUMS = re.compile(
    r"^(?:其中)?[:：]?"
    rf"(?:[\u4e00-\u9fff]{{0,10}}?\s*+{_COUNT}\s*+[,，、;；。]?\s*+)++$"
)
TEXT_DAY = re.compile(r"^\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?$|^\d{1,2}月\d{1,2}日")
#: A day written as a number: 20231015, or a spreadsheet's own.
DAY_NUMBER = re.compile(
    r"^(?:19|20)\d{6}$|^4\d{4}(?:\.\d+)?$|^\d{4}[./年-]\d|^(?:0?[1-9]|1[0-2])[./月-]\d{1,2}"
)
#: How a note begins. Other rows with one text follow it until a row of several.
NOTE = re.compile(
    r"^[(（]?(?:注|备注|附注|说明|注意事项|(?:填表|填报|填写|制表)(?:说明|要求|须知))[)）]?\s*(?:[:：\d一(（.、]|$)"
)
#: What says nothing of the table's subject wherever it stands alone.
REMARK = re.compile(
    r"^第\s*\d+\s*页|^共\s*\d+\s*[页条项家处起]|^[(（]?(?:此页|本页|以下|以上).{0,4}(?:无正文|空白)|^以上(?:共|合计|各|均|所列|隐患|问题|情况|数据|为|\d)|"
    r"^截[至止]\s*\d|^(?:\d{2,4}|\s*)\s*年\s*\d*\s*月\s*\d*\s*日$"
)
#: Labels of those who signed, and of when and for whom.
_SIGNER = (
    r"(?:单位|部门|科室|股室|企业|被?检查?单位|受检单位|主管|分管|主要)?"
    r"(?:负责人|领导|审核人?|审批人?|核准人?|复核人?|填报人|填表人|填写人|制表人?|经办人|报送人|统计人|"
    r"汇总人|联系人|联络员|签发人?|检查人员?|执法人员|统计员|校对|打印|填表|审核|制表|经手人|"
    r"检查组(?:组长|成员)?|副?[局科股镇乡]长|主任|成员|组长)"
)
SIGNATURE = re.compile(
    rf"^{_SIGNER}\s*(?:[(（]\s*(?:签字|签名|签章|盖章|公章)\s*[)）]|签字|签名|签章)?\s*(?:[:：]|$)|"
    r"^(?:填报|填表|报送|制表|上报|统计|打印|汇总)(?:单位|日期|时间|部门)\s*(?:[(（]\s*(?:盖章|公章)\s*[)）])?\s*(?:[:：]|$)|"
    r"^(?:导出|下载|生成|打印|查询|统计|汇总|制作)"
    r"(?:时间|日期|时刻|账号|账户|用户|单位|部门|人员|系统|平台|条件|范围|记录数?)\s*[:：]|"
    r"^[\u4e00-\u9fff]{1,6}人\s*[:：]|^(?:联系)?电\s*话\s*(?:[:：]|$)|^日\s*期\s*[:：]|^[(（]?(?:单位)?(?:盖章|公章|签字|签章)[)）]?\s*[:：]?$"
)
#: A mark of the whole paper, which tells of none of its rows.
PAPER_MARK = re.compile(
    r"^[(（【\[*＊#]*(?:(?:以上|本表|本页|全部|均)?(?:数据|内容|信息)?[均全皆]?[为系属]?(?:(?:模拟|虚构)(?:数据|资料|内容)?|"
    r"(?:演示|测试)(?:数据|资料))|内部(?:资料|使用|文件)|仅供内部(?:使用|参考)|(?:以下|此处)空白)[)）】\]*＊。!！]*$"
)
#: «镇安监站：杨某»: who signs for which body, beside those who say what they sign as.
_SIGNED_FOR = re.compile(r"^[\u4e00-\u9fff]{2,10}[:：]\s*[\u4e00-\u9fff·]{0,4}$")
#: A row that shows how to fill in the form.
SAMPLE = re.compile(
    r"^[(（【]?(?:填写|填报)?(?:示例|样例|举例|范例|例)[)）】]?\s*\d*\s*(?:[:：]|$)"
)
#: A cell that tells what belongs into it.
HINT = re.compile(
    r"^(?:如[:：\d]|例如|格式|请(?:填|选|写|勾)|[应须]填|填|选填|必填|自动(?:生成|计算|填)|下拉|"
    r"单选|单位自)|^[(（].*[)）]$|如[:：]|填写|填报|选择|限\d+字|"
    r"^[Yy]{4}|^(?:全称|姓名|名称|具体描述|详细描述)$|^[^\s/]{1,6}(?:/\s*[^\s/]{1,6})+$"
)
#: How a heading begins; a record's text may begin with 1. or (1), but hardly with these.
HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+\s*[、.．]|[(（][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+(?:部分|[章节类]))"
)
CHINESE_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十]+[)）]?\s*[、.．]?$")
#: How grave the hazards of a part are.
GRADE = re.compile(r"^(?:重大|一般|较大)[\u4e00-\u9fff]{0,6}$")
#: «3条» beside a heading.
COUNTED = re.compile(r"^共?\d+\s*[条项家处起个件]$")
#: What an office calls itself.
ORGAN = re.compile(r"(?:局|委员会|大队|人民政府|办事处|中心|专班|办公室)$")
#: What an arabic number of a row may look like.
NUMBER = re.compile(r"^[(（]?\d{1,5}(?:\.0)?[)）]?\s*[、.．]?$")
ENCLOSED_NUMBER = re.compile(r"^[①-⑳]$")
NUMBERS = (NUMBER, CHINESE_NUMBER, ENCLOSED_NUMBER)
#: Names by which a list is cut into parts, and which are no place of business.
PLACE = re.compile(
    r"^[\u4e00-\u9fff]{1,10}(?:[镇乡]|街道|街道办事处|社区|局|大队|委员会|类)(?:[(（].*[)）])?$"
)
#: First letters and words of every row that is not plainly data.
TELLING = re.compile(
    r"[员长人组对字局府]$|电\s*话|汇\s*总|"
    r"[小合总累共]\s*计|^[注备附说填审制单联示样例举范如以此截第共平主分经核报签电日]|[:：]|签\s*[字章名]|盖\s*章|"
    r"^[(（①-⑳一二三四五六七八九十]|[\uf900-\ufaff\u2e80-\u2fdf]"
)
#: No header is longer, brackets and unit included.
LONGEST_WORD = 40
#: So many words of a header row are known, and so much of it.
FEWEST_WORDS, HEADER_SHARE = 3, 0.6
#: What a row of one text may be, unless the rest of it is lent by the row above.
LENT_TO = frozenset({RowKind.BAND, RowKind.NOTE, RowKind.NONE, RowKind.TOTAL, RowKind.SIGNATURE})
#: Into so many texts a row of headings or sums may be cut.
MOST_TORN = 3
#: A heading longer than this is a text of its own.
LONGEST_HEADING = 24
ENCLOSED = {sign: n for n, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", start=1)}
SERIES = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a row, and the columns that it covers."""

    cell: Any
    text: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What has to be known of a table to judge its rows.

    Rows before ``other`` are titles, those up to ``top`` belong to a table above, then comes the
    header of ``height`` rows; ``header`` has their words, normalised. ``anchors`` are the columns
    that make a row a record, ``wording`` those that say what it is about.
    """

    other: int
    top: int
    height: int
    header: tuple[tuple[str, ...], ...]
    titles: frozenset[str]
    anchors: frozenset[int]
    wording: frozenset[int] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """The lowest word of each column's header."""
        return tuple(
            next((word for word in reversed(column) if word), "")
            for column in zip(*self.header, strict=True)
        )


def judge(
    sheet: Sheet, table: Table, is_word: Callable[[str], bool]
) -> tuple[list[RowKind], frozenset[int]]:
    """The kind of each row of a sheet, and the rows of data that say hardly anything.

    ``is_word`` tells whether a normalised word is known as a header's, of this table or another.
    """
    judgement = _Judgement(table, table.words)
    spread: dict[int, dict[int, int]] = {}
    for top, left, _, right in sheet.merged:
        if right > left:
            spread.setdefault(top, {})[left] = right
    under = {
        number
        for top, _, bottom, _ in sheet.merged
        if top >= table.top + table.height
        for number in range(top + 1, bottom + 1)
    }
    is_plain = _plain_cells(judgement.words, is_word)
    body = table.top + table.height
    kinds: list[RowKind] = []
    doubtful: set[int] = set()
    in_other = False
    for number, row in enumerate(sheet.cells):
        if number >= body and not in_other and number not in spread and _at_a_glance(row, is_plain):
            kinds.append(RowKind.DATA)
            continue
        said = said_in(row, spread.get(number, {}))
        if not said:
            kinds.append(RowKind.BLANK)
        elif number < table.top:
            kinds.append(RowKind.TITLE if number < table.other else RowKind.STRAY)
        elif number < body or tuple(map(normalise, row)) in table.header:
            kinds.append(RowKind.HEADER)
            in_other = False
        else:
            in_other = in_other or is_header_row(row, is_word)
            after_note = RowKind.NOTE in kinds[-1:]
            kind = judgement.kind_of(said, after_note=after_note, is_first=number == body)
            if kind in LENT_TO and number in under and number not in spread:
                kind = RowKind.DATA  # the rest of it is lent by the row above
            # By the columns of this table alone, one word of the other may look like a heading.
            is_stray = kind is RowKind.DATA or (kind is RowKind.BAND and number not in spread)
            kinds.append(RowKind.STRAY if in_other and is_stray else kind)
            if kind is RowKind.DATA and number not in under and judgement.is_doubtful(said):
                doubtful.add(number)
    return kinds, frozenset(doubtful)


def _plain_cells(words: Sequence[str], is_word: Callable[[str], bool]) -> Callable[[Any], bool]:
    """Whether a first cell is that of a data row; each distinct cell is looked at once."""
    first_words = set(filter(None, words))
    plain: dict[Any, bool] = {}

    def is_first_word(text: str) -> bool:
        word = normalise(text) if may_be_word(text) else ""
        return bool(word) and (word in first_words or is_word(word))

    def is_plain(cell: Any) -> bool:
        if type(cell) is not str:
            return False
        if cell not in plain:
            text = cell.strip()
            plain[cell] = (
                len(text) > 1
                and text[0].isalnum()
                and not text.isdigit()
                and (text.isascii() or not (TELLING.search(text) or is_first_word(text)))
            )
        return plain[cell]

    return is_plain


def _at_a_glance(row: Sequence[Any], is_plain: Callable[[Any], bool]) -> bool:
    """Whether three cells already say that this is a record: so most rows do."""
    if len(row) < 4 or row[0] == row[1]:
        return False
    if is_plain(row[0]):
        is_record = isinstance(row[1], float | int | date) or is_plain(row[1])
    else:
        is_record = isinstance(row[0], float | int) and is_plain(row[1])
    if not is_record and row[1] == "" and is_plain(row[0]):
        # A blank cell hides nothing where three others say something of their own.
        return len({cell for cell in row[2:] if cell not in {"", None, row[0]}}) >= FEWEST_WORDS
    third = row[2]
    return is_record and (
        third not in {"", row[1]} or any(cell not in {"", None, row[1]} for cell in row[3:])
    )


def is_header_row(row: Sequence[Any], is_word: Callable[[str], bool]) -> bool:
    """Whether a row is made of header words: three known ones at least, and few others."""
    said = [cell for cell in row if cell not in {"", None} and str(cell).strip()]
    if not all(map(may_be_word, said)):
        return False
    hits = sum(is_word(normalise(cell)) for cell in said)
    return hits >= FEWEST_WORDS and hits >= HEADER_SHARE * len(said)


def may_be_word(cell: Any) -> bool:
    """Whether a cell may be the word of a header: short, and Chinese but for «No.»."""
    return (
        isinstance(cell, str)
        and len(cell) <= LONGEST_WORD
        and (not cell.isascii() or cell.strip().startswith(("No", "NO")))
    )


def said_in(row: Sequence[Any], spans: Mapping[int, int]) -> list[Said]:
    """The texts of a row from left to right, each once, with the columns that it covers.

    ``spans`` has the last column of each cell that is merged over several, by its first.
    """
    found: dict[str, Said] = {}
    for index, cell in enumerate(row):
        text = folded(cell)
        if not text:
            continue
        covers = tuple(range(index, spans.get(index, index) + 1))
        before = found.get(text)
        columns = (*before.columns, *covers) if before else covers
        found[text] = Said(cell, text, columns)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Judgement:
    """The rows of one table, judged by its header."""

    table: Table
    words: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first column that has a header."""
        return next((n for n, word in enumerate(self.words) if word), 0)

    @property
    def width(self) -> int:
        """How many columns have a header."""
        return sum(map(bool, self.words))

    def kind_of(self, said: Sequence[Said], *, after_note: bool, is_first: bool) -> RowKind:
        """The kind of a row below the header; ``is_first`` is the one right under it.

        What follows a note and says one thing is a note, too.
        """
        number, texts = self._number_of(said)
        if not texts:
            return RowKind.BLANK
        if _is_series(said):
            return RowKind.HEADER
        if len(said) == 1 and normalise(texts[0].text) in self.table.titles:
            return RowKind.TITLE
        is_words = number is not None and any(self._is_wording(each) for each in texts)
        if (_is_total(texts) and not is_words) or _is_sums(texts):
            return RowKind.TOTAL
        if _is_sample(said) or (is_first and not number and _is_hint(texts)):
            return RowKind.SAMPLE
        if all(says_none(each.text) or each.text in EMPTY for each in texts):
            return RowKind.NONE
        if not number and (kind := self._below(texts, after_note)):
            return kind
        return RowKind.BAND if self._is_band(texts, number) else RowKind.DATA

    def is_doubtful(self, said: Sequence[Said]) -> bool:
        """Whether a row of data says so little that a person should look at it."""
        return len(self._number_of(said)[1]) == 1

    def _number_of(self, said: Sequence[Said]) -> tuple[Said | None, list[Said]]:
        """The number of a row, if it has one, and its other texts."""
        head = said[0]
        column = head.columns[0]
        is_place = column < len(self.words) and self.words[column] in SEQUENCE
        is_place = is_place or (column <= self.first and len(said) > 1)
        is_number = any(form.match(head.text) for form in NUMBERS)
        if is_place and is_number and len(head.columns) == 1:
            return head, list(said[1:])
        return None, list(said)

    def _below(self, texts: Sequence[Said], after_note: bool) -> RowKind | None:
        """What stands under a table: notes, remarks, those who signed."""
        if all(PAPER_MARK.match(each.text) for each in texts):
            return RowKind.NOTE
        head = texts[0].text
        if NOTE.match(head) and len(texts) <= 2:
            return RowKind.NOTE
        follows = after_note and (self._is_spread(texts[0]) or not self._is_wording(texts[0]))
        if len(texts) == 1 and (REMARK.search(head) or follows):
            return RowKind.NOTE
        # A file of commas has the mark of the paper in any column beside those who signed.
        texts = [each for each in texts if not PAPER_MARK.match(each.text)]
        head = texts[0].text
        labels = sum(bool(SIGNATURE.match(each.text)) for each in texts)
        few = len(texts) * 2 <= max(self.width, 4) + 2 or labels * 2 >= len(texts)
        signed = labels and all(
            SIGNATURE.match(each.text) or _SIGNED_FOR.match(each.text) for each in texts
        )
        if (
            (SIGNATURE.match(head) and few)
            or signed
            or (
                len(texts) > 1
                and all(_is_of_the_paper(each.text) for each in texts)
                and not all(ORGAN.search(each.text) for each in texts)
            )
        ):
            return RowKind.SIGNATURE
        return None

    def _is_band(self, texts: Sequence[Said], number: Said | None) -> bool:
        """Whether the one text of a row is a heading for the rows below.

        A numbered row with a text of its own in a column that makes it a record is one, however
        empty the rest.
        """
        is_counted = number is None or CHINESE_NUMBER.match(number.text)
        names = [each for each in texts if not COUNTED.match(each.text)]
        if is_counted and len(names) == 1 < len(texts):  # 城关镇 | 2条
            return bool(PLACE.match(names[0].text) or HEADING.match(names[0].text)) or (
                number is not None
            )
        if len(texts) != 1:
            return not number and self._is_torn(texts)
        (only,) = texts
        is_own = not self.table.anchors.isdisjoint(only.columns[:1])
        if number and not CHINESE_NUMBER.match(number.text):
            return not is_own and self._is_spread(only)
        if self._is_spread(only):
            return True
        if self._is_wording(only):
            return number is not None and bool(PLACE.match(only.text) or GRADE.match(only.text))
        if number:
            return True
        if is_own:
            return bool(PLACE.match(only.text) or HEADING.match(only.text)) and (
                len(only.text) <= LONGEST_HEADING
            )
        return bool(HEADING.match(only.text)) or only.columns[0] <= self.first + 1

    def _is_wording(self, said: Said) -> bool:
        """Whether a text stands in the column that says what a record is about."""
        return not self.table.wording.isdisjoint(said.columns[:1])

    def _is_torn(self, texts: Sequence[Said]) -> bool:
        """Whether a few texts, each merged over several columns, share the row among them."""
        wide = [len(each.columns) for each in texts]
        return len(texts) <= MOST_TORN and min(wide) > 1 and sum(wide) * 2 > self.width

    def _is_spread(self, said: Said) -> bool:
        """Whether a text covers most of the columns, or three of them from the first."""
        wide = len(said.columns)
        return wide > 1 and (
            wide * 2 > self.width or (wide >= 3 and said.columns[0] <= self.first + 1)
        )


def _is_of_the_paper(text: str) -> bool:
    return bool(SIGNATURE.match(text) or REMARK.search(text) or ORGAN.search(text))


def _is_series(said: Sequence[Said]) -> bool:
    """Whether a row counts its columns: 1 2 3, （1）（2）（3）, ① ②, 甲 乙 1 2."""
    if len(said) < 3 or _place(said[0].text) is None:
        return False
    places = [_place(each.text) for each in said]
    if None in places:
        return False
    numbers = [n for which, n in places if which == ""]  # type: ignore[misc]
    others = [n for which, n in places if which != ""]  # type: ignore[misc]
    return all(run == list(range(1, len(run) + 1)) for run in (numbers, others) if run)


#: No row counts more columns; Python refuses to make a number of thousands of digits.
LONGEST_PLACE = 6


def _place(text: str) -> tuple[str, int] | None:
    bare = text.strip("()（）[]【】").removesuffix(".0")
    if bare.isdecimal() and len(bare) <= LONGEST_PLACE:
        return "", int(bare)
    if text in ENCLOSED:
        return "", ENCLOSED[text]
    for series in SERIES:
        if len(bare) == 1 and bare in series:
            return "letter", series.index(bare) + 1
    formula = re.fullmatch(r"(\d+)\s*=.*\d", bare)
    return ("", int(formula.group(1))) if formula else None


def _is_total(texts: Sequence[Said]) -> bool:
    """Whether a total's word stands in the first words, and nothing but sums beside it."""
    words = [n for n, each in enumerate(texts[:2]) if _is_total_word(each.text)]
    return bool(words) and all(n in words or _is_sum(each) for n, each in enumerate(texts))


def _is_total_word(text: str) -> bool:
    """Whether a text is a total's word, with sums behind it or nothing."""
    match = TOTAL.match(text)
    rest = text[match.end() :].strip(" :：()（）") if match else ""
    return bool(match) and (not rest or bool(SUM.match(rest) or SUMS.match(rest)))


def _is_sums(texts: Sequence[Said]) -> bool:
    """Whether a row is nothing but numbers: a record has a name, or a day."""
    return len(texts) > 1 and all(
        (isinstance(each.cell, int | float) or NUMBERS_ALONE.match(each.text))
        and not DAY_NUMBER.match(each.text.removesuffix(".0"))
        for each in texts
    )


def _is_sum(said: Said) -> bool:
    is_day = isinstance(said.cell, date) or bool(TEXT_DAY.match(said.text))
    return not is_day and (
        isinstance(said.cell, int | float)
        or bool(SUM.match(said.text))
        or bool(SUMS.match(said.text))
    )


def _is_sample(said: Sequence[Said]) -> bool:
    return any(SAMPLE.match(each.text) for each in said[:2]) or (
        len(said) > 1 and sum(bool(SAMPLE.match(each.text)) for each in said) * 2 >= len(said)
    )


def _is_hint(texts: Sequence[Said]) -> bool:
    """Whether a row under the header tells how to fill in its columns."""
    if len(texts) < 2 or any(isinstance(each.cell, date | int | float) for each in texts):
        return False
    return sum(bool(HINT.search(each.text)) for each in texts) * 2 >= len(texts)


def folded(cell: Any) -> str:
    """A cell as text, NFKC but for the enclosed numbers, which would become digits."""
    if cell is None or cell == "":
        return ""
    return _folded(cell) if type(cell) is str else str(cell).strip()


@lru_cache(maxsize=REMEMBERED)
def _folded(text: str) -> str:
    if any(sign in ENCLOSED for sign in text):
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip()
