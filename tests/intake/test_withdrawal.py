"""撤回报送: whose file, until when, with what reason; and what is noted of it."""

import io
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import SourceError, YanpanError
from analysis.ingest.assembly.eras.withdrawals import read_withdrawals
from analysis.ingest.pipeline import ingest
from analysis.ingest.received import read_receipts
from analysis.intake.drafts import confirm_draft, take_draft
from analysis.intake.publisher import Publisher, waiting_since
from analysis.intake.readback import read_back
from analysis.intake.withdrawal import found_path, withdraw
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.test_cli import yanpan

HAZARDS = (
    "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态\n"
    "1,甲校,灭火器过期,县教育局,某甲,2023-12-01,2023-11-01,{status}\n"
)
INSPECTIONS = (
    "检查编号,检查日期,检查类型,被检查场所,检查单位,检查结果\n"
    "J1,2023-11-01,双随机,甲校,县教育局,有隐患\n"
)
A, B = HAZARDS.format(status="整改中"), HAZARDS.format(status="已完成整改")
TODAY = date.today().isoformat()
FIRST = f"{TODAY}/县教育局/001_台账.csv"


def send(home: Settings, text: str, unit: str = "县教育局") -> str:
    """Send a file in as the page does: read back, confirmed with the ledgers found in it."""
    draft = take_draft(home, "edu", unit, "台账.csv", io.BytesIO(text.encode()))
    return confirm_draft(home, draft, read_back(home, draft).ledgers).path


def number(path: str) -> str:
    return Path(path).name[:3]


# What a file is compared with: A and B are two states of one ledger, C is of another ledger.


def test_the_same_file_twice_in_a_row_is_refused(home: Settings) -> None:
    send(home, A)
    with pytest.raises(SourceError, match="同样的文件今天已经收到（001_台账"):
        send(home, A)


def test_a_correction_back_to_the_first_file_is_taken(home: Settings) -> None:
    assert [number(send(home, text)) for text in (A, B, A)] == ["001", "002", "003"]
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT status FROM hazard WHERE known_to IS NULL"
        assert fetch_rows(con, sql)[1] == [("in_progress",)]


def test_another_ledger_in_between_does_not_matter(home: Settings) -> None:
    send(home, A)
    send(home, INSPECTIONS)
    with pytest.raises(SourceError, match="同样的文件今天已经收到（001_台账"):
        send(home, A)
    send(home, B)
    with pytest.raises(SourceError, match="同样的文件今天已经收到（002_台账"):
        send(home, INSPECTIONS)
    assert number(send(home, A)) == "004"


def test_another_senders_file_does_not_matter(home: Settings) -> None:
    send(home, A)
    assert number(send(home, A, "")) == "001"  # the office's own
    with pytest.raises(SourceError, match="今天已经收到"):
        send(home, A)


def test_what_was_taken_back_is_compared_with_nothing(home: Settings) -> None:
    withdraw(home, send(home, A), "edu", unit="县教育局")
    assert number(send(home, A)) == "002"
    send(home, B)
    withdraw(home, f"{TODAY}/县教育局/003_台账.csv", "edu", unit="县教育局")
    with pytest.raises(SourceError, match="今天已经收到（002_台账"):
        send(home, A)


def test_the_correction_is_read_back_against_the_file_before_it(home: Settings) -> None:
    for text in (A, B):
        send(home, text)
        ingest(home)
    draft = take_draft(home, "edu", "县教育局", "台账.csv", io.BytesIO(A.encode()))
    (change,) = [c for c in read_back(home, draft).changes if c.field == "整改状态"]
    assert (change.before, change.now) == ("已整改", "整改中")


# Who may take back what.


def test_a_unit_takes_back_what_is_not_published_and_all_is_noted(home: Settings) -> None:
    send(home, A)
    before = waiting_since(home)
    withdraw(home, FIRST, "edu", unit="县教育局")
    (event,) = read_withdrawals(home.raw).values()
    assert (event.path, str(event.on), event.by, event.reason) == (
        FIRST, TODAY, "edu", "单位自行撤回"
    )  # fmt: skip
    assert event.at is not None
    assert event.at.date() == event.on
    assert read_receipts(home.raw)[FIRST].number == 1  # what was received was received
    assert (home.raw / FIRST).is_file()
    assert waiting_since(home) >= before > 0


def test_what_is_published_the_office_alone_takes_back(home: Settings) -> None:
    send(home, A)
    ingest(home)
    with pytest.raises(YanpanError, match="已经计入发布的数字，不能自己撤回"):
        withdraw(home, FIRST, "edu", unit="县教育局")
    with pytest.raises(SourceError, match="请写明撤回的原因"):
        withdraw(home, FIRST, "office")
    withdraw(home, FIRST, "office", "报成了别的学校")
    with pytest.raises(SourceError, match=r"已于 .* 撤回（office）"):
        withdraw(home, FIRST, "office", "再撤一次")


def test_a_publication_that_can_be_put_back_holds_it_too(home: Settings) -> None:
    send(home, A)
    ingest(home)
    home.warehouse.unlink()
    with pytest.raises(YanpanError, match="已经计入发布的数字"):
        withdraw(home, FIRST, "edu", unit="县教育局")


@pytest.mark.parametrize(
    "path",
    [
        f"{TODAY}/县交通运输局/001_台账.csv", f"{TODAY}/专班办公室/001_台账.csv",
        f"{TODAY}/县教育局/009_没有.csv", "received.toml", "../../etc/passwd", "",
    ],
)  # fmt: skip
def test_a_unit_learns_nothing_of_files_that_are_not_its_own(home: Settings, path: str) -> None:
    send(home, A, "县交通运输局")
    send(home, A, "")
    with pytest.raises(SourceError, match=r"^没有收到过"):
        withdraw(home, path, "edu", unit="县教育局")
    assert read_withdrawals(home.raw) == {}


def test_an_acceptance_is_taken_back_where_it_was_recorded(home: Settings) -> None:
    path = home.raw / TODAY / "验收销号" / "001_验收销号.csv"
    path.parent.mkdir(parents=True)
    path.write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match="在“验收销号”页撤回"):
        withdraw(home, path.relative_to(home.raw).as_posix(), "office", "错了")


def test_a_file_is_found_by_its_path_from_anywhere(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(home, A)
    monkeypatch.chdir(home.raw / TODAY)
    for named in (FIRST, str(home.raw / FIRST), "县教育局/001_台账.csv"):
        assert found_path(home, Path(named)) == FIRST
    with pytest.raises(SourceError, match=r"^没有收到过"):
        found_path(home, Path("../../../yanpan.toml"))


def test_the_command_takes_back_and_says_so(home: Settings) -> None:
    send(home, A)
    lacking = yanpan("withdraw", FIRST, home=home.home)
    assert lacking.returncode == 2
    done = yanpan("withdraw", FIRST, "--reason", "报错了", "--by", "周九", home=home.home)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"已撤回 {FIRST}" in done.stdout
    (event,) = read_withdrawals(home.raw).values()
    assert (event.by, event.reason) == ("周九", "报错了")
    again = yanpan("withdraw", FIRST, "--reason", "报错了", home=home.home)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert "撤回（周九）" in again.stderr


def test_what_was_taken_back_is_read_back_against_no_more(home: Settings) -> None:
    send(home, A)
    ingest(home)
    withdraw(home, FIRST, "office", "报错了")
    draft = take_draft(home, "edu", "县教育局", "台账.csv", io.BytesIO(A.encode()))
    read = read_back(home, draft)
    assert (read.counts["new"], read.sheets[0].duplicate) == (1, 0)


def test_a_publisher_begins_with_a_withdrawal_that_an_earlier_one_left(home: Settings) -> None:
    send(home, A)
    send(home, B)
    ingest(home)
    assert not Publisher(home)._lacks()
    withdraw(home, f"{TODAY}/县教育局/002_台账.csv", "office", "报错了")
    assert Publisher(home)._lacks()
    ingest(home)
    assert not Publisher(home)._lacks()
