"""``%load_ext analysis.notebook``: cells of SQL on the published warehouse.

``%%sql 名称`` asks what stands below it and shows the rows; with a name they are kept as a frame.
The same limits hold as for ``yanpan sql``: one reading statement, no files, so many rows, so long.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import YanpanError
from analysis.settings import load_settings
from analysis.warehouse.client import Warehouse
from analysis.wording.characters import for_terminal

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

#: The variable of a notebook that says where the data are.
HOME = "HOME"


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Make ``%%sql`` known to a notebook; IPython calls this."""

    def sql(line: str, cell: str) -> pd.DataFrame | None:
        names = shell.user_ns
        try:
            found, is_cut = ask(cell, names.get(HOME))
        except YanpanError as error:
            print(for_terminal(str(error)))
            return None
        if is_cut:
            print(f"只列出前 {len(found)} 行，后面还有；请加上筛选条件或 LIMIT。")
        if name := line.strip():
            names[name] = found
        return found

    register: Any = shell.register_magic_function  # its type is that of a decorated method
    register(sql, "cell", "sql")


def ask(sql: str, home: Any = None) -> tuple[pd.DataFrame, bool]:
    """The rows of one query as a frame, and whether there were more.

    Raises:
        YanpanError: it does not read, is wrong, or takes too long.

    """
    with Warehouse(load_settings(Path(home) if home else None).warehouse) as warehouse:
        answer = warehouse.ask(sql)
    return pd.DataFrame(answer.rows, columns=answer.columns), answer.is_cut
