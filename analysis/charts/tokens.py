"""Colours and type by meaning: the one place from which page, chart and document take them.

``css()`` writes what the page reads (``make docs`` puts it into ``dashboards/assets``), the charts
are drawn with ``PARTS``, and the same parts stand in Word, PowerPoint and Excel. Whoever sees no
red or no green tells states that stand side by side by lightness or by shape; a test measures it.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

FONT = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
#: Sizes in pixels; none is smaller than the note.
SIZES = {"h1": 32, "h2": 18, "kpi": 32, "body": 15, "label": 14, "note": 13}


class Both(NamedTuple):
    """One meaning's colour on light paper and on dark."""

    light: str
    dark: str


class Part(NamedTuple):
    """A part of a bar: its fill, the line around it where it needs one, and words on it."""

    fill: str
    edge: str
    on: str


#: Ground, words and lines of the page.
GROUND: Mapping[str, Both] = {
    "ink": Both("#1d2733", "#e6ebf0"),
    "muted": Both("#5a6876", "#a5b2be"),
    "line": Both("#e3e8ec", "#33414d"),
    "ground": Both("#f5f6f4", "#11171d"),
    "paper": Both("#ffffff", "#18212a"),
    "quiet": Both("#eef1f3", "#243240"),
    "stripe": Both("#fafbfb", "#1d2833"),
    "bone": Both("#e4e9ed", "#243240"),
    "navy": Both("#14365f", "#10263f"),
    "on-navy": Both("#ffffff", "#ffffff"),
    "on-navy-quiet": Both("#dbe6f4", "#c6d4e4"),
    "navy-line": Both("#7f92aa", "#5d7289"),
    "link": Both("#14365f", "#a9c8ef"),
    "focus": Both("#c77700", "#e0a030"),
    "good": Both("#1b6b66", "#7cc7c0"),
    "good-ink": Both("#155a55", "#9bd6d0"),
    "good-tint": Both("#e0efee", "#1b3a38"),
    "bad": Both("#a81c10", "#ff8f7e"),
    "bad-ink": Both("#98190f", "#ffb3a6"),
    "bad-tint": Both("#fbe6e2", "#4a2620"),
    "bad-line": Both("#e5b3ab", "#7a4237"),
    "warn": Both("#7f4d00", "#f0bd62"),
    "warn-tint": Both("#fdf0d5", "#42331a"),
    "warn-line": Both("#dfb15c", "#7d6130"),
    "shadow": Both("#14284638", "#00000080"),
}

#: States as squares of the wall: fill or outline, both where only a part of it is filled.
SQUARES: Mapping[str, Both] = {
    "late-1": Both("#d9603c", "#c24a30"),
    "late-2": Both("#b5301a", "#ff6b4a"),
    "late-3": Both("#74120a", "#ffb8a0"),
    "due_soon": Both("#b87400", "#e0a030"),
    "open": Both("#7c909f", "#7c8d9b"),
    "accepting": Both("#5f7f94", "#8fb0c6"),
    "suspended": Both("#7a5ea8", "#b39ddb"),
    "undated": Both("#7d858c", "#98a2ab"),
    "standing": Both("#7d858c", "#98a2ab"),
    "closed": Both("#e0e7ec", "#33414d"),
}
#: State → how its square is drawn, which tells it where colour does not.
SIGNS: Mapping[str, str] = {
    "late-1": "solid", "late-2": "solid", "late-3": "solid", "closed": "solid",
    "due_soon": "half", "open": "hollow", "accepting": "check", "suspended": "slash",
    "undated": "gaps", "standing": "bar",
}  # fmt: skip

_INK, _PAPER = GROUND["ink"], GROUND["paper"]
_NONE = Both("", "")
_LATE_ON = Both("#ffffff", "#11171d")

#: Parts of bars: fill, outline, words on it; on light paper and on dark.
_PARTS: Mapping[str, tuple[Both, Both, Both]] = {
    "closed": (SQUARES["closed"], _NONE, _INK),
    "accepting": (Both("#a9bcc8", "#4c606f"), _NONE, _INK),
    "late_done": (Both("#8296a3", "#546473"), _NONE, Both("#0b1118", "#ffffff")),
    "open": (_PAPER, SQUARES["open"], _INK),
    "due_soon": (SQUARES["due_soon"], _NONE, Both("#0b1118", "#0b1118")),
    "overdue": (SQUARES["late-2"], _NONE, _LATE_ON),
    "suspended": (Both("#bdadd9", "#6f5a9c"), SQUARES["suspended"], _INK),
    "undated": (Both("#c9cfd5", "#45525d"), SQUARES["undated"], _INK),
    "standing": (Both("#c3cbd1", "#3b4853"), SQUARES["standing"], _INK),
    "late-0": (Both("#eba58a", "#7c3324"), _NONE, _INK),
    "late-1": (SQUARES["late-1"], _NONE, Both("#0b1118", "#ffffff")),
    "late-2": (SQUARES["late-2"], _NONE, _LATE_ON),
    "late-3": (SQUARES["late-3"], _NONE, _LATE_ON),
    "this_year": (Both("#274f78", "#7fb0e0"), _NONE, _LATE_ON),
    "last_year": (Both("#b9c6d2", "#4a5b6a"), _NONE, _INK),
}
#: The four colours of risk, for risk alone and always with their letter. They are what they are on
#: either ground: a notice in red is red.
RISK = {"红": "#b3261e", "橙": "#e07b1f", "黄": "#eac54f", "蓝": "#4c86bd"}
ON_RISK = {"红": "#fff5f3", "橙": "#0b1119", "黄": "#0b1119", "蓝": "#0b1119"}
#: The tint of a cell that names one of them, and its words.
RISK_TINTS: Mapping[str, tuple[Both, Both]] = {
    "红": (Both("#f6d5d2", "#54231f"), Both("#861913", "#ffc2bb")),
    "橙": (Both("#fbdfc2", "#4f3414"), Both("#733900", "#ffd0a0")),
    "黄": (Both("#fbf0bf", "#45400f"), Both("#594500", "#f5e08a")),
    "蓝": (Both("#d6e5f5", "#1d3a57"), Both("#154675", "#b5d5f5")),
}

_ON_LINE = Both("#ffffff", "#ffffff")
#: A line of a plan by what it is: its bar, the tint behind its text, the word on the bar.
LINES: Mapping[str, tuple[Both, Both, Both]] = {
    "measure": (Both("#0b5fa5", "#0b5fa5"), Both("#e8f1fa", "#1a2f45"), _ON_LINE),
    "problem": (Both("#a85100", "#a85100"), Both("#fcefe0", "#3d2a17"), _ON_LINE),
    "who": (Both("#00707f", "#00707f"), Both("#e3f3f5", "#16363b"), _ON_LINE),
    "due": (Both("#6a3d9a", "#7d52ab"), Both("#f1ebf8", "#2f2442"), _ON_LINE),
    "heading": (Both("#14365f", "#3b5f8c"), Both("#edf1f7", "#1e2c3d"), _ON_LINE),
    "asked": (Both("#5b6776", "#5b6776"), Both("#f3f5f7", "#222c36"), _ON_LINE),
    "facts": (Both("#75653f", "#75653f"), Both("#f6f2e8", "#322c1c"), _ON_LINE),
    "plain": (Both("#dfe5ec", "#33414d"), _PAPER, _INK),
    "unread": (Both("#1f2d3d", "#ffef9f"), Both("#ffef9f", "#4a4210"), Both("#ffef9f", "#1d2733")),
}

PARTS: Mapping[str, Part] = {
    name: Part(fill.light, edge.light, on.light) for name, (fill, edge, on) in _PARTS.items()
}
RISK_PARTS: Mapping[str, Part] = {name: Part(RISK[name], "", ON_RISK[name]) for name in RISK}
STATE: Mapping[str, str] = {name: part.fill for name, part in PARTS.items()}
INK, MUTED, GRID, PAPER = (GROUND[name].light for name in ("ink", "muted", "line", "paper"))
GOOD, BAD, NAVY, QUIET = (GROUND[name].light for name in ("good", "bad", "navy", "quiet"))
THIS_YEAR, LAST_YEAR = PARTS["this_year"].fill, PARTS["last_year"].fill
#: A mark that is no part of a bar needs a colour that is seen on paper: the outline, where it has
#: one.
MARK: Mapping[str, str] = {name: part.edge or part.fill for name, part in PARTS.items()}

#: From nothing, which is the paper itself and so disappears, to many; on all of it ink can be read.
HEAT = [[0, "#ffffff"], [0.25, "#e2eaf1"], [0.6, "#b9cbdf"], [1, "#8fadcc"]]
#: The tints of 蓝, 黄, 橙, 红 behind the matrix of likelihood and severity, in four steps.
MATRIX = [
    [step, RISK_TINTS[name][0].light]
    for n, name in enumerate("蓝黄橙红")
    for step in (n / 4, (n + 1) / 4)
]
#: State of a half-monthly report → the field behind its mark.
REPORTS = {
    "in_time": "#e0e7ec", "late": "#f3d9a8", "missing": "#eea99d", "pending": "#f8f9f9",
}  # fmt: skip
#: Band of lateness → part, from not due (1) to more than 90 days (6); the last is band 0, which
#: stands before the first: shut.
LATENESS = ("open", "undated", "late-0", "late-1", "late-2", "late-3", "suspended")

#: What a chart drawn for light paper has in the dark; its saved picture keeps the light.
_DARK = '[data-mantine-color-scheme="dark"]'


def css() -> str:
    """The style sheet of the tokens: custom properties, light and dark, and charts in the dark."""
    light = [f"  --yanpan-font: {FONT};", *(f"  --size-{k}: {v}px;" for k, v in SIZES.items())]
    dark = ["  color-scheme: dark;"]
    for name, both in properties():
        light.append(f"  --{name}: {both.light};")
        if both.dark != both.light:
            dark.append(f"  --{name}: {both.dark};")
    return "\n".join(
        [
            "/* Written from analysis/charts/tokens.py by «make docs»; change it there. */",
            ":root {", *light, "}",
            f"{_DARK} {{", *dark, "}",
            "/* Charts are drawn for light paper, which their pictures keep. */",
            *_charts_in_the_dark(), "",
        ]
    )  # fmt: skip


def properties() -> Iterator[tuple[str, Both]]:
    """Every colour by the name that style sheets know it by."""
    yield from GROUND.items()
    for name, both in SQUARES.items():
        yield f"square-{name}", both
    for name, (fill, edge, on) in _PARTS.items():
        yield f"part-{name}", fill
        yield f"part-{name}-on", on
        if edge.light:
            yield f"part-{name}-edge", edge
    for name, colour in RISK.items():
        tint, words = RISK_TINTS[name]
        yield f"risk-{name}", Both(colour, colour)
        yield f"risk-{name}-on", Both(ON_RISK[name], ON_RISK[name])
        yield f"risk-{name}-tint", tint
        yield f"risk-{name}-ink", words
    for name, (bar, tint, on) in LINES.items():
        yield f"line-{name}", bar
        yield f"line-{name}-tint", tint
        yield f"line-{name}-on", on


def _charts_in_the_dark() -> Iterator[str]:
    """A rule for each colour that a chart was drawn with and that is another in the dark."""
    marks: dict[str, str] = {}
    words: dict[str, str] = {}
    for both in (part for parts in _PARTS.values() for part in parts[:2]):
        marks.setdefault(both.light, both.dark)
    for both in (GROUND["ink"], GROUND["muted"], GROUND["line"], GROUND["good"], GROUND["bad"]):
        marks.setdefault(both.light, both.dark)
        words.setdefault(both.light, both.dark)
    for _, edge, on in _PARTS.values():
        words.setdefault(on.light, on.dark)
        words.setdefault(edge.light, edge.dark)
    chart = f"{_DARK} .js-plotly-plot"
    # a field of colours is one image: its lightness is turned, so that nothing is all but the paper
    yield f"{chart} .heatmaplayer {{ filter: invert(.89) hue-rotate(180deg); }}"
    yield f"{chart} .heatmaplayer text {{ fill: #000000 !important; }}"
    for kinds, colours in (("path, rect", marks), ("text, tspan", words)):
        for light, dark in colours.items():
            if light and light != dark:
                for what in ("fill", "stroke"):
                    style = f'[style*="{what}: {_rgb(light)}"]'
                    yield (
                        f"{chart} :is({kinds}):not(.heatmaplayer *){style} "
                        f"{{ {what}: {dark} !important; }}"
                    )
    # words within a label have the colour that they were written with
    for light, dark in words.items():
        if light and light != dark:
            yield f'{chart} tspan[style*="fill:{light}"] {{ fill: {dark} !important; }}'


def _rgb(colour: str) -> str:
    """A colour as a browser writes it into a style."""
    return "rgb({}, {}, {})".format(*(int(colour[n : n + 2], 16) for n in (1, 3, 5)))
