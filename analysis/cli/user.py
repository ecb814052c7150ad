"""``yanpan user``: the accounts of the dashboard, and the log of what was done with them."""

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.parts import Format, Home, OutputFormat, app, print_rows, say, settings_of
from analysis.errors import YanpanError

if TYPE_CHECKING:
    from analysis.settings import Settings

user = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    user, name="user",
    help="看板的账号：增加、列出、改密码、停用，以及审计日志。",
    epilog="例：yanpan user add 教育局 --role unit --unit 县教育局",
)  # fmt: skip

#: What the log tells of an event, in words.
ABOUT = {
    "account": "账号", "role": "角色", "unit": "单位", "address": "地址", "what": "内容",
    "as_of": "截至", "known_on": "收到截至", "since": "从", "narrowed_by": "筛选的列",
    "query": "范围", "kind": "种类", "file": "文件", "path": "存为", "sha256": "校验值",
    "why": "原因", "item": "事项", "characters": "字数", "rows": "行数",
}  # fmt: skip

Name = Annotated[str, typer.Argument(metavar="账号", help="登录用的账号名。")]
Generate = Annotated[bool, typer.Option("--generate", help="自动生成密码，只显示这一次。")]


@user.command(epilog="例：yanpan user add 教育局 --role unit --unit 县教育局 --generate")
def add(
    name: Name,
    role: Annotated[
        str,
        typer.Option(help="office 专班办公室，leader 领导，unit 成员单位，inspector 检查人员。"),
    ],
    unit: Annotated[str, typer.Option(help="成员单位的账号看哪个单位的事项。")] = "",
    person: Annotated[str, typer.Option(help="使用人姓名；检查人员必填，与检查台账一致。")] = "",
    generate: Generate = False,
    home: Home = None,
) -> None:
    """增加一个账号；密码两次输入，或用 --generate 生成。"""
    from analysis.accounts import ROLES, Accounts, AuditLog, Role
    from analysis.warehouse.share import must_be_known

    if role not in set(Role):
        raise typer.BadParameter(f"可用：{'、'.join(Role)}", param_hint="--role")
    settings = settings_of(home)
    if unit:
        unit = must_be_known(settings.warehouse, unit)
    password = _password(generate)
    account = Accounts(settings.accounts).add(name, Role(role), password, unit, person)
    AuditLog(settings.audit_log).add("增加账号", "命令行", account=name, role=role, unit=unit)
    say(f"已增加账号 {account.name}：{ROLES[account.role]}。")
    if not settings.login:
        say(
            "在本机打开看板还不要求登录，谁打开都是专班办公室；"
            "要登录的，请在 yanpan.toml 写 login = true。"
        )
    _show(password, generate)


@user.command("list", epilog="例：yanpan user list --format csv")
def list_accounts(format: OutputFormat = Format.TABLE, home: Home = None) -> None:
    """列出全部账号。"""
    from analysis.accounts import ROLES, Accounts

    rows = [
        {
            "账号": account.name, "角色": ROLES[account.role].partition("（")[0],
            "单位": account.unit, "使用人": account.person,
            "状态": "停用" if account.is_disabled else "可用",
            "建立": account.made_on, "最近登录": account.last_login,
        }
        for account in Accounts(settings_of(home).accounts).everyone()
    ]  # fmt: skip
    print_rows(rows, format, ["账号", "角色", "单位", "使用人", "状态", "建立", "最近登录"])


@user.command(epilog="例：yanpan user passwd 教育局")
def passwd(name: Name, generate: Generate = False, home: Home = None) -> None:
    """改密码；原来的登录随即失效，因错误次数太多而锁定的解除。"""
    from analysis.accounts import Accounts, AuditLog

    settings = settings_of(home)
    password = _password(generate)
    Accounts(settings.accounts).set_password(name, password)
    AuditLog(settings.audit_log).add("改密码", "命令行", account=name)
    say(f"账号 {name} 的密码已改。")
    _show(password, generate)


@user.command(epilog="例：yanpan user disable 教育局")
def disable(
    name: Name,
    again: Annotated[bool, typer.Option("--enable", help="重新启用。")] = False,
    home: Home = None,
) -> None:
    """停用一个账号，正在用的登录随即失效；账号和它留下的记录不删除。"""
    from analysis.accounts import Accounts, AuditLog

    settings = settings_of(home)
    Accounts(settings.accounts).set_disabled(name, not again)
    said = "启用" if again else "停用"
    AuditLog(settings.audit_log).add(f"{said}账号", "命令行", account=name)
    say(f"账号 {name} 已{said}。")


@user.command(epilog="例：yanpan user unbind 教育局")
def unbind(name: Name, home: Home = None) -> None:
    """换人使用时：解除账号与统一身份认证中原来那个人的对应，下一个以此账号名登录的人与它对应。"""
    from analysis.accounts import Accounts, AuditLog

    settings = settings_of(home)
    Accounts(settings.accounts).unbind(name)
    AuditLog(settings.audit_log).add("解除统一身份", "命令行", account=name)
    say(f"账号 {name} 不再对应原来的人，正在用的登录已失效。")


@user.command(epilog="例：yanpan user log --last 20")
def log(
    last: Annotated[int, typer.Option(min=0, help="列出最后多少条；0 只核对。")] = 50,
    reseal: Annotated[
        bool,
        typer.Option("--reseal", help="查明封签不符的原因以后，照现在的样子重新封，并记入日志。"),
    ] = False,
    by: Annotated[str, typer.Option(help="谁查明的（与 --reseal 同用）。")] = "",
    why: Annotated[str, typer.Option(help="什么原因（与 --reseal 同用）。")] = "",
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """核对审计日志、预警登记簿没有被改动和截短，列出日志最后若干条。"""
    from analysis.accounts import AuditLog
    from analysis.backup import problems_of_books

    settings = settings_of(home)
    lines = list(AuditLog(settings.audit_log).lines())
    problems = problems_of_books(settings)
    if reseal:
        return _reseal(settings, problems, by.strip(), why.strip())
    own = {"at", "event", "who", "form", "before", "hash"}
    rows = [
        {
            "时间": line["at"], "事件": line["event"], "账号": line["who"],
            "详情": "，".join(
                f"{ABOUT.get(n, n)}：{v}" for n, v in line.items() if n not in own and v != ""
            ),
        }
        for line in lines[len(lines) - min(last, len(lines)) :]
    ]  # fmt: skip
    print_rows(rows, format, ["时间", "事件", "账号", "详情"])
    if problems:
        raise YanpanError("\n".join(problems))
    if format is Format.TABLE:
        seal = f"，最后一条的校验值 {lines[-1]['hash'][:16]}" if lines else ""
        say(f"共 {len(lines)} 条，逐条核对无改动，与各处的封签相符{seal}。")


def _reseal(settings: "Settings", problems: list[str], by: str, why: str) -> None:
    """Seal the books as they are, what was wrong with them written into the log."""
    from analysis.accounts import AuditLog
    from analysis.accounts.seals import Seals

    if not problems:
        return say("与各处的封签相符，不用重新封。")
    if not by or not why:
        raise YanpanError("请用 --by 写明谁查明的，用 --why 写明原因。")
    AuditLog(settings.audit_log).add("重新封签", by, why=why, what="；".join(problems))
    Seals(settings.audit_log.parent).renew()
    say(f"已照现在的样子重新封签，并记入审计日志：{'；'.join(problems)}")


def _password(generate: bool) -> str:
    from analysis.accounts.passwords import new_password

    if generate:
        return new_password()
    first = str(typer.prompt("密码", hide_input=True))
    if first != typer.prompt("再输一次", hide_input=True):
        raise YanpanError("两次输入的密码不一样，没有改动。")
    return first


def _show(password: str, generate: bool) -> None:
    if generate:
        say(f"密码：{password}（只显示这一次，请当面交给使用人）")
