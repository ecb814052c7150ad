"""Unit names → one name each: 县文旅局, 文旅局 and 兴县文化和旅游局 are the same bureau."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

#: What bureaus are called in full, by the short forms that ledgers use.
FULL_NAMES: Mapping[str, str] = {
    "文旅局": "文化和旅游局", "文化旅游局": "文化和旅游局", "文体旅局": "文化和旅游局",
    "发改局": "发展和改革局", "发改委": "发展改革委", "发展和改革委员会": "发展改革委",
    "发展改革委员会": "发展改革委", "教体局": "教育局", "工信局": "工业和信息化局",
    "人社局": "人力资源和社会保障局", "自然资源局": "自然资源局", "国土局": "自然资源局",
    "住建局": "住房和城乡建设局", "交通局": "交通运输局", "农业局": "农业农村局",
    "卫健委": "卫生健康委", "卫健局": "卫生健康局", "卫生健康委员会": "卫生健康委",
    "卫体局": "卫生健康和体育局", "应急局": "应急管理局", "安监局": "应急管理局",
    "市场监管局": "市场监督管理局", "市监局": "市场监督管理局",
    "退役军人局": "退役军人事务局", "消防大队": "消防救援大队", "消防支队": "消防救援支队",
    "网信办": "委网信办", "统战部": "委统战部", "宣传部": "委宣传部",
    "城管局": "城市管理局", "执法局": "综合行政执法局", "信访局": "信访局",
}  # fmt: skip
#: «山西省吕梁市兴县…» and «兴县…» name a county; «县…» and «本县…» mean the office's own.
COUNTY = re.compile(r"^(?:\w{2,3}省)?(?:\w{2,3}市)?(\w{1,3}?)?县(?!级|委书记)")
GOVERNMENT = re.compile(r"(?:人民)?政府$")


def unit_key(name: str, own: str = "") -> str:
    """What two spellings of one unit share: without county and 政府, short forms written out.

    ``own`` is the name of the office's county; the unit of another county keeps its name.
    """
    text = re.sub(r"[\s（）()]", "", unicodedata.normalize("NFKC", name))
    short = text
    if (match := COUNTY.match(text)) and (match.group(1) or own) in {own, "本"}:
        short = text[match.end() :]
    if len(short) < 2:
        short = text
    short = GOVERNMENT.sub("", short) or short
    return FULL_NAMES.get(short, FULL_NAMES.get(short.removeprefix("委"), short))


def own_county(names: Iterable[str]) -> str:
    """The county that the units are of, where they name just one."""
    named = {match.group(1) for name in names if (match := COUNTY.match(name))} - {None, "本"}
    return named.pop() if len(named) == 1 else ""


class UnitNames:
    """One name for each unit: the register's, else the way of writing that sorts first."""

    def __init__(self, register: Iterable[tuple[str, str | None]], seen: Iterable[str]) -> None:
        self.names: dict[str, str] = {}
        self.by_key: dict[str, str] = {}
        register, seen = list(register), set(seen)
        self.own = own_county([*seen, *(unit for unit, _ in register)])
        for unit, aliases in sorted(register, key=lambda pair: (pair[0], pair[1] or "")):
            self.by_key.setdefault(unit_key(unit, self.own), unit)
            self.names[unit] = unit
            for alias in re.split(r"[、，,；;\s]+", aliases or ""):
                if alias:
                    self.names[alias] = unit
                    self.by_key.setdefault(unit_key(alias, self.own), unit)
        for name in sorted(seen, key=lambda each: (-len(each), each)):
            self.by_key.setdefault(unit_key(name, self.own), name)

    def canonical(self, name: str) -> str:
        """The one name of a unit."""
        return self.names.get(name) or self.by_key.get(unit_key(name, self.own), name)

    def known(self, text: str) -> str | None:
        """The unit of which a text is a spelling, if it is one that was seen."""
        if text in self.names:
            return self.names[text]
        return text if text in self.by_key.values() else None

    def within(self, text: str) -> str | None:
        """The unit whose longest spelling stands in a text such as a file name."""
        spellings = {*self.names, *self.by_key.values()}
        found = [name for name in spellings if len(name) >= 3 and name in text]
        return self.canonical(max(found, key=lambda name: (len(name), name))) if found else None
