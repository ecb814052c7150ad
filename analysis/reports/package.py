"""The documents of a meeting, all of one day: report, slides, annex, charts, letters."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError as NotFoundInWord
from pptx.exc import PackageNotFoundError as NotFoundInDeck

from analysis.errors import QueryError, YanpanError
from analysis.reports.gathered import Figures, Source, gather
from analysis.reports.stamp import chinese_day, stamp_line
from analysis.settings import Settings
from analysis.warehouse.catalog import Scope, get_metric

REPORT, DECK, ANNEX, LETTER = "形势研判报告.docx", "例会汇报.pptx", "附件.xlsx", "督办函.docx"
CHARTS, LETTERS = "charts", "督办函"
#: What file systems do not take in a name.
FORBIDDEN = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a package, and what its reader must know of what is not in it."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def write_package(
    source: Source, settings: Settings, scope: Scope, kind: str, folder: Path, images: str = "png"
) -> Written:
    """Write all documents into ``folder``; ``kind`` is monthly or quarterly.

    ``images`` is png, svg or none.

    Raises:
        YanpanError: a file cannot be written, or a layout of the office's cannot be read.

    """
    figures, files = write_documents(source, settings, scope, kind, folder)
    for name, unit in _letter_names(figures["overdue"]["unit"].dropna()).items():
        content = unit_letter(source, settings, scope, unit)
        files.append(_put(folder / LETTERS / name, content))
    notes = [*figures.unknown, *_left_over(folder / LETTERS, files)]
    if nobody := int(figures["overdue"]["unit"].isna().sum()):
        notes.append(f"有{nobody}项逾期事项没有责任单位，督办函无从发出，见附件的逾期清单。")
    if images != "none":
        from analysis.reports.images import write_pictures  # plotly, where it draws

        said = write_pictures(figures, folder / CHARTS, images)
        notes += [said] if said else []
        files += sorted((folder / CHARTS).glob(f"*.{images}")) if not said else []
    return Written(tuple(files), tuple(notes))


def write_documents(
    source: Source, settings: Settings, scope: Scope, kind: str, folder: Path
) -> tuple[Figures, list[Path]]:
    """Report, slides and annex, and the figures that they tell."""
    with ThreadPoolExecutor(1) as pool:
        # The engine reads while the libraries of the documents load: neither waits for the other.
        asked = pool.submit(gather, source, settings, scope, kind)
        from analysis.reports.document import write_document
        from analysis.reports.slides import write_slides
        from analysis.reports.workbook import write_workbook

        figures = asked.result()
    annex = folder / ANNEX
    with _writing(annex):
        write_workbook(figures, annex)
    return figures, [
        _put(folder / REPORT, write_document(figures, layout(settings, REPORT))),
        _put(folder / DECK, write_slides(figures, layout(settings, DECK))),
        annex,
    ]


def unit_letter(source: Source, settings: Settings, scope: Scope, unit: str) -> bytes:
    """The 督办函 to one unit, for all that it is late with on the day, whatever else is chosen.

    Raises:
        QueryError: the unit is late with nothing.

    """
    from analysis.reports.letter import Sender, supervision_letter

    own = Scope(scope.as_of, scope.known_on, {"unit": (unit,)})
    overdue = source.metric("overdue", own)
    if overdue.empty:
        raise QueryError(f"截至{chinese_day(scope.as_of)}，{unit}没有逾期事项，不用督办函。")
    listed = source.metric("supervision", own)
    unlisted = listed[listed["standing_text"] == "应挂未挂"]
    stamp = f"{stamp_line(own, source.provenance(own))}。{get_metric('overdue').definition}"
    sender = Sender(
        settings.office, settings.office_head, settings.contact, settings.contact_phone,
        settings.reply_days,
    )  # fmt: skip
    return supervision_letter(
        unit, overdue, unlisted, scope.as_of, sender, stamp, layout(settings, LETTER)
    )


def layout(settings: Settings, name: str) -> Path | None:
    """The office's own file to start a document from, where there is one.

    Raises:
        YanpanError: it is no Word or PowerPoint file.

    """
    path = settings.home / settings.layouts / name
    if not path.is_file():
        return None
    import docx
    import pptx

    opens: Callable[[str], object] = pptx.Presentation if name == DECK else docx.Document
    try:
        opens(str(path))
    except (LookupError, ValueError, OSError, BadZipFile, NotFoundInWord, NotFoundInDeck) as error:
        raise YanpanError(
            f"版式 {path} 读不了，请另存为 {path.suffix} 再放回去，或者移走它。"
        ) from error
    return path


def _put(path: Path, content: bytes) -> Path:
    """Write a file whole beside the old one, then put it in its place."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        os.replace(part, path)
    return path


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into a line for a person; leave no half of it."""
    try:
        yield
    except OSError as error:
        path.with_name(f".{path.name}.part").unlink(missing_ok=True)
        raise YanpanError(
            f"{path} 写不了（{error.strerror}）；可能正被 Word、WPS 或 Excel 打开，关掉以后再运行。"
        ) from error


def _letter_names(units: Iterable[str]) -> dict[str, str]:
    """File name → unit; two units whose names a file system takes for one stay two."""
    names: dict[str, str] = {}
    for unit in sorted(set(units)):
        name = f"督办函_{_safe(unit)}.docx"
        if name in names:
            name = f"督办函_{_safe(unit)}_{len(names) + 1}.docx"
        names[name] = unit
    return names


def _left_over(folder: Path, written: Sequence[Path]) -> list[str]:
    """Letters of an earlier run that nobody should send by mistake; they are not ours to delete."""
    old = sorted(path.name for path in set(folder.glob("督办函_*.docx")) - set(written))
    told = f"{folder} 里还有以前写的 {len(old)} 份，不是这一次的：{'、'.join(old)}。"
    return [told] if old else []


def _safe(name: str) -> str:
    """A name as a file system takes it: never a folder of its own, never too long."""
    kept: Iterable[str] = (char for char in name if char.isprintable() and char not in FORBIDDEN)
    return "".join(kept).strip(". ")[:60] or "单位"
