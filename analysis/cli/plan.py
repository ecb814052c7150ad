"""``yanpan plan``: any plan beside what is read of it, on its own."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.parts import (
    Force,
    Format,
    Home,
    OutputFormat,
    State,
    app,
    print_rows,
    read_day,
    say,
)

if TYPE_CHECKING:
    from analysis.ingest.beside.view import Beside

#: How wide the columns of the workbook are.
WIDTHS = {
    "部分": 9, "行": 6, "角色": 10, "原文": 60, "编号": 9, "措施": 44, "牵头单位": 20,
    "配合单位": 24, "责任人": 14, "完成期限": 26, "整改类别": 10, "怎么得到": 40, "给出": 40,
}  # fmt: skip
#: A plan that takes longer to read is none; seconds, and bytes of memory.
LONGEST_S, MEMORY = 120.0, 3 << 30


@app.command(epilog="例：yanpan plan 整改方案.docx -o 对照.html")
def plan(
    file: Annotated[Path, typer.Argument(help="方案：docx、xlsx、html、txt、pdf 等。")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="写到哪里：.html、.xlsx 或 .csv；不写则显示。"),
    ] = None,
    received: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="日期", help="收到方案的日期，没有年份的期限按它。"),
    ] = None,
    force: Force = False,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """逐行对照一份方案：每一行是什么、读到什么、怎么得到的；不需要数据目录，不入库。"""
    from analysis.errors import YanpanError
    from analysis.ingest.beside.telling import rows_of, text_of
    from analysis.overwriting import must_be_free, must_have_folder

    if out:
        must_have_folder(out)
        if out.suffix.lower() not in WRITERS:
            raise YanpanError(
                f"{out.name} 的扩展名应为 {'、'.join(WRITERS)}，没有写；请换一个名字。"
            )
        must_be_free([out], force)
    beside = _read(file, received, home)
    if out:
        WRITERS[out.suffix.lower()](beside, out)
        say(f"{beside.why_not or beside.summary}\n已写出 {out}")
    elif format is Format.TABLE:
        say("\n".join(text_of(beside)))
    else:
        print_rows(rows_of(beside), format)


def _read(file: Path, received: date | None, home: Path | None) -> "Beside":
    """Read in a process of its own: the file may be anybody's."""
    from analysis.confined import Bounds, Confined, EndedError
    from analysis.errors import SourceError

    if not file.is_file():
        raise SourceError(f"没有 {file} 这个文件，或者它是目录；请核对路径。")
    confined = Confined("analysis.ingest.beside.reading")
    try:
        from analysis.ingest.beside.reading import read_alone

        beside: Beside = confined.call(
            Bounds(MEMORY, LONGEST_S), read_alone, file.absolute(), received, home or State.home
        )
    except EndedError as error:
        raise SourceError(f"{file.name} 读不下来（{error}）。") from error
    except OSError as error:
        raise SourceError(f"{file} 打不开：{error.strerror}。") from error
    finally:
        confined.stop()
    return beside


def _write_page(beside: "Beside", out: Path) -> None:
    from importlib.resources import files

    from analysis.charts import tokens
    from analysis.intake.plans.page import whole_page
    from analysis.overwriting import whole_file

    looks = files("dashboards").joinpath("assets/beside.css").read_text(encoding="utf-8")
    style = tokens.css() + looks
    with whole_file(out) as part:
        part.write_text(whole_page(beside, style), encoding="utf-8")


def _write_workbook(beside: "Beside", out: Path) -> None:
    from analysis.ingest.beside.telling import rows_of
    from analysis.reports.office.sheets import Table, write_tables

    said = f"不是方案：{beside.why_not}" if beside.why_not else beside.summary
    note = "；".join((said, *beside.counts, *beside.remarks))
    write_tables([Table("对照", rows_of(beside), WIDTHS, f"对照：{beside.name}", note)], out)


def _write_csv(beside: "Beside", out: Path) -> None:
    from analysis.ingest.beside.telling import rows_of
    from analysis.overwriting import whole_file
    from analysis.wording.tables import as_csv

    rows = rows_of(beside)
    with whole_file(out) as part:
        part.write_text(as_csv(list(rows[0]) if rows else [], rows) + "\n", encoding="utf-8-sig")


WRITERS = {".html": _write_page, ".xlsx": _write_workbook, ".csv": _write_csv}
