"""Who writes a letter to whom: its title, its addressees, its body, who signed it and when.

A letter is the office's by its title and its signature, both; what stands behind the signature is
an annex or a copy, and none of its words.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.ingest.cells.dates import plain
from analysis.ingest.letters.sentences import sentences_of
from analysis.ingest.tables.records import OFFICE_NAME

#: A longer paper is no letter.
LONGEST = 80
#: A title is so long at most, in so many lines.
LONGEST_TITLE, TITLE_LINES = 80, 4
_KIND = re.compile(
    r"(?P<kind>请示|申请书?|复函|批复|答复|移交函|通报|通知|决定|函)(?:[(（][^()（）]{1,8}[)）])?$"
)
#: Words of a title that a unit asks by, and never the office: of it only its own are left.
_ASKS = frozenset({"请示", "申请", "申请书"})
#: Lines above a title: the head in red, the number, who signs.
_ABOVE = re.compile(
    r"文件$|^签发|^\S{0,14}[〔\[(（]?20\d{2}[〕\])）]?\S{0,4}\d+号$|^(?:特急|加急|机密)$"
)
#: What says that a paper is not yet sent, or no original.
_NOT_SENT = re.compile(
    r"征求意见稿|送审|草稿|初稿|讨论稿|代拟|拟稿|样[本式张]|模板|范[例本]|[(（][^()（）]*稿[)）]|抄件|副本|复印|"
    r"摘[录要编]|汇编|转发|废止|作废"
)
_SALUTATION = re.compile(r"^(?P<units>[^。;；:：]{2,90})[:：]$")
_DAY_ALONE = re.compile(
    r"^(?P<who>[^。;；:：,，]{0,60}?)[,，]?(?P<day>20\d{2}(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}))(?:印发)?$"
)
_SEAL = re.compile(r"[(（]?(?:加?盖?公?章|印章|签章|此处盖章)[)）]?")
#: A day left blank to be filled in by whoever signs.
_DAY_BLANK = re.compile(r"^[^。;；]{0,60}?(?:20\d{2})?年(?:\d{0,2})月(?:日)$")
_BEHIND = re.compile(r"^[(（]?(?:附件?|附表|附[:：]|抄[送报]|主送|联系人|联系电话|印发|此件|公开)")
#: The office's own name ends so; a township's or a bureau's 专班 is not the office.
_OFFICE = re.compile(
    rf"^(?P<whose>\w{{0,24}}?){OFFICE_NAME}(?:工作)?(?:领导小组)?(?:办公室|办|综合(?:协调)?组)?(?:[(（]\w+[)）])?$"
)
_OF_MEMBER = re.compile("镇|乡|街道|局|公司|管委会|管理委员会|村|社区|大队|中心|景区")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was sent. ``body`` are its paragraphs without blanks, in half width.

    ``fault`` says why its words decide nothing, though they may look so; empty where they do.
    """

    title: str
    kind: str
    addressees: tuple[str, ...]
    body: tuple[str, ...]
    signed_by: str
    signed_on: date
    fault: str = ""

    def __len__(self) -> int:
        """How many sentences it has, with its title."""
        return 1 + sum(len(sentences_of(each)) for each in self.body)

    @property
    def asks(self) -> bool:
        """Whether it only asks."""
        return self.kind in _ASKS

    def decides(self, is_uploaded: bool) -> bool:
        """Whether what it says is the office's word; nothing is that a unit's account sent in."""
        return self.is_office and not (self.asks or self.fault or is_uploaded)

    def names_itself(self, is_uploaded: bool) -> bool:
        """Whether what a unit says of its own name may be taken at its word: what it calls itself
        is its own affair, in a letter that was sent; an account's upload proves no signature.
        """
        return not (self.is_office or self.asks or self.fault or is_uploaded)

    @property
    def is_office(self) -> bool:
        """Whether the office signed it, alone."""
        match = _OFFICE.match(self.signed_by)
        return match is not None and not _OF_MEMBER.search(match["whose"])


def read_frame(lines: Sequence[str], name: str = "") -> Letter | None:
    """The letter that a document is; None where it is none. ``name`` is that of its file."""
    told = (fold(line) for line in lines if "\t" not in line)
    filled = [line for line in told if line]
    if not 3 <= len(filled) <= LONGEST:
        return None
    titled = _title(filled)
    if titled is None:
        return None
    title, kind, start = titled
    ends = [n for n, line in enumerate(filled) if n >= start and _signed(line)]
    if not ends:
        is_blank = any(_DAY_BLANK.match(line) for line in filled[start:])
        return _unsigned(title, kind, filled[start:]) if is_blank else None
    end = ends[0]
    match = _signed(filled[end])
    if match is None or (day := _day(match["day"])) is None:
        return None
    who, last = match["who"], end
    while not who and last > start:  # a word for the seal stands between the two
        last -= 1
        who = "" if _SEAL.fullmatch(filled[last]) else filled[last]
    body = filled[start:last]
    greeted = next((n for n, line in enumerate(body[:2]) if _SALUTATION.match(line)), None)
    addressees = _units(body[greeted]) if greeted is not None else ()
    body = body[greeted + 1 :] if greeted is not None else body
    behind = [line for line in filled[end + 1 :] if line]
    fault = _fault(title, name, filled[:start], behind, len(ends))
    return Letter(title, kind, addressees, tuple(body), who, day, fault)


def signature_of(folded: Sequence[str]) -> str:
    """Who signed a letter in front of its last day; empty where nobody did."""
    for n in range(len(folded) - 1, 1, -1):
        if match := _signed(folded[n]):
            return str(match["who"]) or folded[n - 1]
    return ""


def fold(line: str) -> str:
    """A line of a letter without blanks, in half width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", line))


def _signed(line: str) -> re.Match[str] | None:
    """A day by itself, or behind who signs; in whatever figures it is written."""
    return _DAY_ALONE.match(plain(line))


def _title(filled: Sequence[str]) -> tuple[str, str, int] | None:
    """The title, the word for what it is, and where the rest begins."""
    parts: list[str] = []
    for n, line in enumerate(filled[: TITLE_LINES + 4]):
        if _ABOVE.search(line):
            parts = []
            continue
        if re.search("[。;；:：]", line) or len(line) > LONGEST_TITLE:
            return None
        parts.append(line)
        joined = "".join(parts[-TITLE_LINES:])
        if len(joined) <= LONGEST_TITLE and (match := _KIND.search(line)) and len(joined) > 4:
            return joined, match["kind"], n + 1
    return None


def _unsigned(title: str, kind: str, body: Sequence[str]) -> Letter:
    return Letter(title, kind, (), tuple(body), "", date.min, "没有署明日期，可能是没有发出的稿子")


def _fault(
    title: str, name: str, head: Sequence[str], behind: Sequence[str], signatures: int
) -> str:
    """Why a paper that looks like a letter is not one that was sent."""
    for text in (name, title, *head):
        if match := _NOT_SENT.search(text):
            return f"写着“{match.group()}”，不是发出的原件"
    if signatures > 1:
        return "落款不止一处，可能是几份合在一起或者附了抄件"
    if behind and not _BEHIND.match(behind[0]):
        return "落款后面还有正文"
    return ""


def _units(line: str) -> tuple[str, ...]:
    match = _SALUTATION.match(line)
    return tuple(filter(None, re.split("[、,，]", match["units"]))) if match else ()


def _day(text: str) -> date | None:
    year, month, day = map(int, re.findall(r"\d+", text))
    try:
        return date(year, month, day)
    except ValueError:
        return None
