"""What every document and page says of its figures: the day, the submissions counted, the scope."""

from analysis.ledgers import ITEM_KIND
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import FILTERS, Scope
from analysis.wording.deadlines import chinese_day
from analysis.wording.labels import ITEM_LABELS

#: Column by which a scope is narrowed → what it is called; of what kind, is said apart from a list.
NARROWED_BY = {name: ITEM_LABELS[name] for name in sorted(FILTERS)} | {"kind": "事项种类"}
SIMULATED = "含模拟数据"


def chosen_words(scope: Scope) -> str:
    """What the scope is narrowed to: «责任单位：县交通局，等级：重大»."""
    return "，".join(
        f"{NARROWED_BY[name]}：{'、'.join(ITEM_KIND.labels.get(v, v) for v in values)}"
        for name, values in scope.filters.items()
    )


def stamp_words(scope: Scope, facts: Provenance) -> list[str]:
    """The day, how many submissions count, the newest of them, and until when they came."""
    words = [f"截至 {chinese_day(scope.as_of)}", f"计入报送 {facts.submissions} 批"]
    if facts.newest_on:
        later = "，截至日以后报来的也计入" if facts.newest_on > scope.as_of else ""
        items = facts.items_on
        own = (
            f"，其中事项和验收的 {chinese_day(items)}" if items and items < facts.newest_on else ""
        )
        words.append(f"最近一次 {chinese_day(facts.newest_on)}{later}{own}")
    if scope.known_on:
        words.append(f"只计 {chinese_day(scope.known_on)} 以前收到的")
    return words


def stamp_line(scope: Scope, facts: Provenance) -> str:
    """All of it in one line, with what the scope is narrowed to and whether data are simulated."""
    chosen = [chosen_words(scope)] if scope.filters else []
    simulated = [f"{SIMULATED}，不得作为正式文件"] if facts.is_simulated else []
    return " · ".join([*stamp_words(scope, facts), *chosen, *simulated])
