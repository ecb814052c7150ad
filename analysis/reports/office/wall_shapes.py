"""The 事项墙 in the wall's own pixels: on a slide as shapes, in a report as a metafile.

On a slide PowerPoint and WPS draw and edit it themselves: what is late is a shape of its own, named
by what it is; all squares of another sign are one shape.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from analysis.charts import tokens
from analysis.charts.wall import LATE, ROWS_BY, SIGNS, Row, Square, Wall, told
from analysis.charts.wall_svg import CELL, FINE, HEAD, LINE, WITHIN, heights, numbers, sums_of
from analysis.reports.office.native_charts import LATIN, flatten, rgb, set_east_asian
from analysis.reports.office.official_form import clean
from analysis.wording.deadlines import chinese_month_day

#: Lines in points; the legend and what is told below take so much of the height in pixels.
THIN, THICK = Pt(1), Pt(1.75)
LEGEND, BELOW = 34, 30
#: Names are larger here than on a page; between two sums, whose figures may be in another font.
NAMES, BETWEEN = 156, 14
#: A wall of few columns is not blown up beyond what one of so many pixels is.
NARROWEST = 1100
#: So many overdue items are shapes of their own, which tell when they are pointed at; of more a
#: slide would take minutes to make and to open.
MOST_ALONE = 300
#: A place: left, top, and the side of a square, in pixels.
Place = tuple[float, float, float]
Contour = Sequence[tuple[float, float]]


class Drawing(Protocol):
    """On what a wall can be drawn: ``room`` is its height, type is in points."""

    room: float
    name: Pt
    note: Pt
    #: How many pixels a sign of a note is wide.
    sign: float

    def words(
        self, text: str, x: float, y: float, width: float, size: Pt,
        colour: str = tokens.INK, align: Any = PP_ALIGN.LEFT, bold: bool = False,
    ) -> None:  # fmt: skip
        """One line of text whose middle is at ``y``."""

    def contours(
        self, contours: Sequence[Contour], name: str, fill: str = "", edge: str = "",
        width: Any = THIN, is_closed: bool = True,
    ) -> None:  # fmt: skip
        """Several outlines of one kind."""


class Slide:
    """A slide on which is drawn in the wall's own pixels."""

    name, note, sign = Pt(12), Pt(11), 14.0

    def __init__(self, page: Any, box: tuple[int, int, int, int], wide: int, face: str) -> None:
        """``box`` is where it may stand, ``wide`` how many pixels that is across."""
        self.page, self.face = page, face
        self.left, self.top = box[:2]
        self.scale = box[2] / max(wide, NARROWEST)
        self.room = box[3] / self.scale

    def words(
        self, text: str, x: float, y: float, width: float, size: Pt,
        colour: str = tokens.INK, align: Any = PP_ALIGN.LEFT, bold: bool = False,
    ) -> None:  # fmt: skip
        """One line of text whose middle is at ``y``."""
        high = 26
        at = (self._x(x), self._y(y - high / 2), self._size(width), self._size(high))
        frame = self.page.shapes.add_textbox(*at).text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
        paragraph = frame.paragraphs[0]
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size, run.font.bold, run.font.name = size, bold, LATIN
        run.font.color.rgb = rgb(colour)
        set_east_asian(run.font._rPr, self.face)

    def contours(
        self, contours: Sequence[Contour], name: str, fill: str = "", edge: str = "",
        width: Any = THIN, is_closed: bool = True,
    ) -> None:  # fmt: skip
        """Several outlines as one shape."""
        if not contours:
            return
        moved = [[(self._x(x), self._y(y)) for x, y in contour] for contour in contours]
        builder = self.page.shapes.build_freeform(*moved[0][0], scale=1.0)
        for number, (start, *others) in enumerate(moved):
            if number:
                builder.move_to(*start)
            builder.add_line_segments(others, close=is_closed)
        shape = builder.convert_to_shape()
        shape.name = clean(name)[:200]
        flatten(shape)
        if fill:
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(fill)
        else:
            shape.fill.background()
        if edge:
            shape.line.color.rgb, shape.line.width = rgb(edge), width
        else:
            shape.line.fill.background()

    def _x(self, pixels: float) -> int:
        return int(self.left + pixels * self.scale)

    def _y(self, pixels: float) -> int:
        return int(self.top + pixels * self.scale)

    def _size(self, pixels: float) -> Emu:
        return Emu(int(pixels * self.scale))


def add_wall(page: Any, wall: Wall, box: tuple[int, int, int, int], face: str) -> None:
    """The wall in a box of a slide: as many rows as there is room for, and how many are left."""
    draw_wall(Slide(page, box, width_of(wall), face), wall)


def width_of(wall: Wall) -> int:
    """How many pixels a wall is wide with its names."""
    return NAMES + sums_of(wall) + BETWEEN + CELL * len(wall.columns)


def height_of(wall: Wall) -> int:
    """How many pixels a wall is high with all of its rows."""
    return LEGEND + HEAD + sum(heights(wall, FINE)) + BELOW


def draw_wall(drawing: Drawing, wall: Wall) -> int:
    """As many rows as there is room for, and in words what is left out; how many rows those are."""
    wide, tall = width_of(wall), heights(wall, FINE)
    rows = _that_fit(tall, drawing.room - LEGEND - HEAD - BELOW)
    bottom = LEGEND + HEAD + sum(tall[:rows])
    _legend(drawing, wall)
    _heads(drawing, wall)
    if wall.today is not None:
        x = NAMES + sums_of(wall) + BETWEEN + CELL * wall.today - 4
        _line(drawing, (x, LEGEND + 6), (x, bottom), tokens.INK)
        day = f"截至{chinese_month_day(wall.as_of)}"
        drawing.words(day, x - 126, LEGEND + 13, 120, drawing.note, align=PP_ALIGN.RIGHT, bold=True)
    top, left, placed = LEGEND + HEAD, NAMES + sums_of(wall) + BETWEEN, []
    for row, height in zip(wall.rows[:rows], tall, strict=False):
        _row(drawing, row, top, left)
        placed += list(_squares(row, top, left))
        _numbers(drawing, row, top, left)
        top += height
        _line(drawing, (0, top), (wide, top), tokens.GRID)
    _draw_squares(drawing, placed)
    rest = _left_out(wall, rows)
    if len(rest) * drawing.sign > wide:  # the names of who has done all are on the page
        rest = _left_out(replace(wall, finished=wall.finished.partition("：")[0]), rows)
    drawing.words(rest, 0, bottom + 16, wide, drawing.note, tokens.MUTED)
    return rows


def _line(
    drawing: Drawing, start: tuple[float, float], end: tuple[float, float], colour: str
) -> None:
    is_day = colour == tokens.INK
    name = "截至日" if is_day else "行"
    drawing.contours([[start, end]], name, "", colour, THICK if is_day else THIN, False)


def _that_fit(tall: Sequence[int], room: float) -> int:
    """How many rows stand in a height; one always does."""
    used, rows = 0, 0
    for height in tall:
        used += height
        if used > room and rows:
            break
        rows += 1
    return rows


def counted_words(wall: Wall, rows: int) -> str:
    """How many items a drawing of so many rows shows, a square or a number; how many it does not.

    What it does not show is told in the line below it, so that all add up to the items.
    """
    drawn = _items(wall.rows[:rows])
    summed = sum(sum(cell.more.values()) for row in wall.rows[:rows] for cell in row.cells)
    words = f"一格一项，{told(wall)}，撤销的不在内；图中{drawn}项"
    words += f"（其中{summed}项合为格里的数字）" if summed else ""
    left = wall.items - drawn
    return words + (f"，没有画出的{left}项见图下一行" if left else "")


def _left_out(wall: Wall, rows: int) -> str:
    """What is not drawn, in words: rows for which there is no room, and those that are done."""
    rest = wall.rows[rows:]
    late = sum(row.overdue for row in rest)
    owed = sum(row.total - row.done for row in rest)
    words = f"另有{len(rest)}个{ROWS_BY[wall.by]}{_items(rest)}项"
    words += f"（未完成{owed}项，其中逾期{late}项），见看板"
    left = "；".join(filter(None, (words if rest else "", wall.finished)))
    return f"没有画出的{wall.items - _items(wall.rows[:rows])}项：{left}" if left else ""


def _items(rows: Sequence[Row]) -> int:
    """All items of rows, those in no rate as well."""
    return sum(len(each.squares) + sum(each.more.values()) for row in rows for each in row.cells)


def _legend(drawing: Drawing, wall: Wall) -> None:
    x = 0.0
    for sign in wall.signs:
        _draw_squares(drawing, [((x, 6, FINE.side), Square("", sign, SIGNS[sign]))])
        width = drawing.sign * len(SIGNS[sign]) + 8
        drawing.words(SIGNS[sign], x + 16, 11, width, drawing.note)
        x += width + 30
    _draw_squares(drawing, [((x, 6, FINE.side), Square("", "closed", "重大隐患", is_major=True))])
    drawing.words("黑框：重大隐患", x + 16, 11, 120, drawing.note)


def _heads(drawing: Drawing, wall: Wall) -> None:
    y, left = LEGEND + HEAD - 13, NAMES + sums_of(wall) + BETWEEN
    for label, x in (("完成", left - 114 - BETWEEN), ("逾期", left - 74)):
        drawing.words(label, x, y, 60, drawing.note, tokens.MUTED, PP_ALIGN.RIGHT)
    for number, column in enumerate(wall.columns):
        colour = tokens.INK if column.is_node else tokens.MUTED
        x = left + CELL * number
        drawing.words(column.label, x, y, CELL, drawing.note, colour, bold=column.is_node)


def _row(drawing: Drawing, row: Row, top: float, left: float) -> None:
    """The name of a row, its sums; ``left`` is where its cells begin."""
    name = row.label if len(row.label) <= 9 else f"{row.label[:8]}…"
    drawing.words(name, 0, top + 14, NAMES - 8, drawing.name, align=PP_ALIGN.RIGHT)
    parts = f"{row.done}/{row.total}"
    width = left - 54 - BETWEEN - NAMES
    drawing.words(parts, NAMES + 4, top + 14, width - 4, drawing.note, tokens.MUTED, PP_ALIGN.RIGHT)
    if row.overdue:
        late = str(row.overdue)
        drawing.words(
            late, left - 64, top + 14, 50, drawing.name, tokens.BAD, PP_ALIGN.RIGHT, bold=True
        )


def _squares(row: Row, top: float, left: float) -> Iterator[tuple[Place, Square]]:
    step = FINE.side + FINE.gap
    for cell in row.cells:
        for number, square in enumerate(cell.squares):
            line, at = divmod(number, FINE.a_line)
            x = left + CELL * cell.column + at * step
            yield (x, top + 8 + line * step, FINE.side), square


def _numbers(drawing: Drawing, row: Row, top: float, left: float) -> None:
    """What stands for squares that are not drawn."""
    for cell in row.cells:
        y = top + 8 + FINE.lines(cell) * (FINE.side + FINE.gap) + 9
        for line, words in enumerate(numbers(cell) if cell.more else []):
            at = left + CELL * cell.column
            drawing.words(words, at, y + LINE * line, CELL, drawing.note, tokens.MUTED)


def _draw_squares(drawing: Drawing, placed: Sequence[tuple[Place, Square]]) -> None:
    late = [(place, square) for place, square in placed if square.sign in LATE]
    are_alone = len(late) <= MOST_ALONE
    of_sign: dict[str, list[Place]] = {}
    for place, square in placed:
        if not are_alone or square.sign not in LATE:
            of_sign.setdefault(square.sign, []).append(place)
    for place, square in late if are_alone else []:
        drawing.contours([_outline(place)], square.words, tokens.SQUARES[square.sign].light)
    for sign, places in of_sign.items():
        _draw_sign(drawing, sign, places)
    frames = [_outline(place) for place, square in placed if square.is_major]
    drawing.contours(frames, "重大隐患", "", tokens.INK, THICK)


def _draw_sign(drawing: Drawing, sign: str, places: Sequence[Place]) -> None:
    colour = tokens.SQUARES[sign].light
    if tokens.SIGNS[sign] == "solid":
        drawing.contours([_outline(place) for place in places], SIGNS[sign], colour)
        return
    outlines = [_outline(place, 0.75) for place in places]
    drawing.contours(outlines, SIGNS[sign], tokens.PAPER, colour)
    if sign in WITHIN:
        points, is_filled = WITHIN[sign]
        inside = [_moved(points, place) for place in places]
        if is_filled:
            drawing.contours(inside, SIGNS[sign], colour)
        else:
            drawing.contours(inside, SIGNS[sign], "", colour, THIN, False)


def _outline(place: Place, within: float = 0) -> Contour:
    x, y, side = place
    near, far = within, side - within
    return [(x + a, y + b) for a, b in ((near, near), (far, near), (far, far), (near, far))]


def _moved(points: Contour, place: Place) -> Contour:
    x, y, side = place
    return [(x + a * side / 10, y + b * side / 10) for a, b in points]
