"""The manual explains every finding and every setting, and its pictures are there."""

import re
import tomllib

import pytest

from analysis.ledgers import LEDGERS
from analysis.ledgers.codes import RULE
from analysis.settings import Settings
from tests.conftest import ROOT

MANUAL = (ROOT / "docs" / "使用手册.md").read_text(encoding="utf-8")
TOML = (ROOT / "yanpan.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("label", RULE.labels.values())
def test_every_finding_is_explained(label: str) -> None:
    assert f"\n| {label} | " in MANUAL


def test_every_picture_and_page_is_there() -> None:
    for path in re.findall(r"\]\(([^)#]+?)\)", MANUAL):
        assert (ROOT / "docs" / path).exists(), path


def test_every_ledger_that_is_named_has_a_template() -> None:
    named = set(re.findall(r"`yanpan template (\w+)`", MANUAL))
    assert named <= set(LEDGERS)


def test_every_setting_that_an_office_has_is_one() -> None:
    assert set(tomllib.loads(TOML)) <= set(Settings.model_fields)
    for name in set(Settings.model_fields) - {
        "home",
        "headers",
        "sheets",
        "acceptance",
        "alerts",
        "holiday",
        "townships",
        "oidc_client_secret",
    }:
        assert re.search(rf"^{name} = ", TOML, re.MULTILINE), name
