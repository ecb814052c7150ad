"""What somebody wrote, within a sentence of ours."""

import pytest

from analysis.wording.characters import cited


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("门锁损坏", "“门锁损坏”"),
        ("旅游点”已经专班核实停业，“", "“旅游点’已经专班核实停业，‘”"),
        ("一\n二\t 三", "“一 二 三”"),
        ("字" * 121, f"“{'字' * 119}…”"),
    ],
)
def test_what_somebody_wrote_does_not_leave_its_quotation_marks(said: str, shown: str) -> None:
    assert cited(said) == shown
