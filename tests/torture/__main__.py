"""``python -m tests.torture [--mutants 3000] [--from 0] [--kills 50] [--batch 40] [--no-siege]
[--load 2] [--oracle 100]``; noughts leave the others out.

Prints each fault with the number of its mutant, which makes it again:
``python -m tests.torture --from NUMBER --mutants 1 --kills 0 --keep FILE`` also writes it out.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from analysis.settings import Settings
from tests.torture.batches import torture
from tests.torture.kills import kill_runs
from tests.torture.mutants import mutant
from tests.torture.others import by_the_oracle, under_load
from tests.torture.siege import besiege


def main() -> int:
    """Torture, and say in one line how it went; 1 where anything went wrong."""
    ask = argparse.ArgumentParser(prog="python -m tests.torture")
    ask.add_argument("--mutants", type=int, default=3000)
    ask.add_argument("--from", type=int, default=0, dest="first")
    ask.add_argument("--kills", type=int, default=50)
    ask.add_argument("--batch", type=int, default=40)
    ask.add_argument("--keep", type=Path, help="write the first mutant here, named by its number")
    ask.add_argument("--siege", action=argparse.BooleanOptionalAction, default=True)
    ask.add_argument("--load", type=float, default=2.0, help="minutes of a county at work")
    ask.add_argument("--oracle", type=int, default=100, help="worlds that the oracle looks at")
    asked = ask.parse_args()
    if asked.keep:
        one = mutant(asked.first)
        asked.keep.mkdir(parents=True, exist_ok=True)
        (asked.keep / one.name).write_bytes(one.content)
        print(one.name, *one.done)
    started, done, faults = time.monotonic(), 0, 0
    numbers = range(asked.first, asked.first + asked.mutants)
    for count, found in torture(numbers, asked.batch):
        done += count
        faults += len(found)
        for fault in found:
            which = "、".join(
                f"{n}（{'、'.join(mutant(n).done)}）" for n in fault.numbers if n >= 0
            )
            print(f"变异 {which}：{fault.message}", flush=True)
    killed = "没有杀"
    if asked.kills and os.name != "nt":
        with tempfile.TemporaryDirectory(prefix="yanpan-torture-") as folder:
            home = Settings(home=Path(folder))
            home.raw.mkdir(parents=True)
            kills = kill_runs(home, asked.kills)
        faults += len(kills.between) + len(kills.left)
        killed = (
            f"kill -9 {asked.kills} 次（{kills.killed} 次在中途），"
            f"不前不后 {len(kills.between)} 次，残留 {len(kills.left)} 个"
        )
    attacks = 0
    if asked.siege and sys.platform == "linux":
        with tempfile.TemporaryDirectory(prefix="yanpan-torture-") as folder:
            for name, wrong in besiege(Path(folder)):
                attacks, faults = attacks + 1, faults + len(wrong)
                print(f"攻击 {name}：{'；'.join(wrong) or '没有妨碍别人'}", flush=True)
    others = _others(asked.load, asked.oracle)
    faults += len(others)
    for wrong in others:
        print(wrong, flush=True)
    seconds = time.monotonic() - started
    counts = f"变异文件 {done} 个，攻击服务 {attacks} 次，出错 {faults} 处"
    print(f"{counts}；{killed}；用时 {seconds:.0f} 秒")
    return min(faults, 1)


def _others(minutes: float, worlds: int) -> list[str]:
    """What went wrong under load and by the oracle."""
    wrong = under_load(minutes, print) if minutes and os.name != "nt" else []
    if worlds and not by_the_oracle(worlds):
        wrong.append(f"另算一遍的数与程序的不同（{worlds} 个世界），见上")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
