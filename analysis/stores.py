"""The form of each store of a home: an older one is brought forward, a newer one is left alone.

A home outlives the program that made it. What no ledger can make again says in which form it is
written; what says none is of the first, which the first edition wrote.

    data/accounts.sqlite   PRAGMA user_version; brought forward in one transaction when it is next
                           opened, the file as it was kept aside
    data/audit.jsonl       «form» in each line, under its seal; no line is ever changed, older ones
                           are read as they stand
    data/sessions.sqlite, attempts.sqlite   PRAGMA user_version; nobody misses them, and no backup
                           holds them: without them everybody logs in once more
    data/quota.sqlite      likewise; counted anew from the files when a server starts
    data/alerts.jsonl      «form» in each line, likewise
    seals of both          a table of accounts.sqlite apart from its form, *.seal beside each
                           publication; a book that has none is sealed when it is next written
    data/inbox/*           «form» in draft.json; a draft waits two days at most
    lists of exports       «form»; an older one is exported again
    backups                «format» in the manifest; what they hold is brought forward once restored
    records of draws       «method»; recomputed by the method that they name
    kept publications      never changed; asked by the macros that they hold themselves

Ledgers, acceptances among them, are known by their headers, and the files that people write
(``yanpan.toml``, ``received.toml``, ``corrections.toml``, ``confirmations.toml``) by their names
for things.

What can be made again has no number, it need only be recognised: ``warehouse.duckdb`` by its
tables, columns and macros (``warehouse.publish.is_of_this_program``), ``reading.sqlite`` by keys
that hold a hash of the program (``ingest.cache.shelf_key``), ``pictures/`` by the hash of each
photo as it was received; the shares of accounts and the pages
that a server remembers go with its process.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from analysis.errors import YanpanError

#: The form of a store that says none.
FIRST = 1
#: Where an upload lies below ``data/raw``: ``<day>/<unit>/NNN_<name>``; in the office's folders it
#: is the office's own.
UPLOADED = r"^\d{4}-\d{2}-\d{2}/([^/]+)/(\d{3,})_[^/]+$"
OFFICE, ACCEPTED = "专班办公室", "验收销号"
OFFICE_FOLDERS = frozenset({OFFICE, ACCEPTED})
#: The file of one thing that a meeting decided, as the office typed it in: the day, the number.
DECIDED = "议定事项.csv"
TYPED_DECISION = rf"^\d{{4}}-\d{{2}}-\d{{2}}/{OFFICE}/\d{{3,}}_{DECIDED}$"
#: How long one process waits for another that is writing.
BUSY_S = 10.0


def must_not_be_newer(
    form: object, known: int, store: str, error: type[YanpanError] = YanpanError
) -> None:
    """Refuse a store of a form above the one that is known; ``store`` is what people call it.

    What is no whole number is no form of ours: whoever reads the rest says what is wrong with it.

    Raises:
        YanpanError: the store was written by a newer program; of the class ``error``.

    """
    if isinstance(form, int) and form > known:
        raise error(f"{store}由更新版本的研判台写成，请升级后再打开。")


@dataclass(frozen=True, slots=True)
class SqliteForms:
    """The forms of a SQLite store: the statements that make it, and those to each later form.

    ``tables`` makes the newest form where there is nothing; ``steps[n]`` leads from form n + 1 to
    form n + 2.
    """

    label: str
    tables: Sequence[str]
    steps: Sequence[Sequence[str]] = ()

    @property
    def newest(self) -> int:
        """The form that this program writes."""
        return FIRST + len(self.steps)

    def statements_from(self, form: int) -> list[str]:
        """What leads to the newest form from another; 0 stands for nothing there."""
        if form == 0:
            return list(self.tables)
        return [statement for step in self.steps[form - FIRST :] for statement in step]


def bring_forward(con: sqlite3.Connection, path: Path, forms: SqliteForms) -> None:
    """Make the store at ``path`` of the newest form, or leave it as it was.

    ``con`` is open on it, outside any transaction. One process does it; others wait.

    Raises:
        YanpanError: a newer program wrote it, or a step failed; nothing was changed then.

    """
    if _form(con, forms, path) == forms.newest:
        return
    try:
        con.execute("BEGIN IMMEDIATE")
        form = _form(con, forms, path)  # another process may have been quicker
        if 0 < form < forms.newest:
            _keep_aside(path, form)
        for statement in forms.statements_from(form):
            con.execute(statement)
        con.execute(f"PRAGMA user_version = {forms.newest:d}")
        con.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        con.rollback()
        raise YanpanError(
            f"{forms.label} {path.name} 没有写成，原来的没有改动；请检查磁盘空间和权限：{error}"
        ) from error


def _form(con: sqlite3.Connection, forms: SqliteForms, path: Path) -> int:
    """The form of what is there; 0 where there is nothing."""
    ((form,),) = con.execute("PRAGMA user_version").fetchall()
    must_not_be_newer(form, forms.newest, f"{forms.label} {path.name} ")
    ((tables,),) = con.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return int(form) or (FIRST if tables else 0)


def _keep_aside(path: Path, form: int) -> None:
    """Copy a store beside itself under a free name, readable by its owner alone."""
    names = (path.with_name(f"{path.name}.form{form}{(n and f'_{n}') or ''}") for n in count())
    aside = next(name for name in names if not name.exists())
    aside.touch(0o600)
    with (
        closing(sqlite3.connect(path, timeout=BUSY_S)) as source,
        closing(sqlite3.connect(aside)) as target,
    ):
        source.backup(target)
