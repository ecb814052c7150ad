"""抽取结果表.xlsx, with the record beside it from which anyone can recompute the draw."""

from pathlib import Path
from typing import Any

from analysis.judgement.draw import Record, as_json
from analysis.overwriting import whole_file
from analysis.reports.office.sheets import Table, write_tables

WIDTHS = {"场所": 34, "检查人员": 20, "业态": 18, "抽取方式": 12, "说明": 90, "项目": 18}


def result_rows(made: Record) -> list[dict[str, Any]]:
    """What was drawn, in the order of the draw, under the headings of the table."""
    return [
        {
            "序号": each.place, "场所": each.name, "业态": each.kind, "乡镇": each.township,
            "四色": each.colour or "未评定", "权重": each.weight, "抽取方式": each.group,
            "检查人员": "、".join(each.people),
        }
        for each in made.result
    ]  # fmt: skip


def write_draw(made: Record, path: Path) -> Path:
    """Write the table to ``path`` and the record beside it; return the record's path."""
    beside = record_of(path)
    told = f"{made.made_on} 抽取，种子“{made.seed}”；算法和核对办法见“抽取说明”。"
    write_tables(
        [
            Table("抽取结果", result_rows(made), WIDTHS, "双随机抽取结果表", told),
            Table("抽取说明", _notes(made, beside), WIDTHS, "抽取说明"),
        ],
        path,
    )
    with whole_file(beside) as part:
        part.write_text(as_json(made), encoding="utf-8")
    return beside


def record_of(path: Path) -> Path:
    """Where the record of a draw stands whose table is at ``path``."""
    return path.with_suffix(".json")


def _notes(made: Record, beside: Path) -> list[dict[str, str]]:
    rules = made.rules
    weights = "、".join(f"{colour} {weight}" for colour, weight in rules.weights.items())
    said = {
        "种子": made.seed,
        "抽取日期": made.made_on,
        "场所名单": f"{len(made.sites)} 条，SHA-256 {made.hashes['sites']}",
        "检查人员名单": f"{len(made.people)} 人，SHA-256 {made.hashes['people']}",
        "规则": f"抽 {rules.count} 家，其中随机对照 {rules.control} 家；每业态至少 "
        f"{rules.floor_kind} 家，每乡镇至少 {rules.floor_township} 家；每家 {rules.people_each} 人"
        + ("；交叉互检，不查本乡镇" if rules.is_cross else "")
        + f"；SHA-256 {made.hashes['rules']}",
        "权重": weights,
        "算法": f"{made.method}：以种子为密钥对每家的编号作 HMAC-SHA256，得 (0,1) 内的数 u，"
        "按 −ln u ÷ 权重 从小到大排列；先满足各业态、各乡镇的保底，再按次序抽满；"
        "检查人员依次取派得最少的，相同时按 HMAC-SHA256 的次序。",
        "核对": f"yanpan draw --verify {beside.name}（研判台 {made.version}）",
    }
    return [{"项目": name, "说明": text} for name, text in said.items()]
