"""Settings that cannot be are refused, each in one line that says what is allowed."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import YanpanError
from analysis.judgement.alerts import NEAR_DAYS, RULES, STEPS
from analysis.settings import NOT_IN_FILE, SCREENS, Alerts, Settings, load_settings
from analysis.settings import STEPS as STEPS_SET
from analysis.settings.toml_file import read_toml
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from dashboards.pages.meeting import SCREENS as SCREENS_DRAWN
from tests.conftest import ROOT
from tests.test_cli import yanpan

MANUAL = (ROOT / "docs" / "使用手册.md").read_text(encoding="utf-8")
WORDS = "应为一行文字，写在引号里"
DAYS = '应为年年都有的两天，先起后止，如 ["05-01", "09-30"]'
HOST = "应为本机的一个地址或名称，不带 http:// 和端口，如 127.0.0.1"
RULE = "应写成一节，如 [alerts.overdue_15] 下面写 at = 20"
A_HOLIDAY = (
    "应为一节一个假期，如 [[holiday]] 下面写 start = 2027-02-06、end = 2027-02-12、"
    "workdays = [2027-02-20]（放假的首日、末日和调休上班的日子）"
)
PLACES = (
    "应为每个乡镇的列和行，左上角是 [1, 1]，都不超过 20，两个乡镇不在一处，"
    '如 [townships] 下面写 "城关镇" = [2, 1]'
)
#: What a file says → what is said of it, after «yanpan.toml 的 ».
WRONG = [
    ("reply_days = -5", "reply_days = -5 不行，应为 1 至 365 的整数（天）。"),
    ('reply_days = "五天"', 'reply_days = "五天" 不行，应为 1 至 365 的整数（天）。'),
    ("report_grace_days = 15", "report_grace_days = 15 不行，应为 0 至 14 的整数（天）。"),
    ('report_due_on_workdays = "是"',
     'report_due_on_workdays = "是" 不行，应为 true 或 false。'),
    ("proxies = true", "proxies = true 不行，应为 0 至 10 的整数（层）。"),
    ("port = 99999", "port = 99999 不行，应为 0 至 65535 的整数。"),
    ("idle_minutes = 0", "idle_minutes = 0 不行，应为 1 至 525600 的整数（分钟）。"),
    ("unit_mb_a_day = 19", "unit_mb_a_day = 19 不行，应为 20 至 100000 的整数（MB）。"),
    ("unit_files_kept = 0", "unit_files_kept = 0 不行，应为 1 至 1000000 的整数（个）。"),
    ("disk_mb_left = -1", "disk_mb_left = -1 不行，应为 0 至 10000000 的整数（MB）。"),
    ("session_hours = 0", "session_hours = 0 不行，应为 1 至 8760 的整数（小时）。"),
    ("risk_bands = [16, 10, 5]",
     "risk_bands = [16, 10, 5] 不行，应为由小到大的三个 1 至 25 的整数，如 [5, 10, 16]。"),
    ("risk_chances = [5, 15, 80]",
     "risk_chances = [5, 15, 80] 不行，应为由小到大的三个 0 至 1 的数，"
     "如 [0.05, 0.15, 0.3]，5% 写成 0.05。"),
    ("risk_chances = [0.1, nan, 0.3]",
     "risk_chances = [0.1, NaN, 0.3] 不行，应为由小到大的三个 0 至 1 的数，"
     "如 [0.05, 0.15, 0.3]，5% 写成 0.05。"),
    ('flood_season = ["13-40", "x"]', f'flood_season = ["13-40", "x"] 不行，{DAYS}。'),
    ('flood_season = ["02-29", "09-30"]', f'flood_season = ["02-29", "09-30"] 不行，{DAYS}。'),
    ('flood_season = ["09-30", "05-01"]', f'flood_season = ["09-30", "05-01"] 不行，{DAYS}。'),
    ('meeting = ["overal"]',
     'meeting = ["overal"] 不行，应为不重复的几个，可用的有：overall、changes、nodes、units、late、'
     "major、risk、accidents、"
      "inspections、campaigns、responsibility、reports、duties、decisions，是不是 overall？"),
    ('draw_weights = { "红" = 8 }',
     'draw_weights = {"红": 8} 不行，应为红、橙、黄、蓝四色各一个 1 以上的整数。'),
    ('region = " "', f'region = " " 不行，{WORDS}，不能空着。'),
    ('region = """甲\n县"""', f'region = "甲\\n县" 不行，{WORDS}，不能空着。'),
    ("contact_phone = 13800001111", f"contact_phone = 13800001111 不行，{WORDS}。"),
    ('host = "http://127.0.0.1"', f'host = "http://127.0.0.1" 不行，{HOST}。'),
    ('host = "256.1.1.1"', f'host = "256.1.1.1" 不行，{HOST}。'),
    ('hosts = "yanpan.xx.gov.cn"',
     'hosts = "yanpan.xx.gov.cn" 不行，应为名称的列表，不带 https:// 和端口，'
     '如 ["yanpan.xx.gov.cn"]。'),
    ('login = "是"', 'login = "是" 不行，应为 true 或 false。'),
    ('oidc_issuer = "sso.gov.cn"',
     'oidc_issuer = "sso.gov.cn" 不行，应为完整的网址，如 https://sso.xx.gov.cn。'),
    ('oidc_issuer = "https://sso.gov.cn"',
     'oidc_issuer = "https://sso.gov.cn" 不行，还须设 oidc_client_id。'),
    ('layouts = "版试"', 'layouts = "版试" 不行，没有这个目录。'),
    ('township_map = "乡镇.geojson"', 'township_map = "乡镇.geojson" 不行，没有这个文件。'),
    ('township_map = "yanpan.toml"',
     'township_map = "yanpan.toml" 不行，不是 GeoJSON，请从地图软件导出为 GeoJSON（UTF-8 编码）。'),
    ('[townships]\n"城关镇" = [2, 0]', f'townships = {{"城关镇": [2, 0]}} 不行，{PLACES}。'),
    ('[townships]\n"城关镇" = [2, 1]\n"东河镇" = [2, 1]',
     f'townships = {{"城关镇": [2, 1], "东河镇": [2, 1]}} 不行，{PLACES}。'),
    ('[townships]\n"城关镇" = 3', f'townships = {{"城关镇": 3}} 不行，{PLACES}。'),
    ("reply_day = 5", "reply_day 不是一项设置，是不是 reply_days？"),
    ('Region = "甲县"', "Region 不是一项设置，是不是 region？"),
    ("[server]\nport = 8060",
     "server 不是一项设置；全部设置见 docs/使用手册.md 的“设置”，"
     "除 [acceptance]、[alerts.…]、[headers.…]、[[holiday]]、[sheets]、[townships] 以外都不分节。"),
    ("[alerts.overdue_15]\nport = 8060",
     "alerts.overdue_15.port 不是一项设置；port 是总的设置，请写到第一个 [ ] 的前面。"),
    ("[alerts.overdue15]\nat = 20", "alerts.overdue15 不是一项设置，是不是 overdue_15？"),
    ("[alerts.overdue_15]\ndays = 20",
     "alerts.overdue_15.days 不是一项设置，可用的有：on、step、act、clause、at。"),
    ("[alerts.overdue_15]\nat = 0", "alerts.overdue_15.at = 0 不行，应为 1 至 365 的整数（天）。"),
    ("[alerts.suspect_closure]\nat = 8",
     "alerts.suspect_closure.at = 8 不行，应为 1 至 7 的整数（个疑点）。"),
    ("[alerts.duty_short]\nat = 3", "alerts.duty_short.at 不是一项设置：这条规则没有门槛。"),
    ('[alerts.overdue_15]\nstep = "约谈"',
     'alerts.overdue_15.step = "约谈" 不行，应为其中之一：提示、预警、督办函、约谈警示、挂牌督办、'
     "移交，是不是 约谈警示？"),
    ("[[holiday]]\nstart = 2027-02-12\nend = 2027-02-06",
     f'holiday = [{{"start": "2027-02-12", "end": "2027-02-06"}}] 不行，{A_HOLIDAY}。'),
    ('[[holiday]]\nstart = "2027-02-30"\nend = "春节"',
     f'holiday = [{{"start": "2027-02-30", "end": "春节"}}] 不行，{A_HOLIDAY}。'),
    ("alerts = { overdue_15 = 20 }", f"alerts.overdue_15 = 20 不行，{RULE}。"),
    ('[headers.hazard]\nsite = "点位"',
     'headers.hazard.site = "点位" 不行，应为表头的列表，如 ["点位"]。'),
    ('[acceptance]\nsigners = [{name = "李某", form = 2023-12-01}]',
     'acceptance.signers = [{"name": "李某", "form": "2023-12-01"}] 不行，应为签字人的列表，'
     '一人一项，如 ["张某", {name = "李某", from = 2023-12-01}]。'),
    ('[acceptance]\nsigners = ["李某", {name = "李某", from = 2023-12-01}]',
     'acceptance.signers = ["李某", {"name": "李某", "from": "2023-12-01"}] 不行，应为'
     '签字人的列表，一人一项，如 ["张某", {name = "李某", from = 2023-12-01}]。'),
    ('home = "D:/yanpan"',
     "home 不能写在这里：数据所在的目录用 --home 或环境变量 YANPAN_HOME 指明。"),
]  # fmt: skip
#: A file that is no TOML → what is said of it, after «yanpan.toml ».
NO_TOML = [
    ('region ＝ "甲县"', "第 1 行“region ＝ \"甲县\"”不合写法：有全角的“＝”，请改成半角。"),
    ('region: "甲县"', "第 1 行“region: \"甲县\"”不合写法：名称和值之间用 =，不用冒号。"),
    ("# 一\nregion = 甲县", "第 2 行“region = 甲县”不合写法：文字“甲县”要写在半角引号里。"),
    ("w = { 红 = 8 }", "第 1 行“w = { 红 = 8 }”不合写法：名称“红”是中文的，要写在半角引号里。"),
    ("login = True", "第 1 行“login = True”不合写法：true、false 用小写。"),
    ("port = 08050",
     "第 1 行“port = 08050”不合写法：数字前面不要加 0，日期、电话要写在引号里。"),
    ('rollup = "D:\\汇总"', '第 1 行“rollup = "D:\\汇总"”不合写法：路径里的 \\ 请写成 /。'),
    ("port = 1\nport = 2", "第 2 行“port = 2”不合写法：前面已经写过一次，只能留一处。"),
    ("[a]\n[b]\n[a]", "第 3 行“[a]”不合写法：前面已经写过一次，只能留一处。"),
    ('hosts = ["a",\n\n',
     "第 1 行“hosts = [\"a\",”不合写法：请照“名称 = 值”的样子写，文字放在半角引号里，"
     "方括号、引号要成对。"),
    ('region = "甲县"'.encode("gbk"), "不是 UTF-8 编码；请用记事本打开，“另存为”时编码选 UTF-8。"),
]  # fmt: skip
RIGHT = [
    b"", b"\xef\xbb\xbfport = 8060\r\n", b'port = "8060"', b"stale_after_days = 0",
    b"risk_chances = [0.1, 0.5, 1]", b"alerts.overdue_1.at = 2", b"[alerts.due_soon]\nat = 0",
    'layouts = "版式"'.encode(), b'hosts = ["10.1.2.3", "yanpan.xx.gov.cn"]', b'host = "::1"',
    (ROOT / "yanpan.toml").read_bytes(),
    '[townships]\n"城关镇" = [2, 1]\n"东河镇" = [1, 2]'.encode(), b'township_map = ""',
    b"[[holiday]]\nstart = 2027-02-06\nend = 2027-02-12\nworkdays = [2027-02-20]",
]  # fmt: skip


def faults(home: Path, text: str | bytes = b"") -> list[str]:
    """What is said of a file, line by line; nothing where it is accepted."""
    content = text if isinstance(text, bytes) else text.encode()
    (home / "yanpan.toml").write_bytes(content)
    try:
        load_settings(home)
    except YanpanError as error:
        return str(error).replace(f"{home}{os.sep}", "").splitlines()
    return []


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_a_setting_that_cannot_be_is_refused(tmp_path: Path, text: str, line: str) -> None:
    assert faults(tmp_path, text) == [f"yanpan.toml 的 {line}"]


@pytest.mark.parametrize(("text", "line"), NO_TOML)
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: str | bytes, line: str) -> None:
    assert faults(tmp_path, text) == [f"yanpan.toml {line}"]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_accepted(tmp_path: Path, text: bytes) -> None:
    assert faults(tmp_path, text) == []


def test_all_faults_of_a_file_and_of_the_environment_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANPAN_PORT", "http")
    monkeypatch.setenv("YANPAN_REPLY_DAY", "7")
    monkeypatch.setenv("YANPAN_HOSTS", "a.gov.cn,b.gov.cn")
    monkeypatch.setenv("YANPAN_RISK_BANDS", "[3, 2, 1]")
    monkeypatch.setenv("YANPAN_ALERTS", '{"overdue_1": {"at": -1}}')
    assert faults(tmp_path, "reply_days = -5\nreigon = 1\nport = 99999") == [
        "环境变量 YANPAN_REPLY_DAY 不是一项设置，是不是 YANPAN_REPLY_DAYS？",
        "yanpan.toml 的 reply_days = -5 不行，应为 1 至 365 的整数（天）。",
        "环境变量 YANPAN_RISK_BANDS = [3, 2, 1] 不行，应为由小到大的三个 1 至 25 的整数，"
        "如 [5, 10, 16]。",
        "环境变量 YANPAN_ALERTS 的 overdue_1.at = -1 不行，应为 1 至 365 的整数（天）。",
        '环境变量 YANPAN_PORT = "http" 不行，应为 0 至 65535 的整数。',
        '环境变量 YANPAN_HOSTS = "a.gov.cn,b.gov.cn" 不行，要写成 JSON，应为名称的列表，'
        '不带 https:// 和端口，如 ["yanpan.xx.gov.cn"]。',
        "yanpan.toml 的 reigon 不是一项设置，是不是 region？",
    ]


def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    for value in ('"geheim"', "8472"):
        (line,) = faults(tmp_path, f"oidc_client_secret = {value}")
        assert "YANPAN_OIDC_CLIENT_SECRET" in line
        assert value.strip('"') not in line


def test_a_secret_of_two_lines_is_refused_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANPAN_OIDC_CLIENT_SECRET", "geheim\nzwei")
    (line,) = faults(tmp_path, "")
    assert "YANPAN_OIDC_CLIENT_SECRET" in line
    assert "geheim" not in line


def test_names_of_hosts_are_compared_as_browsers_send_them(tmp_path: Path) -> None:
    (tmp_path / "yanpan.toml").write_text('hosts = [" YanPan.xx.gov.cn "]', encoding="utf-8")
    assert load_settings(tmp_path).hosts == ["yanpan.xx.gov.cn"]


def test_names_that_settings_know_are_those_of_the_rooms_that_use_them() -> None:
    assert tuple(SCREENS_DRAWN) == SCREENS
    assert STEPS == STEPS_SET
    assert list(Alerts.__annotations__) == list(RULES)
    for name, change in Alerts.__annotations__.items():
        assert ("at" in change.__annotations__) == bool(RULES[name].at), name


def test_every_setting_is_in_the_manual_with_what_it_may_be(tmp_path: Path) -> None:
    said = {}
    for name in sorted(Settings.model_fields.keys() - NOT_IN_FILE.keys()):
        (line,) = faults(tmp_path, f"{name} = 1979-05-27T07:32:00")  # nothing is a moment
        said[name] = line.rpartition(" 不行，")[2].removesuffix("。").removeprefix("应为").strip()
    for name, allowed in (said | dict.fromkeys(NOT_IN_FILE, "")).items():
        named = rf"\[{name}\.…\]" if name in ("alerts", "headers") else name
        named = rf"\[{name}\]" if name in ("acceptance", "sheets", "townships") else named
        assert re.search(rf"^\|[^|]*`{named}`.*{re.escape(allowed)}", MANUAL, re.MULTILINE), name


def told(home: Path, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["--home", str(home), *words])
    return answer.exit_code, f"{answer.output}{answer.exception or ''}"


def test_config_check_lists_each_setting_with_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "yanpan.toml").write_text(
        'region = "甲县"\nport = 8060\n[alerts.overdue_15]\nat = 20\n', encoding="utf-8"
    )
    monkeypatch.setenv("YANPAN_PORT", "8061")
    monkeypatch.setenv("YANPAN_OIDC_CLIENT_SECRET", "geheim")
    answer = CliRunner().invoke(
        app, ["--home", str(tmp_path), "config", "check", "--format", "json"]
    )
    rows = {row["设置"]: (row["值"], row["来源"]) for row in json.loads(answer.stdout)}
    file = str(tmp_path / "yanpan.toml")
    assert rows["region"] == ("甲县", file)
    assert rows["port"] == ("8061", "环境变量 YANPAN_PORT")
    assert rows["reply_days"] == ("5", "默认")
    assert rows["alerts.overdue_15.at"] == ("20", file)
    assert rows["oidc_client_secret"][0] == "（已设置，不显示）"
    assert "geheim" not in answer.output
    assert rows.keys() >= Settings.model_fields.keys() - {"alerts"}


def test_config_check_tells_what_the_rooms_find_wrong_too(tmp_path: Path) -> None:
    text = '[headers.hazards]\nsite = ["点位"]\n[headers.hazard]\nplace = ["点位"]\n'
    for more in ("", "[alerts.overdue_15]\nat = 40\n", "[alerts.overdue_15]\nat = -1\n"):
        (tmp_path / "yanpan.toml").write_text(text + more, encoding="utf-8")
        code, output = told(tmp_path, "config", "check")
        assert code == 1
        assert "[headers.hazards] 不是台账名称，是不是 hazard？" in output
        assert "[headers.hazard] 中没有字段“place”" in output
        assert ("overdue_15" in output) == bool(more)


def test_config_check_tells_what_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "yanpan.toml").write_text("proxies = 1\n", encoding="utf-8")
    code, output = told(tmp_path, "config", "check")
    assert (code, "经代理来访的一律拒绝" in output) == (0, True)
    (tmp_path / "yanpan.toml").rename(tmp_path / "yanpan.toml.txt")
    code, output = told(tmp_path, "config", "check")
    assert (code, "请改名为 yanpan.toml" in output) == (0, True)


@pytest.mark.slow
def test_every_command_refuses_and_names_each_fault_in_a_line_of_its_own(home: Settings) -> None:
    (home.home / "yanpan.toml").write_text("reply_days = -5\nport = 99999\n", encoding="utf-8")
    for words in (["metric", "completion"], ["serve"], ["alerts"], ["config", "check"]):
        answer = yanpan(*words, home=home.home)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert [line.split(" 的 ")[1][:5] for line in answer.stderr.splitlines()] == [
            "reply", "port ",
        ]  # fmt: skip


@pytest.mark.slow
def test_serve_refuses_what_only_the_rooms_know(
    committed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert yanpan("serve", "--port", "99999", home=committed.home).returncode == 2
    monkeypatch.setenv("YANPAN_HEADERS", '{"hazards": {}}')
    (line,) = yanpan("serve", home=committed.home).stderr.splitlines()
    assert "不是台账名称，是不是 hazard？" in line


@pytest.mark.slow
def test_fifteen_days_ahead_are_fifteen_days(committed: Settings, tmp_path: Path) -> None:
    with Warehouse(committed.warehouse) as warehouse:
        items = warehouse.items(Scope(date(2023, 11, 15)))
    open_items = items[items["state"].isin({"due_soon", "open"})]
    near, far = (int((open_items["days_left"] <= days).sum()) for days in (NEAR_DAYS, 15))
    assert near < far
    assert f"{NEAR_DAYS} 日内到期" in get_metric("due_soon").grain
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "processed").symlink_to(committed.warehouse.parent)
    for text, expected in (("", near), ("[alerts.due_soon]\nat = 15", far)):
        (tmp_path / "yanpan.toml").write_text(text, encoding="utf-8")
        words = ("alerts", "--look", "--format", "json", "--as-of", "2023-11-15")
        answer = CliRunner().invoke(app, ["--home", str(tmp_path), *words])
        told = [row["预警"].endswith("日内到期") for row in json.loads(answer.stdout)]
        assert sum(told) == expected


def test_a_file_read_again_is_read_as_it_stands_then(tmp_path: Path) -> None:
    """It is parsed once for each time that it changes, and belongs to whoever asks."""
    path = tmp_path / "some.toml"
    path.write_text("[one]\ntwo = 2\n", encoding="utf-8")
    read_toml(path)["one"]["two"] = 3
    assert read_toml(path) == {"one": {"two": 2}}
    path.write_text("[one]\ntwo = 4\n", encoding="utf-8")
    assert read_toml(path) == {"one": {"two": 4}}
