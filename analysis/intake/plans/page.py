"""对照 as HTML: left the document's lines by their roles, right what was read of each.

The same for the page of 报送 and for the file of ``yanpan plan -o``. Everything that a document
says is escaped here; no script is needed.
"""

from collections.abc import Callable, Iterator
from html import escape

from analysis.ingest.beside.view import Beside, Given, ItemRead, LineRead, Part
from analysis.ingest.plan.lines import LineRole
from analysis.wording.characters import without_odd

#: The address at which a line of a part, counted from 0, can be set right; empty where it cannot.
Link = Callable[[int, LineRead], str]
#: Class of a line → the roles that have it.
LOOKS = {
    "measure": {LineRole.MEASURE},
    "problem": {LineRole.PROBLEM, LineRole.MANIFESTATION},
    "who": {LineRole.WHO},
    "due": {LineRole.DUE},
    "heading": {LineRole.TITLE, LineRole.HEAD, LineRole.HEADER},
    "asked": {
        LineRole.REQUIREMENT, LineRole.STEP, LineRole.GOAL, LineRole.PROGRESS, LineRole.KIND,
    },
    "facts": {LineRole.FIGURES, LineRole.ORGANISATION, LineRole.ROW},
    "unread": {LineRole.UNREAD},
}  # fmt: skip
_LOOK_OF = {role: look for look, roles in LOOKS.items() for role in roles}
#: So many lines are named for a jump; the others are found by their colour.
MOST_NAMED = 40
#: What can be shown alone: id, label, class of the lines.
_CHOICES = (("all", "全部行"), ("items", "只看措施和没有读懂的"), ("unread", "只看没有读懂的"))


def no_link(part: int, line: LineRead) -> str:
    """Nothing can be set right."""
    return ""


def fragment(beside: Beside, link: Link = no_link) -> str:
    """The part of a page that shows a document beside its reading."""
    return "".join(_pieces(beside, link))


def whole_page(beside: Beside, style: str) -> str:
    """A page of its own, with its looks in it."""
    name = _text(beside.name)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name} · 对照 · 研判台</title><style>{style}</style></head>"
        f'<body class="beside-page"><header><h1>研判台</h1><span>方案对照</span></header><main>'
        f"<h2>{name}</h2>{fragment(beside)}</main></body></html>\n"
    )


def _pieces(beside: Beside, link: Link) -> Iterator[str]:
    yield '<div class="beside">'
    if beside.why_not:
        yield f'<p class="beside-no">不是方案：{_text(beside.why_not)}。</p>'
    else:
        yield f'<p class="beside-sum"><strong>{_text(beside.summary)}</strong></p>'
    yield from (f'<p class="beside-note">{_text(said)}</p>' for said in _notes(beside))
    if not beside.why_not:
        yield _jumps(beside)
        yield _legend(beside)
        for n, (name, label) in enumerate(_CHOICES):
            checked = "" if n else " checked"
            yield (
                f'<input class="beside-show" type="radio" name="beside-show" id="show-{name}"'
                f'{checked}><label class="beside-choice" for="show-{name}">{label}</label>'
            )
    for n, part in enumerate(beside.parts):
        yield from _part(part, n, link, is_plan=not beside.why_not)
    yield "</div>"


def _notes(beside: Beside) -> list[str]:
    return [*beside.counts, *beside.remarks]


def _jumps(beside: Beside) -> str:
    """The lines that were not understood, to go to."""
    places = [
        (n, part, line)
        for n, part in enumerate(beside.parts)
        for line in part.lines
        if line.role is LineRole.UNREAD
    ]
    if not places:
        return ""
    links = "、".join(
        f'<a href="#{_id(n, line)}">{_text(where(part, line))}</a>'
        for n, part, line in places[:MOST_NAMED]
    )
    more = f" 等 {len(places)} 行" if len(places) > MOST_NAMED else ""
    return f'<p class="beside-unread">没有读懂：{links}{more}</p>'


def where(part: Part, line: LineRead) -> str:
    """What a line is called: 第 3 行, 表格1第 3 行."""
    return f"{part.name}第 {line.number} 行" if part.is_table else f"第 {line.number} 行"


def _legend(beside: Beside) -> str:
    counts = beside.roles
    shown = "".join(
        f'<li class="bl-role {_look(role)}">{role} {counts[role]}</li>'
        for role in LineRole
        if counts[role] and role is not LineRole.BLANK
    )
    blank = counts[LineRole.BLANK]
    empty = f'<li class="bl-blank">空行 {blank}，不列</li>' if blank else ""
    return f'<ul class="beside-legend" aria-label="各种行的行数">{shown}{empty}</ul>'


def _part(part: Part, number: int, link: Link, *, is_plan: bool) -> Iterator[str]:
    yield f'<section class="beside-part"><h3>{_text(part.name)}</h3>'
    if is_plan:
        yield (
            '<div class="bl bl-heads" aria-hidden="true">'
            "<span>原文</span><span>读到什么</span></div>"
        )
    yield '<ol class="beside-lines">'
    for line in part.lines:
        if line.is_filled:
            name = where(part, line)
            yield _line(
                line,
                name,
                _id(number, line),
                link(number, line) if is_plan else "",
                is_plan=is_plan,
            )
    yield "</ol></section>"


def _id(part: int, line: LineRead) -> str:
    return f"L{part}-{line.number}"


def _line(line: LineRead, name: str, place: str, href: str, *, is_plan: bool) -> str:
    text = _text(line.text.replace("\t", " ｜ ").strip())
    role = f'<span class="bl-role">{line.role}</span>' if is_plan else ""
    has = " has-items" if line.items else ""
    told = '<span class="bl-told">专班办公室改定</span>' if line.is_told else ""
    change = (
        f'<a class="bl-set" href="{escape(href)}" aria-label="改{_text(name)}">改</a>'
        if href else ""
    )  # fmt: skip
    read = "".join([*map(_item, line.items), *map(_given_line, line.gave)])
    if line.goes_on:
        read += f'<p class="bl-goes">接第 {line.goes_on} 行</p>'
    return (
        f'<li id="{place}" class="bl {_look(line.role)}{has}"><div class="bl-doc">'
        f'<span class="bl-no">{line.number}</span>{role}<p class="bl-text">{text}</p>{change}</div>'
        f'<div class="bl-read">{told}{read}</div></li>'
    )


def _item(item: ItemRead) -> str:
    number = f'<b class="bl-item-no">{_text(item.number)}</b> ' if item.number else ""
    fields = "".join(f"<dt>{_text(f.name)}</dt><dd>{_given(f)}</dd>" for f in item.fields)
    return (
        f'<div class="bl-item"><p class="bl-item-text">{number}{_text(item.text)}</p>'
        f"<dl>{fields}</dl></div>"
    )


def _given(given: Given) -> str:
    if not given.text:
        return '<span class="bl-none">没有写</span>'
    how = f' <small class="bl-how">{_text(given.origin)}</small>' if given.origin else ""
    return _text(given.text) + how


def _given_line(given: Given) -> str:
    return f'<p class="bl-gave">{_text(given.name)}：{_given(given)}</p>'


def _look(role: LineRole) -> str:
    return f"is-{_LOOK_OF.get(role, 'plain')}"


def _text(text: object) -> str:
    return escape(without_odd(str(text)))
