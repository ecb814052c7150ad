"""What can be said of the lock files without a network; with one, what is known against a pin.

``make lint`` runs it. It fails on a pin that is wrong in itself, and on a known vulnerability;
where advisories cannot be reached it says so and passes, since this must work offline.
"""

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements.lock", "requirements-test.lock", "requirements-notebooks.lock",
    "requirements-oidc.lock",
)  # fmt: skip
PIN = re.compile(r"^([a-z0-9.-]+)==([\w.]+)(?: ; (.*?))? \\$", re.MULTILINE)
LONGEST_S = 120


def pins(lock: str) -> dict[str, set[str]]:
    """Name → versions; more than one where they differ by Python version or platform."""
    found: dict[str, set[str]] = {}
    for name, version, _ in PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(name, set()).add(version)
    return found


def faults() -> list[str]:
    """What is wrong with the locks themselves, and with what is installed here."""
    told = []
    every = {lock: pins(lock) for lock in LOCKS}
    base = every[LOCKS[0]]
    for lock, mine in every.items():
        told += [
            f"{lock}: {name} {sorted(mine[name])}, but {sorted(base[name])} in {LOCKS[0]}"
            for name in sorted(base.keys() & mine.keys())
            if base[name] != mine[name]
        ]
        if not mine:
            told.append(f"{lock}: no pins")
    for name, versions in sorted(every[LOCKS[1]].items()):
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform or Python
        if installed not in versions:
            told.append(f"installed: {name} {installed}, locked {sorted(versions)}")
    return told


def advisories() -> tuple[bool, str]:
    """Whether nothing is known against the pins, and what there is to say."""
    command = [
        sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--no-deps",
        "--progress-spinner", "off", "--timeout", "10", "--format", "json",
        "-r", str(ROOT / LOCKS[1]),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LONGEST_S, check=False
        )
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return True, "advisories: could not be reached, nothing was audited"
    return verdict(found)


def verdict(found: list[dict[str, Any]]) -> tuple[bool, str]:
    """What the answers for all packages come to; one that is not known there was not audited."""
    known = [each for each in found if "skip_reason" not in each]
    bad = [each for each in known if each["vulns"]]
    if bad:
        lines = [
            f"{each['name']} {each['version']}: {', '.join(v['id'] for v in each['vulns'])}"
            for each in bad
        ]
        return False, "\n".join(["advisories:", *lines])
    if not known:
        return True, f"advisories: could not be reached, none of {len(found)} pins was audited"
    return True, f"advisories: none; {len(known)} of {len(found)} pins audited"


def main() -> int:
    """Tell, and fail where something is wrong."""
    told = faults()
    is_well, words = advisories()
    print(*told, words, sep="\n")
    return 0 if is_well and not told else 1


if __name__ == "__main__":
    sys.exit(main())
