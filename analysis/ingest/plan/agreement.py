"""Where a plan states one thing twice and differently: numbers, texts, sums (R01 to R04, R08 …)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.ingest.plan.document import ONE_TEXT, Plan, Rule, Said, bare, likeness
from analysis.ingest.plan.problems import Problem
from analysis.ingest.tables.measures import frequency, leading_no

#: From this likeness on two texts are one; a body and its annex differ in slips only.
SAME_TEXT = 0.85
#: Slips of scanners and keyboards, with what is meant.
SLIPS = {
    r"健全晚上": "健全完善", r"艰辛挂牌": "进行挂牌", r"(?<!敦)催此次": "借此次", r"行行业": "行业",
    r"专组长": "专班组长", r"责任扣得不紧": "责任抓得不紧（原文正文、附件相同，请核对）",
    r"遏止|抑制事故": "遏制事故", r"审视安全风险隐患": "检视安全风险隐患",
}  # fmt: skip


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
    """R29: words that a scanner or an input method put in the place of others."""
    for number, raw in enumerate(plan.lines, start=1):
        line = re.sub(r"\s", "", raw)
        for pattern, meant in SLIPS.items():
            if match := re.search(pattern, line):
                yield Problem(
                    number, "R29", "info",
                    f"第 {number} 行“{match.group()}”疑为“{meant}”；按原文保存",
                    match.group(),
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
    pages_do_not_cut,
)
