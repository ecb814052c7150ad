"""What is given away holds no ledgers: unpacked over an office's folder it adds nothing."""

import io
import shutil
import subprocess
import tarfile

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    not shutil.which("git") or not (ROOT / ".git").exists(), reason="no git checkout"
)


@pytest.mark.slow
def test_a_release_archive_leaves_ledgers_and_settings_alone() -> None:
    packed = subprocess.run(
        ["git", "archive", "--worktree-attributes", "--format=tar", "HEAD"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        names = archive.getnames()
    assert {
        "pyproject.toml",
        "analysis/cli/__init__.py",
        "analysis/new_home/yanpan.toml",
    } <= set(names)
    assert [name for name in names if name.split("/")[0] in {"data", "yanpan.toml"}] == []
