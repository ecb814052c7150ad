"""Whether an item says who answers for it: told once for each version, by the grammar of names."""

import pandas as pd

from analysis.wording.persons.nobody import names_person, names_unit


def with_names(versions: pd.DataFrame) -> pd.DataFrame:
    """Versions of items with ``has_named_person`` and ``has_named_unit``."""
    columns = {}
    for name, is_named in (("person", names_person), ("unit", names_unit)):
        texts = versions[name].tolist()
        known = {text: is_named(str(text)) for text in set(texts) if isinstance(text, str)}
        told = [known.get(text, False) for text in texts]
        columns[f"has_named_{name}"] = pd.Series(told, index=versions.index, dtype=object)
    return versions.assign(**columns)
