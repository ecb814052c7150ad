"""What the engine says, in Chinese: its suggestions are passed on, its paths are not."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.engine_faults import fault_text, without_paths


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE hazard (item_id VARCHAR, site VARCHAR, n INTEGER)")
    con.execute("CREATE MACRO completion(day) AS TABLE SELECT 1 AS done")
    return con


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT itemid FROM hazard", "没有列“itemid”；是不是 item_id、site？"),
        ("SELECT h.itemid FROM hazard h", "表“h”没有列“itemid”；是不是 item_id、site？"),
        ("FROM hazrad", "没有表“hazrad”；是不是 hazard？"),
        ("SELECT\n1\nFROM hazrad", "没有表“hazrad”（第 3 行）；是不是 hazard？"),
        ("FROM complettion(1)", "没有函数“complettion”；是不是 completion？"),
        ("FROM completion()", "completion() 不能这样用，个数或类型不对；是不是 completion(day)？"),
        ("SELECT a.n FROM hazard b", "FROM 里没有“a”；是不是 b？"),
        ("FROM pg_clas", "没有表“pg_clas”。"),  # the engine's own tables are nobody's wish
        ("SELEC 1", "语法不对，从“SELEC”起看不懂。"),
        ("SELECT 'a", "文字的引号没有写完。"),
        ("SELECT site, count(*) FROM hazard",
         "列“site”要写进 GROUP BY，或者用 any_value()、count() 等汇总。"),
        ("SELECT sum(site) FROM hazard", "sum(VARCHAR) 不能这样用，个数或类型不对。"),
        ("SELECT '甲'::INT", "“甲”不能当作 INT32。"),
        ("SELECT DATE '甲'", "“甲”不是日期，应写成 2023-11-15。"),
        ("SELECT n FROM hazard a, hazard b", "“n”不止一处有，请写明是哪一张表的。"),
        ("SELECT ?", "语句里不能留 ? 或 $ 开头的参数。"),
        ("FROM hazard；", "没有表“hazard；”；“；”是全角符号，请改成半角。"),
        ("SELECT ＊ FROM hazard", "没有列“＊”；“＊”是全角符号，请改成半角。"),
        ("FROM hazard ORDER BY 9",
         "名称或类型对不上（ORDER term out of range - should be between 1 and 3）。"),
        ("SELECT error('看 /home/mo/x.db')", "值不合要求（看 …）。"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_what_may_have_been_meant(
    con: duckdb.DuckDBPyConnection, sql: str, told: str
) -> None:
    with pytest.raises(duckdb.Error) as caught:
        con.execute(sql).fetchall()
    assert fault_text(str(caught.value)) == told


@pytest.mark.parametrize("path", ["/srv/yanpan/data/w.duckdb", "C:\\yanpan\\w", "//host/share/x"])
@pytest.mark.parametrize("around", ['"{}"', "'{}'", "in {} now", "（{}）", "{}"])
def test_no_path_is_told(path: str, around: str) -> None:
    text = without_paths(around.format(path))
    assert text == around.format("…")


@given(st.text())
def test_whatever_the_engine_says_is_one_line(message: str) -> None:
    assert "\n" not in fault_text(f"Binder Error: {message}")
    assert fault_text(message)
