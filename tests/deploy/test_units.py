"""The systemd units shut the service in, by systemd's own measure."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
SERVICES = ("yanpan.service", "yanpan-backup.service")
#: systemd tells 0.0 for shut in, 10.0 for wide open.
MOST = 3.0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
@pytest.mark.parametrize("name", SERVICES)
def test_the_exposure_is_small(name: str) -> None:
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(DEPLOY / name)],
        capture_output=True, text=True, encoding="utf-8", check=True,
    ).stdout  # fmt: skip
    level = re.search(rf"exposure level for {re.escape(name)}: ([\d.]+)", said)
    assert level
    assert float(level[1]) <= MOST


@pytest.mark.parametrize("name", SERVICES)
def test_what_it_may_take_is_bounded_and_what_it_writes_is_its_own(name: str) -> None:
    unit = RawConfigParser(strict=False, allow_no_value=True)
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read(DEPLOY / name, encoding="utf-8")
    service = unit["Service"]
    assert service["MemoryMax"].endswith("%")
    assert int(service["TasksMax"]) > 0
    assert service["UMask"] == "0077"
    assert service["ReadWritePaths"] == "/srv/yanpan"
