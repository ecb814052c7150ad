"""Seeded random worlds: ``world(seed)`` is small and full of the edges that the words name.

``world(seed, hard=True)`` adds what the words leave open: a deadline taken back by a word,
主体灭失, a refused claim, a withdrawn acceptance, an accepted item whose ledger never said done, an
acceptance dated before the first report of completion, a found day after the receipt.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.oracle.arithmetic import half_month_of, month_end, nth_workday_after
from tests.oracle.story import TAKE_BACK, Acceptance, Confirmation, Report, World

DAY = timedelta(1)
OFFICE = "专班办公室"
UNITS = [
    "某县教育局",
    "某县文化和旅游局",
    "某县公安局",
    "某县住房和城乡建设局",
    "某县市场监督管理局",
    "某县消防救援大队",
    "某县交通运输局",
]
PERSONS = ["某甲", "某乙", "某丙", "某丁", "某戊", "某己", "某庚", "某辛"]
SIGNERS = ["某子", "某丑"]
VAGUE = ["分管领导", "负责人", "待定", "各相关单位", "成员单位"]
TOWNSHIPS = ["东河镇", "西山镇", "南岭乡"]
SITE_KINDS = ["旅馆", "景区", "歌舞娱乐场所", "网吧"]
SITE_NAMES = [
    "望岳宾馆",
    "临溪客栈",
    "云台景区",
    "清泉山庄",
    "金曲歌厅",
    "星光影院",
    "飞鸟网吧",
    "百草园景区",
    "松涛旅社",
    "明湖酒店",
    "古塔公园",
    "长桥民宿",
]
CATEGORIES = ["消防设施", "疏散通道", "用电用火", "特种设备"]
FAULTS = {
    "消防设施": [
        "灭火器压力不足",
        "消火栓无水",
        "烟感探头被遮挡",
        "应急照明灯损坏",
        "喷淋末端无压力",
    ],
    "疏散通道": [
        "安全出口上锁",
        "楼梯间堆放杂物",
        "疏散指示标志缺失",
        "常闭式防火门敞开",
        "通道宽度不足",
    ],
    "用电用火": [
        "私拉乱接电线",
        "配电箱未接地",
        "厨房烟道未清洗",
        "线路未穿管敷设",
        "使用大功率电器",
    ],
    "特种设备": [
        "电梯未按期检验",
        "压力表未校验",
        "游乐设施安全带磨损",
        "锅炉安全阀失效",
        "索道巡检记录缺失",
    ],
}
PLACES = [
    "一楼大厅",
    "二楼走廊",
    "三楼机房",
    "后厨",
    "地下车库",
    "北侧楼梯间",
    "配电室",
    "售票处",
    "员工宿舍",
    "东门入口",
    "仓库",
    "屋顶平台",
]
SOURCES = ["双随机", "专项", "交叉互检", "日常巡查"]
CAMPAIGNS = ["今冬明春消防专项行动", "旅游旺季安全专项行动"]
MEASURE_TEXTS = [
    "梳理安全生产责任清单并逐级签订责任书",
    "完善突发事件应急预案并组织修订备案",
    "建立部门间信息通报和联合执法机制",
    "健全隐患排查治理台账",
    "更新景区最大承载量核定结果",
    "补齐老旧场馆消防器材",
    "落实从业人员安全教育",
    "公布安全举报电话并明确受理流程",
    "编制年度监督检查计划",
    "厘清监管边界并明确牵头部门",
    "规范临时搭建设施审批",
    "核查高风险游乐项目准入条件",
]
DUTY_TEXTS = [
    ("每月至少召开1次形势研判会", "形势研判会"),
    ("每季度至少召开1次例会", "例会"),
    ("每季度至少开展1次专题学习", "专题学习"),
    ("每月至少开展2次督导检查", "督导检查"),
    ("围绕行业安全形成调研报告2份", "调研报告"),
    ("每半年组织1次培训演练", "培训演练"),
]
OPEN_WORDS = ["未整改", "整改中", "整改中", "整改受阻", "基本完成", "阶段性完成", "停产停业整顿"]
DONE_WORDS = ["已整改", "已整改", "已整改", "待验收"]


def _holidays():
    off, on = set(), set()

    def rest(first, last):
        day = date(*first)
        while day <= date(*last):
            off.add(day)
            day += DAY

    def work(*days):
        on.update(date(*d) for d in days)

    rest((2022, 12, 31), (2023, 1, 2))
    rest((2023, 1, 21), (2023, 1, 27))
    work((2023, 1, 28), (2023, 1, 29))
    rest((2023, 4, 5), (2023, 4, 5))
    rest((2023, 4, 29), (2023, 5, 3))
    work((2023, 4, 23), (2023, 5, 6))
    rest((2023, 6, 22), (2023, 6, 24))
    work((2023, 6, 25))
    rest((2023, 9, 29), (2023, 10, 6))
    work((2023, 10, 7), (2023, 10, 8))
    rest((2023, 12, 30), (2024, 1, 1))
    rest((2024, 2, 10), (2024, 2, 17))
    work((2024, 2, 4), (2024, 2, 18))
    rest((2024, 4, 4), (2024, 4, 6))
    work((2024, 4, 7))
    rest((2024, 5, 1), (2024, 5, 5))
    work((2024, 4, 28), (2024, 5, 11))
    rest((2024, 6, 8), (2024, 6, 10))
    rest((2024, 9, 15), (2024, 9, 17))
    work((2024, 9, 14))
    rest((2024, 10, 1), (2024, 10, 7))
    work((2024, 9, 29), (2024, 10, 12))
    rest((2025, 1, 1), (2025, 1, 1))
    rest((2025, 1, 28), (2025, 2, 4))
    work((2025, 1, 26), (2025, 2, 8))
    rest((2025, 4, 4), (2025, 4, 6))
    rest((2025, 5, 1), (2025, 5, 5))
    work((2025, 4, 27))
    rest((2025, 5, 31), (2025, 6, 2))
    rest((2025, 10, 1), (2025, 10, 8))
    work((2025, 9, 28), (2025, 10, 11))
    days = set()
    day = date(2022, 1, 1)
    while day <= date(2025, 12, 31):
        if (day.weekday() >= 5 or day in off) and day not in on:
            days.add(day)
        day += DAY
    return days


REST_DAYS = _holidays()


class _Maker:
    def __init__(self, seed, hard):
        self.rng = random.Random(f"yanpan-oracle-{seed}-{hard}")  # noqa: S311 - worlds, no secrets
        self.hard = hard
        self.world = World(region="某县", rest_days=REST_DAYS, seed=seed)
        self.reports = {}  # (unit, index, ledger) -> Report
        self.serial = 0

    # -- small helps --

    def chance(self, p):
        return self.rng.random() < p

    def between(self, low, high):
        """A day in [low, high], or None where there is none."""
        return None if high < low else low + timedelta(self.rng.randint(0, (high - low).days))

    def sheet(self, unit, received, speaks, ledger):
        key = unit, received, ledger
        if key not in self.reports:
            self.reports[key] = Report(received, speaks, unit, ledger)
            self.world.reports.append(self.reports[key])
        return self.reports[key]

    # -- the whole --

    def make(self):
        rng = self.rng
        self.start = rng.choice(
            [
                date(2023, 9, 1),
                date(2023, 9, 16),
                date(2023, 11, 1),
                date(2023, 12, 1),
                date(2024, 1, 1),
                date(2024, 8, 16),
                date(2024, 11, 16),
                date(2024, 12, 16),
            ]
        )
        periods, day = [], self.start
        for _ in range(rng.randint(6, 10)):
            periods.append(half_month_of(day))
            day = periods[-1][1] + DAY
        self.periods, self.end = periods, periods[-1][1]
        self.units = rng.sample(UNITS, rng.randint(3, 6))
        chosen = sorted(rng.sample(range(len(periods)), rng.randint(4, min(10, len(periods)))))
        self.days = {}  # unit -> [(received, speaks)]
        for unit in self.units:
            mine = []
            for n in chosen:
                if mine and self.chance(0.15):
                    continue
                end = periods[n][1]
                speaks = end if self.chance(0.8) else None
                mine.append((end + timedelta(rng.choice([0, 1, 1, 1, 2, 3, 5])), speaks))
            while len(mine) < 3:
                last = mine[-1][0] if mine else self.start
                mine.append((last + timedelta(14), None))
            self.days[unit] = mine
        self.roll_and_roster()
        self.inspections()
        self.items()
        self.duties()
        self.accidents()
        self.half_months()
        self.queries()
        self.world.reports.sort(key=lambda r: (r.received, r.sender, r.ledger))
        return self.world

    # -- sites and units --

    def roll_and_roster(self):
        rng = self.rng
        names = rng.sample(SITE_NAMES, rng.randint(6, 10))
        self.sites = {}
        for n, name in enumerate(names, 1):
            self.sites[name] = {
                "site_id": f"CS{n:03d}",
                "site": name,
                "site_kind": rng.choice(SITE_KINDS),
                "township": rng.choice(TOWNSHIPS),
                "unit": rng.choice(self.units),
                "risk_level": rng.choice(["红", "橙", "黄", "蓝", None]),
                "likelihood": rng.choice([None, 1, 3, 5]),
                "severity": rng.choice([None, 2, 4]),
                "person": rng.choice([*PERSONS, None, None]),
                "person_post": rng.choice(["经理", "法定代表人", None]),
            }
        self.outside = {
            n: {"site": n, "site_kind": rng.choice(SITE_KINDS), "township": rng.choice(TOWNSHIPS)}
            for n in SITE_NAMES
            if n not in self.sites
        }
        first = self.start - timedelta(rng.randint(3, 20))
        self.sheet(OFFICE, first, None, "site").rows += [dict(s) for s in self.sites.values()]
        if self.chance(0.5):  # a later roll: says some things, leaves others blank
            later = self.between(self.start + timedelta(20), self.end)
            rows = []
            for s in self.sites.values():
                row = dict(s)
                for name in ("person", "person_post", "risk_level"):
                    if self.chance(0.3):
                        row[name] = None
                if self.chance(0.3):
                    row["person"] = rng.choice(PERSONS)
                rows.append(row)
            self.sheet(OFFICE, later, None, "site").rows += rows
        rows = []
        for unit in self.units:
            if self.chance(0.9):
                rows.append(
                    {
                        "unit": unit,
                        "unit_kind": rng.choice(["成员单位", "成员单位", "成员单位", "其他"]),
                        "liaison": rng.choice(PERSONS),
                        "has_to_report": rng.choice([None, None, None, True, False]),
                    }
                )
        rows.append(
            {
                "unit": "东河镇人民政府",
                "unit_kind": "乡镇",
                "liaison": "某壬",
                "has_to_report": rng.choice([None, True, False]),
            }
        )
        self.sheet(OFFICE, first, None, "unit").rows += rows

    # -- inspections --

    def inspections(self):
        rng = self.rng
        self.checks = []
        serial = 0
        for unit in self.units:
            if self.chance(0.25):
                continue
            mine = []
            for _ in range(rng.randint(2, 6)):
                serial += 1
                place = rng.choice(list(self.sites.values()) * 3 + list(self.outside.values()))
                day = self.between(self.start - timedelta(75), self.end - timedelta(2))
                kind = rng.choice(["双随机抽查", "双随机抽查", "专项检查", "交叉互检", "日常检查"])
                found = rng.choice([None, 0, 1, 2, 3])
                row = {
                    "inspection_no": f"JC{serial:03d}",
                    "inspected_on": day,
                    "kind": kind,
                    "site": place["site"],
                    "site_kind": place["site_kind"],
                    "township": place["township"],
                    "unit": unit,
                    "inspectors": "、".join(rng.sample(PERSONS, 2)),
                    "hazards_found": found,
                    "major_hazards_found": None
                    if found is None
                    else rng.choice([0, 0, min(1, found)]),
                    "campaign": rng.choice([*CAMPAIGNS, None, None]),
                }
                limit = nth_workday_after(day, 20, REST_DAYS)
                published = None
                if "双随机" in kind:
                    published = rng.choice(
                        [None, limit, limit + DAY, limit - DAY, day + timedelta(7), day, day - DAY]
                    )
                mine.append((row, published))
                self.checks.append(row)
            seen = set()
            for received, speaks in self.days[unit]:
                rows = []
                for row, published in mine:
                    if row["inspected_on"] > (speaks or received):
                        continue
                    out = published is not None and published <= received
                    if (
                        row["inspection_no"] not in seen
                        or (out and ("p", row["inspection_no"]) not in seen)
                        or self.chance(0.3)
                    ):
                        rows.append(dict(row, published_on=published if out else None))
                        seen.add(row["inspection_no"])
                        if out:
                            seen.add(("p", row["inspection_no"]))
                if rows:
                    self.sheet(unit, received, speaks, "inspection").rows += rows

    # -- items --

    def items(self):
        rng = self.rng
        total = rng.randint(10, 40)
        n_measures = min(rng.randint(3, 12), total - 5)
        numbers = [f"{m}-{s}" for m in (5, 18, 43) for s in range(1, 7)]
        duty_texts = rng.sample(DUTY_TEXTS, rng.randint(2, len(DUTY_TEXTS)))
        plain = rng.sample(MEASURE_TEXTS, len(MEASURE_TEXTS))
        self.node = (
            date(self.start.year, self.start.month, 15)
            if self.start.day == 1
            else month_end(self.start)
        )
        self.begin = self.node - timedelta(15)
        if self.begin.day == 1:
            self.begin -= DAY
        self.duty_measures = []
        for n in range(n_measures):
            unit = rng.choice(self.units)
            duty = duty_texts[n] if n < len(duty_texts) and self.chance(0.8) else None
            self.measure(unit, numbers[n], duty, plain[n])
        per_unit = dict.fromkeys(self.units, 0)
        for _ in range(total - n_measures):
            unit = rng.choice(self.units)
            per_unit[unit] += 1
            self.hazard(unit, f"YH-{per_unit[unit]:03d}")
        if self.chance(0.25):
            for n in range(rng.randint(1, 3)):
                self.decision(rng.choice(self.units), n)

    def measure(self, unit, number, duty, plain):
        rng = self.rng
        days = self.days[unit]
        base = {
            "list_kind": "反馈问题",
            "problem": "监管责任落实不到位",
            "measure_no": number.split("-")[0],
            "sub_no": number,
            "measure": "压实监管责任，完善工作机制",
            "sub_measure": duty[0] if duty else plain,
            "rect_type": rng.choice(["立行立改", "限期整改"]),
            "unit": unit,
            "person": rng.choice(PERSONS + VAGUE[:2] + [None]),
            "first_node_on": self.node,
            "node_days": 15,
            "start_on": rng.choice([self.begin, self.begin, None]),
        }
        first = 0 if self.chance(0.8) else rng.randrange(len(days))
        if duty and "每" in duty[0]:
            base["rect_type"] = "长期坚持"
            due = {"pattern": rng.choice(["standing", "standing", "late_end"])}
            progress = ["open"]
            self.duty_measures.append((unit, duty[1]))
        else:
            due = {"pattern": None}
            progress = [
                "open",
                "done_dated",
                "done_undated",
                "done_undated",
                "done_accept",
                "reopened",
                "claim",
                "late_day",
            ]
            if duty:
                self.duty_measures.append((unit, duty[1]))
                due = {"pattern": "normal"}
        # a measure is opened by its first receipt [12]: nothing is done before
        self.script("measure", unit, number, base, first, days[first][0], progress, due)

    def decision(self, unit, n):
        rng = self.rng
        days = self.days[unit]
        first = rng.randrange(max(1, len(days) - 1))
        held = self.between(self.start - timedelta(10), days[first][1] or days[first][0])
        task = ["通报前一阶段工作情况", "研究重点场所分级管控", "安排节前联合检查"][n]
        base = {
            "meeting": "第一次形势研判会",
            "held_on": held,
            "task": task,
            "leader": "某癸",
            "unit": unit,
            "person": rng.choice(PERSONS),
            "deliverable": "书面报告",
        }
        self.script(
            "decision",
            unit,
            f"第一次形势研判会|{task}",
            base,
            first,
            held,
            ["open", "done_dated", "done_undated"],
            {"pattern": "normal"},
        )

    def hazard(self, unit, number):
        rng = self.rng
        days = self.days[unit]
        first = rng.randrange(max(1, len(days) - rng.randint(0, 3)))
        upto = days[first][1] or days[first][0]
        earlier = (days[first - 1][1] or days[first - 1][0]) + DAY if first else self.start
        found = self.between(earlier, upto) or upto
        if self.chance(0.2):
            found = self.between(self.start - timedelta(40), upto)  # registered late
        place = rng.choice(list(self.sites.values()) * 4 + list(self.outside.values()))
        category = rng.choice(CATEGORIES)
        self.serial += 1
        spot = PLACES[self.serial % len(PLACES)]
        words = f"{spot}{rng.choice(FAULTS[category])}，涉及第{self.serial}处"
        base = {
            "hazard_no": number,
            "found_on": found,
            "source": rng.choice(SOURCES),
            "site": place["site"],
            "site_kind": place["site_kind"],
            "township": place["township"],
            "location": spot,
            "description": words,
            "category": category if self.chance(0.93) else None,
            "level": "一般",
            "unit": unit,
            "person": rng.choice(PERSONS * 2 + VAGUE + [None]),
            "rect_type": rng.choice(["立行立改", "限期整改", "限期整改"]),
            "campaign": rng.choice(CAMPAIGNS + [None] * 4),
        }
        checks = [c for c in self.checks if c["unit"] == unit and c["inspected_on"] <= upto]
        if checks and self.chance(
            0.3
        ):  # it came from an inspection: inherits its campaign by number or by site and day
            check = rng.choice(checks)
            base |= {n: check[n] for n in ("site", "site_kind", "township")} | {
                "found_on": check["inspected_on"],
                "campaign": None,
            }
            found = check["inspected_on"]
            if self.chance(0.6):
                base["inspection_no"] = check["inspection_no"]
        if self.chance(0.05):
            base["found_on"] = None
            found = days[first][0]  # opened by its first receipt: nothing is done before
        elif self.hard and self.chance(0.06):
            base["found_on"] = days[first][0] + timedelta(3)
        extra = {}
        if self.chance(0.25):
            base["level"] = "重大"
            judged = min(found + timedelta(rng.randint(0, 4)), upto)
            base["judged_on"] = judged if self.chance(0.8) else None
            if self.chance(0.7):
                base["filed_on"] = min(judged + timedelta(2), upto)
            if self.chance(0.6):
                if self.chance(0.5) or first + 1 >= len(days):
                    base |= {"supervised": True, "supervised_on": judged}
                else:
                    base["supervised"] = False
                    later = rng.randrange(first + 1, len(days))
                    extra[later] = {
                        "supervised": True,
                        "supervised_on": days[later][1] or days[later][0],
                    }
            else:
                base["supervised"] = False
        elif self.chance(0.15):
            base["judged_on"] = found if base["found_on"] else None
        elif self.chance(0.06) and first + 1 < len(days):
            extra[rng.randrange(first + 1, len(days))] = {"level": "重大"}
        elif self.chance(0.05):
            base |= {"supervised": True, "supervised_on": upto}
        if base["person"] in (None, *VAGUE) and self.chance(0.3) and first + 1 < len(days):
            extra.setdefault(rng.randrange(first + 1, len(days)), {})["person"] = rng.choice(
                PERSONS
            )
        progress = [
            "open",
            "done_dated",
            "done_dated",
            "done_undated",
            "done_undated",
            "done_undated",
            "done_accept",
            "done_accept",
            "record_accept",
            "record_accept",
            "claim",
            "self",
            "onspot_later",
            "suspended",
            "suspended",
            "suspended",
            "returned",
            "returned",
            "void",
            "reopened",
            "partial_with_day",
            "late_day",
        ]
        if base["found_on"] and base["found_on"] <= days[first][0]:
            progress += ["onspot_first", "onspot_first", "onspot_day"]
        if self.hard:
            progress += [
                "gone",
                "refused",
                "withdrawn_accept",
                "accepted_but_open",
                "accepted_before_report",
            ]
        self.script("hazard", unit, number, base, first, found, progress, {"pattern": None}, extra)

    # -- the life of one item --

    def script(self, kind, unit, number, base, first, found, progress, due, extra=None):
        rng = self.rng
        days = self.days[unit][first:]
        n = len(days)
        extra = extra or {}
        received = [d[0] for d in days]
        speaks = [d[1] or d[0] for d in days]
        cells = [{} for _ in days]
        pattern = rng.choice(progress)
        k = rng.randrange(n)  # where it turns
        person = base.get("person")

        def say(j, word, **more):
            cells[j] |= {"status": word, **more}

        def opened(until, j0=0):
            for j in range(j0, until):
                if j == 0 or self.chance(0.8):
                    say(j, rng.choice(OPEN_WORDS))

        def stay(j0, word, day=None):
            """After it was said: repeated, or left blank."""
            for j in range(j0, n):
                if self.chance(0.75):
                    say(j, word)
                    if day and self.chance(0.5):
                        cells[j]["done_on"] = day

        def done_at(j, dated, low=None):
            word = rng.choice(DONE_WORDS)
            low = low or found
            if self.chance(0.5) and j > 0:
                low = max(low, speaks[j - 1] + DAY)
            day = self.between(low, speaks[j]) if dated else None
            say(j, word, **({"done_on": day} if day else {}))
            return word, day

        def act(what, received_on, **more):
            self.world.acceptances.append(Acceptance(received_on, kind, unit, number, what, **more))

        if pattern in ("onspot_first", "onspot_day"):
            say(0, "现场整改", **({"done_on": base["found_on"]} if pattern == "onspot_day" else {}))
            k = 0
            stay(1, "现场整改")
        elif pattern == "onspot_later":
            k = max(1, k) if n > 1 else 0
            if n > 1:
                opened(k)
            else:
                opened(1)
            if k:
                say(k, "现场整改")
                stay(k + 1, "现场整改")
        elif pattern in ("done_dated", "done_undated", "late_day", "claim"):
            opened(k)
            word, day = done_at(
                k, pattern == "done_dated" or (pattern == "claim" and self.chance(0.5))
            )
            if pattern == "claim":
                say(k, "已销号")
                word = "已销号"
                if self.chance(0.4):
                    cells[k]["closed_on"] = speaks[k]
            stay(k + 1, word, day)
            if pattern == "late_day" and k + 1 < n:  # the day is told later
                j = rng.randrange(k + 1, n)
                cells[j] |= {"status": word, "done_on": self.between(found, speaks[k])}
        elif pattern in ("done_accept", "self"):
            k = min(k, max(0, n - 2))
            opened(k)
            word, day = done_at(k, self.chance(0.5))
            stay(k + 1, word, day)
            if k + 1 < n:
                j = rng.randrange(k + 1, n)
                accepted = self.between(max(received[k], day or received[k]), speaks[j])
                if accepted:
                    by = (
                        person
                        if pattern == "self" and person and person not in VAGUE
                        else rng.choice(SIGNERS)
                    )
                    closed = self.between(accepted, speaks[j]) if self.chance(0.3) else accepted
                    say(j, "已销号", accepted_on=accepted, accepted_by=by, closed_on=closed)
                    if pattern == "done_accept" and self.chance(0.15):
                        cells[j].pop("accepted_by")  # not signed for: a claim
                    for later in range(j + 1, n):
                        cells[later] = {"status": "已销号"} if self.chance(0.7) else {}
        elif pattern in ("record_accept", "withdrawn_accept"):
            opened(k)
            word, day = done_at(k, self.chance(0.5))
            stay(k + 1, word, day)
            accepted = self.between(received[k], max(self.end, received[k] + timedelta(10)))
            by = rng.choice(SIGNERS)
            act(
                "accept",
                accepted + timedelta(rng.randint(0, 3)),
                accepted_on=accepted,
                accepted_by=by,
                closed_on=rng.choice([None, accepted, accepted + timedelta(2)]),
            )
            if pattern == "withdrawn_accept":
                act(
                    "withdraw",
                    accepted + timedelta(5),
                    accepted_on=accepted + timedelta(5),
                    accepted_by=by,
                )
        elif pattern == "returned":
            k = min(k, max(0, n - 2))
            opened(k)
            word, day = done_at(k, self.chance(0.5))
            nxt = received[k + 1] if k + 1 < n else received[k] + timedelta(20)
            back = self.between(received[k] + DAY, nxt - timedelta(2))
            if back:
                act(
                    "reject",
                    back + (DAY if self.chance(0.5) else timedelta(0)),
                    accepted_on=back,
                    accepted_by=rng.choice(SIGNERS),
                    rework_due_on=back + timedelta(15),
                )
                for j in range(k + 1, n):
                    cells[j] = {}
                if k + 1 < n:
                    again = k + 1
                    fresh = self.between(back + DAY, speaks[k + 1])
                    if fresh and self.chance(0.4):
                        say(again, "已整改", done_on=fresh)
                    else:
                        say(again, rng.choice(["退回", "整改中"]))
                        again += 1
                        if again < n and self.chance(0.7):
                            fresh = self.between(max(back, speaks[again - 1]) + DAY, speaks[again])
                            say(
                                again,
                                "已整改",
                                **({"done_on": fresh} if self.chance(0.5) and fresh else {}),
                            )
                        else:
                            again = None
                            for j in range(k + 2, n):
                                say(j, "整改中")
                    if again is not None and again < n:
                        for j in range(again + 1, n):
                            if self.chance(0.7):
                                say(j, "已整改")
                        if self.chance(0.4):
                            accepted = received[again] + timedelta(rng.randint(0, 8))
                            act(
                                "accept",
                                accepted + DAY,
                                accepted_on=accepted,
                                accepted_by=rng.choice(SIGNERS),
                                closed_on=accepted,
                            )
        elif pattern in ("suspended", "gone", "refused"):
            opened(k)
            word = "关闭" if pattern == "gone" else rng.choice(["停业", "停业关停"])
            say(k, word)
            resume = (
                rng.randrange(k + 1, n)
                if k + 1 < n and self.chance(0.5) and pattern == "suspended"
                else None
            )
            for j in range(k + 1, resume if resume is not None else n):
                if self.chance(0.6):
                    say(j, word)
            limit = received[resume] - DAY if resume is not None else self.end + timedelta(20)
            on = self.between(received[k] + DAY, min(limit, received[k] + timedelta(25)))
            if on and (pattern != "suspended" or self.chance(0.6)):
                self.world.confirmations.append(
                    Confirmation(
                        on, kind, unit, number, "refused" if pattern == "refused" else "confirmed"
                    )
                )
            if resume is not None:
                say(resume, rng.choice(["复业，整改中", "整改中"]))
                if resume + 1 < n and self.chance(0.6):
                    j = rng.randrange(resume + 1, n)
                    opened(j, resume + 1)
                    word, day = done_at(j, self.chance(0.5), low=received[resume])
                    stay(j + 1, word, day)
                else:
                    opened(n, resume + 1)
        elif pattern == "void":
            k = max(k, 1) if n > 1 else 0
            opened(k)
            say(k, "撤销" if k else "整改中")
            for j in range(k + 1, n):
                if self.chance(0.7):
                    say(j, "撤销" if k else "整改中")
        elif pattern == "reopened":
            k = min(k, max(0, n - 2))
            opened(k)
            done_at(k, self.chance(0.5))
            if k + 1 < n:
                j = rng.randrange(k + 1, n)
                for m in range(k + 1, j):
                    say(m, "已整改")
                say(j, "整改中")
                if j + 1 < n and self.chance(0.6):
                    m = rng.randrange(j + 1, n)
                    opened(m, j + 1)
                    word, day = done_at(m, self.chance(0.5), low=max(found, speaks[j] + DAY))
                    stay(m + 1, word, day)
        elif pattern == "partial_with_day":
            opened(n)
            say(
                k,
                rng.choice(["基本完成", "阶段性完成", "整改中"]),
                done_on=self.between(found, speaks[k]),
            )
        elif pattern == "accepted_but_open":
            opened(n)
            act(
                "accept",
                received[k] + DAY,
                accepted_on=received[k],
                accepted_by=rng.choice(SIGNERS),
            )
        elif pattern == "accepted_before_report":
            opened(k)
            say(
                k,
                "已销号",
                accepted_on=self.between(found, speaks[k]),
                accepted_by=rng.choice(SIGNERS),
                closed_on=speaks[k],
            )
        else:
            opened(n)

        self.deadline(kind, base, cells, found, speaks, received, k, pattern, due["pattern"])
        for j in range(n):
            row = dict(base)
            if j:
                for name in list(row):
                    if name not in (
                        "hazard_no",
                        "sub_no",
                        "measure_no",
                        "unit",
                        "site",
                        "description",
                        "sub_measure",
                        "meeting",
                        "task",
                        "location",
                    ) and self.chance(0.06):
                        row[name] = None  # blank says nothing
            for upto in sorted(x for x in extra if x <= first + j):
                row |= extra[upto]
            row |= cells[j]
            self.sheet(unit, received[j], days[j][1], kind).rows.append(row)

    def deadline(self, kind, base, cells, found, speaks, received, k, pattern, wanted):
        rng = self.rng
        n = len(cells)
        # near what decides punctuality: on, before and after the days for which reports speak
        near = [speaks[k], speaks[k] - DAY, received[k], received[k] + DAY]
        if k:
            near += [
                speaks[k - 1],
                speaks[k - 1] + DAY,
                speaks[k - 1] - DAY,
                speaks[k - 1] + timedelta(6),
            ]
        stated = [c["done_on"] for c in cells if isinstance(c.get("done_on"), date)]
        if stated:
            near += [stated[-1], stated[-1] - DAY]
        near += [self.end, self.node, self.node + timedelta(15), date(2024, 2, 29)]
        near = [d for d in near if found <= d <= self.end + timedelta(60)]
        due = (
            rng.choice(near) if near and self.chance(0.6) else found + timedelta(rng.randint(3, 75))
        )
        choice = wanted or rng.choice(
            ["normal"] * 8
            + [
                "extended",
                "extended",
                "moved",
                "net_zero",
                "ext_back",
                "undated",
                "undated",
                "first_set",
                "lasting",
                "earlier",
            ]
            + (["standing"] if pattern == "open" else [])
            + (["cancelled"] if self.hard else [])
        )
        later = rng.randrange(1, n) if n > 1 else None
        if choice in ("extended", "moved", "first_set", "earlier", "cancelled") and later is None:
            choice = "normal"
        if choice in ("net_zero", "ext_back") and n < 3:
            choice = "normal"
        if kind == "decision" and choice not in ("normal", "undated", "moved"):
            choice = "normal"
        if choice == "standing":
            base["rect_type"] = "长期坚持"
            return
        if choice == "late_end":
            due = self.end + timedelta(40)
        if choice == "lasting":
            base["rect_type"] = "长期坚持"
        if choice == "undated":
            return
        put = [due] * n
        if choice == "first_set":
            put = [None] * later + [due] * (n - later)
        elif choice == "extended":
            for j in range(later, n):
                cells[j]["extended_due_on"] = (
                    due + timedelta(20) if j == later or self.chance(0.5) else None
                )
        elif choice == "moved":
            put = [due] * later + [due + timedelta(15)] * (n - later)
        elif choice == "earlier":
            put = [due + timedelta(12)] * later + [due] * (n - later)
        elif choice == "net_zero":
            a, b = sorted(rng.sample(range(1, n), 2))
            put = [due] * a + [due + timedelta(15)] * (b - a) + [due] * (n - b)
        elif choice == "ext_back":
            a, b = sorted(rng.sample(range(1, n), 2))
            cells[a]["extended_due_on"], cells[b]["extended_due_on"] = due + timedelta(20), due
        elif choice == "cancelled":
            put = [due] * later + [TAKE_BACK] + [None] * (n - later - 1)
        for j in range(n):
            if put[j] is not None and not (j and put[j] == put[j - 1] and self.chance(0.1)):
                cells[j].setdefault("due_on", put[j])

    # -- duties, accidents, half months --

    def duties(self):
        rng = self.rng
        serial = 0
        for unit, kind in self.duty_measures:
            for sender in (unit, OFFICE):
                for _ in range(rng.randint(0, 4) if sender == unit else rng.randint(0, 2)):
                    serial += 1
                    day = self.between(self.start - timedelta(10), self.end)
                    days = [d for d in self.days[unit] if (d[1] or d[0]) >= day]
                    received, speaks = rng.choice(days) if days else (day + timedelta(2), None)
                    row = {
                        "duty_id": f"LZ{serial:03d}",
                        "kind": kind,
                        "unit": sender,
                        "held_on": day,
                        "submitted_on": None,
                        "subject": f"{kind}第{serial}次",
                        "quantity": rng.choice([None, 1, 1, 2]),
                    }
                    if self.chance(0.1):
                        row |= {"held_on": None, "submitted_on": day}
                    self.sheet(
                        sender, received, speaks if sender == unit else None, "duty"
                    ).rows.append(row)

    def accidents(self):
        rng = self.rng
        if self.chance(0.1):
            return
        covered = self.chance(0.7)
        low = date(self.start.year - 1, 1, 1) if covered else date(self.end.year, 1, 1)
        high = self.end
        if low > high:
            low = self.start
        rows = []
        for n in range(rng.randint(2, 16)):
            day = self.between(low, high)
            rows.append(
                {
                    "accident_no": f"SG{n + 1:03d}",
                    "occurred_on": day,
                    "region": "某县",
                    "industry": rng.choice(["文化旅游", "道路运输", "建筑施工"]),
                    "kind": rng.choice(["火灾", "坍塌", "淹溺", "高处坠落"]),
                    "deaths": rng.choice([0, 0, 1, 1, 2]),
                    "serious_injuries": 0,
                    "minor_injuries": rng.choice([0, 1, 3]),
                    "grade": "一般",
                    "counted": rng.choice([None, True, True, False]),
                }
            )
        for day in (date(2024, 2, 29), date(2024, 2, 28), date(2023, 2, 28)):
            if low <= day <= high and self.chance(0.6):
                rows.append(
                    {
                        "accident_no": f"SG9{day:%y}{day.day}",
                        "occurred_on": day,
                        "region": "某县",
                        "industry": "文化旅游",
                        "kind": "火灾",
                        "deaths": 1,
                        "serious_injuries": 0,
                        "minor_injuries": 0,
                        "grade": "一般",
                        "counted": None,
                    }
                )
        times = sorted(
            {self.between(self.start, self.end + timedelta(3)) for _ in range(rng.randint(1, 4))}
        )
        for r in rows:
            when = next(
                (t for t in times if t >= r["occurred_on"]), max(times[-1], r["occurred_on"] + DAY)
            )
            self.sheet(OFFICE, when, None, "accident").rows.append(r)
        stats = []
        for _ in range(rng.randint(0, 5)):
            month = rng.randint(1, 12)
            year = rng.choice([self.start.year - 1, self.start.year])
            first, last = date(year, rng.choice([1, month]), 1), month_end(date(year, month, 1))
            if last > self.end:
                continue
            row = {
                "region": "某县",
                "industry": rng.choice(["文化旅游", "各类生产安全事故"]),
                "period_start": first,
                "period_end": last,
            }
            if any(
                (s["industry"], s["period_start"], s["period_end"])
                == (row["industry"], first, last)
                for s in stats
            ):
                continue
            for name in ("accidents", "deaths"):
                this, prev = rng.randint(0, 60), rng.randint(0, 60)
                if self.chance(0.15):
                    prev = this
                row[name] = this
                row[name + "_prev"] = prev if self.chance(0.6) else None
                row[name + "_yoy_printed"] = self.print_percentage(this, prev)
            stats.append(row)
            self.sheet(
                OFFICE,
                self.between(max(last + DAY, self.start), max(last + timedelta(9), self.end)),
                None,
                "accident_stat",
            ).rows.append(row)

    def print_percentage(self, this, prev):
        rng = self.rng
        if not prev or self.chance(0.1):
            return None
        if this == prev:
            return rng.choice(["持平", "0%"])
        decimals = rng.choice([0, 1, 1, 2, 2])
        scaled = (this - prev) * 100 * 10**decimals
        whole, rest = divmod(abs(scaled), prev)
        if rng.random() < 0.6 and 2 * rest >= prev:
            whole += 1  # rounded
        if self.chance(0.1):
            whole += 3  # wrong
        text = str(whole).rjust(decimals + 1, "0")
        text = text if not decimals else text[:-decimals] + "." + text[-decimals:]
        down = this < prev
        return rng.choice(
            [("-" if down else "") + text + "%", ("下降" if down else "上升") + text + "%"]
        )

    def half_months(self):
        rng = self.rng
        if self.chance(0.1):
            return
        senders = self.units + (["东河镇人民政府"] if self.chance(0.5) else [])
        for unit in senders:
            if self.chance(0.12):
                continue
            for begin, end in self.periods:
                if self.chance(0.2):
                    continue
                received = end + timedelta(rng.choice([0, 1, 1, 2, 2, 3, 4, 6, 9]))
                submitted = rng.choice(
                    [
                        None,
                        received,
                        received - DAY,
                        received - DAY,
                        received + timedelta(2),
                        begin - timedelta(3),
                    ]
                )
                zero = self.chance(0.15)
                row = {
                    "unit": unit,
                    "period_start": begin,
                    "period_end": end,
                    "submitted_on": submitted,
                    "zero_report": zero,
                    "visits": 0 if zero else rng.randint(1, 9),
                    "hazards_found": 0 if zero else rng.randint(0, 5),
                    "hazards_done": 0 if zero else rng.randint(0, 5),
                    "progress": "无新增" if zero else "按计划推进",
                }
                self.sheet(unit, received, None, "half_month").rows.append(row)
                if self.chance(0.08):  # sent again, later
                    self.sheet(unit, received + timedelta(8), None, "half_month").rows.append(
                        dict(row, submitted_on=received + timedelta(7))
                    )

    def queries(self):
        rng = self.rng
        special = set()
        for days in self.days.values():
            for received, speaks in days:
                special |= {received, received + DAY, speaks or received}
        for report in self.world.reports:
            for row in report.rows:
                for name in ("due_on", "extended_due_on"):
                    if isinstance(row.get(name), date):
                        special |= {row[name], row[name] + DAY, row[name] - timedelta(7)}
        special = {
            d for d in special if self.start + timedelta(14) <= d <= self.end + timedelta(30)
        }
        picked = [
            *rng.sample(sorted(special), min(6, len(special))),
            self.end,
            self.end + timedelta(10),
        ]
        for day in (date(2024, 2, 29), date(2025, 2, 28), date(2024, 2, 28)):
            if self.start <= day <= self.end:
                picked.append(day)
        out = []
        for day in sorted(set(picked)):
            out.append((day, None))
            out.append((day, day))
            other = rng.choice(sorted(special))
            out.append((day, other))
        self.world.queries = out


def world(seed: int, hard: bool = False) -> World:
    return _Maker(seed, hard).make()
