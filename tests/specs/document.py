"""Specs → docs/规则示例.md, for officials: ``python -m tests.specs.document`` (in ``make docs``)."""

import re
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from analysis.ledgers import LEDGERS
from analysis.ledgers.codes import RULE, SEVERITY
from analysis.reference import DOCS
from analysis.warehouse.sql_files import BEFORE, Query, metrics, relations
from analysis.wording.labels import ITEM_LABELS
from analysis.wording.values import value_text
from tests.specs.book import ELSEWHERE, RULE_SUBJECTS, SUBJECTS
from tests.specs.labels import OF_RELATIONS
from tests.specs.rule import Made, RuleSpec, sheet_rows
from tests.specs.running import column_types
from tests.specs.spec import Spec, cells_of, rows_of, value_of
from tests.tables import day

PAGE = DOCS / "规则示例.md"
#: Where a row came from says nothing of a rule.
OF_NO_RULE = frozenset({"path", "sheet", "row_no", "region"})
#: A result of one row or two with more columns than this stands upright.
MOST_COLUMNS = 10
INTRO = """# 规则示例

每一条口径用几行数据说明：收到什么，算出什么。重点是边界：当日到期算不算逾期，第 60 天算不算，空着的怎么办。
这些例子就是测试（`tests/specs/`）：程序每次修改都逐例重算，与这里写的不同就通不过，`make docs` 重写本页。
数据是虚构的（模拟数据），人名用某。表中空格是没有填写；没有列出的列各行相同，不影响结果。口径的全文见[口径](口径.md)。"""


OF_RULES = """## 问题（数据质量）

下面各节是程序列出的问题：收到什么文件，列出哪几个。只列这一种规则的，同一份文件还可能有别的问题。"""


def page() -> str:
    """The whole page."""
    figures = (part for each in SUBJECTS for part in _subject(each))
    rules = (part for each in RULE_SUBJECTS for part in _rules(each))
    return "\n\n".join([INTRO, *figures, OF_RULES, *rules, *_elsewhere()]) + "\n"


def _subject(subject: ModuleType) -> Iterable[str]:
    yield f"## {subject.SUBJECT}"
    queries: Mapping[str, Query] = {**relations(), **metrics()}
    specs: tuple[Spec, ...] = subject.SPECS
    for name in dict.fromkeys(spec.name for spec in specs):
        yield f"### {re.sub('（.*?）', '', queries[name].title)} `{name}`"
        for spec in specs:
            if spec.name == name:
                yield from _spec(spec)


def _spec(spec: Spec) -> Iterable[str]:
    yield f"**{spec.title}**"
    yield _days(spec)
    for name, drawing in spec.tables.items():
        rows = rows_of(drawing)
        if not rows:
            yield f"{_title(name)}：没有。"
            continue
        yield f"{_title(name)}{_same(spec, name)}："
        yield _table(name, rows)
    rows = spec.expected_rows()
    yield "结果：" if rows else "结果：没有。"
    if rows:
        yield _table(spec.name, rows)


def _rules(subject: ModuleType) -> Iterable[str]:
    yield f"## {subject.SUBJECT}"
    for spec in subject.SPECS:
        yield f"### {RULE.labels[spec.rule]} `{spec.rule}`"
        yield f"**{spec.title}**"
        for name, content in spec.files.items():
            yield f"2023-{name}："
            yield _file(name, content)
        yield "列出："
        yield _findings(spec)


def _file(name: str, content: str | bytes | Made) -> str:
    """A file as a reader can see it: a sheet as a table, a text as it stands, or in words."""
    if isinstance(content, Made):
        return f"（{content.shown}。）"
    text = content if isinstance(content, str) else content.decode(errors="replace")
    if not name.endswith(".csv") or isinstance(content, bytes):
        return f"```text\n{text.strip()}\n```"
    rows = sheet_rows(text)
    wide = max(map(len, rows))
    titles = [row for row in rows if len(row) < wide]
    head, *body = [row for row in rows if len(row) == wide]
    lines = [" ".join(row).strip() for row in titles]
    return "\n\n".join([*lines, _lines(["行", *head], _numbered(body, len(titles)))])


def _numbered(rows: list[list[str]], above: int) -> list[list[str]]:
    """Rows of a sheet with the numbers that a spreadsheet shows at their left."""
    return [[str(number), *row] for number, row in enumerate(rows, above + 2)]


def _findings(spec: RuleSpec) -> str:
    several = len(spec.files) > 1
    head = [*(["文件"] if several else []), "行", "字段", "原文", "程度", "说明"]
    return _lines(head, [
        [
            *([each.path] if several else []), str(each.row_no or ""), _field_label(each.field),
            each.value, SEVERITY.labels[each.severity], each.message,
        ]
        for each in spec.expected
    ])  # fmt: skip


def _field_label(name: str) -> str:
    """What a field is called in the first ledger that has it."""
    return next((each[name].label for each in LEDGERS.values() if name in each.columns), name)


def _elsewhere() -> Iterable[str]:
    yield "## 其余的问题"
    yield "说的是图片、修订、更正、撤回等，画不成几行的表，各有自己的测试。"
    head = ["规则", "说的是", "测试"]
    yield _lines(
        head,
        [[RULE.labels[rule], text, f"`tests/{test}`"] for rule, (text, test) in ELSEWHERE.items()],
    )


def _lines(head: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    """A cell that ends no column, and in which a control character can be seen."""
    return "".join(c if c.isprintable() else "�" for c in text).replace("|", "\\|")


def _days(spec: Spec) -> str:
    """The two days of a question, in words."""
    known = f"，只计 {day(spec.known_on)}（含当日）以前收到的报送" if spec.known_on else ""
    return f"截至 {day(spec.as_of)}{known}。"


def _title(name: str) -> str:
    """What a drawn table is called."""
    if name in LEDGERS:
        return LEDGERS[name].label
    title = re.sub("（.*?）", "", relations()[name.removesuffix(BEFORE)].title)
    return f"{title}，起始日当时所知" if name.endswith(BEFORE) else title


def _same(spec: Spec, name: str) -> str:
    """What all rows of a drawn table have in common and a reader should know."""
    left_out = OF_NO_RULE.union(cells_of(spec.tables[name])[0])
    same = {n: v for n, v in spec.same.get(name, {}).items() if n not in left_out and v}
    told = [f"{label(name, n)} {_in_words(name, n, str(v))}" for n, v in same.items()]
    return f"（各行相同：{'，'.join(told)}）" if told else ""


def _table(name: str, rows: list[dict[str, str]]) -> str:
    """Drawn rows as a table of Markdown, upright where it would be too wide."""
    columns = [n for n in rows[0] if n not in OF_NO_RULE] or list(rows[0])
    head = [label(name, column) for column in columns]
    cells = [[_in_words(name, n, row[n]) for n in columns] for row in rows]
    if len(columns) > MOST_COLUMNS and len(rows) <= 2:
        values = ["值"] if len(rows) == 1 else [f"第 {n} 行" for n in range(1, len(rows) + 1)]
        cells = [list(line) for line in zip(head, *cells, strict=True)]
        head = ["列", *values]
    return _lines(head, cells)


def _in_words(name: str, column: str, text: str) -> str:
    """A drawn cell as pages and documents show it."""
    value = value_of(text, _types(name)[column])
    return value_text(value, column, name.removesuffix(BEFORE))


def _types(name: str) -> Mapping[str, str]:
    if name in LEDGERS:
        return {field.name: field.sql_type for field in LEDGERS[name]}
    return column_types()[name.removesuffix(BEFORE)]


def label(name: str, column: str) -> str:
    """What a column of a ledger, relation or metric is called."""
    name = name.removesuffix(BEFORE)
    if name in metrics():
        return metrics()[name].label(column)
    if name in LEDGERS:
        return LEDGERS[name][column].label
    return OF_RELATIONS.get(name, {}).get(column) or _label_of_relation(name, column)


def _label_of_relation(name: str, column: str) -> str:
    """From the ledgers that a relation reads; what items have is called as on pages."""
    if name in {"items", "received", "versions"} and column in ITEM_LABELS:
        return ITEM_LABELS[column]
    read: Any = re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", relations()[name].sql)
    for ledger in [*(LEDGERS[each] for each in read if each in LEDGERS), LEDGERS["hazard"]]:
        if column in ledger.columns:
            return ledger[column].label
    return OF_RELATIONS["items"].get(column, column)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
