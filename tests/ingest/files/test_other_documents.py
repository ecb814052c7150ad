"""Documents that are no docx: older Word, rtf, odt through LibreOffice; of a PDF its text alone."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import docx
import pytest

from analysis.errors import SourceError
from analysis.ingest.files.documents import as_docx, office, office_here, read_pdf
from analysis.ingest.files.kinds import Contents, opened, read_contents
from analysis.ingest.pipeline import ingest
from analysis.intake.guard.files import inspect
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期"]
FIRST = ["1", "宾馆", "灭火器过期", "2023-10-01"]
RTF = rb"{\rtf1\ansi\uc1 \u21488 ?\u36134 ?\par}"


def must_have_office() -> Path:
    """LibreOffice with its Writer, which nothing else in this project needs."""
    found = office.find_office()
    if not found:
        pytest.skip("no LibreOffice with Writer on this machine")
    return found


def contents_of(path: Path) -> Contents:
    with opened(path) as file:
        return read_contents(file)


def pdf(path: Path, *lines: str) -> Path:
    """A PDF of one page: text in a font that says which sign each code is."""
    signs = sorted(set("".join(lines)))
    codes = {sign: n + 1 for n, sign in enumerate(signs)}
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(signs)} beginbfchar\n"
        + "\n".join(f"<{codes[each]:04X}> <{ord(each):04X}>" for each in signs)
        + "\nendbfchar endcmap end end"
    )
    coded = ["".join(f"{codes[each]:04X}" for each in line) for line in lines]
    rows = "".join(
        f"BT /F1 12 Tf 50 {800 - 20 * n} Td <{line}> Tj ET\n" for n, line in enumerate(coded)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(rows)} >>\nstream\n{rows}endstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()
    path.write_bytes(out)
    return path


def test_the_lines_of_a_pdf(tmp_path: Path) -> None:
    lines = ["关于10月上半月工作情况的报告", "检查12家次，发现隐患7条。"]
    contents = contents_of(pdf(tmp_path / "报告.pdf", *lines))
    assert (contents.sheets, contents.lines) == ([], lines)
    ((rule, severity, _),) = contents.remarks
    assert (rule, severity) == ("pdf_tables_unread", "warning")


def test_a_scanned_pdf_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="是扫描件，里面没有文字；请发送 Word 或 Excel 原件"):
        contents_of(pdf(tmp_path / "扫描.pdf", "1"))


@pytest.mark.parametrize("cut", [5, 60, 300, 700])
def test_a_damaged_pdf_is_one_line(tmp_path: Path, cut: int) -> None:
    whole = pdf(tmp_path / "a.pdf", "关于10月上半月工作情况的报告").read_bytes()
    with pytest.raises(SourceError, match="原件"):
        read_pdf(tmp_path / "a.pdf", BytesIO(whole[:cut]))


def test_a_locked_pdf_is_one_line(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=pdf(tmp_path / "a.pdf", "关于10月上半月工作情况的报告"))
    writer.encrypt("secret")
    writer.write(tmp_path / "密.pdf")
    with pytest.raises(SourceError, match="密"):
        contents_of(tmp_path / "密.pdf")


def test_a_table_in_a_pdf_is_never_guessed(home: Settings) -> None:
    folder = home.raw / "2023-10-15"
    folder.mkdir(parents=True)
    pdf(folder / "台账.pdf", " ".join(HEADER), " ".join(FIRST))
    report = ingest(home)
    assert report.rows_loaded == 0
    (line,) = report.failures
    assert "PDF 里的表格不读，请发送 Word 或 Excel 原件" in line


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt"])
def test_a_ledger_in_another_kind_of_document(home: Settings, tmp_path: Path, suffix: str) -> None:
    program = must_have_office()
    document = docx.Document()
    table = document.add_table(2, len(HEADER))
    for row, cells in zip(table.rows, (HEADER, FIRST), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("填报单位：甲局")
    source = tmp_path / "a.docx"
    document.save(str(source))
    kind = ".doc" if suffix == ".wps" else suffix
    subprocess.run(
        [
            program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", kind.lstrip("."), "--outdir", tmp_path, source,
        ],
        check=True, capture_output=True, timeout=90,
    )  # fmt: skip
    folder = home.raw / "2023-10-15"
    folder.mkdir(parents=True)
    shutil.copy(tmp_path / f"a{kind}", folder / f"台账{suffix}")
    assert ingest(home).rows_loaded == 1
    with open_warehouse(home.warehouse) as con:
        rows = fetch_rows(con, "SELECT hazard_no, site, description FROM hazard")[1]
    assert rows == [("1", "宾馆", "灭火器过期")]


def test_without_an_office_program_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    (tmp_path / "台账.rtf").write_bytes(RTF)
    with pytest.raises(SourceError, match="另存为 docx"):
        contents_of(tmp_path / "台账.rtf")
    assert office_here() == ""


def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """In the place of LibreOffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: path)


def test_an_office_for_slides_alone_is_none_for_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soffice").write_text("#!/bin/sh\n")
    (tmp_path / "soffice").chmod(0o755)
    (tmp_path / "soffice.bin").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "USUAL_PLACES", ())
    assert office.find_office() is None
    (tmp_path / "libswlo.so").touch()
    assert office.find_office() == tmp_path / "soffice"


def test_what_cannot_be_converted_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(SourceError, match="打不开"):
        as_docx(tmp_path / "a.doc", BytesIO(b"x"), ".doc")


@pytest.mark.slow
def test_what_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "alive"
    program(tmp_path, monkeypatch, f"(while :; do touch {alive}; done) & wait")
    monkeypatch.setattr(office, "LONGEST_S", 0.3)
    with pytest.raises(SourceError, match="没有转换好"):
        as_docx(tmp_path / "a.doc", BytesIO(b"x"), ".doc")
    alive.unlink(missing_ok=True)
    with pytest.raises(subprocess.TimeoutExpired):  # whoever still ran would touch it again
        subprocess.run(["sh", "-c", f"until [ -e {alive} ]; do :; done"], timeout=0.5)


@pytest.mark.slow
def test_a_link_in_a_document_is_not_followed(tmp_path: Path) -> None:
    must_have_office()
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/x.png"
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text")
    )
    names += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    names += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    page = (
        f'<?xml version="1.0"?><office:document{names} xmlns:xlink="http://www.w3.org/1999/xlink" '
        'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:body><office:text><text:p>x<draw:frame svg:width="2cm" svg:height="2cm">'
        f'<draw:image xlink:href="{url}" xlink:type="simple" xlink:show="embed" '
        'xlink:actuate="onLoad"/>'
        "</draw:frame></text:p></office:text></office:body></office:document>"
    )
    made = as_docx(tmp_path / "a.odt", BytesIO(page.encode()), ".fodt")
    server.shutdown()
    assert made is not None
    assert asked == []


@pytest.mark.parametrize(("name", "content"), [("a.docx", RTF), ("a.csv", RTF)])
def test_an_upload_is_given_to_no_other_program(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match="不是能读的文件类型"):
        inspect(tmp_path / name)
