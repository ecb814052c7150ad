"""The ledger dictionary: the one place that knows what each table and column is.

A ledger is a file in this folder that declares a ``Ledger``; nothing else lists it.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from analysis.ledgers.codes import Code, CodeList
from analysis.ledgers.fields import Field, Ledger


def _declared() -> Iterator[Ledger]:
    """Every ledger that a module of this folder declares."""
    for module in iter_modules(__path__):
        declared = vars(import_module(f"{__name__}.{module.name}")).values()
        yield from (value for value in declared if isinstance(value, Ledger))


def registry() -> dict[str, Ledger]:
    """The ledgers by name, in their declared order.

    Raises:
        ValueError: two declare one name or one label; a table and its view would be lost.

    """
    ledgers = sorted(set(_declared()), key=lambda ledger: (ledger.order, ledger.name))
    names = [name for ledger in ledgers for name in {ledger.name, ledger.label}]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"two ledgers are called {'、'.join(twice)}")
    return {ledger.name: ledger for ledger in ledgers}


LEDGERS: dict[str, Ledger] = registry()

#: The kinds of items: one for each ledger of items.
ITEM_KIND = CodeList(
    "kind",
    tuple(Code(each.name, each.kind_label) for each in LEDGERS.values() if each.is_item),
)

__all__ = ["ITEM_KIND", "LEDGERS", "Field", "Ledger"]
