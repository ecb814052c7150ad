"""The grammar of a unit's name: [省][市][县] + what it does + what kind of body it is.

Two spellings of one name come out alike: without the office's own region, with every ending and
short form written one way. The name of another region stays beside it: 市教育局 is not 县教育局.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from analysis.ingest.units.facts import KINDS_OF_ZONE, SHORT_FORMS
from analysis.wording.units import is_whole, units_of

#: Names that are remembered.
REMEMBERED = 50_000
#: Behind 县 or 市 in front of a name, what makes it another word: 县级, 市场, 市政, 区域.
_NO_PLACE = {
    "县": "级|域|长|官|志|乡公",
    "区": "域|块|划|间|位|长|管|服",
    "旗": "长|下",
    "市": "场|政(?!府|协|法|务)|容|民(?!政|族|宗|防|兵)|区|长|话|值",
}
#: A name within a name holds none of these.
_PART = r"[^\W省市县区旗镇乡]"
_PROVINCE = rf"(?:{_PART}{{2,3}}省|{_PART}{{2,5}}自治区)"
_CITY = rf"(?:{_PART}{{2,4}}(?:市(?!{_NO_PLACE['市']})|地区|州|盟))"
#: 开发区, 景区, 社区 … are bodies of their own and no region.
_COUNTY = (
    rf"(?:(?![团驻各全该原赴本我]){_PART}{{1,4}}?县(?!{_NO_PLACE['县']})|{_PART}{{2,4}}?旗|"
    rf"{_PART}{{1,3}}(?<![开边景园社小校林矿库新厂街片牧辖假灾山城地发村老中])区(?!{_NO_PLACE['区']}))"
)
_REGION = re.compile(rf"^({_PROVINCE})?({_CITY})?({_COUNTY})?(?=..)")
_OWN_COUNTY = re.compile(rf"^{_PROVINCE}?({_CITY})?((?!本){_PART}{{1,4}}?县)(?!{_NO_PLACE['县']})")
#: What is run from above the county and named after it.
_RUN_FROM_ABOVE = re.compile(
    r"^(?:国家税务总局|国家统计局|国家电网|国网(?:\w{2,3}省)?(?:电力(?:有限)?公司)?|"
    r"中共|中国共产党)"
)
#: What the county's name alone may stand in front of: an organ, and what kind of one. A township, a
#: firm, a school or a village is named after the same lake, and is another one without it.
_ORGAN = re.compile(
    r"(?![镇乡村街路社])(?!管理委员会$)(?:\w{2,}?(?:局|委|委员会|管委会|部|办|办公室|大队|支队|中心|法院|"
    r"检察院|联合会|总工会|红十字会)|供电公司|电力公司|(?:人民)?政府)"
)
_SELF_GOVERNING = re.compile(r"(.{2,}?)(?:\w{1,3}族)+自治[县旗]")
_LEAGUE = re.compile(r"^共青团(.*)委员会$")
_STAMP = re.compile(r"[（(][^（）()]*章[）)]")

#: What says that a name is that of before: «甲管委会（原名）», «原名：甲管委会», «（更名前）甲局».
_MARK = (
    r"(?:[^()]{0,12}(?:更名|改名|变更)(?:之?前|以前)|原(?:单位)?(?:名称?|称)?|曾用名?|旧称|旧名)"
)
_FORMER_BEHIND = re.compile(rf"\({_MARK}\)$")
_FORMER_BEFORE = re.compile(
    rf"^(?:\({_MARK}:?\)|{_MARK}:|原名称?(?=\w{{3}})|原(?![州平阳])(?=\w{{4}}))"
)
_IN_BRACKETS = re.compile(rf"\(({_MARK}:?\w{{3,}})\)")
#: «乙管委会（原甲管委会）», «乙管委会（原名：甲管委会）», «甲局（原乙局、丙局）».
_WITH_FORMER = re.compile(rf"(.+?)\({_MARK}:?(\w{{3,}}(?:[、,;]\w{{3,}})*)\)")

#: A clause of a remark that says what a unit was called before, and what it is called now.
_RENAMED_BEFORE = re.compile(rf"{_MARK}(?:为|是|叫|系)?:?(?P<old>\w{{3,}})")
_RENAMED_FROM = re.compile(
    r"[自于]?(?:\d+年)?(?:\d+月)?(?:\d+日)?起?[由从]?原?(?P<old>\w{3,}?)(?:正式)?(?:更名|改名|改称)(?:而来|(?:为|成)(?P<new>\w{3,}))?"
)

#: Endings, each with the one way in which it is compared; in turn.
_ENDINGS = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"人民政府", "政府"),
        (r"(?:股份|集团)?有限(?:责任)?公司$|集团公司$", "公司"),
        *((written, kind) for kind, written in KINDS_OF_ZONE.items()),
        (r"管理委员会", "管委会"),
        (r"村(?:村民委员会|民委员会|村委会|委会|村委|党支部|两委)$", "村"),
        (r"社区(?:居民委员会|居委会|居委|党支部)$", "社区"),
        (r"街道(?:办事处|办公室|办|党工委)?(?:[、和]?政府)?$", "街道"),
        (r"(乡|镇)(?:党委|党工委|委员会|委)?[、和]?(?:政府)?$", r"\1"),
        (r"人民(法院|检察院|武装部)$", r"\1"),
        (r"合作社联合社$", "合作社"),
        (r"^团[县市区]?委(?:员会)?$", "团委"),
        (r"委员会(?=办公室$|办$|$)", "委"),
        (r"办公室$", "办"),
        (r"第?([一二三四五六七八九十]+)(?:(中)学?|(小)学?|(幼)儿园?)$", r"\1\2\3\4"),
        (r"^公安局?(?=\w{2,}(?:大队|中队|派出所)$)", ""),
        # the party's and the government's own departments
        (r"^(?:[县市区]委|委员会|委)(?=\w{2,}$)", ""),
        (r"^政府(?=\w{2,}(?:局|中心|室)$)", ""),
    )
)  # fmt: skip
_JOINED = re.compile(r"(?<=\w\w)[和与及、](?=\w\w\w)")
_DEPARTMENT = re.compile(r"(\w{4,})(局|厅|委|部)")


@dataclass(frozen=True, slots=True)
class Home:
    """The office's own region: 兴县 in 吕梁市; empty where nobody has said so.

    ``level`` is what a name without a place's name may begin with and be the office's own.
    """

    county: str = ""
    city: str = ""
    level: str = "县"

    @property
    def stem(self) -> str:
        """The county's name as it stands in the names of its organs: 东湖 of 东湖县.

        Empty where it is one character, which may begin any word, or where the city above is
        called the same: 南昌教育局 may be that of 南昌市.
        """
        match = _SELF_GOVERNING.fullmatch(self.county)
        stem = match.group(1) if match else self.county[:-1]
        return stem if len(stem) > 1 and not self.city.startswith(stem) else ""


@dataclass(frozen=True, slots=True)
class Name:
    """What two spellings of one unit share: another region's name, and what the unit is.

    ``full`` is the stem as it was written out, which short forms do not show.
    """

    place: str
    stem: str
    full: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """Both together, as the subject of a doubt."""
        return f"{self.place}{self.stem}"


def home_of(region: str, seen: Iterable[str] = ()) -> Home:
    """The office's region by its setting, else by the one county that units are named after.

    ``region`` may be 兴县, 吕梁市兴县, 汾阳市 or nothing in particular (本县).
    """
    parts = re.findall(r".+?(?:自治区|自治县|自治州|省|市|地区|盟|县|区|旗)", region)
    county = parts[-1] if parts and parts[-1] not in {"本县", "我县", "本区", "本市"} else ""
    city = next((part for part in reversed(parts[:-1]) if re.search("[市州盟]$|地区$", part)), "")
    level = (parts[-1] if parts else "县")[-1]
    if county and city:
        return Home(county, city, level)
    named = {m.groups() for text in seen if (m := _OWN_COUNTY.match(_plain(text)))}
    if not county and level == "县":
        counties = {found for _, found in named}
        county = counties.pop() if len(counties) == 1 else ""
    cities = {found for found, of in named if found and of == county}
    return Home(county, city or (cities.pop() if len(cities) == 1 else ""), level)


@lru_cache(maxsize=REMEMBERED)
def read_name(text: str, home: Home) -> Name:
    """Place and stem of a name; the office's own place is empty."""
    said = _plain(text)
    if branch := _branch(said, home):
        place, rest = "", branch
    else:
        said = _LEAGUE.sub(r"\1团委", _RUN_FROM_ABOVE.sub("", said))
        place, rest = _place(said, home)
        rest = rest if place else _without_stem(rest, home)
    if rest in {"委", "委员会", "县委", "市委", "区委"}:
        rest = f"{home.level}委"
    full = _written_out(rest)
    return Name(place, stem_of(full), full)


def bare_name(text: str) -> str:
    """A name among a unit's aliases without what says that it is called so no longer."""
    said = unicodedata.normalize("NFKC", text).strip()
    within = _IN_BRACKETS.fullmatch(said)
    bare = _FORMER_BEFORE.sub("", _FORMER_BEHIND.sub("", within.group(1) if within else said))
    return bare if bare and bare != said else text


def now_and_before(text: str) -> tuple[str, tuple[str, ...]]:
    """«乙管委会（原甲管委会）» → the name of now, and those of before where a roster adds them.

    «甲局（原址办公）» adds no name.
    """
    match = _WITH_FORMER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return text, ()
    before = units_of(match.group(2))
    names = (before.lead, *before.supporters)
    return (match.group(1), names) if all(map(is_whole, names)) else (text, ())


def former_in(remark: str, unit: str) -> tuple[str, ...]:
    """The names of before that a remark in a unit's line of a roster tells: «2024年1月更名，
    原县甲局», «由县甲局更名».

    Only a clause that says nothing else does: «原县甲局办公楼», «原由县甲局代报» name no unit.
    """
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", remark))
    found = []
    for clause in re.split("[,;。、]", said.replace("(", ",").replace(")", ",")):
        match = _RENAMED_BEFORE.fullmatch(clause) or _RENAMED_FROM.fullmatch(clause)
        new = match.groupdict().get("new") if match else None
        if match and is_whole(match["old"]) and (not new or unit.endswith(new)):
            found.append(match["old"])
    return tuple(name for name in found if name != unit)


def _plain(text: str) -> str:
    """A name without blanks, stamps, and brackets; a second name plate in brackets is left out."""
    text = re.sub(r"\s", "", _STAMP.sub("", unicodedata.normalize("NFKC", text)))
    return re.sub(
        r"\(([^()]*)\)", lambda match: "" if is_whole(match.group(1)) else match.group(1), text
    )


def _place(text: str, home: Home) -> tuple[str, str]:
    """The other region in front of a name, and what is left of the name."""
    if text in _SHORT:  # «市监局» is no body of a city's
        return "", text
    if home.county:
        own = re.match(rf"(?:{_PROVINCE}?{_CITY}?)?{home.county}(?!级|域)(?=.)", text)
        if own:
            return "", text[own.end() :]
    if match := re.match(rf"[本我]?{home.level}(?!{_NO_PLACE[home.level]})(?=.)", text):
        rest = text[match.end() :]
        return ("", rest) if len(rest) > 1 or rest == "委" else ("", text)
    for level in ("省", "市", "县"):
        if match := re.match(rf"{level}(?!{_NO_PLACE.get(level, '级')})(?=..)", text):
            return (home.city or level) if level == "市" else level, text[match.end() :]
    match = _REGION.match(text)
    named = next((each for each in reversed(match.groups()) if each), "") if match else ""
    return named, text[match.end() :] if match else text


def _without_stem(text: str, home: Home) -> str:
    """«东湖风景区管委会» of 东湖县 → 风景区管委会: the county's name without 县.

    The name of another county's stays: 西湖风景区管委会 is none of the office's own.
    """
    rest = text.removeprefix(home.stem)
    return rest if home.stem and rest != text and _ORGAN.fullmatch(rest) else text


def _branch(text: str, home: Home) -> str:
    """«市生态环境局兴县分局», «中国移动兴县分公司» → the county's own body; else nothing."""
    if not home.county:
        return ""
    names = "|".join(filter(None, (home.county, home.stem)))
    if match := re.fullmatch(rf"(.+局)(?:{names})分局", text):
        return _place(match.group(1), home)[1]
    firm = re.fullmatch(rf"(?:中国)?(移动|联通|电信|邮政|铁塔)\w*?(?:{names})分公司", text)
    return f"{firm.group(1)}公司" if firm else ""


def own_forms(text: str, home: Home) -> list[str]:
    """Every way in which a unit of the office's own region is formally written; itself for others.

    With the region's name in front and without, and with what a short form is short for.
    """
    name = read_name(text, home)
    if name.place:
        return [text]
    bare = _without_stem(_place(_plain(text), home)[1], home)
    places = [
        "",
        home.level,
        home.stem,
        home.county,
        f"{home.city}{home.county}" if home.city else "",
    ]
    bodies = dict.fromkeys((bare, name.stem, *SHORT_FORMS.get(name.stem, ())))
    forms = dict.fromkeys((text, *(f"{place}{body}" for place in places for body in bodies)))
    return [form for form in forms if len(form) > 1 and read_name(form, home) == name]


def stem_of(full: str) -> str:
    """The short form of a name that is written out, by a fact or by its first characters."""
    full = unjoined(full)
    initials = _initials(full)
    return _SHORT.get(full) or _SHORT.get(initials, initials)


def unjoined(name: str) -> str:
    """A name without the 和 that some write in it."""
    return _JOINED.sub("", name)


def _written_out(rest: str) -> str:
    """What a unit is, its ending written one way, without 和."""
    for pattern, ending in _ENDINGS:
        rest = pattern.sub(ending, rest) or rest
    return unjoined(rest)


def _initials(stem: str) -> str:
    """«教育体育局» → 教体局: a bureau is called by the first character of each word of two."""
    match = _DEPARTMENT.fullmatch(stem)
    if match and len(match.group(1)) % 2 == 0:
        return match.group(1)[::2] + match.group(2)
    return stem


_SHORT: Mapping[str, str] = {
    _written_out(full): short for short, fulls in SHORT_FORMS.items() for full in (short, *fulls)
}
