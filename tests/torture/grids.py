"""A sound ledger as rows of cells, and what people and programs do to its cells."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Grid = list[list[Any]]

#: The ledgers that are mutilated; all that stands in them is invented.
HEADERS = {
    "hazard": ["隐患编号", "检查日期", "场所名称", "业态", "隐患描述", "隐患类别", "隐患等级",
               "责任单位", "责任人", "整改期限", "整改状态", "整改资金（元）", "备注"],
    "inspection": ["检查编号", "检查日期", "被检查单位", "检查单位", "检查人员", "检查结果"],
    "measure": ["序号", "问题", "整改措施", "责任单位", "责任人", "整改期限", "进展情况"],
}  # fmt: skip
OTHER_HEADERS = (
    "发现问题", "存在的安全隐患", "整改时限", "完成时间", "牵头单位", "单位", "日期", "状态",
    "隐患编号", "", "整改（完成）情况", "　", "序\n号", "备注2", "联系电话", "Unnamed: 3", "合计",
    "隐患描述（必填）*",
)  # fmt: skip
ODD_CELLS: tuple[Any, ...] = (
    "", None, " ", "　", "无", "合计", "小计：3", "√", "☑已整改 □未整改", "#REF!", "#N/A", "=1/0",
    "=HYPERLINK(1)", 1e308, -1e308, 10**15, 2**63, -(2**70), 0.1 + 0.2, True, "1e999", "nan",
    "-inf", "９９９９", "二〇二三年十月", "2023-02-30", "2023年13月40日", "0001-01-01",
    "9999-12-31", "99999999", "45214", "10月底前", "长期坚持", "半年内", "起30日内",
    "①1月底前；②3月底前", "2023-10-15T16:00:00.000Z", "农历八月十五", "每0天", "a" * 40_000,
    "\u202e倒写", "零\u200b宽", "\ufeff标记", "𠮷野家", "e\u0301", "\ufffd", "甲、乙；丙/丁,戊",
    "'); DROP TABLE hazard; --", "<script>alert(1)</script>", "第一行\n第二行\r\n第三行",
    "（" * 300, "1、" * 200, "隐患" * 500, "2023" * 99, date(1899, 12, 31), date(2023, 10, 15),
    "县文旅局\t县应急局", "赵某13800000000", "%s%s%n", "\\N", "NULL",
)  # fmt: skip


def sound_grid(draw: random.Random) -> Grid:
    """A title, a sender, a header of one of the ledgers, some rows, and what stands below."""
    name = draw.choice(list(HEADERS))
    header = HEADERS[name]
    rows = [[_cell(word, number, draw) for word in header] for number in range(draw.randint(1, 8))]
    below = draw.choice([[], [["填表人：赵某", "审核人：钱某"]], [["注：每半月报送一次"]]])
    return [["台账（模拟数据）"], ["填报单位：甲局"], list(header), *rows, *below]


def _cell(word: str, number: int, draw: random.Random) -> Any:
    day = date(2023, 10, 1) + timedelta(days=draw.randrange(40))
    if "编号" in word or word == "序号":
        return f"Y-{number}" if draw.random() < 0.7 else number
    if "日期" in word or "期限" in word:
        return draw.choice(
            [day, str(day), f"{day.month}月{day.day}日前", f"{day.year}年{day.month}月"]
        )
    if word == "整改资金（元）":
        return draw.choice([1000, 2500.5, "3万", ""])
    if word in {"整改状态", "进展情况"}:
        return draw.choice(["整改中", "已整改", "已销号", "未整改"])
    return f"{word}{number}" if draw.random() < 0.9 else ""


def shuffle_rows(grid: Grid, draw: random.Random) -> None:
    """The rows in another order, the title among them."""
    draw.shuffle(grid)


def shuffle_cells(grid: Grid, draw: random.Random) -> None:
    """The cells of a row in another order."""
    draw.shuffle(draw.choice(grid))


def repeat_rows(grid: Grid, draw: random.Random) -> None:
    """A row once more, anywhere."""
    for _ in range(draw.randint(1, 4)):
        grid.insert(draw.randint(0, len(grid)), list(draw.choice(grid)))


def drop_rows(grid: Grid, draw: random.Random) -> None:
    """Rows gone, perhaps the header; one stays."""
    for _ in range(min(draw.randint(1, 4), len(grid) - 1)):
        grid.pop(draw.randrange(len(grid)))


def odd_cells(grid: Grid, draw: random.Random) -> None:
    """Other things in some cells."""
    for _ in range(draw.randint(1, 12)):
        row = draw.choice(grid)
        if row:
            row[draw.randrange(len(row))] = draw.choice(ODD_CELLS)


def spread_value(grid: Grid, draw: random.Random) -> None:
    """One value over a whole row, as a merged range reads."""
    row = draw.choice(grid)
    row[:] = [draw.choice(["一、重大隐患", "合计：3条", "2023-10-15", "甲镇", 7])] * draw.randint(
        1, 16
    )


def rename_headers(grid: Grid, draw: random.Random) -> None:
    """Other words where the header stands, or stood."""
    row = grid[min(2, len(grid) - 1)]
    for _ in range(draw.randint(1, 5)):
        if row:
            row[draw.randrange(len(row))] = draw.choice(OTHER_HEADERS)


def move_columns(grid: Grid, draw: random.Random) -> None:
    """The table some columns to the right, or a second one beside it."""
    by = draw.randint(1, 6)
    if draw.random() < 0.5:
        grid[:] = [[None] * by + row for row in grid]
    else:
        grid[:] = [[*row, *[None] * by, *row] for row in grid]


def far_cell(grid: Grid, draw: random.Random) -> None:
    """A word far to the right or far below."""
    if draw.random() < 0.5:
        grid[-1] = [*grid[-1], *[None] * draw.randint(50, 300), "远"]
    else:
        grid += [[] for _ in range(draw.randint(50, 3000))] + [["远"]]


GRID_MUTATIONS: tuple[Callable[[Grid, random.Random], None], ...] = (
    shuffle_rows, shuffle_cells, repeat_rows, drop_rows, odd_cells, odd_cells, odd_cells,
    spread_value, rename_headers, rename_headers, move_columns, far_cell,
)  # fmt: skip
