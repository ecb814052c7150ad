"""Which forms each role has in its menu."""

import pytest

from analysis.accounts import Account, Role
from dashboards.access.rights import forms_of, sees_all

EVERY = ["/send", "/acceptance", "/alerts", "/doubts"]


@pytest.mark.parametrize(
    ("role", "pages"),
    [(Role.OFFICE, EVERY), (Role.UNIT, ["/send"]), (Role.LEADER, []), (Role.INSPECTOR, [])],
)
def test_who_only_looks_has_no_form_and_a_unit_sends(role: Role, pages: list[str]) -> None:
    account = Account("某", role, "", "", False, "", "", "")
    assert [path for path, _ in forms_of(account)] == pages


@pytest.mark.parametrize("role", Role)
def test_the_whole_county_is_seen_by_the_office_and_the_leaders_alone(role: Role) -> None:
    account = Account("某", role, "", "", False, "", "", "")
    assert sees_all(account) is (role in {Role.OFFICE, Role.LEADER})


def test_on_ones_own_machine_every_form_is_there() -> None:
    assert [path for path, _ in forms_of(None)] == EVERY
    assert sees_all(None)
