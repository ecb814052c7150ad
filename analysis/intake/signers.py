"""Who may sign that an item is done: names that stand in the plan are proposed, a person confirms.

A plan names 组长 and 副组长; nothing is taken from it by itself. What is proposed are lines of
``yanpan.toml``, ready but for a person's yes.
"""

import json

import duckdb

from analysis.settings import Settings
from analysis.settings.model import Signer
from analysis.warehouse.engine import fetch_rows
from analysis.wording.persons import named_among, persons_of

#: The roles of the plans in force, as the reader of plans found them.
_NAMED = """
SELECT DISTINCT value FROM quality WHERE rule = 'signers_named' AND value IS NOT NULL ORDER BY value
"""


def proposed_signers(con: duckdb.DuckDBPyConnection, settings: Settings) -> list[str]:
    """Lines for ``yanpan.toml`` with the names that are not confirmed yet; none where all are."""
    texts = [value for (value,) in fetch_rows(con, _NAMED)[1]]
    texts += [text for text in (settings.leader, settings.deputy) if text]
    names = list(dict.fromkeys(name for text in texts for name in persons_of(text)))
    confirmed = settings.acceptance.get("signers", [])
    new = [name for name in names if not named_among(name, list(settings.signers))]
    if not new:
        return []
    return [
        f"方案和设置里的组长、副组长：{'、'.join(new)}。"
        "可以签字验收的，请核对以后写进 yanpan.toml：",
        "[acceptance]",
        f"signers = [{', '.join(map(_written, [*confirmed, *new]))}]",
    ]


def _written(signer: str | Signer) -> str:
    """A signer as ``yanpan.toml`` names him."""
    if isinstance(signer, str):
        return json.dumps(signer, ensure_ascii=False)
    name = json.dumps(signer["name"], ensure_ascii=False)
    return f"{{name = {name}, from = {signer['from']}}}"
