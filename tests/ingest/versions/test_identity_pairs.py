"""Pairs of rows made by hand, blind: whether they are one hazard, as a careful clerk judges.

Each line of ``模拟数据_同一条_*.jsonl`` is a row of an earlier ledger, a row of a later one, and
the truth: same, different, or a doubt. About half of them are traps. A wrong merge hides a hazard,
a hazard that is counted twice blames its unit.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.ingest.findings import Places
from analysis.ingest.versions.history import PROVENANCE
from analysis.ingest.versions.identity import identify
from analysis.ingest.versions.identity.likeness.verdict import Verdict, compare
from analysis.ledgers import LEDGERS

HAZARD = LEDGERS["hazard"]
SAID = [name for name in HAZARD.columns if name not in PROVENANCE]
BATCHES = sorted(Path(__file__).parent.glob("模拟数据_同一条_*.jsonl"))
STATUS = {"整改中": "in_progress", "未整改": "not_started", "已整改": "done", "已销号": "closed"}
#: What is reached, by batch; 0.995 and 0.90 are wanted of pairs that nobody has seen. The fourth
#: was read before anything was mended after it: 0.984 and 0.861, with two wrong merges; the fifth:
#: 0.904 and 0.743, with eleven; the sixth: 0.961 and 0.673, with four, three of which a clerk would
#: ask about; the seventh, all in other words and of trades that no list has: 0.879 and 0.269, with
#: four; the eighth: 0.839 and 0.578, with ten, five of which a clerk would ask about. No merge of
#: the first five is wrong now; what is still wrong is asked where a clerk knows the answer: of the
#: fifth a quarter, in the words of a new clerk or of a second unit.
PRECISION = dict.fromkeys("一二三四五", 0.995) | {"六": 0.97, "七": 0.90, "八": 0.89}
RECALL = {
    "一": 0.83, "二": 0.73, "三": 0.91, "四": 0.91, "五": 0.74, "六": 0.67, "七": 0.26, "八": 0.54,
}  # fmt: skip
#: Of hazards that have nothing in common but their spot, their days and their number, so many may
#: be taken for one: those of which no list tells that one thing is another (围栏松动, 护栏松动).
MOST_ALIKE = 0.006

Pair = dict[str, Any]


def read(path: Path) -> list[Pair]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def row(said: Pair, sender: str, submission: str, row_no: int, received: str) -> Pair:
    days = {name: day(said.get(name)) for name in ("found_on", "due_on", "done_on")}
    texts = {n: said.get(n) for n in ("hazard_no", "site", "location", "description", "unit")}
    place = {
        "submission_id": submission, "sheet": "台账", "row_no": row_no,
        "known_from": day(received), "sender": sender, "position": 0,
        "status": STATUS.get(said.get("status") or ""), "status_text": said.get("status"),
    }  # fmt: skip
    return dict.fromkeys(HAZARD.columns) | texts | days | place


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a slip of the pen that no ledger would have been read with
        return None


def verdict(pair: Pair) -> str:
    """What the program makes of a pair: same, doubt or different."""
    old, new = pair["old"], pair["new"]
    one, other = "甲局", "甲局" if pair["sender_same"] else "乙局"
    received = pair["new_received"]
    beside = pair.get("others_in_new_file") or []
    rows = [row(old, one, "s1", 2, pair["old_received"]), row(new, other, "s2", 2, received)]
    for n, each in enumerate(beside):
        sender = one if each.get("unit") == old["unit"] else other
        rows.append(row(each, sender, "s2", 3 + n, received))
    still_there = not pair["old_absent_from_new_file"] and not beside
    if other != one:  # the first unit sends a ledger too, with or without the old row
        rows.append(row({"site": "某处", "description": "另一件事"}, one, "s3", 2, received))
    if still_there:
        rows.append(row(old, one, "s2" if other == one else "s3", 9, received))
    table = pd.DataFrame(rows, columns=[*HAZARD.columns, "sender", "position"], dtype=object)
    found = identify(table, HAZARD, SAID, Places())
    ids = {found.names[0], found.names[1]}
    if len(ids) == 1 or any({join.later, join.earlier} == ids for join in found.joins):
        return "same"
    return "doubt" if any(ids <= set(doubt.subject) for doubt in found.doubts) else "different"


@pytest.mark.slow
@pytest.mark.parametrize("path", BATCHES, ids=lambda path: path.stem)
def test_pairs_are_merged_as_a_clerk_would(path: Path) -> None:
    pairs = read(path)
    got = [(pair["truth"], verdict(pair)) for pair in pairs]
    merged = [truth for truth, said in got if said == "same"]
    same = sum(truth == "same" for truth, _ in got)
    right = merged.count("same")
    assert right / len(merged) >= PRECISION[path.stem[-1]], [
        (pair["id"], pair["why"])
        for pair, (truth, said) in zip(pairs, got, strict=True)
        if said == "same" != truth
    ]
    assert right / same >= RECALL[path.stem[-1]]


def test_there_are_pairs_and_half_of_them_are_traps() -> None:
    truths = [pair["truth"] for path in BATCHES for pair in read(path)]
    assert len(truths) >= 300
    assert 0.4 <= truths.count("different") / len(truths) <= 0.6


@pytest.mark.slow
@pytest.mark.parametrize("number", ["3", None])
def test_hazards_of_one_spot_and_day_are_as_many_as_their_faults(number: str | None) -> None:
    """Any two descriptions of the batches, put on one spot, day and deadline, are two hazards."""
    texts = [
        (path.stem, pair["id"], pair[side]["description"])
        for path in BATCHES
        for pair in read(path)
        for side in ("old", "new")
    ]
    picked = np.random.default_rng(7).integers(len(texts), size=(6000, 2))
    pairs = [(texts[one], texts[other]) for one, other in picked]
    others = [(a[2], b[2]) for a, b in pairs if a[:2] != b[:2] and a[2] != b[2]]
    where = {
        "site": "望江宾馆",
        "location": "一楼",
        "found_on": "2024-03-01",
        "due_on": "2024-03-20",
    }
    merged = []
    for texts_of_both in others:
        new, old = (
            row(where | {"hazard_no": number, "description": text}, "甲局", "s1", 2, "2024-03-16")
            for text in texts_of_both
        )
        likeness = compare(new, old, HAZARD, number is not None, number is not None)
        if likeness.verdict >= Verdict.ALONE:
            merged.append(texts_of_both)
    assert len(merged) / len(others) <= MOST_ALIKE, merged
