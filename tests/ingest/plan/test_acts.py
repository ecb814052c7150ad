"""Whether a text says what is done or what is wrong, by how it begins and ends. 模拟数据."""

import pytest

from analysis.ingest.plan.items.headings import acts, complains


@pytest.mark.parametrize(
    "text",
    [
        "追回违规使用的医保基金46.7万元，并扣除违约金。",
        "在圩日和农忙时段设置农用车违法载人劝导点。",
        "在6家采石场安装称重设备，超限车辆一律不得出场。",
        "坚决清理违规住人，对拒不搬离的依法查封。",
        "依法严肃查处未批先建行为。",
        "督促落实不到位的企业停产整改。",
        "解除2个情节严重的村卫生室服务协议。",
    ],
)
def test_what_is_done_is_no_complaint_whatever_it_speaks_of(text: str) -> None:
    assert acts(text)
    assert not complains(text)


@pytest.mark.parametrize(
    "text",
    [
        "落实安全生产责任制不到位。",
        "督促企业整改不力；2家企业仍在生产。",
        "检查发现3处消火栓损坏。",
        "在建工地未设置围挡，扬尘较大。",
        "在检查中发现应急灯损坏12盏。",
        "整改流于形式。",
    ],
)
def test_a_complaint_may_begin_as_a_measure_does(text: str) -> None:
    assert complains(text)
