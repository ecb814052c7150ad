"""对照 as rows for a table and as lines for a terminal."""

from collections.abc import Iterator
from typing import Any

from analysis.ingest.beside.view import Beside, Given, ItemRead, LineRead
from analysis.wording.characters import without_odd

#: Fields of a measure that have a column of their own.
COLUMNS = ("牵头单位", "配合单位", "责任人", "完成期限", "整改类别")
#: What stands in front of what was read, under its line.
INDENT = " " * 12


def rows_of(beside: Beside) -> list[dict[str, Any]]:
    """One row per line, and one more for each further measure of a line."""
    return [row for part in beside.parts for line in part.lines for row in _rows(part.name, line)]


def _rows(part: str, line: LineRead) -> Iterator[dict[str, Any]]:
    where = {"部分": part, "行": line.number, "角色": str(line.role), "原文": line.text}
    gave = "；".join(f"{each.name}：{_given(each)}" for each in line.gave)
    items: tuple[ItemRead | None, ...] = line.items or (None,)
    for item in items:
        fields = {each.name: each for each in item.fields} if item else {}
        said = {name: _text(fields.get(name)) for name in COLUMNS}
        how = "；".join(f"{n}：{f.origin}" for n, f in fields.items() if f.text and f.origin)
        yield where | {
            "编号": item.number if item else "", "措施": item.text if item else "", **said,
            "怎么得到": how, "给出": gave,
        }  # fmt: skip


def text_of(beside: Beside) -> Iterator[str]:
    """The lines for a terminal: each with its number and role, below it what was read."""
    yield f"{beside.name}" + (f"：{beside.title}" if beside.title else "")
    if beside.why_not:
        yield f"不是方案：{beside.why_not}。"
        return
    for part in beside.parts:
        yield f"—— {part.name} ——"
        for line in part.lines:
            if line.is_filled:
                yield from map(without_odd, _line(line))
    yield ""
    yield beside.summary
    yield "各种行：" + "，".join(f"{role} {n}" for role, n in beside.roles.most_common())
    yield from beside.counts
    yield from beside.remarks
    for name, line in beside.unread:
        yield f"没有读懂：{name}第 {line.number} 行 {line.text.strip()[:40]}"


def _line(line: LineRead) -> Iterator[str]:
    text = " ｜ ".join(cell.strip() for cell in line.text.strip().split("\t"))
    yield f"{line.number:>4} 〔{line.role}〕{text}"
    if line.is_told:
        yield f"{INDENT}（角色由专班办公室改定）"
    for item in line.items:
        yield f"{INDENT}→ {item.number} {item.text}".rstrip()
        for each in item.fields:
            yield f"{INDENT}   {each.name}：{_given(each)}"
    for each in line.gave:
        yield f"{INDENT}→ {each.name}：{_given(each)}"


def _given(given: Given) -> str:
    if not given.text:
        return "没有写"
    return given.text + (f"（{given.origin}）" if given.origin else "")


def _text(given: Given | None) -> str:
    return given.text if given else ""
