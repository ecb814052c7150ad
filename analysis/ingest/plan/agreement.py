"""Where a plan states one thing twice and differently: numbers, texts, sums (R01 to R04, R08 …)."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from analysis.ingest.plan.document import ONE_TEXT, Plan, Rule, Said, bare, likeness
from analysis.ingest.plan.lines import LineRole, problem_part, roles_of
from analysis.ingest.plan.problems import Problem
from analysis.ingest.tables.measures import frequency, leading_no

#: From this likeness on two texts are one; a body and its annex differ in slips only.
SAME_TEXT = 0.85
#: So many signs in the place of others are a slip; more are other words.
LONGEST_SLIP = 4
#: «4个方面9个问题», as a plan counts its own problems.
COUNTED = re.compile(r"\d+个方面[^\d。;]{0,6}(\d+)(?:个|项|条)(?:具体|突出|主要)?问题")
#: So much of a line is shown.
SHOWN = 24


def numbers_agree(plan: Plan) -> Iterator[Problem]:
    """R01: one matter under one number in the body and another in the annex."""
    for row in plan.annex:
        for name, label, stated in (
            ("manifestation", "表现形式", plan.manifestations),
            ("measure", "整改措施", plan.measures),
        ):
            text = row.cells.get(name, "")
            number = leading_no(text)
            twin = _likest(text, stated)
            if name == "measure" and {sub.number.split("-")[0] for sub in row.subs} == {number}:
                continue  # the number is right and the text another's: one_number_one_text
            if number and twin and twin.number != number:
                yield Problem(
                    row.line, "R01", "warning" if name == "manifestation" else "error",
                    f"附件第 {row.line} 行的{label}编号为 {number}，"
                    f"正文第 {twin.line} 行同一内容的编号为"
                    f" {twin.number}；采用正文编号 {twin.number}，细化措施也按正文编号",
                    number,
                )  # fmt: skip


def references_exist(plan: Plan) -> Iterator[Problem]:
    """R02: a deadline for a measure that there is not."""
    known = {item.number for item in plan.items}
    places = [(said.line, said.text) for said in plan.clauses]
    places += [(row.line, row.cells.get("due_text", "")) for row in plan.annex]
    for line, text in places:
        for number in re.findall(r"\(?(\d+-\d+)\)?项", text):
            if number not in known:
                parent = number.split("-")[0]
                mine = [item for item in plan.items if item.parent == parent]
                meant = [item.number for item in mine if item.due_on]
                then = "采用正文的时限"
                if not meant:  # nothing in the body says whose it is
                    meant = [item.number for item in mine if frequency(item.text) is None]
                    then = "其期限暂按此计（期限待确认）" if len(meant) == 1 else "暂不计入任何一条"
                yield Problem(
                    line, "R02", "error",
                    f"第 {line} 行的时限指向（{number}），没有这一条细化措施；"
                    f"疑为（{'、'.join(meant) or '不详'}），{then}，请确认",
                    number,
                )  # fmt: skip


def one_number_one_text(plan: Plan) -> Iterator[Problem]:
    """R03, R04: the text of one measure under the number of another; smaller slips are told too."""
    for row in plan.annex:
        text = row.cells.get("measure", "")
        number = leading_no(text)
        stated = next((m for m in plan.measures if m.number == number), None)
        twin = _likest(text, plan.measures)
        if stated and likeness(text, stated.text) < ONE_TEXT:
            yield Problem(
                row.line, "R03", "error",
                f"附件第 {row.line} 行“整改措施{number}”的文字"
                f"与正文第 {stated.line} 行措施（{number}）不符；"
                "采用正文的文字",
                number or "",
            )  # fmt: skip
            if twin and twin is not stated and likeness(text, twin.text) >= SAME_TEXT:
                yield Problem(
                    row.line, "R04", "error",
                    f"附件第 {row.line} 行“整改措施{number}”的文字其实是正文第 {twin.line} 行措施"
                    f"（{twin.number}）的，疑为错贴；采用正文的文字",
                    number or "",
                )  # fmt: skip
        for sub in row.subs:
            item = next((i for i in plan.items if i.number == sub.number), None)
            if item and bare(item.text) != bare(sub.text):
                yield Problem(
                    row.line, "R03", "info",
                    f"细化措施 {sub.number} 的文字"
                    f"在正文第 {item.line} 行与附件第 {row.line} 行略有不同；"
                    "采用正文的文字",
                    sub.number,
                )  # fmt: skip


def neighbouring_deadlines(plan: Plan) -> Iterator[Problem]:
    """R08: two deadlines a day apart that may mean one end of the month."""
    days = sorted({item.due_on for item in plan.items if item.due_on})
    for first, second in pairwise(days):
        if (second - first).days == 1:
            one = next(i for i in plan.items if i.due_on == first)
            other = next(i for i in plan.items if i.due_on == second)
            yield Problem(
                one.line, "R08", "info",
                f"{one.number}（第 {one.line} 行）限 {first}，"
                f"{other.number}（第 {other.line} 行）限 {second}，"
                "只差一天，疑同指月底；各按原文",
            )  # fmt: skip


def shares_add_up(plan: Plan) -> Iterator[Problem]:
    """R17, R18: a share that does not follow from its counts, a total other than its parts."""
    for line, text in plan.body:
        for whole, part, printed in re.findall(
            r"(\d+)名[^。]*?中有?(\d+)名[^。]*?占比([\d.]+)%", text
        ):
            real = int(part) / int(whole) * 100 if int(whole) else 0.0
            if abs(real - float(printed)) > 0.5 * 10 ** -len(printed.partition(".")[2]):
                yield Problem(
                    line, "R17", "error",
                    f"第 {line} 行 {whole} 名中 {part} 名，"
                    f"占比应为 {real:.2f}%，原文为 {printed}%；按计算值统计",
                    f"{printed}%",
                )  # fmt: skip
        for total, common, own in re.findall(
            r"问题共(\d+)条,其中共性问题(\d+)条,个性问题(\d+)条", text
        ):
            if int(total) != int(common) + int(own):
                yield Problem(
                    line, "R18", "error",
                    f"第 {line} 行共 {total} 条，共性 {common} 条加个性 {own} 条不等于总数；请核对",
                )  # fmt: skip


def slips_of_the_pen(plan: Plan) -> Iterator[Problem]:
    """R29: a few signs in the annex that stand in the place of others in the body."""
    told: set[tuple[str, str]] = set()
    stated = [*plan.measures, *plan.manifestations]
    stated += [Said(item.number, item.text, item.line) for item in plan.items]
    for row in plan.annex:
        texts = [row.cells.get("measure", ""), row.cells.get("manifestation", "")]
        for text in (*texts, *(sub.text for sub in row.subs)):
            twin = _likest(text, stated)
            if twin is None or likeness(text, twin.text) < SAME_TEXT:
                continue
            for here, there in _slips(bare(text), bare(twin.text)):
                if (here, there) not in told:
                    told.add((here, there))
                    yield Problem(
                        row.line, "R29", "info",
                        f"附件第 {row.line} 行的“{here}”在正文第 {twin.line} 行为“{there}”，"
                        "疑有一处笔误；按原文保存，请核对",
                        here,
                    )  # fmt: skip


def _slips(one: str, other: str) -> Iterator[tuple[str, str]]:
    """The short stretches in which two texts differ, with the signs beside them."""
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal" and 0 < max(b - a, d - c) <= LONGEST_SLIP:
            yield one[max(0, a - 2) : b + 2], other[max(0, c - 2) : d + 2]


def counts_stated(plan: Plan) -> Iterator[tuple[int, str, int, int]]:
    """What a plan says of its own number of problems: line, words, that number, those read."""
    for line, text in plan.body:
        if (match := COUNTED.search(text)) and plan.problems:
            yield line, match.group(), int(match.group(1)), len(plan.problems)


def own_counts(plan: Plan) -> Iterator[Problem]:
    """R18: how many problems a plan says that it has, and how many stand in it."""
    for line, words, said, stated in counts_stated(plan):
        if said != stated:
            yield Problem(
                line, "R18", "warning",
                f"第 {line} 行说有 {said} 个问题，文件里读出 {stated} 个；"
                "请核对有没有漏写，或没有读懂的段落",
                words,
            )  # fmt: skip


def every_line_is_read(plan: Plan) -> Iterator[Problem]:
    """Lines among the measures of which nothing was made are told, and never passed over."""
    roles = roles_of(plan)
    for number in problem_part(plan):
        text = plan.lines[number - 1].strip()
        if "\t" not in text and roles.get(number) is LineRole.UNREAD:
            yield Problem(
                number, "line_unread", "warning",
                f"第 {number} 行没有读懂，没有计入任何一条措施：“{text[:SHOWN]}”；"
                "是措施的请编号，或在这一段写明责任单位和时限",
                text,
            )  # fmt: skip


def pages_do_not_cut(plan: Plan) -> Iterator[Problem]:
    """R30: sentences and cells cut by the end of a page, cells run together, merged cells."""
    for start, line, doubled in plan.cuts:
        message = f"第 {start} 行的文字被分页切断，已与第 {line} 行接上"
        if doubled:
            message += f"，接缝处重复的“{doubled}”只取一次"
        yield Problem(start, "R30", "info", message)
    for row in plan.annex:
        if row.width < row.expected:
            yield Problem(
                row.line, "R30", "warning",
                f"附件第 {row.line} 行只有 {row.width} 格，"
                f"表头有 {row.expected} 格：配合单位与完成时限并在一格，"
                "已按日期切开；请核对",
            )  # fmt: skip
    problems: dict[str, list[int]] = {}
    for row in plan.annex:
        problems.setdefault(bare(row.cells.get("problem", "")), []).append(row.line)
    heads: dict[str, list[int]] = {}
    for row in plan.annex:
        if match := re.match(r"主要问题\(.+?\)", row.cells.get("problem", "")):
            heads.setdefault(match.group(), []).append(row.line)
    for head, lines in heads.items():
        if len(lines) > 1:
            where = "、".join(map(str, lines))
            yield Problem(
                lines[0], "R30", "info",
                f"{head}在附件第 {where} 行重复出现（合并单元格所致），按一个问题计",
                head,
            )  # fmt: skip
    filled = [lines for lines in problems.values() if len(lines) > 1]
    for lines in filled:
        if not any(set(lines) <= set(each) for each in heads.values()):
            yield Problem(
                lines[0], "R30", "info",
                f"附件第 {'、'.join(map(str, lines[1:]))} 行的问题一格是空的（合并单元格），"
                f"按第 {lines[0]} 行填充，不另计问题",
            )  # fmt: skip


def _likest(text: str, stated: list[Said]) -> Said | None:
    """The statement that a text repeats, if any."""
    if not text or not stated:
        return None
    best = max(stated, key=lambda said: likeness(text, said.text))
    return best if likeness(text, best.text) >= ONE_TEXT else None


RULES: tuple[Rule, ...] = (
    numbers_agree,
    references_exist,
    one_number_one_text,
    neighbouring_deadlines,
    shares_add_up,
    slips_of_the_pen,
    own_counts,
    every_line_is_read,
    pages_do_not_cut,
)
