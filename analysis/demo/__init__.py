"""``yanpan demo``: a half-year of an invented county, told as real units tell it: 模拟数据.

world: places and what is found there → plans, stories: what is laid down and what goes wrong →
life, books: who sends what on which day → layouts, files: how it is written. ``truth`` knows from
the same sendings, and from nothing that reads files, what is right on every day.
"""

from datetime import date
from pathlib import Path

from analysis.demo.files import write_page
from analysis.demo.layouts import page_of
from analysis.demo.life import Life, make_life
from analysis.demo.sending import Sending
from analysis.errors import YanpanError
from analysis.overwriting import must_be_free, whole_file

#: The day up to which the committed demonstration runs: January's end, the plan carried out.
UNTIL = date(2024, 1, 31)
SEED = 20231115
#: Where a home keeps what was received, and what was taken back.
REGISTER = "received.toml"
#: What the name of every invented ledger says.
MARK = "模拟数据"
#: What stands among ledgers and is none.
NO_LEDGERS = frozenset({REGISTER, "corrections.toml", "confirmations.toml", "SHA256SUMS"})


def write_demo(
    folder: Path, until: date = UNTIL, seed: int = SEED, force: bool = False
) -> list[Path]:
    """Write what the invented county sends up to a day; the same seed, the same cells.

    Raises:
        YanpanError: the folder holds other ledgers, a file of that name is there already and
            ``force`` is not said, or cannot be written.

    """
    return write_life(make_life(until, seed), folder, force)


def write_life(life: Life, folder: Path, force: bool = False) -> list[Path]:
    """Write all that is sent in a life below ``folder``, each file under its day of receipt.

    Raises:
        YanpanError: as ``write_demo``.

    """
    must_hold_no_others(folder)
    sent = {folder / path_of(sending): sending for sending in life.sendings}
    must_be_free(sent, force)
    for path, sending in sent.items():
        with whole_file(path) as part:
            write_page(page_of(sending), part)
    _note(withdrawals(life), folder / REGISTER)
    return list(sent)


def must_hold_no_others(folder: Path) -> None:
    """Refuse a folder of real ledgers: invented rows among them would count like theirs.

    Raises:
        YanpanError: it holds a ledger that does not say of itself that it is invented.

    """
    others = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and MARK not in path.name and not path.name.startswith(".")
        and path.name not in NO_LEDGERS
    )  # fmt: skip
    if others:
        more = f"等 {len(others)} 个" if len(others) > 1 else ""
        raise YanpanError(
            f"{folder} 里有别的台账（{others[0]}{more}），没有写：模拟数据不能混在里面；"
            "请用 --out 指一个空目录，或者用 yanpan init 目录 --demo 另建一个。"
        )


def _note(events: str, register: Path) -> None:
    """Put what was taken back behind what a register of receipts says already, and once."""
    said = register.read_text(encoding="utf-8") if register.exists() else ""
    if events and events not in said:
        with whole_file(register) as part:
            part.write_text(said + events, encoding="utf-8")


def withdrawals(life: Life) -> str:
    """What the register of receipts says of the files that were taken back, as TOML."""
    return "".join(
        f'[[withdrawn]]\npath = "{path_of(sending).as_posix()}"\non = {sending.withdrawn_on}\n'
        f'at = {sending.withdrawn_on}T10:00:00\nby = "{sending.unit}"\n'
        f'reason = "错发，模拟数据"\n\n'
        for sending in life.sendings
        if sending.withdrawn_on and sending.withdrawn_on <= life.world.until
    )


def path_of(sending: Sending) -> Path:
    """Where a file lies below ``data/raw``."""
    page = page_of(sending)
    return Path(sending.day.isoformat()) / f"{page.name}{page.suffix}"
