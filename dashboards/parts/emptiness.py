"""Why an inspector finds nothing: an empty page looks as if there were nothing to be found."""

from dataclasses import replace

from analysis.accounts import Account, Role
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
