"""``yanpan user log`` compares the books with their seals; a person settles what he looked into."""

import re

import pytest
from typer.testing import CliRunner

from analysis.accounts import AuditLog
from analysis.cli import app
from analysis.errors import YanpanError
from analysis.settings import Settings


def run(settings: Settings, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["--home", str(settings.home), "user", "log", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


@pytest.fixture
def shortened(home: Settings) -> Settings:
    """A home whose log of nine lines has lost five."""
    for number in range(9):
        AuditLog(home.audit_log).add("登录", f"账号{number}")
    assert "共 9 条，逐条核对无改动，与各处的封签相符" in run(home)
    lines = home.audit_log.read_bytes().splitlines(keepends=True)
    home.audit_log.write_bytes(b"".join(lines[:4]))
    return home


def test_lines_that_were_cut_off_are_told(shortened: Settings) -> None:
    with pytest.raises(
        YanpanError, match=r"^审计日志少了 5 条：封签（.+）记着 9 条，现在是 4 条。$"
    ):
        run(shortened)


def test_who_looked_into_it_seals_anew_and_the_log_says_so(shortened: Settings) -> None:
    with pytest.raises(YanpanError, match="请用 --by 写明谁查明的"):
        run(shortened, "--reseal")
    said = run(shortened, "--reseal", "--by", "某甲", "--why", "磁盘坏了，从备份恢复")
    assert "已照现在的样子重新封签" in said
    said = run(shortened)
    assert "共 5 条，逐条核对无改动，与各处的封签相符" in said
    assert re.search("重新封签.+某甲.+少了 5 条", said)
    assert "不用重新封" in run(shortened, "--reseal", "--by", "某甲", "--why", "x")
