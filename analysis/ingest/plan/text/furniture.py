"""Lines that belong to the page and not to the text: page numbers, running heads."""

import re
from collections import Counter
from collections.abc import Sequence

from analysis.ingest.measures.folding import HAN, folded, without_blanks

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
    """The lines (from 1) that are page numbers, running heads or the frame of a web page; the first
    head stays a title.
    """
    plain = [folded(line).replace("\f", "").strip() for line in lines]
    numbers = {n for n, line in enumerate(plain, 1) if line and _PAGE_NUMBER.match(line)}
    found = numbers | frame_of_site(lines)
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


#: «首页 > 政务公开 > 通知公告», «您当前所在位置：首页>…».
_WAY = re.compile(r"(?:首页|位置:?).{0,30}[>»›/|].{1,}")
#: «发布时间：2024-05-20 来源：甲局 浏览次数：12 字体：[大 中 小] 打印».
_ABOUT_PAGE = re.compile(
    r"(?:发布|更新|发文|公开)(?:时间|日期)|(?:信息)?来源:|(?:浏览|点击|阅读|访问)(?:次数|量|数)?:|字体:|字号:|作者:|责任编辑:|打印"
)
_FROM_HERE_ON = re.compile(
    r"^(?:\[)?(?:上一[篇条页]|下一[篇条页]|热点(?:推荐|新闻|文章)|推荐(?:阅读|文章)|相关(?:新闻|阅读|文章|稿件|推荐|链接|信息)|"
    r"版权所有|友情链接|网站(?:地图|标识码)|扫一扫|分享到|打印本页|关闭窗口|返回顶部|"
    r"(?:主办|承办)(?:单位)?:.*(?:网站|备案号|打印本页|关闭窗口))|ICP备|公网安备"
)
_LINK_TO_FILE = re.compile(
    r"^(?:相关)?附件(?:下载)?:.*\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)$", re.IGNORECASE
)
#: The name of a part of the site, as it stands in a row of links.
_LINK = re.compile(rf"^[{HAN}]{{2,6}}$")
#: So many words about the page, or a way to it, make a line of its frame; a letter has none.
LEAST_ABOUT = 2


def frame_of_site(lines: Sequence[str]) -> set[int]:
    """The lines (from 1) of a web page around its text: ways, links, what it says of itself."""
    plain = [folded(line).strip() for line in lines]
    heads = [n for n, line in enumerate(plain[:WITHIN_HEAD], 1) if _is_of_page(line)]
    if not heads:
        return set()
    found = {n for n in range(1, heads[-1]) if _LINK.match(plain[n - 1])} | {*heads}
    behind = range(heads[-1] + 1, len(plain) + 1)
    found |= {n for n in behind if _LINK_TO_FILE.match(plain[n - 1])}
    end = next((n for n in behind if _FROM_HERE_ON.search(plain[n - 1])), None)
    return found | ({*range(end, len(plain) + 1)} if end else set())


#: The head of a page, with its links, is no longer.
WITHIN_HEAD = 60


def _is_of_page(line: str) -> bool:
    return "\t" not in line and bool(
        _WAY.match(line)
        or ("当前" in line[:6] and _WAY.search(line))
        or len(_ABOUT_PAGE.findall(line)) >= LEAST_ABOUT
        or (line.startswith("今天是") and len(line) <= LONGEST_HEAD)
    )


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
