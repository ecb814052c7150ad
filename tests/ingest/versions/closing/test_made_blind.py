"""Small counties with a 验收销号登记表 as an office makes it, by somebody who had not seen this.

Each folder of ``模拟数据_销号`` has ``raw/<day of receipt>/<files>``; ``truth.json`` says of each
case who may sign, and what is so on which day.
"""

import json
import re
import shutil
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

FOLDER = Path(__file__).parents[3] / "files" / "模拟数据_销号"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
HAZARDS = """
    SELECT title, is_done, is_closed, is_overdue, due_on
    FROM items(CAST($day AS DATE), known_on := CAST($day AS DATE)) WHERE kind = 'hazard'
"""


@pytest.mark.parametrize("case", CASES, ids=[each["case"] for each in CASES])
def test_the_office_and_no_ghost_decides_what_is_closed(
    case: dict[str, Any], home: Settings
) -> None:
    shutil.copytree(FOLDER / case["case"] / "raw", home.raw, dirs_exist_ok=True)
    rule = {"signers": case["signers"]} if case["signers"] else {}
    settings = home.model_copy(update={"acceptance": rule})
    ingest(settings)
    with open_warehouse(settings.warehouse) as con:
        for asked in case["asked"]:
            left = fetch_rows(con, HAZARDS, {"day": asked["on"]})[1]
            assert len(left) == len(asked["hazards"])
            for hazard in asked["hazards"]:
                row = max(left, key=lambda each: _likeness(each[0], hazard))
                left.remove(row)
                wanted = [hazard[name] for name in ("done", "closed", "overdue", "due_on")]
                assert [*row[1:4], str(row[4])] == wanted, hazard


def _likeness(title: str, hazard: dict[str, Any]) -> float:
    mine, theirs = (re.sub(r"\W", "", text) for text in (title, hazard["words"]))
    alike = SequenceMatcher(None, theirs, mine, autojunk=False).ratio()
    return alike + (re.sub(r"\W", "", hazard["site"]) in mine)
