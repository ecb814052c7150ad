"""Colours by meaning, for plotly and for the charts of documents alike."""

INK, MUTED, GRID, PAPER = "#1f2d3d", "#566377", "#e6ebf1", "#ffffff"

#: Where an item stands. Green belongs to progress only, never to the four risk colours.
STATE = {
    "closed": "#2e7d4f",
    "accepting": "#8cc5a2",
    "open": "#b9cbe0",
    "due_soon": "#f0a33a",
    "overdue": "#c8342c",
    "suspended": "#8c7aa9",
    "undated": "#9aa5b1",
    "standing": "#cfd6de",
}
RISK = {"红": "#c8342c", "橙": "#ee8a2b", "黄": "#f2c230", "蓝": "#3b7dc4"}
#: From no hazards to many.
HEAT = [[0, "#f6f8fb"], [0.25, "#cfdcec"], [0.6, "#7d9fc8"], [1, "#2a5a96"]]
#: The tints of 蓝, 黄, 橙, 红 behind the matrix of likelihood and severity, in four steps.
MATRIX = [
    [0, "#cfe0f2"], [0.25, "#cfe0f2"], [0.25, "#fbeeb8"], [0.5, "#fbeeb8"],
    [0.5, "#f9d3ab"], [0.75, "#f9d3ab"], [0.75, "#f0b5b0"], [1, "#f0b5b0"],
]  # fmt: skip
THIS_YEAR, LAST_YEAR = "#1d4e89", "#b8c4d2"
#: Band of lateness → colour, from not due (1) to more than 90 days (6); the last is band 0, which
#: stands before the first: shut.
LATENESS = (
    STATE["open"], STATE["undated"], "#f3c98b", "#f0a33a", "#e0662f",
    STATE["overdue"], STATE["suspended"],
)  # fmt: skip
