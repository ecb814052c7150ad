"""The documents of a meeting, all of one day: report, slides, annex, charts, letters."""

import os
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
from docx.opc.exceptions import PackageNotFoundError as NotFoundInWord
from pptx.exc import PackageNotFoundError as NotFoundInDeck

from analysis.briefing.figures import Figures, Source, gather
from analysis.briefing.stamp import stamp_line
from analysis.errors import QueryError, YanpanError
from analysis.judgement.alerts import configured, is_written_of, letter_days, written_to
from analysis.overwriting import must_be_free, whole_file
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import chinese_day

REPORT, DECK, ANNEX, LETTER = "形势研判报告.docx", "例会汇报.pptx", "附件.xlsx", "督办函.docx"
CHARTS, LETTERS = "charts", "督办函"
#: Of a package in one file: what is not in it and why.
NOTES = "说明.txt"
#: What file systems do not take in a name.
FORBIDDEN = '\\/:*?"<>|'


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a package, what its reader must know of them, and what could not be written."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...] = ()


#: Writes one file of a package where it is told to.
Writer = Callable[[Path], None]


def write_package(
    source: Source, settings: Settings, scope: Scope, kind: str, folder: Path,
    images: str = "png", force: bool = False, photos: bool = False,
) -> Written:  # fmt: skip
    """Write all documents into ``folder``; ``kind`` is monthly or quarterly.

    ``images`` is png, svg or none; with ``photos`` the annex shows those of the items. A file that
    is there already is replaced only by ``force``. What cannot be written takes nothing else with
    it: ``missing`` says what and why.

    Raises:
        YanpanError: a file is there already; nothing was written then.

    """
    figures = _gathered(source, settings, scope, kind, photos)
    parts = document_writers(figures, folder)
    for name, unit in _letter_names(written_to(figures.alerts)).items():
        parts[folder / LETTERS / name] = partial(_letter_to, source, settings, scope, unit)
    pictures, undrawn = _pictures(figures, folder / CHARTS, images)
    must_be_free([*parts, *pictures], force)
    files, missing = write_each(parts)
    missing += undrawn
    notes = [*figures.unknown, *_left_over(folder / LETTERS, parts)]
    if nobody := int(figures["overdue"]["unit"].isna().sum()):
        notes.append(f"有{nobody}项逾期事项没有责任单位，督办函无从发出，见附件的逾期清单。")
    if pictures:
        from analysis.reports.images import write_pictures

        said = write_pictures(pictures, images)
        notes += [said] if said else []
        files += [path for path in pictures if path.exists()] if not said else []
    return Written(tuple(files), tuple(notes), tuple(missing))


def pack(published: Path, settings: Settings, scope: Scope, kind: str, packed: Path) -> int:
    """Write the documents of a publication, and all of them into one zip; how many are missing.

    All are of one publication, from the report to the last letter, whatever is published meanwhile.

    Raises:
        YanpanError: nothing of it can be written.

    """
    papers = packed.with_name("papers")
    written = write_package(Warehouse(published), settings, scope, kind, papers)
    if not written.files:
        raise YanpanError("".join(written.missing) or "没有可以写出的材料。")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as together:
        for path in written.files:
            together.write(path, path.relative_to(papers))
        if told := [*written.missing, *written.notes]:
            together.writestr(NOTES, "\n".join(told))
    return len(written.missing)


def write_each(parts: Mapping[Path, Writer]) -> tuple[list[Path], list[str]]:
    """Write every file that can be written; the others as lines that say why they are missing."""
    files, missing = [], []
    for path, write in parts.items():
        try:
            write(path)
        except Exception as error:
            # Whatever is wrong with one paper, the meeting is to have the others.
            missing.append(_why_missing(path, error))
        else:
            files.append(path)
    return files, missing


def _why_missing(path: Path, error: Exception) -> str:
    """Why a file is missing; with YANPAN_DEBUG what is wrong with the program is raised."""
    older = "（那里还是以前的一份）" if path.exists() else ""
    if isinstance(error, YanpanError):
        return f"{path.name} 没有写成{older}：{error}"
    if os.environ.get("YANPAN_DEBUG"):
        raise error
    return (
        f"{path.name} 没有写成{older}，其他文件不受影响：程序出错：{type(error).__name__}: {error}"
        "（设环境变量 YANPAN_DEBUG=1 再运行可看到详情）"
    )


def document_writers(figures: Figures, folder: Path) -> dict[Path, Writer]:
    """Report, slides and annex, each by the path at which it is to stand."""
    from analysis.reports.document import write_document
    from analysis.reports.slides import write_slides
    from analysis.reports.workbook import write_workbook

    settings = figures.settings
    return {
        folder / REPORT: lambda path: _put(path, write_document(figures, layout(settings, REPORT))),
        folder / DECK: lambda path: _put(path, write_slides(figures, layout(settings, DECK))),
        folder / ANNEX: lambda path: write_workbook(figures, path),
    }


def _gathered(source: Source, settings: Settings, scope: Scope, kind: str, photos: bool) -> Figures:
    """The figures; the engine reads while the libraries of the documents load."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(gather, source, settings, scope, kind, photos)
        for module in ("document", "slides", "workbook"):
            import_module(f"analysis.reports.{module}")
        return asked.result()


def _pictures(figures: Figures, folder: Path, images: str) -> tuple[dict[Path, Any], list[str]]:
    """The charts that have something to show, by the file that each is to be; a line for each
    that cannot be drawn. A chart keeps its number whichever others there are.
    """
    if images == "none":
        return {}, []
    from analysis.reports.images import has_marks, pictures  # plotly, where it draws

    drawn, undrawn = {}, []
    for number, (name, draw) in enumerate(pictures(figures).items(), start=1):
        path = folder / f"{number:02d}_{name}.{images}"
        try:
            figure = draw()
        except Exception as error:  # as for the papers
            undrawn.append(_why_missing(path, error))
            continue
        if has_marks(figure):
            drawn[path] = figure
    return drawn, undrawn


def _letter_to(source: Source, settings: Settings, scope: Scope, unit: str, path: Path) -> None:
    _put(path, unit_letter(source, settings, scope, unit))


def unit_letter(source: Source, settings: Settings, scope: Scope, unit: str) -> bytes:
    """The 督办函 to one unit, for all that stands on that step on the day, whatever else is chosen.

    What is late for less is told of there, and is no part of what the unit is written to for.

    Raises:
        QueryError: the unit is not written to for anything.

    """
    from analysis.reports.letters import Sender, noticed_words, supervision_letter

    own = Scope(scope.as_of, scope.known_on, {"unit": (unit,)})
    figures = Figures(source, settings, own)
    due = [alert for alert in figures.alerts if alert.unit == unit and is_written_of(alert)]
    others = [alert for alert in due if not alert.rule.startswith("overdue")]
    late_enough = {alert.item_id for alert in due if alert.rule.startswith("overdue")}
    is_due = figures["overdue"]["item_id"].isin(late_enough)
    overdue, noticed = figures["overdue"][is_due], figures["overdue"][~is_due]
    told = noticed_words(noticed, letter_days(configured(settings.alerts)))
    if not due:
        why = f"有{told.partition('，')[0]}，先通报" if told else "没有逾期事项"
        raise QueryError(f"截至{chinese_day(scope.as_of)}，{unit}{why}，不用督办函。")
    listed = source.metric("supervision", own)
    unlisted = listed[listed["standing_text"] == "应挂未挂"]
    stamp = stamp_line(own, source.provenance(own))
    if not overdue.empty:  # what is late is all that the definition speaks of
        stamp += f"。{get_metric('overdue').definition_on(scope.as_of)}"
    sender = Sender(
        settings.office, settings.office_head, settings.contact, settings.contact_phone,
        settings.reply_days, days_of_rest(source.relation("workdays", own)).__contains__,
    )  # fmt: skip
    return supervision_letter(
        unit, overdue, unlisted, scope.as_of, sender, stamp, layout(settings, LETTER), others, told
    )


def days_of_rest(workdays: pd.DataFrame) -> set[date]:
    """The days of the relation ``workdays`` on which nobody works."""
    return {day.date() for day in workdays[~workdays["is_workday"].astype(bool)]["day"]}


def layout(settings: Settings, name: str) -> Path | None:
    """The office's own file to start a document from, where there is one.

    Raises:
        YanpanError: it is no Word or PowerPoint file.

    """
    path = settings.home / settings.layouts / name
    if not path.exists():
        return None
    import docx
    import pptx

    opens: Callable[[str], object] = pptx.Presentation if name == DECK else docx.Document
    try:
        opens(str(path))
    except (
        LookupError,
        ValueError,
        OSError,
        zipfile.BadZipFile,
        NotFoundInWord,
        NotFoundInDeck,
    ) as error:
        raise YanpanError(
            f"版式 {path} 读不了，请另存为 {path.suffix} 再放回去，或者移走它。"
        ) from error
    return path


def _put(path: Path, content: bytes) -> None:
    with whole_file(path) as part:
        part.write_bytes(content)


def _letter_names(units: Iterable[str]) -> dict[str, str]:
    """File name → unit; two units whose names a file system takes for one stay two."""
    names: dict[str, str] = {}
    for unit in sorted(set(units)):
        name = f"督办函_{_safe(unit)}.docx"
        if name in names:
            name = f"督办函_{_safe(unit)}_{len(names) + 1}.docx"
        names[name] = unit
    return names


def _left_over(folder: Path, written: Collection[Path]) -> list[str]:
    """Letters of an earlier run that nobody should send by mistake; they are not ours to delete."""
    old = sorted(path.name for path in set(folder.glob("督办函_*.docx")) - set(written))
    told = f"{folder} 里还有以前写的 {len(old)} 份，不是这一次的：{'、'.join(old)}。"
    return [told] if old else []


def _safe(name: str) -> str:
    """A name as a file system takes it: never a folder of its own, never too long."""
    kept: Iterable[str] = (char for char in name if char.isprintable() and char not in FORBIDDEN)
    return "".join(kept).strip(". ")[:60] or "单位"
