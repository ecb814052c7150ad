"""What an account may do: whose rows it reads, which pages it opens, which forms it fills in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

import flask

from analysis.accounts import Account, Role
from analysis.warehouse.share import WHOLE, Share
from dashboards.access.session import current_account

P = ParamSpec("P")

#: Path of a page with a form → its label, and who may use it.
FORMS: Mapping[str, tuple[str, frozenset[Role]]] = {
    "/send": ("报送", frozenset({Role.OFFICE, Role.UNIT})),
    "/acceptance": ("验收销号", frozenset({Role.OFFICE})),
    "/alerts": ("预警登记", frozenset({Role.OFFICE})),
    "/doubts": ("待核实", frozenset({Role.OFFICE})),
}
#: Role → the pages that say something about its rows; whoever sees all has every page.
PAGES_OF: Mapping[Role, frozenset[str]] = {
    Role.UNIT: frozenset({"/", "/progress", "/overdue", "/duties", "/quality", "/query"}),
    Role.INSPECTOR: frozenset({"/", "/overdue", "/inspections", "/query"}),
}


def share_of(account: Account | None) -> Share:
    """Whose rows an account reads; without accounts, on one's own machine, all."""
    if account is None or account.role is Role.OFFICE:
        return WHOLE
    if account.role is Role.UNIT:
        return Share(unit=account.unit, is_masked=True)
    if account.role is Role.INSPECTOR:
        return Share(inspector=account.person, is_masked=True, body=account.unit)
    return Share(is_masked=True)


def may_open(account: Account | None, path: str) -> bool:
    """Whether a page is one of the account's."""
    return account is None or path in PAGES_OF.get(account.role, {path})


def forms_of(account: Account | None) -> list[tuple[str, str]]:
    """Path and label of the pages on which an account can send something in."""
    return [
        (path, label)
        for path, (label, roles) in FORMS.items()
        if account is None or account.role in roles
    ]


def is_office(account: Account | None) -> bool:
    """Whether it is the office that asks, or anybody where there are no logins."""
    return account is None or account.is_office


def sees_all(account: Account | None) -> bool:
    """Whether the account's figures are those of the whole county."""
    return account is None or account.role in {Role.OFFICE, Role.LEADER}


def only(*roles: Role) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """Let only these roles use a route; where there are no accounts, everybody may."""

    def wrap(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> Any:
            account = current_account()
            if account and account.role not in roles:
                flask.abort(403)
            return view(*args, **kwargs)

        return checked

    return wrap
