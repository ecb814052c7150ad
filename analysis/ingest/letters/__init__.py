"""What the office decides by letter (复函, 移交函, 通报, 通知): the acts that it would enter in its
register of acceptances otherwise, and the lines of its register of units.

frame.py is who writes to whom, sentences.py what one sentence decides, members.py what a notice
says of units, records.py makes rows of it, slips.py is a unit's own correction of a day. A unit's
请示 decides nothing, and neither does a draft, a copy or an annex; what may be a decision and is
not sure is told, with what to enter where.
"""

from analysis.ingest.letters.frame import Letter, read_frame
from analysis.ingest.letters.records import acts_of, members_of, told_of_others
from analysis.ingest.letters.slips import read_slips

__all__ = ["Letter", "acts_of", "members_of", "read_frame", "read_slips", "told_of_others"]
