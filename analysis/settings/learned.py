"""``learned.toml``: headers and words of state that the office has taught, with who and when.

One line each, so that a line can be added at the end:

    hazard.description.headers."查见不符" = { by = "某甲", on = 2023-10-15 }
    hazard.status.words."整好了" = { value = "done", by = "某甲", on = 2023-10-15 }

Whether there is such a ledger, field or value only the rooms know that read by it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analysis.errors import SettingsError
from analysis.settings.toml_file import read_toml

LEARNED_NAME = "learned.toml"
#: How a line of each kind ends.
_FORMS = {
    "headers": '{ by = "谁", on = 2023-10-15 }',
    "words": '{ value = "取值", by = "谁", on = 2023-10-15 }',
}


@dataclass(frozen=True, slots=True)
class Learned:
    """What was taught: ledger → field → headers, and ledger → field → word → value."""

    headers: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


def read_learned(path: Path) -> Learned:
    """What a file has taught; nothing where there is none.

    Raises:
        SettingsError: it is no TOML, or lines are not as they have to be; one line for each.

    """
    headers: dict[str, dict[str, list[str]]] = {}
    words: dict[str, dict[str, dict[str, str]]] = {}
    faults = []
    for names, entry in _entries(read_toml(path)):
        if fault := _fault(names, entry):
            faults.append(f"{path} 的 {'.'.join(names)} {fault}")
            continue
        ledger, name, kind, word = names
        if kind == "headers":
            headers.setdefault(ledger, {}).setdefault(name, []).append(word)
        else:
            words.setdefault(ledger, {}).setdefault(name, {})[word] = entry["value"]
    if faults:
        raise SettingsError("\n".join(faults))
    return Learned(headers, words)


def _entries(values: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[Any]:
    """Each line of the file by its four names, or by fewer where it stops early."""
    for name, value in values.items():
        names = (*before, name)
        if len(names) < 4 and isinstance(value, Mapping) and value:
            yield from _entries(value, names)
        else:
            yield names, value


def _fault(names: tuple[str, ...], entry: Any) -> str:
    """What is wrong with a line; empty where nothing is."""
    form = _FORMS.get(names[2]) if len(names) == 4 else None
    if form is None:
        return (
            f'不合写法：应写成 台账.字段.headers."表头" = {_FORMS["headers"]}，'
            f'或 台账.字段.words."词" = {_FORMS["words"]}。'
        )
    keys = {"by": str, "on": date} | ({"value": str} if names[2] == "words" else {})
    is_right = (
        isinstance(entry, Mapping)
        and entry.keys() == keys.keys()
        and all(isinstance(entry[key], kind) and entry[key] for key, kind in keys.items())
    )
    return "" if is_right and names[3].strip() else f"不合写法：等号后面应写成 {form}。"
