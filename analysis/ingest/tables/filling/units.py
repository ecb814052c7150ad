"""Units and persons of rows: several in a cell, a person in the unit's cell, who sent it."""

import re

from analysis.ingest.findings import Place
from analysis.ingest.measures.responsibility import has_post_in_front, person_in
from analysis.ingest.tables.records import Records, is_its_senders, member, with_unread
from analysis.ledgers import Ledger
from analysis.wording.persons.titles import BEFORE
from analysis.wording.units import Units, is_whole, units_of

#: A person whose given name is not told: 王某, 欧阳某某.
NAME_LEFT_OUT = re.compile(r"[\u4e00-\u9fff]{1,2}某某?")
#: «设备部 窦某»: where a person works, and his name behind a blank.
UNIT_AND_PERSON = re.compile(r"[\u4e00-\u9fff]{2,12}[ \u3000]+[\u4e00-\u9fff]{2,4}")


def person_is_no_unit(records: Records, place: Place, ledger: Ledger, sender: str | None) -> None:
    """Where the unit's cell holds the name of the person responsible, the row is its sender's."""
    owner = ledger.owner_column
    if owner not in records.columns or "person" not in ledger.columns:
        return
    units, persons = list(records.columns[owner]), list(records.get("person"))
    for n, (unit, person) in enumerate(zip(units, persons, strict=True)):
        if not unit or is_whole(unit) or not (unit == person or NAME_LEFT_OUT.fullmatch(unit)):
            continue
        units[n], persons[n] = sender, person or unit
        label = ledger[owner].label
        as_whose = f"按填报单位“{sender}”统计" if sender else "没有当作单位"
        message = f"{label}写的是人名“{unit}”，{as_whose}；请写单位名称"
        row_no = records.columns["row_no"][n]
        records.findings.append(
            place.finding("unreadable", "error", message, row_no=row_no, field=owner, value=unit)
        )
    records.columns |= {owner: units, "person": persons}


def part_units(records: Records, place: Place, ledger: Ledger) -> None:
    """Take a cell apart that names a person beside its unit, or several units.

    Who leads stays; the others and the person go to columns of their own where the ledger has
    them, and a cell of several units is kept whole among the other columns.
    """
    owner = ledger.owner_column
    if owner not in records.columns:
        return
    cells = records.columns[owner]
    parts = {text: units_of(text) for text in set(cells) if text}
    if all(said == Units(text) for text, said in parts.items()):
        return
    read = [parts.get(text, Units("")) for text in cells]
    names_person = "person" in ledger.columns
    records.columns[owner] = [
        said.lead if names_person or said.is_several else text
        for text, said in zip(cells, read, strict=True)
    ]
    if names_person:
        persons = zip(records.get("person"), read, strict=True)
        records.columns["person"] = [named or said.person for named, said in persons]
    if "support_units" in ledger.columns:
        named = zip(records.get("support_units"), read, strict=True)
        records.columns["support_units"] = [
            "、".join(filter(None, (text, *said.supporters))) or None for text, said in named
        ]
    several = {n: text for n, (text, said) in enumerate(zip(cells, read, strict=True))
               if text and said.is_several}  # fmt: skip
    label = ledger[owner].label
    whole = {n: member(label, text) for n, text in several.items()}
    records.columns["extra"] = with_unread(records.get("extra"), [whole])
    for n, text in several.items():
        message = f"{label}“{text}”写了不止一个单位，按“{read[n].lead}”统计，其余按配合单位对待"
        row_no = records.columns["row_no"][n]
        records.findings.append(
            place.finding("several_units", "info", message, row_no=row_no, field=owner, value=text)
        )


def _is_of_unit(text: str) -> bool:
    return bool(UNIT_AND_PERSON.fullmatch(text)) and is_whole(text.split()[0])


def _has_more_in_front(text: str) -> bool:
    return bool(_is_of_unit(text) or BEFORE.fullmatch(text) or has_post_in_front(text))


def name_persons_first(records: Records) -> None:
    """«设备部 窦某» as «窦某（设备部）», «乡长刘某» as «刘某（乡长）»."""
    if "person" not in records.columns:
        return
    records.columns["person"] = [
        person_in(text) if text and _has_more_in_front(text) else text
        for text in records.columns["person"]
    ]


def fill_in_sender(records: Records, ledger: Ledger, sender: str | None) -> None:
    """What a unit says of itself is its own where no column names another."""
    if sender and not ledger.is_item and is_its_senders(records, ledger, sender):
        records.columns[ledger.owner_column] = [sender] * len(records)
