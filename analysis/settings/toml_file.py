"""Reading of a TOML file that a person wrote: where it is no TOML, one line says which and why."""

import re
import tomllib
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import SourceError

_AT = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
#: What a quoted text or a comment holds is not looked at for slips.
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|#.*")
_TWICE = re.compile("Cannot (overwrite|declare|mutate)|twice|[Dd]uplicate")
#: Slip → what to do about it; the first that a line shows is told.
_SLIPS = (
    (re.compile(r"[！-～“”‘’、。　\xa0]+"), "有全角的“{0}”，请改成半角"),
    (re.compile(r"^[^=]*:"), "名称和值之间用 =，不用冒号"),
    (re.compile(r"\b(True|False|TRUE|FALSE)\b"), "true、false 用小写"),
    (re.compile(r"[^\x00-\x7f]+(?=\s*(=|\]))"), "名称“{0}”是中文的，要写在半角引号里"),
    (re.compile(r"[^\x00-\x7f]+"), "文字“{0}”要写在半角引号里"),
    (re.compile(r"\b0\d+\b"), "数字前面不要加 0，日期、电话要写在引号里"),
)
_BACKSLASH = re.compile(r'"[^"]*\\[^"]*"')
_OTHERWISE = "请照“名称 = 值”的样子写，文字放在半角引号里，方括号、引号要成对"


def read_toml(path: Path) -> dict[str, Any]:
    """What a file says; nothing where there is none.

    A byte order mark, which editors on Windows write, is passed over.

    Raises:
        SourceError: the file cannot be read, or is no TOML.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise SourceError(
            f"{path} 不是 UTF-8 编码；请用记事本打开，“另存为”时编码选 UTF-8。"
        ) from None
    except OSError as error:
        raise SourceError(f"{path} 读不了：{error.strerror}。") from error
    try:
        return deepcopy(_parsed(text))
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path} {_where_and_why(text, str(error))}。") from None


@lru_cache(maxsize=4)
def _parsed(text: str) -> dict[str, Any]:
    """The register of receipts is asked many times for each time that it changes, and a thousand
    receipts take a tenth of a second to parse.
    """
    return tomllib.loads(text)


def read_entries(path: Path, name: str) -> list[dict[str, Any]]:
    """The entries of a file that holds nothing but ``[[name]]``; none where there is no file.

    Raises:
        SourceError: the file is no TOML, or something stands outside an entry.

    """
    said = read_toml(path)
    entries: list[dict[str, Any]] = said.get(name, [])
    other = sorted(said.keys() - {name})
    is_list = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
    if other or not is_list:
        stray = f"“{other[0]}”不在任何一条里，" if other else ""
        raise SourceError(f"{path} 里{stray}每一条要以单独一行 [[{name}]] 开头。")
    return entries


def _where_and_why(text: str, message: str) -> str:
    found = _AT.search(message)
    lines = text.rstrip().splitlines()
    number = min(int(found[1]), len(lines)) if found and found[1] else len(lines)
    line = lines[number - 1].strip(" \t")
    why = "前面已经写过一次，只能留一处" if _TWICE.search(message) else _slip(line)
    return f"第 {number} 行“{line[:60]}”不合写法：{why}"


def _slip(line: str) -> str:
    bare = _QUOTED.sub('""', line)
    for slip, remedy in _SLIPS:
        if found := slip.search(bare):
            return remedy.format(found[0])
    return "路径里的 \\ 请写成 /" if _BACKSLASH.search(line) else _OTHERWISE
