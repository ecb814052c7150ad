"""What the database engine says of a query that cannot run, in a line for the person who wrote it.

What the engine suggests is passed on; a path of this machine never is, whoever named it.
"""

import re
from collections.abc import Iterator

#: What the engine says → how it is told; {0} and {1} are what stands in the brackets.
_TOLD: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), told)
    for pattern, told in (
        (r'syntax error at or near "(.*?)"(?:\n|$)', "语法不对，从“{0}”起看不懂"),
        (r"syntax error at end of input", "语句没有写完"),
        (r"unterminated (?:quoted|string)", "文字的引号没有写完"),
        (r'does not exist because schema "(.+?)" does not exist', "没有名为“{0}”的库"),
        (r"Table with name (.+?) does not exist", "没有表“{0}”"),
        (r"Function with name (.+?) does not exist", "没有函数“{0}”"),
        (r"Type with name (.+?) does not exist", "没有类型“{0}”"),
        (r'Referenced column "(.+?)" (?:was )?not found', "没有列“{0}”"),
        (r'Table "(.+?)" does not have a column named "(.+?)"', "表“{0}”没有列“{1}”"),
        (r'Referenced table "(.+?)" not found', "FROM 里没有“{0}”"),
        (r'Ambiguous reference to .*?"(.+?)"', "“{0}”不止一处有，请写明是哪一张表的"),
        (
            r'column "(.+?)" must appear in the GROUP BY',
            "列“{0}”要写进 GROUP BY，或者用 any_value()、count() 等汇总",
        ),
        (
            r"(?:argument types '|Macro )(.+?)(?:'\.| does not support)",
            "{0} 不能这样用，个数或类型不对",
        ),
        (r"Could not convert string '(.*?)' to (\w+)", "“{0}”不能当作 {1}"),
        (r'invalid (?:date|timestamp) field format: "(.*?)"', "“{0}”不是日期，应写成 2023-11-15"),
        (r"Values were not provided for", "语句里不能留 ? 或 $ 开头的参数"),
        (r"More than one row returned by a subquery", "当作一个值的子查询有不止一行"),
        (r"same number of result columns", "上下两个查询的列数不一样"),
        (r"(?i)out of memory|bad_alloc|(?:not|to) allocate", "要的内存或临时空间太多"),
        (r"Out of Range Error: Overflow", "数太大，算不下"),
    )
)  # fmt: skip
#: The engine's own kind of a fault, for what is not told above.
_KINDS = {
    "Parser": "语法不对", "Binder": "名称或类型对不上", "Catalog": "没有这样的名称",
    "Conversion": "值不能转换", "Out of Range": "数值超出范围", "Invalid Input": "值不合要求",
    "Not implemented": "引擎做不了", "IO": "文件读写出错",
}  # fmt: skip
_KIND = re.compile(r"([A-Z][A-Za-z ]*?) Error: ")
_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)
_SUGGESTED = re.compile(r"(?:Did you mean|Candidate (?:bindings|tables)\s*:+) *(.+)")
_MACROS = re.compile(r"Candidate macros:\s*((?:\n?\s*\w+\([^\n]*\))+)")
_NAMED = re.compile(r'"([^"]+)"')
#: Names of the engine's own, which nobody means who asks for ledgers.
_INTERNAL = re.compile(r"(?:pg|duckdb|sqlite|pragma)_")
_PATH = re.compile(r"(?<![\w)])(?:[A-Za-z]:)?[\\/]+[\w.~-][^\s\"'”，；）]*")
#: What is typed with a Chinese keyboard where the language wants half a width.
_WIDE = re.compile("[；，（）＝＊“”‘’＜＞]")
#: Of a name, a value, a sentence of the engine's so much is said again.
LONGEST, LONGEST_LINE = 60, 160


def fault_text(message: str) -> str:
    """What is wrong, in which line, what may have been meant."""
    what = next(_told(message), "") or _kind(message)
    line = _LINE.search(message)
    place = f"（第 {line[1]} 行）" if line and line[1] != "1" else ""
    first = message.partition("\n")[0]  # the engine's own words are English: it is in a name
    hint = "。"
    if wide := sorted(set(_WIDE.findall(first))):
        hint = f"；“{''.join(wide)}”是全角符号，请改成半角。"
    elif names := _suggested(message):
        hint = f"；是不是 {'、'.join(names)}？"
    return without_paths(f"{what}{place}{hint}")


def without_paths(text: str) -> str:
    """A text with every path in it left out."""
    return _PATH.sub("…", text)


def _told(message: str) -> Iterator[str]:
    for pattern, told in _TOLD:
        if found := pattern.search(message):
            yield told.format(*(" ".join(part.split())[:LONGEST] for part in found.groups()))


def _kind(message: str) -> str:
    """What is not known by its words: its kind, and the engine's own line."""
    first = next(iter(message.strip().splitlines()), "")
    kind = _KIND.match(first)
    rest = first[kind.end() :] if kind else first
    return f"{_KINDS.get(kind[1] if kind else '', '出错')}（{rest[:LONGEST_LINE]}）"


def _suggested(message: str) -> list[str]:
    found = [name for each in _SUGGESTED.findall(message) for name in _NAMED.findall(each)]
    for macros in _MACROS.findall(message):
        found += macros.split("\n")
    names = [" ".join(name.split()).removeprefix("warehouse.") for name in found]
    return list(dict.fromkeys(n for n in names if n and not _INTERNAL.match(n)))[:5]
