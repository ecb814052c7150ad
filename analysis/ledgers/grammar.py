"""How a header is read: words in front say more of the last one, which says what it is.

«限期整改时间» is a time, of the rectification, that is a limit: so a deadline. A field declares
phrases; a header fits one if its last word is of the phrase's head, each need is met by a word,
and no other word stands in it than the phrase allows. What a header says beside that makes it
something else, so whatever is not allowed excludes.

Without pandas, and without any list of whole headers: labels in a running text are read likewise.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis.ledgers.words import ONLY_LAST, words

#: A header longer than this is a sentence.
LONGEST = 30
#: An unknown word may stand in front of words that tell what is spoken of, and is so long.
LONGEST_UNKNOWN = 6
#: So much an unknown word in front takes from a reading.
DOUBTED = 0.7
#: Words of these classes tell what is spoken of, whatever unknown word stands in front.
TELLING = frozenset({"HAZARD", "INSPECT", "FIX"})
#: Texts whose words are remembered.
REMEMBERED = 20_000

#: «…及照片», «…（备注)» behind what a column holds: it holds that all the same.
WITH_PICTURES = re.compile(
    r"(?:及其?|和|与|或|、|/)(?:现场|相关)?(?:照片|图片|影像资料|影像|附件|备注)$"
)

#: «部位及隐患描述», «问题描述和具体位置»: what is wrong, told with where. Where alone comes first.
_WHERE = (
    r"(?:具体|所在|隐患|存在|发生|问题)?"
    r"(?:部位|位置|地点|区域|点位|地段|方位|处所|路段|河段|岸段|场所(?:名称)?)"
)
_AND = r"(?:及其?|和|与|或|、|/|,|，)"
WITH_PLACE = re.compile(
    rf"^{_WHERE}{_AND}(?=[^时日]*(?:隐患|问题|缺陷|描述|不足))|"
    rf"(?<=隐患|问题|缺陷|描述|内容|表现){_AND}{_WHERE}(?:描述)?$"
)
#: «隐患地点及内容»: the noun in front is that of both halves.
OF_BOTH = re.compile(
    rf"^((?:安全)?(?:隐患|问题)){_WHERE}{_AND}(?=(?:具体|主要)?(?:内容|情况|表现|描述|现状|问题)$)"
)

#: What ends the header of a count of one kind: 例会次数, 研判会召开次数.
COUNTED = re.compile(r"(?:召开|开展|组织)?(?:次数|场次|场数|期数|份数|条数)$")

Word = frozenset[str]
FILLER: Word = frozenset({"FILLER"})
UNKNOWN: Word = frozenset({"?"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to say a field; all are classes of words.py.

    ``needs`` is met by one word of each of its sets. ``weight`` is how surely the phrase means
    this field, 0 to 1, beside the others that it may mean.
    """

    heads: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()
    may: frozenset[str] = frozenset()
    weight: float = 1.0

    def fits(self, sentence: tuple[Word, ...]) -> bool:
        """Whether a header of these words says this."""
        *before, last = sentence
        if not last & self.heads or not all(any(w & need for w in before) for need in self.needs):
            return False
        allowed = self.may.union(self.heads, *self.needs)
        return all(word & allowed for word in before)


def phrase(heads: str, needs: str = "", may: str = "", weight: float = 1.0) -> Phrase:
    """A phrase: classes with blanks between them, a need «FIX|DONE» is met by either."""
    return Phrase(
        frozenset(heads.split()),
        tuple(frozenset(need.split("|")) for need in needs.split()),
        frozenset(may.split()),
        weight,
    )


def says(text: str, word_class: str) -> bool:
    """Whether a header has a word of a class."""
    return any(word_class in word for word in sentence_of(text))


def weight_of(phrases: Iterable[Phrase], text: str, above: str = "") -> float:
    """How surely a header says one of the phrases, 0 where it says none.

    ``above`` is what stands over it in a header of several rows: it only adds words in front.
    """
    sentence = sentence_of(text, above)
    if not sentence:
        return 0.0
    certainty = 1.0
    if sentence[0] is UNKNOWN:
        sentence, certainty = sentence[1:], DOUBTED
    return max((p.weight * certainty for p in phrases if p.fits(sentence)), default=0.0)


@lru_cache(maxsize=REMEMBERED)
def sentence_of(text: str, above: str = "") -> tuple[Word, ...]:
    """The words of a header, without those that change nothing; empty where it is no header.

    An unknown word is left only as the first, and only in front of words that tell what is meant.
    """
    if not may_be_header(text):
        return ()
    own = _words_of(_without_place(WITH_PICTURES.sub("", text)))
    if not own or own[-1] is UNKNOWN:
        return ()
    front = tuple(word for word in _words_of(above) if word is not UNKNOWN)
    # «整改情况» over «期限»: the noun over a noun is no part of what the lower one says.
    front = front[:-1] if front and front[-1] & {"SITUATION", "ABOUT"} else front
    if UNKNOWN in own[1:] or (own[0] is UNKNOWN and not _is_told(own[1:])):
        return ()
    return (*own[:1], *front, *own[1:]) if own[0] is UNKNOWN else (*front, *own)


def names_place_first(text: str) -> bool:
    """Whether a header is of where and of what is wrong there, in this order."""
    match = WITH_PLACE.search(text)
    return bool(OF_BOTH.match(text) or (match and not match.start()))


def _without_place(text: str) -> str:
    return WITH_PLACE.sub("", OF_BOTH.sub(r"\1", text))


def _is_told(known: tuple[Word, ...]) -> bool:
    """Whether the words behind an unknown one tell what is spoken of: work, or a kind of place."""
    is_name_of_place = len(known) > 1 and "NAME" in known[-1] and "SITE" in known[-2]
    return is_name_of_place or any(word & TELLING for word in known)


@lru_cache(maxsize=REMEMBERED)
def may_be_header(text: str) -> bool:
    """Whether a text may be read as a header: short, and its end is the end of a known word."""
    return len(text) <= LONGEST and bool(_last_word().search(text))


@cache
def _known() -> dict[str, Word]:
    return words()


@cache
def _last_word() -> re.Pattern[str]:
    listed = sorted(_known(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, listed))})$")


@cache
def _longest_word() -> int:
    return max(map(len, _known()))


def _words_of(text: str) -> tuple[Word, ...]:
    """A text cut into words so that the fewest letters are unknown, and then into the fewest.

    A known word of two classes stays so: only the phrase tells which is meant.
    """
    known, longest, end = _known(), _longest_word(), len(text)
    # For each end: unknown letters and words up to there, and where the last word begins.
    best: list[tuple[int, int, int]] = [(0, 0, 0)]
    for stop in range(1, end + 1):
        unknown, count, _ = best[stop - 1]
        choice = (unknown + 1, count + 1, stop - 1)
        for start in range(max(0, stop - longest), stop):
            word = text[start:stop]
            if word in known and (stop == end or word not in ONLY_LAST):
                choice = min(choice, (best[start][0], best[start][1] + 1, start))
        best.append(choice)
    return tuple(_joined(_cut(text, [start for *_, start in best]), known))


def _cut(text: str, starts: list[int]) -> list[str]:
    pieces = []
    stop = len(text)
    while stop:
        pieces.append(text[starts[stop] : stop])
        stop = starts[stop]
    return pieces[::-1]


def _joined(pieces: Iterable[str], known: dict[str, Word]) -> Iterator[Word]:
    """The classes of the pieces; unknown letters side by side are one word, if not too long."""
    unknown = 0
    for piece in pieces:
        word = known.get(piece)
        if word is None:
            unknown += 1
            if unknown in {1, LONGEST_UNKNOWN + 1}:
                yield UNKNOWN  # a second one for what is too long: such a header is not read
            continue
        unknown = 0
        if word != FILLER:
            yield word
