"""Whether what a sender delivered for a half month is its whole list, or parts of it alone.

Of a whole list that leaves something out one may ask where it is; of a part one may not. In doubt
a list is a part: nothing is lost by it, since the items stay in the figures and it is told.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

#: A file with no more than one known item in so many is no whole list: news, or new rows.
FEW = 5
#: Of so many open items at least, a list that has none is another list: nobody drops all at once.
SEVERAL = 3
#: What comes so soon after a ledger goes on with it, be it over the end of a half month.
GOES_ON_DAYS = 5


def is_whole(
    files: Sequence[AbstractSet[str]],
    *,
    earlier: AbstractSet[str],
    still_open: AbstractSet[str],
    new: AbstractSet[str],
    days_since_last: int,
) -> bool:
    """Whether files amount to the whole list.

    ``files`` are the items of which each speaks. ``earlier`` are those of which the sender's
    earlier half months speak, ``still_open`` those of them of which something is still to be said,
    ``new`` those that were found since the sender's last ledger, which came ``days_since_last``
    before the first of these.
    """
    # A file with one known item of several is that item's news, however many such files.
    lists = [names for names in files if not _is_news_of_one(names, earlier, still_open)]
    goes_on = len(still_open) >= SEVERAL or days_since_last <= GOES_ON_DAYS

    def is_part(names: AbstractSet[str]) -> bool:
        """Whether a file has few of the known items, and beside them only what is new."""
        known = names & earlier
        is_another = goes_on and not known
        return (
            bool(names)
            and len(known) <= len(still_open) // FEW
            and (is_another or names - earlier <= new)
        )

    if not all(map(is_part, lists)):
        return True
    # Each file alone would be a part; together they may be most of the list.
    together = set[str]().union(*lists)
    return 2 * len(still_open & together) > len(still_open)


def _is_news_of_one(
    names: AbstractSet[str], earlier: AbstractSet[str], still_open: AbstractSet[str]
) -> bool:
    return len(names) == 1 and names <= earlier and bool(still_open - names)
