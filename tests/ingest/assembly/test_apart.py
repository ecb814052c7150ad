"""What is derived of groups is what is derived of all together, whatever goes from whom to whom."""

import random
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.ingest.assembly.gist import Meeting
from analysis.ingest.assembly.groups import senders
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch, open_warehouse

UNITS = ("县甲局", "县乙局", "县丙局")
HEADER = "隐患编号,场所名称,隐患描述,发现日期,责任单位,整改期限,整改状态"
TEXTS = ("灭火器过期3具", "疏散通道堵塞", "灭火器过期4具", "灭火器过期3具（县甲局移交）")
FIRST = date(2023, 10, 16)


def ledger(sender: str, draw: random.Random) -> str:
    """A few hazards of few sites and days, so that many are somebody else's too."""
    rows = [
        ",".join(
            (
                draw.choice(("", "1", "2")), draw.choice(("宾馆", "大华宾馆", "影城")),
                draw.choice(TEXTS), draw.choice(("2023-10-01", "2023-10-02")),
                sender if draw.random() < 0.9 else draw.choice(UNITS), "2023-12-01",
                draw.choice(("整改中", "整改中", "已完成")),
            )
        )
        for _ in range(draw.randrange(1, 5))
    ]  # fmt: skip
    return "\n".join((f"{sender}隐患台账", f"填报单位：{sender}", HEADER, *rows, ""))


def tables(raw: Path, home: Path) -> dict[str, pd.DataFrame]:
    home.joinpath("data").mkdir(parents=True)
    home.joinpath("data", "raw").symlink_to(raw)
    ingest(Settings(home=home))
    with open_warehouse(Settings(home=home).warehouse) as con:
        return {name: fetch(con, f"FROM {name} ORDER BY ALL") for name in LEDGERS}


def everything(meetings: list[tuple[date, Meeting]]) -> senders.Numbers:
    """As if every record might go, so that all of one site and day are together."""
    return senders._distinct(np.frombuffer(each.places, "Q") for _, each in meetings)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_groups_are_only_as_large_as_they_must_be(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(seed)  # noqa: S311 - a simulation, no secret
    for number in range(4):
        folder = tmp_path / "raw" / str(FIRST + timedelta(days=15 * number))
        folder.mkdir(parents=True)
        for unit in UNITS:
            if draw.random() < 0.85:
                (folder / f"隐患台账_{unit}.csv").write_text(ledger(unit, draw), encoding="utf-8")
    apart = tables(tmp_path / "raw", tmp_path / "apart")
    monkeypatch.setattr(senders, "_left", everything)
    together = tables(tmp_path / "raw", tmp_path / "together")
    for name, table in together.items():
        pd.testing.assert_frame_equal(apart[name], table, obj=name)
