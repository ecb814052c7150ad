"""Words of state → the status of an item, read from prose as well: 已整改, 正在推进, 尚未启动.

Each pattern takes its words out of the text before the next one looks, from the most particular
to the plainest: 基本完成 is taken before 完成 can be. What the words say together decides; where
they contradict each other nothing is read, since a hazard called done is out of everybody's sight.
"""

import re
import unicodedata

#: A state that a text hints at beside those of the code list.
PLANNED, UNACCEPTED, PARTLY = "planned", "unaccepted", "partly"
#: What an authority ordered or sealed: 停产停业整顿, 临时查封. It is no end of the work.
ENFORCED = "enforced"

#: What was done, or was not; only the first line says that the hazard itself was.
_MENDED = "完成|整改|到位|改正|整治|治理|解决|消除|纠正|办结|处理|处置|落实|达标|完工"
_WORK = (
    "完成|整改|落实|到位|改正|整治|治理|解决|消除|纠正|办结|处理|达标|达到|更换|启动|开始|"
    "开展|实施|行动"
)
_CHECK = "验收|复查|复核|复验|审核|审查|核查|核验"
_GAP = r"[^,;。、!?\n已]{0,8}?"
#: What is done on the way, and not the thing itself.
_STEP = (
    "方案|设计|招标|招投标|排查|摸排|采购|制定|勘[察测]|评估|预算|立项|审批|报批|前期|主体|"
    "签订|询价|选址|施工图"
)

#: What is shut when it is closed: a hazard that is closed is struck off, a business is not.
_BUSINESS = (
    "企业|场所|门店|店铺|店面|本店|该店|宾馆|酒店|饭店|网吧|公司|工厂|景区|景点|"
    "商户|业户|经营户|单位"
)

#: From the most particular to the plainest: what the words say, and the words.
SIGNALS: tuple[tuple[str, str], ...] = (
    ("void",
     r"误报|重复(?:上报|录入|登记|报送|隐患)|不属于?(?:实)?隐患|不予认定|无需整改|不需整改|作废|"
     r"撤销"),
    ("rejected",
     rf"(?:{_CHECK}|整改|销号)(?:不|未|没有?)(?:予)?(?:合格|通过|达标|到位|符合)|(?:未|"
     rf"没有?)(?:能)?通过(?:{_CHECK})|不予(?:{_CHECK}|销号|通过)"
     r"|(?:审核|验收|销号)?(?:被)?(?:退回|驳回)|重新整改|虚假整改|反弹|复发|不达标|返工|回潮"),
    ("blocked",
     r"待[^,;。]{0,6}到位后?|无法(?:整改|完成|落实|实施|推进)|不能(?:整改|完成|落实)|受阻|"
     r"暂缓|搁置|停滞|存在困难|资金(?:困难|短缺|紧张|不足|缺口|未到位|没有?到位|尚未到位)|"
     r"待(?:资金|审批|批复|拨款)"
     r"|暂停整改|难以(?:整改|推进|完成)"),
    ("not_started",
     r"(?:拒不|拒绝|不愿|不配合|未按要求|未按期)(?:配合)?(?:整改|履行|改正|执行)?|"
     r"推诿|扯皮|不作为|置之不理"),
    ("pending_accept",
     rf"(?:待|等待|等候|申请|提请|报请|请求|拟|计划|预计|准备|具备|符合|上报|"
     rf"提交)[^,;。]{{0,6}}?(?:{_CHECK}|销号|销案|闭环|摘牌|备查)(?:条件)?"
     rf"|可销号|(?:正在|组织|进行|安排){{1,3}}(?:{_CHECK}|销号)|(?:{_CHECK}|销号)(?:中|阶段)"),
    (PARTLY,
     rf"(?:基本|大部分|部分|初步|阶段性|大体|主体|局部|多数|个别|近乎|"
     rf"接近)(?:上)?(?:已)?(?:经)?(?:{_WORK}|完工)+|(?:已|未)?(?:部分|基本)(?:{_WORK})"
     # of several the rest is shut: 已检17台，剩余1台停用待检
     r"|(?:剩余|其余|余下|尚余|还剩|仅剩)[^,;。]{0,8}?(?:停业|停产|停用|停运|停办|关停|歇业|关门|闭店)"
     r"|剩余|其余|余下|尚余|还有|还剩|仅剩|尚有|另有"),
    ("in_progress",
     rf"(?:已|已经)?落实(?:了|好|整改)*(?:措施|责任|资金|专人|人员|方案|预案|单位)|(?:已|"
     rf"已经)?(?:完成|落实)了?(?:整改)?{_GAP}(?:{_STEP})(?:工作|编制|制定|设计)*|"
     rf"(?:{_STEP}){_GAP}(?:完成|到位)"),
    (UNACCEPTED,
     rf"(?:尚未|还未|仍未|暂未|未经|未|没有)(?:组织|申请|进行)?(?:{_CHECK}|销号|闭环|销案|"
     rf"摘牌)"),
    ("in_progress",
     rf"(?:未|没有?)(?:能)?(?:全部|全面|完全|彻底|整体|按期全部)(?:{_WORK})+|(?:整改|"
     rf"落实)(?:不|未|没有?)(?:全面|彻底|完全)|未整改(?:到位|完毕|完成|结束|好)"),
    ("not_started",
     rf"(?:尚未|还未|仍未|暂未|均未|未能|至今未|未|没有|没|还没|尚无|暂无|"
     rf"无){_GAP}(?:{_WORK}|动工|施工|进展|进场|完工|竣工)+|未动|不(?:整改|改正|落实)|未改"),
    (PLANNED,
     rf"(?:预计|预期|拟|力争|争取|(?<!按)(?<!照)计划|将于|将在|即将|承诺|确保|限(?:于|期|"
     rf"时|\d)|(?:责令|(?<!按)(?<!照)要求|督促|通知|督办)(?:其|该单位|企业|业主|相关单位)?)"
     rf"[^,;。停关封]{{0,16}}?(?:{_WORK})+(?:到位|完毕|完成)?"),
    (ENFORCED,
     r"(?:停产停业|停业停产|停业|停产)(?:整顿|整改|治理)(?:中)?"
     r"|(?:责令|勒令|依法|予以|要求)[^,;。关]{0,8}?(?:停产停业|停业停产|停业|停产)"
     r"|(?:临时|依法|予以)?查封|(?:责令|依法|予以)?(?:停止使用|停用)"),
    ("suspended",
     r"停业|停产(?:停业)?|关停|歇业|(?:责令|依法|予以|强制)关闭|"
     rf"关闭(?:{_BUSINESS})|(?:{_BUSINESS})(?:现|已|经|均|永久|自行|主动|依法)*关闭|取缔|"
     r"暂停营业|停止(?:营业|运营|经营)|注销|"
     r"闭店|关门|停运|停办"),
    ("transferred", r"移送|移交|转交|转办|转送|转由"),
    ("done_onspot",
     r"(?:已|已经)?(?:在)?(?:现场|当场|当日|当天|立即)(?:已)?(?:经)?(?:立即|予以|"
     r"进行)?(?:完成)?(?:整改|改正|处置|处理|纠正|消除)(?:已)?(?:完成|完毕|到位|结束)*"
     r"|(?:已)?(?:立行立改|立查立改|即知即改|即查即改|边查边改|立改|即改|"
     r"立整立改)(?:已)?(?:完成|到位|完毕)*"),
    ("closed",
     rf"(?:已|已经|完成|整改|予以|同意|通过|准予|审核|全部)*(?:销号|闭环|销案|核销|摘牌|"
     rf"清零)(?!管理)|(?:{_CHECK})(?:已)?(?:合格|通过|达标)|验收(?:已)?(?:完成|完毕)|(?:已|"
     rf"并|经)?(?:通过|经)?(?:了)?(?:{_CHECK})(?:合格|通过)"
     rf"|(?:已|并)(?:经)?(?:组织)?验收|通过(?:了)?(?:{_CHECK})|(?:已)?办结(?:归档)?|已关闭"),
    ("in_progress",
     r"正在|(?:有序|积极|持续|加快|稳步|全力|抓紧|逐步|扎实|大力)?推进|进行(?:当)?中|"
     r"(?:整改|办理|施工|处理|治理|维修|建设|改造|安装|采购|协调|督办|调查|处置|落实|实施|"
     r"更换|修复|完善|跟进|跟踪|推动|流转|查处|办)中"
     r"|陆续|抓紧|加快|着手|继续|持续整改|边整边改|(?:已|已经)(?:启动|开始|着手|部署|安排|"
     r"制定|下达|下发|发放|发出|通知|联系|列入|纳入|上报|立案|责令|约谈|督促|受理|交办|"
     r"派单|签收|动工|进场|开工|采购|订购|招标|接收|申请|研究|提醒|警告|处罚)"
     r"|立案(?:查处|调查)?|督促|责令|跟踪|督办|协调|序时|滞后|缓慢|延期|顺延|(?:逾期|"
     r"超期)(?=$|[,;。])"),
    ("done",
     rf"(?:已|已经|均已|业已|现已|都已)(?:经|全部|全面|完全|彻底|按[^,;。未没不]{{0,6}}?|"
     rf"于[^,;。未没不]{{1,14}}?|将[^,;。未没不]{{1,8}}?|对[^,;。未没不]{{1,8}}?|进行|立即|"
     rf"如期|逾期|自行){{0,3}}(?:{_MENDED})+(?:好|结束)?"
     r"|(?:整改|治理|整治|改正|处理|问题|隐患|全部|全面|按期|按时|如期|提前|逾期|超期|"
     r"任务|工作|落实|督促)*(?:完成|完毕|到位|完工|合格|达标)(?:整改|治理|任务|改正)*"
     r"|全部(?:整改|改正|落实|整治|治理)|(?:整改|改正|治理)(?:好|了|结束)"),
    ("ongoing", r"长期坚持|长期|常态化?(?:长效|坚持|管理|开展)?|坚持"),
    ("not_started", r"待整改|待处理|待办|未处理|待落实"),
)  # fmt: skip
_SIGNALS = [(state, re.compile(pattern)) for state, pattern in SIGNALS]
#: How far it is, with the words that only lead up to the number: 已完成80%.
PERCENT = re.compile(
    r"(?:已|已经)?(?:完成|整改|治理|工程|形象)?(?:率|进度|比例)?(?:约|达|到|为|了|至|"
    r":)*(\d{1,3}(?:\.\d+)?)%"
)
#: How many of them: whether that is all of them nothing says.
COUNTED = re.compile(
    r"(?:已|已经)?(?:完成|整改|治理|改正|落实)(?:整改|治理)?了?\d+(?:处|项|条|个|家|户|起|具|件)"
)
#: «已检12台，共18台»: so many of so many, and no other word of state.
SO_MANY_OF = re.compile(
    r"已[^,;。\d]{0,6}(\d{1,6})[台家户处个项件人份辆座所具套次],?(?:总?共|总计|合计|应[^,;。\d]{0,4})[有计为]?(\d{1,6})"
)
#: Beside «done» any such sign casts a doubt.
DENIAL = re.compile(r"[未没不尚欠仍仅待]|部分")

#: A time to come: 下周完成, 12月底前完成.
TO_COME = re.compile(
    rf"(?:下个?[周月季年]|近期|尽快|[年月季]底(?:前|之前)?|[年节假汛季]后|日前|月前|前|将|(?<!准)即将)[^已,;。]{{0,4}}?(?:{_MENDED})"
)
#: A time of which nobody knows whether it has come: 11月完成, 本周内完成.
SOME_TIME = re.compile(
    rf"(?<!已)(?<!于)(?:\d{{1,2}}月|本[周月季年]|[年月]内)(?:份|内|中)?(?:{_MENDED})|立即完成|马上"
)
#: A part, or what somebody says or guesses.
IN_PART = re.compile(
    r"[一大近过]半|[一二三四五六七八九]成|[一二三四五六七八九十]分之|"
    r"(?<![\d/])\d{1,3}\s*/\s*\d{1,3}(?![\d/])|除.{1,16}外|除外|应已|可能|"
    r"大概|估计|[?？]|[自据]称|疑似|\d+[处项条个](?:已|完成)"
)
#: «已完成» and nothing else; what may not come after it.
PLAINLY_DONE = re.compile(rf"^(?:已|已经|均已|现已)?(?:全部|全面)?(?:{_MENDED})+(?:完毕|结束)?$")
#: The last word on the whole: «该项已完成», «此项整改任务已全部完成», «措施3-2已完成».
WHOLE_DONE = re.compile(
    r"(?:[该此本这][项条]?(?:细化|整改)?(?:措施|任务|工作|问题|隐患|事项)?|(?:措施|任务)\d{1,2}-\d{1,2})"
    rf"(?:整改)?(?:任务|工作)?(?:已|已经)(?:全部|全面|按期|如期)*(?:{_MENDED})+(?:完毕|结束)?"
)
UNDER_WAY = re.compile(
    r"[未没不尚欠仍仅待将]|正在|推进|预计|计划|准备|力争|下一步|其余|剩余|部分|基本|逐步|中(?=$|[,;。])"
)

#: Of these nothing is done with.
OPEN = frozenset({"not_started", "in_progress", "blocked"})
_OPEN = {"not_started", "in_progress", PLANNED, PARTLY, UNACCEPTED}
#: Several states that do not contradict each other, from the first that fits: the state that they
#: are together. Each state of a text is in ``first`` or in ``others``, one in ``first``.
TOGETHER: tuple[tuple[set[str], set[str], str], ...] = (
    # «剩余1家停业»: what is left is not done, though nobody is there
    (
        {PARTLY},
        _OPEN | {"done", "counted", "done_onspot", "ongoing", "suspended", ENFORCED},
        "in_progress",
    ),
    ({"rejected"}, _OPEN | {"pending_accept"}, "rejected"),
    ({"blocked"}, _OPEN, "blocked"),
    ({"suspended"}, _OPEN | {"blocked", "done_onspot", ENFORCED}, "suspended"),
    ({"transferred"}, _OPEN | {"suspended", ENFORCED}, "transferred"),
    # who refuses, and is made to: the refusal is what the office has to know
    ({"not_started"}, {ENFORCED, UNACCEPTED}, "not_started"),
    ({ENFORCED}, _OPEN - {"not_started"}, ENFORCED),
    ({"in_progress", PLANNED}, _OPEN | {"ongoing", "counted"}, "in_progress"),
    ({"not_started"}, {UNACCEPTED}, "not_started"),
    ({"ongoing"}, {"done", "done_onspot", "closed"}, "ongoing"),
    (
        {"pending_accept", UNACCEPTED},
        {"done", "done_onspot", "closed", "counted"},
        "pending_accept",
    ),
    ({"closed"}, {"done", "done_onspot"}, "closed"),
    ({"done_onspot"}, {"done"}, "done_onspot"),
)
#: A state that such a word takes back: shut, and open again.
_OPENED_AGAIN = re.compile("恢复|重新(?:营业|开业)|复工|复产|解除|解封")
TAKEN_BACK = {"suspended": _OPENED_AGAIN, ENFORCED: _OPENED_AGAIN}
_DONE = {"done", "done_onspot", "closed", "pending_accept"}
#: What has been done and what has not, where words say that the latter is still to come:
#: 护栏已安装约八成，尚未完工.
_BEGUN = {"done", "counted", "not_started"}
#: «已铺设完毕，正在试压，预计25日完成»: under way, and its end announced.
_TO_GO = {"in_progress", PLANNED}
STILL = re.compile(r"尚未|还未|仍未|暂未|其余|剩余|还有|仍有|尚有")


#: What is not the end of the work behind «未完成,»: a thing or a person that comes
#: (电工春节后到位), and what is to be done by then (年后完成).
STILL_TO_COME = re.compile(
    r"(?:(?<=^)|(?<=[,;。]))(?![^,;。]*(?:整改|治理|隐患|问题|全部))[^,;。]{2,14}到位"
    rf"|(?:[后前底]|下个?[周月季年])[^已,;。]{{0,6}}?(?:{_MENDED})"
)
#: «未完成» and nothing else.
PLAINLY_OPEN = re.compile(
    rf"(?:至今)?[尚还仍暂均]?未(?:能|全部)?(?:{_WORK}|完工)+|(?:正在)?(?:{_WORK}|推进|施工|办理)+中?"
)
#: So long a text tells of many things, and is slow to look through.
LONGEST = 1_500


class ContradictionError(ValueError):
    """A text whose words of state do not go together."""


def state_of(text: str) -> str | None:
    """The status that a text speaks of; None where no word of it is one of state.

    Raises:
        ContradictionError: its words say different things.

    """
    if len(text) > LONGEST:
        raise ContradictionError
    try:
        return _told_together(text)
    except ContradictionError:
        if state := _begins_with_open(text):
            return state
        raise


def _told_together(text: str) -> str | None:
    """The status of all the words of a text."""
    rest = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    rest_of_all = rest
    signals: set[str] = set()
    for match in PERCENT.finditer(rest):
        share = float(match.group(1))
        signals.add("done" if share >= 100 else "in_progress" if share > 0 else "not_started")
    rest = PERCENT.sub("#", rest)
    if counted := COUNTED.search(rest):
        signals.add("counted")
        rest = rest[: counted.start()] + "#" + rest[counted.end() :]
    for state, pattern in _SIGNALS:
        if pattern.search(rest):
            signals.add(state)
            rest = pattern.sub("#", rest)
    if not signals:
        return "in_progress" if _is_part(rest) else None
    together = _together(signals)
    if together is None and _TO_GO <= signals <= _TO_GO | _BEGUN:
        return "in_progress"
    if together is None and signals <= _BEGUN and STILL.search(rest_of_all):
        return "in_progress"
    if together == "not_started" and IN_PART.search(rest_of_all):
        return "in_progress"
    if together in _DONE and not_yet(rest_of_all):
        if TO_COME.search(rest_of_all):
            return "in_progress"
        raise ContradictionError
    denial = DENIAL if together in _DONE else TAKEN_BACK.get(together or "")
    if together is None or (denial and denial.search(rest)):
        if _begins_with_done(text) or _ends_with_done(text):
            return "done"
        raise ContradictionError
    return "in_progress" if together == ENFORCED else together


def _is_part(text: str) -> bool:
    """Whether a text counts so many of more; of as many nothing says that they are done with."""
    match = SO_MANY_OF.search(text)
    return match is not None and 0 < int(match.group(1)) < int(match.group(2))


def not_yet(text: str) -> bool:
    """Whether words of completion are of a time to come, of a part, or of hearsay."""
    return bool(TO_COME.search(text) or SOME_TIME.search(text) or IN_PART.search(text))


def _begins_with_done(text: str) -> bool:
    """Whether a text says «已完成» and stops, and then only tells of what was done."""
    head, stop, tail = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).partition(",")
    return bool(stop and tail and PLAINLY_DONE.match(head) and not UNDER_WAY.search(tail))


def _ends_with_done(text: str) -> bool:
    """Whether a text ends «该项已完成», which speaks of the whole, and before it only tells of what
    was done.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。;")
    head, stop, last = plain.rpartition(",")
    return bool(stop and WHOLE_DONE.fullmatch(last) and not UNDER_WAY.search(head))


def _begins_with_open(text: str) -> str | None:
    """The status of a text that says «未完成» and stops, and then only why, and what is to come."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    head, _, tail = plain.partition(",")
    state = _told_together(head) if tail and PLAINLY_OPEN.fullmatch(head) else None
    why = _told_together(STILL_TO_COME.sub("#", tail)) if state in OPEN else None
    if state not in OPEN or why not in {None, *OPEN}:
        return None
    return why or state if state == "not_started" else state


def _together(signals: set[str]) -> str | None:
    """The one state of several signals; None where they contradict each other."""
    if len(signals) == 1:
        (only,) = signals
        own = {PLANNED: "in_progress", PARTLY: "in_progress", UNACCEPTED: None, "counted": None}
        return own.get(only, only)
    for first, others, state in TOGETHER:
        if signals & first and signals <= first | others:
            return state
    return None
