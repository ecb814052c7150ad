"""A text that says no more than that there is none, and what begins like one."""

import pytest

from analysis.ingest.cells.blanks import says_none


@pytest.mark.parametrize(
    "text",
    [
        "无", "暂无", "本期无", "无新增", "本期无新增", "无变化", "无情况变化", "零报告",
        "本月未发现隐患", "10月上半月无新增隐患", "本半月未排查出重大隐患。", "无新增问题隐患",
        "经检查，未发现安全隐患", "本辖区未发现问题", "未发现隐患和问题", "未见异常", "未发生变化",
        "本期无新增、无变化", "无新增，也无变化。", "本月未发现隐患；无变动情况", "无新增和无变化",
    ],
)  # fmt: skip
def test_that_there_is_none(text: str) -> None:
    assert says_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "无证上岗", "无安全须知", "无隐患排查记录", "未排查隐患", "未见年检报告", "未整改",
        "无新风系统", "无风险告知牌", "未发现问题整改台账", "未报告事故", "无其他出口", "本期新增",
        "无整改", "未完成", "本月无检查",
        "无新增、无证上岗1人", "本期无变化、护栏松动", "无变化，未整改", "无变化。无",
    ],
)  # fmt: skip
def test_what_is_lacking_is_a_hazard(text: str) -> None:
    assert not says_none(text)
