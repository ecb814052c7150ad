"""Results → the score of each room and the list of survivors, docs/变异测试.md."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.mutants.change import Mutant
from tests.mutants.reach import CACHE
from tests.mutants.rooms import ROOMS, ROOT, SEED
from tests.mutants.trial import BROKEN, KILLED, NO_MUTANT, UNREACHED

PAGE = ROOT / "docs" / "变异测试.md"
REASONS = Path(__file__).with_name("reasons.toml")
LAST = CACHE / "last"
#: How a reason begins that says that a change is none: what the program tells is the same.
EQUIVALENT = "等价"
NO_REASON = "待补"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant."""

    mutant: Mutant
    outcome: str
    by: str

    @property
    def room(self) -> str:
        """The room of its file."""
        return self.mutant.file.split("/")[1]

    @property
    def is_killed(self) -> bool:
        """Whether a test noticed."""
        return self.outcome == KILLED


def reasons(path: Path = REASONS) -> dict[tuple[str, str], str]:
    """Why a survivor may live, by its file and its change."""
    held = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {(file, key): why for file, keys in held.items() for key, why in keys.items()}


def survivors() -> list[Mutant]:
    """What survived the last time, found again in its file as it is now."""
    from tests.mutants.rooms import mutants_of

    wanted = {(r.mutant.file, r.mutant.key) for r in last() if not r.is_killed}
    files = sorted({ROOT / file for file, _ in wanted})
    return [each for each in mutants_of(files) if (each.file, each.key) in wanted]


def last() -> list[Result]:
    """The results of the last run."""
    held = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else []
    return [Result(Mutant(**mutant), outcome, by) for mutant, outcome, by in held]


def keep(results: Sequence[Result], *, again: bool = False, is_whole: bool = True) -> str:
    """Keep results for the next time, write the page of a whole sample; the score in words."""
    if again:
        anew = {(r.mutant.file, r.mutant.key): r for r in results}
        there = {(each.file, each.key) for each in survivors()}  # some went with their code
        before = [r for r in last() if r.is_killed or (r.mutant.file, r.mutant.key) in there]
        results = [anew.get((r.mutant.file, r.mutant.key), r) for r in before]
    results = [result for result in results if result.outcome not in {NO_MUTANT, BROKEN}]
    LAST.write_text(
        json.dumps([(asdict(r.mutant), r.outcome, r.by) for r in results], ensure_ascii=False),
        encoding="utf-8",
    )
    if is_whole:
        PAGE.write_text(page(results, reasons()), encoding="utf-8")
    return "\n".join(table(results, reasons()))


def table(results: Sequence[Result], why: dict[tuple[str, str], str]) -> list[str]:
    """A line for each room: mutants, killed, the score, and the score of what is no equivalent."""
    lines = [
        "| 目录 | 变异 | 被测试发现 | 发现率 | 未发现中等价的 | 除去等价的发现率 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for room in ROOMS:
        own = [result for result in results if result.room == room]
        if not own:
            continue
        killed = sum(result.is_killed for result in own)
        same = sum(
            why.get((r.mutant.file, r.mutant.key), "").startswith(EQUIVALENT)
            for r in own if not r.is_killed
        )  # fmt: skip
        rate, honest = killed / len(own), killed / max(1, len(own) - same)
        lines.append(
            f"| analysis/{room}/ | {len(own)} | {killed} | {rate:.1%} | {same} | {honest:.1%} |"
        )
    return lines


def page(results: Sequence[Result], why: dict[tuple[str, str], str]) -> str:
    """The page: how it is done, the score, and every survivor with its reason."""
    lines = [
        "# 变异测试",
        "",
        "`make mutants` 把规则改动一小处（比较、条件、常数、边界、正负号、列、连接……），"
        f"看测试能不能发现。每个目录按种子 {SEED} 抽取相同的样本，每处改动只运行用到它的测试。"
        "本页由该命令写成，不要手改，理由写在 `tests/mutants/reasons.toml`。",
        "",
        "理由分三种：等价（改动以后说的仍是同一件事），不值得（说的不同，但无关口径），待补（应当补测试）。",
        "",
        *table(results, why),
    ]
    for room in ROOMS:
        own = [r for r in results if r.room == room and not r.is_killed]
        if not own:
            continue
        lines += ["", f"## analysis/{room}/ 未被发现的改动（{len(own)} 处）", ""]
        lines += ["| 位置 | 改动 | 理由 |", "| --- | --- | --- |"]
        for result in sorted(own, key=lambda r: (r.mutant.file, r.mutant.line)):
            mutant = result.mutant
            reason = why.get((mutant.file, mutant.key), NO_REASON)
            if result.outcome == UNREACHED and reason == NO_REASON:
                reason = f"{NO_REASON}（没有测试运行到这里）"
            place = f"{mutant.file.removeprefix(f'analysis/{room}/')}:{mutant.line}"
            lines.append(f"| {place} | {_cell(mutant.key)} | {_cell(reason)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """A text as it may stand in a cell of a table."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
