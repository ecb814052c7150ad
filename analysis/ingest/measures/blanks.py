"""What a note says of all that is left blank: «责任单位栏空白的，均由甲局负责», «其余由乙局牵头».

It stands below a table, on another sheet or at the end of a text, and fills what nobody has said.
"""

import re

from analysis.ingest.measures.folding import HAN, folded
from analysis.ingest.measures.labels import FIELDS, Label, label_of
from analysis.ingest.measures.parts import by_number
from analysis.ingest.measures.responsibility import is_unit_list, person_in, sentence, take
from analysis.ingest.measures.segments import Said
from analysis.ledgers.labels import Role
from analysis.wording.persons.nobody import names_person

_SAID = r"(?:填写|填报|填列|填|注明|标明|标注|明确|列明|列出|写明|载明|写|指定|说明|规定|要求)"
_ONLY = r"(?:另行|另外|另有|另|单独|逐一|具体|特别|已|有)*"
_UNSAID = rf"(?:未|没有|没|不){_ONLY}{_SAID}"
_EMPTY = r"(?:一?[栏列格处]|一项)?(?:中|内|里)?(?:为|是|系|有)?(?:空白?|空着|留空|空缺|缺省)"
#: What is blank, behind its name and in front of it.
_THINGS = r"(?:整改|重点)?(?:措施|任务|事项|项目|问题|隐患|条目|内容|清单|表格)?(?:栏|处|者|的)*"
_MUST = r"(?:默认|皆|均|都|一律|统一|统统|全部|视为|即|务必|应当|应|须|要|限)*"
_BEHIND = re.compile(rf"(?:{_EMPTY}|{_UNSAID})(?:的|者|处)*{_THINGS}[,，:：]?(.+)$")
_IN_FRONT = re.compile(rf"{_UNSAID}(.+)$")
#: «除表中另行注明期限外，均应自收到本通知书之日起30个工作日内整改完毕».
_BUT = re.compile(
    rf"除[^。；;,，]{{0,14}}?{_SAID}([^。；;,，]{{0,10}}?)(?:的|者)?(?:以外|之外|外)[,，]?"
    rf"(?:其余|其他|其它|余下|剩余)?(?:各)?(?:项|条)?{_THINGS}(.+)$"
)
#: «其余均由甲局负责», where nothing in front numbers some: of whatever is blank.
_REST = re.compile(rf"^(?:其余|其他|其它|余下|剩余)(?:各)?(?:项|条)?{_THINGS}[,，]?(.+)$")
_DAY = (
    r"(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)(?:之?前|以前|底前)?|(?:20\d{2}年?)?年底前?"
)
_PERIOD = (
    r"(?:(?:自|从|在)?(?:收到|接到|接|签收|送达|本|通知|印发|发文)[^,，。;；]{0,14}?(?:之日起|起|后)[,，]?)?"
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作)?(?:日|天|月)(?:之|以)?内"
)
_WHEN = re.compile(rf"{_PERIOD}|{_DAY}|长期坚持|立行立改")
_IS = re.compile(rf"^{_MUST}(?:由|为|是|系|于|在|按照|按|从)*{_MUST}")
_NOTE = re.compile(r"^(?:注|备注|附注|说明|填表说明|填报说明)\s*\d*\s*[:：.、]?")
_PIECES = re.compile(r"[。；;\n]|(?<=[。；;\n：:\s])\d{1,2}\s*[.．、](?!\d)")
#: No note is longer; a long text has other sentences with such words.
LONGEST = 90


def said_of_blanks(text: str) -> Said:
    """What a text says of fields that are left blank, by role; nothing where it says none."""
    said = Said()
    plain = folded(text).strip()
    if plain.startswith(("(", "[")) and plain.rstrip("。 ").endswith((")", "]")):
        plain = plain.rstrip("。 ")[1:-1]
    is_note = bool(_NOTE.match(plain))
    for piece in _PIECES.split(_NOTE.sub("", plain)):
        bare = re.sub(r"^\s*(?:\(?\d{1,2}[).、．]|[①-⑳])\s*", "", piece).strip(" ,，")
        if bare and len(bare) <= LONGEST:
            said.update(_of_piece(bare, is_note=is_note))
    return said


def _of_piece(piece: str, *, is_note: bool) -> Said:
    if match := _BUT.search(piece):
        return _value(_named(match[1])[0], match[2])
    if (match := _BEHIND.search(piece)) and (label := _at_end(piece[: match.start()])):
        return _value(label, match[1])
    if match := _IN_FRONT.search(piece):
        label, rest = _named(match[1])
        if label:
            rest = re.sub(rf"^(?:的|者)*{_THINGS}[,，:：]?", "", rest)
            return _value(label, rest)
    if is_note and not by_number(piece) and (match := _REST.match(piece)):
        return _value(*_named(match[1]))
    return Said()


def _named(text: str) -> tuple[Label | None, str]:
    """The label of a field with which a text begins, and what stands behind it."""
    for end in range(min(10, len(text)), 1, -1):
        if label := _label_of_field(text[:end]):
            return label, text[end:]
    return None, text


def _at_end(text: str) -> Label | None:
    """The label of a field with which a text ends: «表中责任单位»."""
    ends = (text[start:] for start in range(max(0, len(text) - 10), len(text) - 1))
    return next(filter(None, map(_label_of_field, ends)), None)


def _label_of_field(words: str) -> Label | None:
    label = label_of(words) if re.fullmatch(f"[{HAN}]+", words) else None
    return label if label and label.role in FIELDS else None


def _value(label: Label | None, rest: str) -> Said:
    """What stands behind «均由», of the role of a label or of those that its words name."""
    said = Said()
    again, behind = _named(rest)  # «未注明牵头单位的，牵头单位均为县教育局»
    if again and (label is None or label.role is again.role):
        label, rest = again, behind
    value = _IS.sub("", rest)
    named = sentence(value, in_brackets=True)
    role = label.role if label else None
    if (when := _WHEN.search(value)) and role in {None, Role.DUE}:
        said.add(Role.DUE, when.group())
    if label and role in {Role.PERSON, Role.LEADER}:
        person = re.sub(r"(?:同志)?(?:担任|负责|牵头|负总责)+$", "", re.split("[,，]", value)[0])
        if any(map(names_person, re.split("[、()（）]", person))) or "负责人" in person:
            said.add(role, person_in(person))
    elif role is not Role.DUE:
        first = re.split("[,，]", value)[0]
        said.update(named)
        if label and label.role not in said.texts and is_unit_list(first):
            take(said, label, first)
    return said
