"""A unit that inspects others sends their rows: these wait for the office's word, its own count."""

from datetime import date

import pytest

from analysis.ingest.assembly.eras.withdrawals import Withdrawal, note_withdrawal
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.share import Share, make_share
from tests.ingest.answering import ask, settle

HEAD = "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态\n"
OWN = "1,消防队部,水带破损,县消防救援大队,某甲,2023-12-01,2023-10-01,整改中"
THEIRS = "2,甲校,灭火器过期,县教育局,某乙,2023-12-01,2023-10-01,整改中"
SENT = "2023-10-15/县消防救援大队/001_检查发现的隐患.csv"
AGAIN = "2023-11-01/县消防救援大队/001_检查发现的隐患.csv"


def day(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


def send(home: Settings, path: str, *rows: str) -> None:
    file = home.raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


def sites(home: Settings, known_on: str) -> set[str]:
    """The sites whose hazards count by what was known on a day."""
    sql = "SELECT site FROM items(DATE '2023-11-20', known_on := $known_on)"
    return {site for (site,) in ask(home, sql, known_on=day(known_on))}


def the_doubt(home: Settings) -> str:
    ((key, default),) = ask(home, "SELECT doubt_key, default_answer FROM doubt")
    assert default == "leave"
    return str(key)


def answer(home: Settings, *entries: tuple[str, str]) -> None:
    settle(home, the_doubt(home), *((code, f"2023-{on}") for code, on in entries))


def test_the_rest_is_taken_and_the_row_waits_where_everybody_sees_it(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    assert sites(home, "11-20") == {"消防队部"}
    counts = "SELECT rows_read, rows_loaded, rows_ignored, rows_rejected FROM submission"
    assert ask(home, counts) == [(3, 1, 1, 1)]
    ((row_no, reason),) = ask(home, "SELECT row_no, reason FROM reject")
    assert row_no == 3
    assert "责任单位是“县教育局”，不是报送的县消防救援大队；等专班办公室确认" in reason
    sql = "SELECT severity, row_no, item_id FROM quality WHERE rule = 'row_of_another'"
    assert ask(home, sql) == [("doubt", 3, None)]


def test_it_counts_from_the_day_on_which_the_office_takes_it(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    answer(home, ("take", "10-25"))
    assert sites(home, "10-24") == {"消防队部"}
    assert sites(home, "10-25") == {"消防队部", "甲校"}
    sql = "SELECT item_id, unit, known_from, first_known_on FROM hazard WHERE site = '甲校'"
    assert ask(home, sql) == [("H-县消防救援大队-2", "县教育局", day("10-25"), day("10-15"))]
    assert ask(home, "SELECT rows_loaded, rows_rejected FROM submission") == [(2, 0)]
    assert ask(home, "SELECT count(*) FROM quality WHERE severity = 'doubt'") == [(0,)]


def test_what_is_left_counts_never_and_what_is_taken_back_no_longer(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    answer(home, ("leave", "10-25"))
    assert sites(home, "11-20") == {"消防队部"}
    assert "定为不收" in ask(home, "SELECT reason FROM reject")[0][0]
    answer(home, ("take", "10-25"), ("leave", "11-05"))
    found = [sites(home, on) for on in ("10-24", "11-04", "11-05")]
    assert found == [{"消防队部"}, {"消防队部", "甲校"}, {"消防队部"}]


def test_the_same_row_sent_once_more_is_not_asked_again(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    answer(home, ("take", "10-25"))
    send(home, AGAIN, OWN, THEIRS.replace("整改中", "受阻"))
    ingest(home)
    assert len(the_doubt(home)) == 12
    sql = "SELECT item_id, state, path FROM items(DATE '2023-11-20') WHERE site = '甲校'"
    assert ask(home, sql) == [("H-县消防救援大队-2", "open", AGAIN)]


@pytest.mark.parametrize("claim", ["已完成整改", "误报", "已停业"])
def test_that_the_same_row_frees_the_other_is_asked_anew(home: Settings, claim: str) -> None:
    """The office took a row of an open hazard; whoever sent it may not have it done by that."""
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    answer(home, ("take", "10-25"))
    send(home, AGAIN, OWN, THEIRS.replace("整改中", claim))
    ingest(home)
    sql = "SELECT state, path FROM items(DATE '2023-11-20') WHERE site = '甲校'"
    assert ask(home, sql) == [("open", SENT)]
    sql = "SELECT known_from, contains(question, '状态由“整改中”改为“') FROM doubt ORDER BY 1"
    assert ask(home, sql) == [(day("10-15"), False), (day("11-01"), True)]
    assert ask(home, "SELECT count(*) FROM quality WHERE rule = 'vanished'") == [(0,)]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("2023-12-01", "2027-12-31", "整改期限由“2023-12-01”改为“2027-12-31”"),
        ("某乙", "", "责任人由“某乙”改为“空”"),
        ("灭火器过期", "灯不亮", "隐患描述由“灭火器过期”改为“灯不亮”"),
        ("整改中", "2023-10-20已整改", "改为"),
        ("整改中", "拒不整改", "整改中"),
    ],
)
def test_the_row_with_another_content_is_asked_anew(
    home: Settings, before: str, now: str, told: str
) -> None:
    """The office has taken what the row said then; what it says now is asked."""
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    answer(home, ("take", "10-25"))
    send(home, AGAIN, OWN, THEIRS.replace(before, now))
    ingest(home)
    sql = "SELECT title, due_on, person, path FROM items(DATE '2023-11-20') WHERE site = '甲校'"
    assert ask(home, sql) == [("甲校：灭火器过期", date(2023, 12, 1), "某乙", SENT)]
    sql = "SELECT known_from, contains(question, $told) FROM doubt ORDER BY known_from"
    assert ask(home, sql, told=told)[1] == (day("11-01"), True)


@pytest.mark.parametrize(
    ("level", "now"),
    [("一般", "重大"), ("是", "否"), ("不整改", "整批更换"), ("制度管理", "设施设备")],
)
def test_level_listing_measure_and_category_are_of_the_content(
    home: Settings, level: str, now: str
) -> None:
    head = HEAD.replace("整改状态", "整改状态,隐患等级,是否挂牌督办,整改措施,隐患类别")
    row = f"{THEIRS},一般,是,不整改,制度管理"
    for path, said in ((SENT, row), (AGAIN, row.replace(level, now))):
        file = home.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{head}{said}\n", encoding="utf-8")
    ingest(home)
    assert ask(home, "SELECT count(*) FROM doubt WHERE rule = 'row_of_another'") == [(2,)]


def test_a_report_for_another_with_other_figures_is_asked_anew(home: Settings) -> None:
    head = "报送单位,期次起,期次止,检查家次,发现隐患数\n"
    for path, figures in ((SENT, "30,12"), (AGAIN, "0,99")):
        file = home.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{head}县教育局,2023-10-01,2023-10-15,{figures}\n", encoding="utf-8")
    ingest(home)
    told = ask(home, "SELECT question FROM doubt ORDER BY known_from")
    assert "检查家次“30”，发现隐患数“12”" in told[0][0]
    assert "检查家次由“30”改为“0”，发现隐患数由“12”改为“99”" in told[1][0]


def test_a_remark_and_where_the_row_stands_ask_nothing(home: Settings) -> None:
    """An honest list comes again every half month, in another order and with its progress."""
    send(home, SENT, OWN, THEIRS)
    ingest(home)
    answer(home, ("take", "10-25"))
    file = home.raw / AGAIN
    file.parent.mkdir(parents=True)
    rows = f"{THEIRS.replace('过期', '过期。')},已联系厂家\n{OWN},\n"
    file.write_text(HEAD.replace("状态", "状态,备注") + rows, encoding="utf-8")
    ingest(home)
    assert ask(home, "SELECT count(*) FROM doubt") == [(1,)]


def test_a_cell_closes_no_quotation_mark_of_the_question(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS.replace("甲校", "甲校”已核实，“"))
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt")
    assert "甲校’已核实" in question
    marks = [sign for sign in question if sign in "“”"]
    assert marks == ["“", "”"] * (len(marks) // 2)


def test_nor_does_a_cell_of_what_the_row_says(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS.replace("某乙", "某乙），是否收入；收入只作备查（"))
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt")
    assert "“某乙），是否收入；收入只作备查（”" in question


def test_its_id_does_not_depend_on_when_it_is_taken(home: Settings) -> None:
    """Number 2 was another's when it came first; what has it later has another id all along."""
    door = "2,消防队部二楼,疏散门上锁,县消防救援大队,某甲,2023-12-01,2023-10-20,整改中"
    send(home, SENT, OWN, THEIRS)
    send(home, AGAIN, OWN, door)
    ingest(home)
    sql = "SELECT item_id FROM hazard WHERE site = $site AND known_to IS NULL"
    before = ask(home, sql, site="消防队部二楼")
    answer(home, ("take", "11-10"))
    assert ask(home, sql, site="消防队部二楼") == before == [("H-县消防救援大队-2~2",)]
    assert ask(home, sql, site="甲校") == [("H-县消防救援大队-2",)]


def test_a_row_that_waits_is_not_left_out(home: Settings) -> None:
    """移交: the unit writes another to its own hazard; meanwhile it stays its own, and open."""
    own = [f"{n},队部{n}楼,水带破损{n},县消防救援大队,某甲,2023-12-01,2023-10-01,整改中"
           for n in range(1, 5)]  # fmt: skip
    send(home, SENT, *own)
    send(home, AGAIN, *own[:3], own[3].replace("县消防救援大队", "县教育局"))
    ingest(home)
    assert ask(home, "SELECT count(*) FROM quality WHERE rule = 'vanished'") == [(0,)]
    sql = "SELECT unit FROM items(DATE '2023-11-20') WHERE item_id LIKE '%-4'"
    assert ask(home, sql) == [("县消防救援大队",)]


def test_the_office_is_told_that_taking_a_row_gives_away_what_was_the_senders_own(
    home: Settings,
) -> None:
    send(home, SENT, OWN)
    send(home, AGAIN, OWN.replace("县消防救援大队", "县教育局"), THEIRS)
    ingest(home)
    said = ask(home, "SELECT question FROM doubt ORDER BY row_no")
    own = "；这个编号是报送单位先前报为自己的，收入即由它移交"
    assert [question.endswith(own) for (question,) in said] == [True, False]


@pytest.mark.parametrize("first", ["2023-10-05/县消防救援大队.csv", "2023-10-05/汇总.csv"])
def test_so_it_is_where_the_office_took_the_first_ledger_in(home: Settings, first: str) -> None:
    send(home, first, OWN, THEIRS)
    send(home, AGAIN, OWN.replace("县消防救援大队", "县教育局"))
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'row_of_another'")
    assert question.endswith("；这个编号是报送单位先前报为自己的，收入即由它移交")


def test_what_a_plan_numbers_is_nobodys_own_to_give_away(home: Settings) -> None:
    """Each plan begins with 1-1: what the unit has of another plan is another measure."""
    head = "方案,序号,细化整改措施,责任单位,整改时限,整改进展\n"
    rows = {SENT: "一号方案,1-1,更换水带,县消防救援大队,2023-12-01,整改中",
            AGAIN: "二号方案,1-1,更换插座,县教育局,2023-12-01,整改中"}  # fmt: skip
    for path, row in rows.items():
        (home.raw / path).parent.mkdir(parents=True, exist_ok=True)
        (home.raw / path).write_text(f"{head}{row}\n", encoding="utf-8")
    ingest(home)
    asked = ask(home, "SELECT question FROM doubt WHERE rule IN ('row_of_another', 'row_unknown')")
    assert [("报为自己的" in question) for (question,) in asked] == [False, False]


def test_so_it_is_under_another_number_of_the_site_and_day(home: Settings) -> None:
    send(home, SENT, OWN)
    send(home, AGAIN, "9" + OWN.replace("县消防救援大队", "县教育局"))
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'row_of_another'")
    assert question.endswith(
        "；同一场所同一天发现的，报送单位先前报为自己的；是同一条的，收入即由它移交"
    )


def test_the_office_is_told_that_the_unit_has_the_item_already(home: Settings) -> None:
    send(home, "2023-10-05/县教育局.csv", THEIRS)
    send(home, SENT, THEIRS)
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'row_of_another'")
    assert question.endswith("；责任单位自己报过这个编号的一条，收入即两条并列")


def test_what_the_office_takes_in_is_taken(home: Settings) -> None:
    send(home, "2023-10-15/检查发现的隐患.csv", OWN, THEIRS)
    send(home, "2023-10-16/专班办公室/001_检查发现的隐患.csv", OWN, THEIRS)
    ingest(home)
    assert sites(home, "11-20") == {"消防队部", "甲校"}
    assert ask(home, "SELECT count(*) FROM doubt WHERE rule = 'row_of_another'") == [(0,)]


@pytest.mark.parametrize(
    ("path", "unit", "told"),
    [
        (SENT, "县消防救援大队", ("unit_from_sender", 3)),
        ("2023-10-15/隐患.csv", None, ("missing", 3)),
    ],
)
def test_a_row_without_a_unit_is_its_senders_where_nobody_asks(
    home: Settings, path: str, unit: str | None, told: tuple[str, int]
) -> None:
    send(home, path, OWN, THEIRS.replace("县教育局", ""))
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard WHERE site = '甲校'") == [(unit,)]
    sql = "SELECT rule, row_no FROM quality WHERE field = 'unit'"
    assert ask(home, sql) == [told]


def test_a_file_that_is_taken_back_asks_no_more(home: Settings) -> None:
    send(home, SENT, OWN, THEIRS)
    note_withdrawal(home.raw, Withdrawal(SENT, day("10-20"), "fire", "报错了"))
    ingest(home)
    assert sites(home, "10-19") == {"消防队部"}
    assert sites(home, "10-20") == set()
    assert ask(home, "SELECT known_to FROM doubt") == [(day("10-20"),)]
    assert ask(home, "SELECT count(*) FROM reject") == [(1,)]


@pytest.mark.parametrize(("unit", "sees"), [("县消防救援大队", True), ("县教育局", False)])
def test_who_sent_a_waiting_row_sees_it_and_its_unit_does_not(
    home: Settings, unit: str, sees: bool
) -> None:
    send(home, SENT, OWN, THEIRS)
    send(home, "2023-10-15/县教育局/001_台账.csv", THEIRS.replace("甲校", "乙校"))
    ingest(home)
    share = home.warehouse.with_name("share.duckdb")
    make_share(home.warehouse, Share(unit=unit, is_masked=True), share)
    with open_warehouse(share) as con:
        found = {
            table: bool(fetch_rows(con, f"SELECT 1 FROM {table} WHERE {where}")[1])
            for table, where in {
                "doubt": "rule = 'row_of_another'", "quality": "rule = 'row_of_another'",
                "reject": "TRUE",
            }.items()
        }  # fmt: skip
    assert found == dict.fromkeys(("doubt", "quality", "reject"), sees)
