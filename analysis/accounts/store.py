"""A SQLite file of this room: opened for each question, so that all worker processes agree."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import YanpanError
from analysis.stores import BUSY_S, SqliteForms, bring_forward


@dataclass(frozen=True, slots=True)
class Store:
    """The file at a path, of a form; ``otherwise`` says what to do when it cannot be read."""

    path: Path
    forms: SqliteForms
    otherwise: str

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection; who finds no file need not open one.

        Raises:
            YanpanError: the file is broken, or a newer program's.

        """
        with self._explained(), closing(sqlite3.connect(self.path, timeout=BUSY_S)) as con:
            bring_forward(con, self.path, self.forms)
            yield con

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other writer runs beside; nothing slow belongs into it.

        Raises:
            YanpanError: as for reading, or others write without an end.

        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            self.path.touch(0o600)  # hashes are for nobody else to try out
        with (
            self._explained(),
            closing(sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)) as con,
        ):
            bring_forward(con, self.path, self.forms)
            con.execute("BEGIN IMMEDIATE")
            try:
                yield con
            except BaseException:
                con.execute("ROLLBACK")
                raise
            con.execute("COMMIT")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError:
            raise  # what it means is known to whoever wrote
        except sqlite3.OperationalError as error:
            raise YanpanError(
                f"{self.forms.label} {self.path.name} 现在写不进，请稍后再试：{error}"
            ) from error
        except sqlite3.DatabaseError as error:
            raise YanpanError(
                f"{self.forms.label} {self.path.name} 读不了，{self.otherwise}：{error}"
            ) from error
