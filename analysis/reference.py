"""The reference pages: data dictionary and definitions, written from what the program itself uses.

``python -m analysis.reference`` writes them to ``docs/``; a test holds them to be up to date. The
settings that a new home gets are those of the repository, and are copied along; so are the style
sheets of the colours and sizes and of the 事项墙.
"""

import shutil
from pathlib import Path

from analysis.charts import tokens, wall_svg
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.warehouse.sql_files import Query, metrics, relations

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: Explained settings of the repository, and the copy of them that comes with the program.
SETTINGS, COPY = ROOT / "yanpan.toml", ROOT / "analysis" / "new_home" / "yanpan.toml"
ASSETS = ROOT / "dashboards" / "assets"
#: The colours and sizes that the dashboard's style sheets name, and how a wall is drawn with them.
#: Rules that came along with each wall would have the browser look at the whole page anew.
STYLES = {"00-tokens.css": tokens.css, "01-wall.css": wall_svg.sheet}


def data_dictionary() -> str:
    """Every table and column, with its type and the headers that stand for it."""
    parts = [
        "# 数据字典",
        "由台账字典（`analysis/ledgers/`）生成，`make docs` 重写。"
        "每张表旁边有一个中文视图，列名是下表的“名称”，只含现行有效的记录。",
        TESTS,
    ]
    return "\n\n".join([*parts, *map(_table, LEDGERS.values())]) + "\n"


def definitions() -> str:
    """Every metric and relation: what a row is, how it is counted, its columns."""
    parts = [
        "# 口径",
        "由 SQL 文件（`analysis/warehouse/`）的开头注释生成，`make docs` 重写。"
        "每个指标和关系都是数据库文件里的表宏，任何 DuckDB 客户端都可以直接查询，"
        "例如 `FROM completion(DATE '2023-11-15')`；"
        "第二个参数 `known_on` 限定只计哪一天以前收到的报送。"
        "口径改过的，写明“口径变更”从哪一天起；"
        "以前的发布仍按当时的口径（`yanpan metric 名称 --publication 号`）。",
        TESTS,
        "## 指标",
        *map(_query, metrics().values()),
        "## 关系",
        *map(_query, relations().values()),
    ]
    return "\n\n".join(parts) + "\n"


#: How the tests that are declared beside a table or a metric are to be read.
TESTS = (
    "“检验”是应当成立的：“唯一”没有两行在这几列上相同，“历次”每条记录的各版前后相接、最后一版现行，"
    "“非空”都有值，“引用”都能在那张表里找到，“取值”只有规定的几种（有取值的列都检验），"
    "“合计”“各维度”与各行相加相同；率都在 0 到 1 之间。`yanpan check --warehouse` 逐项检验。"
)
PAGES = {"数据字典.md": data_dictionary, "口径.md": definitions}


def write(folder: Path = DOCS) -> None:
    """Write all reference pages, and the settings of a new home."""
    shutil.copyfile(SETTINGS, COPY)
    ASSETS.mkdir(parents=True, exist_ok=True)
    for name, sheet in STYLES.items():
        (ASSETS / name).write_text(sheet(), encoding="utf-8", newline="\n")
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")


def _table(ledger: Ledger) -> str:
    rows = [_row(field) for field in ledger]
    return "\n".join(
        [
            f"## {ledger.label} `{ledger.name}`",
            "",
            f"{ledger.grain}。",
            "",
            "| 列 | 名称 | 类型 | 说明 | 表头也可以写作 |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            *_tests(ledger.tests),
        ]
    )


def _row(field: Field) -> str:
    unit = f"（{field.unit}）" if field.unit else ""
    meaning = field.comment.removeprefix(field.label + unit).lstrip("。")
    meaning = (f"单位：{field.unit}。" if unit else "") + meaning
    meaning += "必填。" if field.required else ""
    cells = (f"`{field.name}`", field.label, field.sql_type, meaning, "、".join(field.synonyms))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _tests(line: str) -> list[str]:
    """What must hold of the rows, as ``yanpan check --warehouse`` tests it: one line."""
    parts = [part.strip().replace("|", "\\|") for part in line.split("；")]
    return ["", f"检验：{'；'.join(_as_code(part) for part in parts)}。"] if line else []


def _as_code(test: str) -> str:
    """A test with its columns and conditions set as code."""
    stated, _, only = test.partition(" 当 ")
    kind, _, rest = stated.partition(" ")
    words, _, condition = rest.partition("：")
    told = f"{words}，`{condition}`" if kind == "成立" else f"{kind} `{rest}`" if rest else kind
    return f"{told}（限于 `{only}`）" if only else told


def _measures(query: Query) -> str:
    """What papers add of a county's own plans to the basis of a metric."""
    if not query.measures:
        return ""
    if query.measures == ("节点",):
        return "材料里写明本县各方案的启动日和节点日历。"
    if query.measures == ("定量",):
        return "材料里写明本县方案中这些措施的编号。"
    words = "、".join(f"“{each}”" for each in query.measures)
    return f"材料里写明本县方案中写有{words}的措施编号。"


def _query(query: Query) -> str:
    lines = [f"### {query.title} `{query.name}`", "", f"一行：{query.grain}。", ""]
    lines += [f"口径：{query.full_definition}", ""] if query.full_definition else []
    lines += [f"参数：`{name}` {text}\n" for name, text in query.parameters.items()]
    lines += [f"- `{name}` {text}" for name, text in query.columns.items()]
    lines += ["", f"依据：{query.clause}。{_measures(query)}"] if query.clause else []
    lines += _tests(query.tests)
    return "\n".join(lines).rstrip()


if __name__ == "__main__":
    write()
