"""The page of specs is what they draw now, in Chinese."""

import re
from itertools import pairwise

import pytest

from tests.specs.document import PAGE, page


@pytest.mark.slow
def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run make docs"


def test_every_column_and_every_code_is_in_chinese() -> None:
    lines = page().splitlines()
    heads = [before for before, line in pairwise(lines) if "| --- |" in line]
    bare = [cell for line in heads for cell in line.split("|") if re.search("[a-z_]{3,}", cell)]
    coded = re.findall(r"\| ([a-z]+_[a-z_]+) \|", "\n".join(lines))
    assert (bare, coded) == ([], [])
