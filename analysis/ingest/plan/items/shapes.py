"""What a node of the tree is by what stands in it: a heading, a section, a piece of a list."""

import re
from collections.abc import Iterator

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import names_day, stays
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import role_of
from analysis.ingest.measures.responsibility import CLOSING
from analysis.ingest.measures.segments import Said
from analysis.ingest.plan.items.headings import Zone, acts, complains, zone_of
from analysis.ingest.plan.items.saying import group_of, is_apart, is_of_all
from analysis.ingest.plan.outline import Group, Node, Text
from analysis.ledgers.labels import Role
from analysis.wording.units import is_whole

#: A problem shorter than this is a heading.
_FULL_PROBLEM = 12
#: A unit's name, as it stands alone in a heading.
BODY_NAME = re.compile(
    r"^[\u3400-\u9fff]{2,}(?:局|厅|委|委员会|办公室|安委办|大队|支队|中心|人民政府|街道办事处|街道|[镇乡]|公司)$"
)
_LONGEST_NAME = 24
#: Headings of measures, or of what is asked beside measures that have labels of their own.
ASKED_OF_ALL = re.compile(r"^(?:整改|督办|办理|交办|落实|工作)要求$")


def numbered_in(node: Node | None) -> dict[str, int]:
    """The numbers of a paragraph and of those over it, by class; the innermost counts."""
    found: dict[str, int] = {}
    while node is not None:
        if node.mark and node.mark.number:
            found.setdefault(node.mark.kind, node.mark.number)
        node = node.parent
    return found


def grouped(node: Node, said: Said) -> Group | None:
    """What a heading's own line names, in labels and brackets."""
    unit = _of_unit(node, tails(node.text)[0])
    if not said and node.said is None:
        return unit
    group = group_of(said, node.line)
    if unit and Role.LEAD not in said.texts:
        group.said.update(unit.said)
    if node.said:
        group.said.update(node.said.said)
        group.texts += node.said.texts
    return group


def is_short(node: Node) -> bool:
    """Whether the first sentence of a paragraph is short enough for a heading."""
    first = re.split(r"[。;；]", folded(node.text), maxsplit=1)[0]
    return len(first) <= 30


def labels_of_measures(node: Node) -> Iterator[str]:
    """The labels below which measures stand in a document, in their order."""
    for each in node.nodes:
        if each.is_container and each.label and not ASKED_OF_ALL.search(each.text):
            yield each.label.text
        yield from labels_of_measures(each)


def has_containers(node: Node) -> bool:
    """Whether measures stand below labels of their own in a document."""
    return any(
        (each.is_container and not ASKED_OF_ALL.search(each.text)) or has_containers(each)
        for each in node.nodes
    )


def is_section(node: Node) -> bool:
    """Whether a numbered paragraph heads a section: 二、重点任务, 一、存在问题."""
    zone = zone_of(node.text)
    return zone in {Zone.MEASURES, Zone.BOTH} or (
        zone is Zone.PROBLEMS and role_of(node.text) is not None
    )


#: «整治重点», «排查内容»: what is looked for in work that other chapters lay down.
_LOOKED_FOR = re.compile(
    r"^(?:排查|整治|检查|治理|督查|巡查|摸排|攻坚|行动|重点(?:排查|整治|检查|治理)|排查整治)(?:的)?(?:重点|内容|范围|对象|情形)(?:和?(?:内容|范围|对象))?$"
)


def lists_faults(node: Node) -> bool:
    """Whether a heading lists kinds of hazards to be looked for, and nothing that is done."""
    if not _LOOKED_FOR.match(folded(node.text).strip(" :。")):
        return False
    texts = [*(each.text for each in node.nodes), *(each.text for each in node.texts)]
    return not names_fields(node) and not any(
        acts(text) or names_day(text) or stays(text) for text in texts
    )


def is_aspect(node: Node, text: str) -> bool:
    """«二、反馈问题及对策», «（二）隐患排查治理方面»: a heading over problems is none of them."""
    is_short = len(text) <= 20 and not re.search(r"[,，。;；]", text.rstrip("。"))
    is_outer = node.mark is not None and node.mark.kind.startswith(("chapter", "han"))
    if text.rstrip("。:：").endswith("方面"):
        return any(each.role is None or each.role is Role.PROBLEM for each in node.nodes)
    return is_short and is_outer and _has_problems(node)


def _has_problems(node: Node) -> bool:
    """Whether problems stand below a heading, at any depth."""
    return any(
        each.role is Role.PROBLEM
        or (each.role is None and (complains(each.text) or _has_problems(each)))
        for each in node.nodes
    )


def is_among_measures(node: Node) -> bool:
    """Whether another piece of the same list names who answers or by when."""
    siblings = node.parent.nodes if node.parent else []
    texts = [each for one in (node.parent, *siblings) if one for each in one.texts]
    if any(CLOSING.match(each.text) or is_of_all(each.text) for each in texts):
        return True  # «以上3项由甲局牵头» closes the list
    return any(
        each is not node and each.kind == node.kind and not each.nodes
        and (each.said or tails(each.text)[1] or is_followed(each))
        for each in siblings
    )  # fmt: skip


def is_followed(node: Node) -> bool:
    """Whether who answers stands below a piece of a list, for it or for all of the list."""
    return any(
        isinstance(each, Group) or (isinstance(each, Text) and is_apart(each.text))
        for each in node.events
    )


def names_fields(node: Node) -> bool:
    """Whether anything below a heading names a unit."""
    for event in node.events:
        if isinstance(event, Group) and event.said.texts.keys() & {Role.LEAD, Role.PERSON}:
            return True
        if isinstance(event, Node) and (
            names_fields(event) or Role.LEAD in tails(event.text)[1].texts or event.said
        ):
            return True
    return False


def is_done_in_list(node: Node) -> bool:
    """Whether a piece belongs to a list, under a problem stated in full, that says what is done.

    Most of its pieces begin as measures do, so the others are measures as well.
    """
    parent = node.parent
    over = [each for each in (parent, parent.parent if parent else None) if each]
    if parent is None or not any(
        each.role is Role.PROBLEM and len(each.text) >= _FULL_PROBLEM for each in over
    ):
        return False
    pieces = [each for each in parent.nodes if each.kind == node.kind]
    done = [each for each in pieces if acts(each.text) and not each.text.endswith("问题")]
    return len(done) * 2 >= len(pieces)


def is_done_by_most(node: Node) -> bool:
    """Whether most pieces of a list begin as measures do: a word that complains in one is no
    fault that it tells of.
    """
    pieces = [each for each in node.parent.nodes if each.kind == node.kind] if node.parent else []
    done = [each for each in pieces if acts(each.text) and not complains(each.text)]
    return len(done) * 2 > len(pieces)


def heads_unit(node: Node) -> bool:
    """Whether a paragraph is a unit's name, over what that unit has to do."""
    return _of_unit(node, tails(node.text)[0]) is not None


def heads_unit_in_turn(node: Node) -> bool:
    """Whether a paper takes units in turn: «一、甲局», «二、乙局», each over numbered work."""
    siblings = node.parent.nodes if node.parent else []
    heads = [each for each in siblings if each.kind == node.kind and heads_unit(each)]
    return len(heads) > 1 and all(each.nodes for each in heads)


#: «（五）各街道办事处»: all of a kind.
_OF_EACH_BODY = re.compile(r"^各(?:县|市|区|乡|镇|街道|村|社区|部门|单位|成员单位)")


def _of_unit(node: Node, text: str) -> Group | None:
    """«第一章 县应急管理局»: a heading that is a unit's name gives what is below to that unit."""
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", text.strip().rstrip(":："))
    is_name = bool(BODY_NAME.search(bare) or _OF_EACH_BODY.match(bare))
    if not bare or len(bare) > _LONGEST_NAME or not is_name or not is_whole(bare):
        return None
    said = Said()
    said.add(Role.LEAD, bare)
    return group_of(said, node.line)


#: «一、关于高风险项目监管»: what decisions in paragraphs below are about.
_SUBJECT = re.compile(r"^关于[^,，。;；:：]{2,40}$")


def is_subject(node: Node) -> bool:
    """Whether a numbered line names the subject of paragraphs below it, and lays nothing down."""
    return bool(_SUBJECT.match(node.text.strip())) and bool(node.texts) and node.said is None


def is_topic(text: str) -> bool:
    """Whether a heading of minutes says what the decisions below are about: «一、关于…问题»."""
    return bool(_SUBJECT.match(text.strip()))


def is_stage(text: str) -> bool:
    """«巩固提升阶段（8月1日—25日）»: a stage with its days, over what is done in it."""
    title, said = tails(text)
    return zone_of(title) is Zone.STEPS and Role.DUE in said.texts
