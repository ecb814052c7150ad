"""Word files written part by part: what Word and WPS write, and python-docx does not."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT = (
    f'xmlns:w="{W_NS}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
    "dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
}


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inside: str = "", properties: str = "") -> str:
    """A paragraph: text, or the XML of its runs."""
    runs = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(inside: str = "", properties: str = "") -> str:
    """A cell: text, or the XML of its paragraphs."""
    blocks = inside if inside.startswith(("<w:p>", "<w:tbl>", "<w:sdt>")) else p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row: texts, or the XML of cells."""
    inside = "".join(each if each.startswith(("<w:tc>", "<w:sdt>")) else tc(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def tbl(*rows: str | Sequence[str]) -> str:
    """A table: rows of texts, or their XML."""
    inside = "".join(each if isinstance(each, str) else tr(*each) for each in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{inside}</w:tbl>"


def sdt(inside: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def numbered(list_id: int, level: int = 0) -> str:
    """Properties of a paragraph that Word numbers."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def lvl(level: int, kind: str, pattern: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*abstract: str, more: str = "") -> str:
    """``numbering.xml``: lists by their levels; list n is number n, from 1."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>'
        for n, levels in enumerate(abstract)
    )
    uses = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(len(abstract))
    )
    return f"<w:numbering {ROOT}>{kinds}{uses}{more}</w:numbering>"


def write_word(path: Path, *blocks: str, **parts: Any) -> Path:
    """Write a document of XML blocks; ``numbering`` and ``styles`` are XML of these parts.

    ``main`` names the part with the body; ``is_strict`` writes the strict form.
    """
    main = parts.get("main", "document.xml")
    document = f"<w:document {ROOT}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    kind = TYPES.get(path.suffix.lstrip("."), TYPES["docx"])
    links = [name for name in ("numbering", "styles") if name in parts]
    files = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
            '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/{main}" ContentType="{kind}"/></Types>'
        ),
        "_rels/.rels": _relations({"officeDocument": f"word/{main}"}),
        f"word/{main}": document,
        f"word/_rels/{main}.rels": _relations({name: f"{name}.xml" for name in links}),
        **{f"word/{name}.xml": parts[name] for name in links},
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, _strict(text) if parts.get("is_strict") else text)
    return path


def _relations(targets: dict[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{name}" Target="{target}"/>'
        for n, (name, target) in enumerate(targets.items())
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inside}</Relationships>"
    )


def _strict(text: str) -> str:
    names = {
        W_NS: "http://purl.oclc.org/ooxml/wordprocessingml/main",
        RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    for usual, strict in names.items():
        text = text.replace(usual, strict)
    return text
