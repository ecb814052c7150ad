"""The names of WordprocessingML that several modules ask for, and how its properties are said."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: The same words in strict OOXML, which Word offers as «严格开放 XML 文档».
W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MATH_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DRAWING_STRICT = "{http://purl.oclc.org/ooxml/drawingml/main}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"

#: A relation to another part, in either form.
RELATION_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)

_OFF = frozenset({"0", "false", "off", "none"})


def value(element: Any, name: str) -> str:
    """The ``w:val`` of a child; nothing where there is no such child or it says nothing."""
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "")


def is_on(element: Any, namespace: str = W) -> bool:
    """Whether a switch is on: it is where it says nothing else."""
    return element.get(f"{namespace}val", "1").lower() not in _OFF
