"""Which passwords would be guessed, and new ones that would not.

Whoever guesses tries what people use: words of a list, syllables of names in pinyin, rows of the
keyboard, years, telephone numbers, a word written in leet. Each of them is one piece, however long;
a password has to be of several pieces.
"""

import re
import secrets
from functools import cache
from pathlib import Path

from analysis.errors import YanpanError

SHORTEST = 10
#: Longer than anybody types, and work for the hash.
LONGEST = 200
FEWEST_DISTINCT = 5
#: Of so many pieces at least: «password12» has two, «Admin@123456» three.
FEWEST_PIECES = 4
WORDS = Path(__file__).with_name("common_words.txt")
#: Keys that stand beside one another, and characters that follow one another.
_ROWS = (
    "1234567890-=", "!@#$%^&*()_+", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "147258369", "159357",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "!qaz@wsx#edc$rfv", "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qawsedrftgyhujikolp", "1a2s3d4f5g6h7j8k9l",
)  # fmt: skip
_RUNS = tuple(row[::step] for row in _ROWS for step in (1, -1))
SHORTEST_RUN = 3
#: What is written for a letter.
_LEET = str.maketrans("0134579@$!", "oieastgasi")
#: A day, a year, a mobile, a number that is spoken as words (520, 1314).
_NUMBERS = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
    r"|1[3-9]\d{9}|(?:19|20)\d\d|5201314|1314520|1314|520|888|666"
)
#: A syllable of pinyin: names are two or three of them, sayings four; so many are one piece.
_SYLLABLE = re.compile(
    "(?:a(?:i|n|ng|o)?|e(?:i|n|r)?|ou?)|"
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:i(?:ang|ong|an|ao|n|ng|a|e|u)?|u(?:ang|ai|an|a|i|o|n|e)?"
    "|ang|eng|ong|ai|ei|ao|ou|an|en|er|a|o|e|v)"
)
LONGEST_SYLLABLE, MOST_SYLLABLES = 6, 4


def must_be_strong(name: str, password: str) -> None:
    """Refuse a password that would be guessed.

    Raises:
        YanpanError: it is too short, too plain, too common, or holds the account's name.

    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise YanpanError(f"密码至少 {SHORTEST} 个字符，最多 {LONGEST} 个。")
    if len(set(password)) < FEWEST_DISTINCT or name.lower() in password.lower():
        raise YanpanError("密码太容易猜：不要只用几个字符反复，也不要含有账号名。")
    if password.isdecimal() or pieces(password) < FEWEST_PIECES:
        raise YanpanError(
            "密码太容易猜：不要只用数字，也不要用常见的单词、拼音、键盘上相邻的键、"
            "日期和电话号码拼成；可以用几个不相干的词，或者 --generate 生成。"
        )


def pieces(password: str) -> int:
    """The fewest pieces that a password is made of: common words, runs, numbers, characters."""
    text = password.lower()
    fewest = [0] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        ends = {start + 1, *_ends(text, start)}
        fewest[start] = 1 + min(fewest[end] for end in ends)
    return fewest[0]


def new_password() -> str:
    """A password that nobody guesses, of characters that nobody confuses."""
    letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def _ends(text: str, start: int) -> set[int]:
    """Where a piece of more than one character may end that begins at ``start``."""
    found = {start + length for length in _repeated(text[start:])}
    words, most = _words()
    plain = text.translate(_LEET)
    for end in range(start + SHORTEST_RUN, len(text) + 1):
        part = text[start:end]
        if any(part in run for run in _RUNS):
            found.add(end)
        if end - start <= most and (part in words or plain[start:end] in words):
            found.add(end)
    if piece := _NUMBERS.match(text, start):
        found.add(piece.end())
    return found | _pinyin(text, start)


def _pinyin(text: str, start: int) -> set[int]:
    """Where up to four syllables may end that follow one another: «woaizhongguo»."""
    found: set[int] = set()
    begun = {start}
    for _ in range(MOST_SYLLABLES):
        begun = {
            end
            for begin in begun
            for end in range(begin + 1, min(begin + LONGEST_SYLLABLE, len(text)) + 1)
            if _SYLLABLE.fullmatch(text, begin, end)
        }
        found |= begun
    return found - {start + 1}


def _repeated(text: str) -> set[int]:
    """Lengths of what is one to four characters again and again."""
    found = set()
    for size in range(1, 5):
        length = size
        while text[length : length + size] == text[:size] and len(text) >= length + size:
            length += size
            found.add(length)
    return found


@cache
def _words() -> tuple[frozenset[str], int]:
    """The list, and the length of its longest word."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    words = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return words, max(map(len, words))
