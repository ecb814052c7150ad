"""A table of what the office decided on items, under headers that any table may have.

«日期 | 事项 | 单位 | 处理意见 | 经办» under a title of acceptances: what makes it a register of
them are its verdicts, «现场验收通过，销号», «误报，同意撤销», which no other table has.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from analysis.ingest.cells.codes.acts import act_of
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import SURELY, Header, Vocabulary, normalise
from analysis.ingest.tables.layout import is_filled
from analysis.ingest.tables.rows import folded
from analysis.ledgers import LEDGERS
from analysis.ledgers.acceptance import ACCEPTANCE

#: Headers as the ledger lists them, for those that say what each is and not of which act.
ACT, DAY, SIGNER = "验收动作", "验收日期", "验收人"
_OF_ACTS = re.compile(r"验收|销号|复验|撤销")
#: Titles of who inspects, or of what is still to be done.
_OF_OTHERS = re.compile(r"方案|计划|通知|标准|办法|制度|申请|自查|检查表|待验收|拟验收|未验收")
_VERDICT = re.compile(
    r"(?:处理|处置|办理|审核|审批|专班|办公室|专班办|验收|复验|复核|核查|复查)*(?:意见|结果|结论)"
    r"|(?:验收|复验|审核|核查|复查)情况"
)
_BARE_DAY = re.compile(r"^(?:日期|时间|(?:处理|办理|处置|复核|核查)(?:日期|时间))$")
_HANDLED_BY = re.compile(r"^(?:经办|经办人员?|办理人员?|处理人|承办人)$")
#: Columns by which an item is known.
_NAMES_ITEM = frozenset({"item_id", "hazard_no", "site", "description"})
#: The header stands within the first rows; so many of the verdicts must be acts.
_WITHIN, _MOSTLY = 8, 0.5


def with_acts_headed(sheet: Sheet, vocabulary: Vocabulary) -> Sheet | None:
    """The sheet with the listed headers over its verdicts, their days and who gave them; None where
    it is no register of acceptances.
    """
    for top, row in enumerate(sheet.filled[:_WITHIN]):
        words = [normalise(cell) if is_filled(cell) else "" for cell in row]
        verdict = next((n for n, w in enumerate(words) if _is_of_acts(sheet, top, n, w)), None)
        if verdict is None or not _is_register(words, verdict, vocabulary):
            continue
        if not _is_titled(sheet, top):
            return None
        cells = [list(each) for each in sheet.cells]
        cells[top][verdict] = ACT
        for name, word, form in (
            ("accepted_on", DAY, _BARE_DAY),
            ("accepted_by", SIGNER, _HANDLED_BY),
        ):
            bare = [n for n, each in enumerate(words) if form.search(each)]
            if len(bare) == 1 and not any(_fields(each, vocabulary) & {name} for each in words):
                cells[top][bare[0]] = word
        return replace(sheet, cells=cells)
    return None


def _is_titled(sheet: Sheet, top: int) -> bool:
    titles = [str(cell) for row in sheet.cells[:top] for cell in row if is_filled(cell)]
    title = " ".join([sheet.name, sheet.above, sheet.heading, *titles])
    return bool(_OF_ACTS.search(title)) and not _OF_OTHERS.search(title)


def _is_of_acts(sheet: Sheet, top: int, column: int, word: str) -> bool:
    """Whether a column is headed as verdicts, and most of its cells say an act."""
    if not _VERDICT.fullmatch(word):
        return False
    said = [folded(row[column]) for row in sheet.filled[top + 1 :] if len(set(row)) > 1]
    texts = [re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) for text in said if text]
    return bool(texts) and sum(bool(act_of(text)) for text in texts) > _MOSTLY * len(texts)


def _is_register(words: Sequence[str], verdict: int, vocabulary: Vocabulary) -> bool:
    """Whether the other columns name an item, and none is of a ledger that has it as it stands."""
    others = [word for n, word in enumerate(words) if word and n != verdict]
    if not any(_fields(word, vocabulary) & _NAMES_ITEM for word in others):
        return False
    return not any(
        claim.field.name in ACCEPTANCE.belied_by and claim.weight >= SURELY
        for name in ACCEPTANCE.stands_for
        for word in others
        if not _BARE_DAY.search(word)
        for claim in vocabulary.claims_of(LEDGERS[name], Header(word, word, ""))
    )


def _fields(word: str, vocabulary: Vocabulary) -> set[str]:
    if not word:
        return set()
    header = Header(word, word, "")
    return {each.name for each in vocabulary.candidates(ACCEPTANCE, header)}
