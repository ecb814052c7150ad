"""Lines that belong to the page and not to the text: page numbers, running heads."""

import re
from collections import Counter
from collections.abc import Sequence

from analysis.ingest.measures.folding import folded, without_blanks

#: «- 3 -», «—3—», «3», «第3页 共5页», «3 / 12», «Page 3», «续表2», «（接下页）».
_PAGE_NUMBER = re.compile(
    r"^[-—–·.\s]*\d{1,3}[-—–·.\s]*$|^[-—–\s]*第?\s*\d{1,3}\s*页?\s*[/,，共]+\s*\d{1,3}\s*页?[-—–\s]*$|"
    r"^[-—–\s]*第\s*[\d一二三四五六七八九十]{1,3}\s*页\s*(?:[,，]?\s*共\s*[\d一二三四五六七八九十]{1,3}\s*页)?[-—–\s]*$|^[Pp]age\s*\d+.*$|"
    r"^[(]?\s*共\s*\d{1,3}\s*页[)]?$|"
    r"^[(]?(?:续表|续上表|接上页|接下页|接上表|以下空白|转下页)\s*[\d一二三四五六七八九十]{0,3}[)]?$"
)
#: A running head with its page number in one line.
_WITH_NUMBER = re.compile(r"第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?")
LONGEST_HEAD = 45
#: The title stands within the first lines; a running head may repeat it.
TITLE_WITHIN = 15
#: A line that comes again so often is no text.
OFTEN = 3


def furniture(lines: Sequence[str]) -> set[int]:
    """The lines (from 1) that are page numbers or running heads; the first head stays a title."""
    plain = [folded(line).replace("\f", "").strip() for line in lines]
    numbers = {n for n, line in enumerate(plain, 1) if line and _PAGE_NUMBER.match(line)}
    found = set(numbers)
    found |= {
        n for n, line in enumerate(plain, 1)
        if "\t" not in line and len(line) <= LONGEST_HEAD
        and (match := _WITH_NUMBER.search(line))
        and (match.end() == len(line) or match.start() == 0)
        and not re.search(r"[,，。;；:：]", line.replace(match[0], ""))
    }  # fmt: skip
    beside = _beside(plain, found)
    bare = [without_blanks(re.sub(r"\d+", "", line)) for line in plain]
    counts = Counter(text for text in bare if text)
    first: set[str] = set()
    for n, text in enumerate(bare, 1):
        if not text or len(text) > LONGEST_HEAD or n in found:
            continue
        is_head = (n in beside and counts[text] > 1) or (
            counts[text] >= OFTEN and n in beside and len(text) > 3
        )
        is_again = text in first or n > TITLE_WITHIN
        if is_again and (is_head or (text in first and _is_title_again(n, text, bare, beside))):
            found.add(n)
        first.add(text)
    heads = {bare[n - 1] for n in found - numbers if bare[n - 1]}
    return found | {n for n, text in enumerate(bare, 1) if n > TITLE_WITHIN and text in heads}


def _is_title_again(n: int, text: str, bare: Sequence[str], beside: set[int]) -> bool:
    return n in beside and text in bare[:TITLE_WITHIN]


def _beside(plain: Sequence[str], numbers: set[int]) -> set[int]:
    """The lines next to those with page numbers, blank ones left out."""
    filled = [n for n, line in enumerate(plain, 1) if line]
    near: set[int] = set()
    for place, n in enumerate(filled):
        if n in numbers:
            near.update(filled[max(0, place - 1) : place + 2])
    return near
