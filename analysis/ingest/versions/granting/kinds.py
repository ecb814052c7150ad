"""The kinds of relief: which fields say each, what is asked of it and may be answered."""

from dataclasses import dataclass
from datetime import timedelta

from analysis.ingest.doubts.doubt import Answer

#: Whoever tells of a day so much later is asked, if what it is of was known before.
TOLD_LATE = timedelta(days=92)
VOID, LATER, UNDATED, LOWERED = "void", "later", "undated", "lowered"
LISTED, UNLISTED, REWORDED = "listed", "unlisted", "reworded"
REDATED, BACKDATED, UNTOLD = "redated", "backdated", "untold"
#: What asks about the day of completion, each day anew.
OF_DAYS = (REDATED, BACKDATED, UNTOLD)
DENIED, GRANTED = "denied", "granted"
#: What a relief would change; the first says where it stands in the row.
DEADLINE = ("extended_due_on", "due_on")
LISTING = ("supervised", "supervised_on")
#: What a hazard is called by, and what else it is worth beside it.
TITLE = ("description", "site", "township")
#: What of any hazard is asked about: in which 专项行动, itself or by its inspection, and in which
#: township and kind of place it counts.
OF_ANY = ("campaign", "inspection_no", "township", "site_kind")
#: The day on which it was found is asked about where it would be one of another half month.
FOUND = ("found_on",)
WORDS = (
    *TITLE, "category", "judged_on", "found_on", "site_kind", "source", "campaign", "inspection_no",
    "filed_on", "supervised_on",
)  # fmt: skip
#: By what figures compare hazards as it is spelled.
COMPARED = tuple(name for name in WORDS if name != "description")
#: Whatever a row says beside it of how far the work is, goes with its status.
PROGRESS = ("status_text", "done_on", "accepted_on", "accepted_by", "closed_on")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of relief: its rule, the fields that say it, what is asked and answered; ``held`` are
    those that stay as they were as well.
    """

    rule: str
    fields: tuple[str, ...]
    question: str
    denied: str
    granted: str
    held: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What may be answered: that it is not so first."""
        return Answer(DENIED, self.denied), Answer(GRANTED, self.granted)


#: In the order in which a row is asked about; the last of what is open is told beside the item.
KINDS = {
    LOWERED: Kind(
        "lowering", ("level",),
        "报送由重大改为{text}，是否同意", "仍为重大隐患", "同意，不再是重大隐患",
    ),
    REWORDED: Kind(
        "rewording", WORDS,
        "{level}隐患{words}报送改写{rewritten}{recurring}，是否同意",
        "没有同意，仍按原来的描述", "同意，按改写后的描述",
    ),
    LISTED: Kind(
        "listing", LISTING,
        "报送已挂牌督办，是否属实", "没有挂牌", "属实，已挂牌督办",
    ),
    UNLISTED: Kind(
        "listing", LISTING,
        "报送不再挂牌督办，是否属实", "没有摘牌，仍在督办", "属实，已摘牌",
    ),
    REDATED: Kind(
        "redating", ("done_on",),
        "报送的完成日期由 {was_done}改为{text}，是否属实",
        "不属实，仍按 {done_before} 完成", "属实，按改后的完成日期",
    ),
    BACKDATED: Kind(
        "redating", ("done_on",),
        "报送的完成日期为{text}（期限 {held}），而 {open} 报送时仍未完成，是否属实",
        "不属实，{undated}", "属实，按所报的完成日期",
    ),
    UNTOLD: Kind(
        "redating", ("done_on",),
        "报送的完成日期为{text}（期限 {held}），超过一个季度才报{silent}，是否属实",
        "不属实，{undated}", "属实，按所报的完成日期",
    ),
    LATER: Kind(
        "extension", DEADLINE,
        "{major}期限 {held} 报送改为 {due}{as_done}，是否批准",
        "没有批准，仍按 {held} 的期限", "批准，按 {due} 的期限",
    ),
    UNDATED: Kind(
        "extension", DEADLINE,
        "{major}期限 {held} 报送改为{text}，不再有期限{as_done}，是否批准",
        "没有批准，仍按 {held} 的期限", "批准，不再有期限",
    ),
    VOID: Kind(
        "voiding", ("status",),
        "{as_is}报送为{text}{copies}，不再整改，是否属实",
        "不属实，照常整改", "属实，撤销", PROGRESS,
    ),
}  # fmt: skip
