"""A drawing as an Enhanced Metafile (EMF): lines and words that Word, WPS and LibreOffice draw.

No browser and no font is needed to write one, and it is sharp at any size. The records are those of
MS-EMF; what is drawn is given in pixels and kept in tenths of one.
"""

import struct
from collections.abc import Sequence
from typing import Any

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from analysis.charts import tokens
from analysis.reports.office.official_form import clean

#: Kinds of records.
_HEADER, _POLYGON, _POLYLINE, _EOF = 1, 86, 87, 14
_WINDOW, _WINDOW_ORIGIN, _VIEWPORT, _VIEWPORT_ORIGIN, _MAP_MODE = 9, 10, 11, 12, 17
_BACKGROUND, _ALIGN, _COLOUR, _SELECT, _PEN, _BRUSH = 18, 22, 24, 37, 38, 39
_FONT, _TEXT = 82, 84
#: Any scale across and down; nothing behind words; words stand on their base line.
_ANISOTROPIC, _TRANSPARENT, _BASELINE = 8, 1, 24
_SIDES = {PP_ALIGN.LEFT: 0, PP_ALIGN.RIGHT: 2, PP_ALIGN.CENTER: 6}
#: What every reader has: no pen, no brush.
_NO_PEN, _NO_BRUSH = 0x80000008, 0x80000005
#: Lines have to squares the measure that they have on a slide.
_PIXELS_A_POINT = 1.2
_TENTH, _MM_PER_POINT, _EMU_PER_POINT = 10, 25.4 / 72, 12700
#: The device that it is made for: pixels and millimetres of a screen.
_DEVICE, _DEVICE_MM = (1920, 1080), (508, 286)
Contour = Sequence[tuple[float, float]]
FILE_TYPE = "image/x-emf"
INLINE = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
 <wp:inline distT="0" distB="0" distL="0" distR="0">
  <wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="图形{number}"/>
  <wp:cNvGraphicFramePr/>
  <a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
   <pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="图形{number}.emf"/><pic:cNvPicPr/>
    </pic:nvPicPr>
    <pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
    <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
     <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>
  </a:graphicData></a:graphic>
 </wp:inline>
</w:drawing>"""
#: Pictures are numbered from here, beyond whatever charts there are.
_FIRST = 501


class Metafile:
    """A ``Drawing`` of ``wall_shapes`` as a file; ``mm`` is how long one pixel is."""

    name, note = Pt(8.5), Pt(8)

    def __init__(self, width: float, height: float, mm: float, face: str) -> None:
        """Nothing is drawn yet; ``face`` is the type's."""
        self.room, self.mm, self.face = height, mm, face
        self.sign = self.pixels(self.note.pt)
        self.size = (round(width * _TENTH), round(height * _TENTH))
        self._records: list[bytes] = []
        self._handles: dict[tuple[int, bytes], int] = {}
        self._add(_MAP_MODE, "<I", _ANISOTROPIC)
        self._add(_WINDOW_ORIGIN, "<ii", 0, 0)
        self._add(_WINDOW, "<ii", *self.size)
        self._add(_VIEWPORT_ORIGIN, "<ii", 0, 0)
        self._add(_VIEWPORT, "<ii", *self._device())
        self._add(_BACKGROUND, "<I", _TRANSPARENT)

    def words(
        self, text: str, x: float, y: float, width: float, size: Any,
        colour: str = tokens.INK, align: Any = PP_ALIGN.LEFT, bold: bool = False,
    ) -> None:  # fmt: skip
        """One line of text whose middle is at ``y``; a Latin sign is half as wide as a Chinese."""
        high = self.pixels(size.pt)
        x += {PP_ALIGN.LEFT: 0.0, PP_ALIGN.RIGHT: width, PP_ALIGN.CENTER: width / 2}[align]
        signs = clean(text).encode("utf-16-le")
        units = [signs[n : n + 2] for n in range(0, len(signs), 2)]
        wide = [round(high * _TENTH * (0.5 if each[1] == 0 else 1)) for each in units]
        self._use_font(high, bold)
        self._add(_ALIGN, "<I", _BASELINE | _SIDES[align])
        self._add(_COLOUR, "<I", _bgr(colour))
        at = (round(x * _TENTH), round((y + high * 0.36) * _TENTH))
        padded = signs + b"\0" * (-len(signs) % 4)
        offset = 76
        head = struct.pack(
            "<4iIff2iIIIiiiiI", 0, 0, -1, -1, 2, 1.0, 1.0, *at, len(units), offset, 0,
            0, 0, -1, -1, offset + len(padded),
        )  # fmt: skip
        self._record(_TEXT, head + padded + struct.pack(f"<{len(wide)}I", *wide))

    def contours(
        self, contours: Sequence[Contour], name: str, fill: str = "", edge: str = "",
        width: Any = None, is_closed: bool = True,
    ) -> None:  # fmt: skip
        """Several outlines of one kind; ``width`` is that of the edge."""
        if not contours:
            return
        self._use_pen(edge, (width or 0) / _EMU_PER_POINT)
        self._use_brush(fill)
        for contour in contours:
            points = [round(n * _TENTH) for point in contour for n in point]
            head = struct.pack("<4iI", 0, 0, -1, -1, len(contour))
            kind = _POLYGON if is_closed else _POLYLINE
            self._record(kind, head + struct.pack(f"<{len(points)}h", *points))

    def pixels(self, points: float) -> float:
        """How many pixels type of so many points is high."""
        return points * _MM_PER_POINT / self.mm

    def as_bytes(self) -> bytes:
        """The file: header, records, end."""
        end = _packed(_EOF, struct.pack("<III", 0, 16, 20))
        body = b"".join(self._records) + end
        mm = [round(n / _TENTH * self.mm * 100) for n in self.size]
        wide, high = self._device()
        head = struct.pack(
            "<4i4iIIIIHHIII2i2iIIIii",
            0, 0, wide - 1, high - 1, 0, 0, *mm, 0x464D4520, 0x10000, 108 + len(body),
            len(self._records) + 2, len(self._handles) + 1, 0, 0, 0, 0, *_DEVICE, *_DEVICE_MM,
            0, 0, 0, *(n * 1000 for n in _DEVICE_MM),
        )  # fmt: skip
        return _packed(_HEADER, head) + body

    def _device(self) -> tuple[int, int]:
        """The size in pixels of the device, by which readers scale."""
        a_mm = _DEVICE[0] / _DEVICE_MM[0]
        wide, high = (round(n / _TENTH * self.mm * a_mm) for n in self.size)
        return wide, high

    def _use_pen(self, colour: str, points: float) -> None:
        wide = max(round(points * _PIXELS_A_POINT * _TENTH), 1)
        content = struct.pack("<IiiI", 0, wide, 0, _bgr(colour)) if colour else b""
        self._use(_PEN, content, _NO_PEN)

    def _use_brush(self, colour: str) -> None:
        self._use(_BRUSH, struct.pack("<III", 0, _bgr(colour), 0) if colour else b"", _NO_BRUSH)

    def _use_font(self, high: float, bold: bool) -> None:
        face = self.face.encode("utf-16-le")[:62].ljust(64, b"\0")
        weight, chinese = 700 if bold else 400, 134
        font = struct.pack(
            "<iiiii8B", -round(high * _TENTH), 0, 0, 0, weight, 0, 0, 0, chinese, 0, 0, 0, 0
        )
        self._use(_FONT, (font + face).ljust(320, b"\0"))

    def _use(self, kind: int, content: bytes, otherwise: int = 0) -> None:
        """Select a pen, brush or font, which is made when it is first used."""
        if not content:
            self._add(_SELECT, "<I", otherwise)
            return
        handle = self._handles.get((kind, content))
        if handle is None:
            handle = self._handles[kind, content] = len(self._handles) + 1
            self._record(kind, struct.pack("<I", handle) + content)
        self._add(_SELECT, "<I", handle)

    def _add(self, kind: int, form: str, *values: int) -> None:
        self._record(kind, struct.pack(form, *values))

    def _record(self, kind: int, content: bytes) -> None:
        self._records.append(_packed(kind, content))


def add_metafile(document: Docx, drawn: Metafile, words: str) -> None:
    """A drawing in a line of its own, as large as it was made; ``words`` for who cannot see it."""
    names = [str(rel.target_part.partname) for rel in document.part.rels.values()
             if not rel.is_external]  # fmt: skip
    number = _FIRST + sum(name.endswith(".emf") for name in names)
    part = Part(
        PackURI(f"/word/media/drawing{number}.emf"), FILE_TYPE, drawn.as_bytes(),
        document.part.package,
    )  # fmt: skip
    relation = document.part.relate_to(part, RT.IMAGE)
    width, height = (Mm(n / _TENTH * drawn.mm) for n in drawn.size)
    xml = INLINE.format(width=width, height=height, number=number, relation=relation)
    drawing = parse_xml(xml)
    next(drawing.iter("{*}docPr")).set("descr", clean(words))
    document.add_paragraph(style="公文图").add_run()._r.append(drawing)


def _packed(kind: int, content: bytes) -> bytes:
    padded = content + b"\0" * (-len(content) % 4)
    return struct.pack("<II", kind, 8 + len(padded)) + padded


def _bgr(colour: str) -> int:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return red | green << 8 | blue << 16
