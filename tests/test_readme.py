"""The README is true: its commands run, its files exist, its two commands are in the Makefile."""

import re
import shlex

import pytest

from analysis.ingest.doubts.confirmations import read_confirmations
from analysis.ingest.versions.corrections import read_corrections
from analysis.settings import Settings
from tests.audit_locks import faults, verdict
from tests.conftest import ROOT
from tests.test_cli import yanpan

README = (ROOT / "README.md").read_text(encoding="utf-8")
#: What serves until stopped, takes minutes, or wants what only a reader has.
NOT_RUN = (
    "yanpan serve", "yanpan metric completion --data", "yanpan ingest 收件/",
    "yanpan ingest --rollback", "yanpan bench", "yanpan withdraw",
)  # fmt: skip
COMMANDS = [
    line.split("  #")[0].strip() for line in README.splitlines() if line.startswith("yanpan ")
]


@pytest.mark.slow
@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith(NOT_RUN)])
def test_each_command_runs(command: str, committed: Settings, tmp_path: object) -> None:
    arguments = shlex.split(command.replace("演示", str(tmp_path)))[1:]
    answer = yanpan(*arguments, home=committed.home)
    assert (answer.returncode, answer.stderr.count("\n")) in {(0, 0), (0, 1)}, answer.stderr


def test_every_path_that_is_named_exists() -> None:
    named = re.findall(
        r"`((?:analysis|dashboards|tests|docs)/[\w./]+)`|\]\((docs/[\w.]+)\)", README
    )
    for path in filter(None, (part for pair in named for part in pair)):
        assert (ROOT / path.replace("NAME.sql", "")).exists(), path


def test_the_correction_that_is_shown_is_one(home: Settings) -> None:
    shown = re.search(r"```toml\n(.+?)```", README, re.DOTALL)
    assert shown
    (home.raw / "corrections.toml").write_text(shown.group(1), encoding="utf-8")
    (entry,) = read_corrections(home.raw)
    assert entry.field.name == "due_on"


def test_the_confirmation_that_is_shown_is_one(home: Settings) -> None:
    _, shown = re.findall(r"```toml\n(.+?)```", README, re.DOTALL)
    (home.raw / "confirmations.toml").write_text(shown, encoding="utf-8")
    (entry,) = read_confirmations(home.raw).entries
    assert entry.answer == "same"


def test_the_two_commands_are_make_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([\w-]+)", README):
        assert f"\n{target}:" in makefile


@pytest.mark.parametrize(
    "lock",
    [
        "requirements.lock",
        "requirements-test.lock",
        "requirements-notebooks.lock",
        "requirements-oidc.lock",
    ],
)
def test_lock_files_hold_names_versions_and_hashes_only(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    requirements = re.findall(r"^\S.*", text, flags=re.MULTILINE)
    assert all(re.match(r"[a-z0-9.-]+==[\w.]+( ; .*)? \\$", line) for line in requirements)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) > len(requirements)


def test_an_audit_says_what_it_could_not_see() -> None:
    clean, unseen = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "?"}
    hurt = {"name": "c", "version": "2", "vulns": [{"id": "CVE-1"}]}
    assert verdict([clean, unseen]) == (True, "advisories: none; 1 of 2 pins audited")
    assert verdict([unseen])[1] == "advisories: could not be reached, none of 1 pins was audited"
    assert verdict([clean, hurt]) == (False, "advisories:\nc 2: CVE-1")


def test_a_pin_that_differs_between_locks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults() == []
    versions = {"requirements.lock": "1.0", "requirements-test.lock": "2.0"}
    monkeypatch.setattr("tests.audit_locks.pins", lambda lock: {"x": {versions.get(lock, "1.0")}})
    assert faults() == ["requirements-test.lock: x ['2.0'], but ['1.0'] in requirements.lock"]
