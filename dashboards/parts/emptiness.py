"""Why there is nothing to see, and what to do: else it looks as if nothing were to be found."""

from dataclasses import replace
from typing import Any

from dash import html

from analysis.accounts import Account, Role
from analysis.intake.publisher import has_files
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from dashboards.serving.data import Data


def why_empty(data: Data, scope: Scope, account: Account | None) -> str | None:
    """What keeps his hazards from him; None where he sees some, or is no inspector."""
    if account is None or account.role is not Role.INSPECTOR:
        return None
    everything = replace(scope, filters={})
    if not data.items(everything).empty:
        return None
    visits = len(data.relation("inspections", everything))
    if visits == 0:
        of = f"{account.unit}的检查" if account.unit else "检查"
        return (
            f"到这一天，没有检查人员写着“{account.person}”的{of}，所以这里没有数据；"
            "检查台账上的姓名、检查单位要和账号的一致，请找专班办公室核对。"
        )
    return (
        f"到这一天有您的 {visits} 次检查，但没有隐患写着这些检查的编号，所以看不到隐患；"
        "请在隐患台账的“检查编号”一列写上检查台账里的编号。"
    )


def first_steps(settings: Settings, account: Account | None) -> Any:
    """The page of a home that has no figures yet: its first ledgers, an example, the manual.

    Where the home lies is told to nobody but whoever sits at it: accounts are for others.
    """
    if has_files(settings):
        return _steps(
            "台账已经放好，正在读",
            "读好以后这一页自己换成看板，一年的台账大约要一两分钟。一直不换的，"
            "请看运行看板的窗口里说了什么。",
            [],
        )
    ways = [_of_ledgers(settings, account), _of_example(), _of_manual()]
    return _steps("还没有台账", "放进第一份台账，这里就是看板；不用改成统一的格式。", ways)


def _steps(title: str, words: str, ways: list[Any]) -> Any:
    return html.Main(
        [html.H2(title), html.P(words), html.Div(ways, className="ways")], className="first-steps"
    )


def _of_ledgers(settings: Settings, account: Account | None) -> Any:
    sending = html.P(["或者在", html.A("报送", href="/send"), "页上传：先看读成了什么，再确认。"])
    if account is not None:
        by_hand = html.P("请专班办公室把已有的台账放进数据目录，按收到的日期分文件夹。")
        may_send = account.role in {Role.OFFICE, Role.UNIT}
        return html.Section([html.H3("放台账"), by_hand, *([sending] if may_send else [])])
    return html.Section(
        [
            html.H3("放台账"),
            html.P(
                [
                    "把收到的 Excel、Word、CSV 原样放进 ", html.Code(str(settings.raw)),
                    " 里，一天一个文件夹，如 ", html.Code("2023-11-15"),
                    "，再重新打开看板（或运行 ", html.Code("yanpan ingest"), "）。",
                ]
            ),
            sending,
        ]
    )  # fmt: skip


def _of_example() -> Any:
    return html.Section(
        [
            html.H3("先看模拟数据"),
            html.P(
                ["另建一个目录，不和真的台账放在一起：", html.Code("yanpan init 演示 --demo")]
            ),
            html.P(["再运行 ", html.Code("yanpan --home 演示 serve")]),
        ]
    )  # fmt: skip


def _of_manual() -> Any:
    return html.Section(
        [
            html.H3("看手册"),
            html.P(["台账怎么填、每半个月做什么：", html.A("使用手册", href="/manual")]),
            html.P(["要空白的表：运行 ", html.Code("yanpan template")]),
        ]
    )
