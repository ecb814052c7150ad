"""Nothing received is not zero: which ledgers a subject needs, and which nobody has sent yet."""

from collections.abc import Collection, Iterable

#: What each ledger is called where it is missed.
CALLED = {
    "measure": "整改方案", "hazard": "隐患台账", "decision": "议定事项", "inspection": "检查台账",
    "accident": "事故台账", "accident_stat": "公布的事故统计", "site": "场所名录",
    "unit": "单位名录", "duty": "履职台账", "half_month": "半月报",
}  # fmt: skip
ITEM_LEDGERS = ("measure", "hazard", "decision")


def missed(needed: Iterable[str], received: Collection[str]) -> str:
    """«尚未收到隐患台账、场所名录», or nothing where all of them were received."""
    lacking = [CALLED[name] for name in needed if name not in received]
    return f"尚未收到{'、'.join(lacking)}" if lacking else ""


def has_any(needed: Iterable[str], received: Collection[str]) -> bool:
    """Whether at least one of the ledgers was received."""
    return any(name in received for name in needed)
