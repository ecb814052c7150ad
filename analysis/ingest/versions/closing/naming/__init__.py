"""Which item an act of the office's is on: by id, by number, by site and words, by a measure's
number.
"""

from analysis.ingest.versions.closing.naming.meant import NAMED_BY, UnitOf, named
from analysis.ingest.versions.closing.naming.measures import NUMBERED_BY, measures_named

__all__ = ["NAMED_BY", "NUMBERED_BY", "UnitOf", "measures_named", "named"]
