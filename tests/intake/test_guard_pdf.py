"""Which PDF documents are kept: printed and scanned ones, and none that acts when it is opened."""

import base64
import binascii
import io
import zlib

import pytest
from PIL import Image

from analysis.errors import SourceError
from analysis.intake.guard.files import inspect_evidence

RUNS, SEALED, STRANGE = "会自动运行的程序", "解不开的内容.*重新打印成 PDF", "内部结构不正常"
PAGE = b"2 0 obj <</Type/Pages/Kids[3 0 R]>> endobj 3 0 obj <</Type/Page/Parent 2 0 R>> endobj "
SCRIPT = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>"
OUTSIDE = b"(http://203.0.113.7/)"


def document(catalogue: bytes, more: bytes = b"") -> bytes:
    """A document whose catalogue holds that."""
    said = b"1 0 obj <</Type/Catalog/Pages 2 0 R " + catalogue + b">> endobj\n"
    return b"%PDF-1.7\n" + said + PAGE + more + b"\ntrailer <</Root 1 0 R>>\n%%EOF"


def stream(said: bytes, content: bytes) -> bytes:
    return b"9 0 obj <<" + said + b">>\nstream\r\n" + content + b"\nendstream endobj "


def objects(*bodies: bytes) -> tuple[bytes, bytes]:
    """Objects from number 5 on as they are packed, and what is said of them."""
    places, whole = [], b""
    for number, body in enumerate(bodies, start=5):
        places.append(b"%d %d " % (number, len(whole)))
        whole += body + b" "
    head = b"".join(places)
    return head + whole, b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head))


def packed(*bodies: bytes) -> bytes:
    content, said = objects(*bodies)
    return stream(said + b"/Filter/FlateDecode", zlib.compress(content))


def stored(content: bytes) -> bytes:
    """As it is, though it says to be packed."""
    packing = zlib.compressobj(0)
    return packing.compress(content) + packing.flush()


def printed() -> bytes:
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI" + OUTSIDE + b">>>>"
    return packed(link, b"<</S/GoTo/D[3 0 R/Fit]>>", b"[3 0 R/XYZ null null 0]")


def scanned() -> bytes:
    scan = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(scan, "PDF")
    return scan.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        scanned(),
        document(b"", printed()),
        document(b"/OpenAction[3 0 R/Fit]"),
        document(b"/OpenAction (first page)"),
        document(b"/OpenAction<</S/GoTo/D(first \\(page\\))>>"),
        document(b"/OpenAction 6 0 R", printed()),
        document(b"/OpenAction 7 0 R", printed()),
        document(
            b"/OpenAction 8 0 R", b"8 0 obj % the first page\n<</S/GoTo/D[3 0 R/Fit]>> endobj"
        ),
        document(b"/AA<<>>", stream(b"/Length 9", b"\xff/AA\x80 /AA")),
        document(b"", packed(b"<</Type/Catalog>>").replace(b"/FlateDecode", b"[/FlateDecode]")),
        document(b"", stream(objects(b"<<>>")[1], objects(b"<<>>")[0])),
    ],
)
def test_printed_and_scanned_documents_are_kept(body: bytes) -> None:
    assert inspect_evidence("验收单.pdf", body) == ".pdf"


URI = b"<</S/URI/URI" + OUTSIDE + b">>"


@pytest.mark.parametrize(
    "body",
    [
        document(b"/OpenAction" + URI),
        document(b"/Open#41ction % of its own\n " + URI.replace(b"/S/URI", b"/S/#55RI")),
        document(b"/OpenAction 8 0 R", b"8 0 obj " + URI + b" endobj"),
        document(b"/OpenAction 5 0 R", packed(URI)),
        document(b"/OpenAction 88 0 R"),
        document(b"/OpenAction" + b" " * 500 + URI),
        document(b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next " + URI + b">>"),
        document(b"/OpenAction<</S/GoTo/D(>>)/N#65xt 8 0 R>>"),
        document(b"/OpenAction 6 0 R", packed(b"<<>>", b"<</S/GoTo/D(>>)/N#65xt 8 0 R>>")),
        document(b"/AA<</WC" + URI + b">>"),
        document(b"/AA 8 0 R", b"8 0 obj <</O 9 0 R>> endobj"),
        document(b"", packed(b"<</Type/Page/AA<</O" + URI + b">>>>")),
        document(b"/A<</S/GoToE/F(\\\\\\\\203.0.113.7\\\\x)>>"),
        document(b"", packed(SCRIPT).replace(b"/ObjStm", b"/Obj#53tm")),
        document(b"", stream(objects()[1] + b"/Filter/FlateDecode", stored(b"endstream" + SCRIPT))),
    ],
)
def test_what_acts_without_a_click_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError, match=RUNS):
        inspect_evidence("验收单.pdf", body)


FLATE = zlib.compress(objects(SCRIPT)[0])


@pytest.mark.parametrize(
    ("said", "content"),
    [
        (b"/Filter[/ASCIIHexDecode/FlateDecode]", binascii.hexlify(FLATE) + b">"),
        (b"/Filter[/ASCII85Decode/FlateDecode]", base64.a85encode(FLATE) + b"~>"),
        (b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(FLATE)),
        (b"/Filter/LZWDecode", FLATE),
        (b"/Filter/Fl#61teDecode/DecodeParms<</Predictor 12>>", FLATE),
        (b"/F(elsewhere.bin)/Filter/FlateDecode", FLATE),
        (b"/Filter/FlateDecode", FLATE[:-4] + b"sums"),
        (b"/Filter/FlateDecode", b"sealed by a password"),
        (b"/Filter 8 0 R", FLATE),
    ],
    ids=["hex", "85", "twice", "lzw", "predictor", "file", "sum", "sealed", "elsewhere"],
)
def test_what_is_packed_so_that_it_is_not_seen_is_refused(said: bytes, content: bytes) -> None:
    body = document(b"", stream(objects(SCRIPT)[1] + said, content))
    with pytest.raises(SourceError, match=SEALED):
        inspect_evidence("验收单.pdf", body)


@pytest.mark.parametrize(
    "body",
    [
        document(b"", packed(SCRIPT).replace(b"/ObjStm", b"/ObjStm" + b" " * 500)),
        document(
            b"", packed(SCRIPT).replace(b"/Type", b"/Filter/LZWDecode" + b" " * 500 + b"/Type")
        ),
        document(b"/OpenAction[]" * 1000),
        document(b"/AA " * 1_000_000),
        document(b"/OpenAction 8 0 R", b"8 0 obj[]endobj " * 1_000_000),
        document(b"", b"9 0 obj <</Type/ObjStm>> stream\n" * 4_000 + b" " * 10_000_000),
        document(b"", packed(b"<<>>").replace(b"/First 4", b"/First 4000000")),
    ],
    ids=["far behind", "far before", "opened", "added", "written anew", "without end", "listed"],
)
def test_what_no_program_writes_is_refused_before_it_is_looked_into(body: bytes) -> None:
    with pytest.raises(SourceError, match=STRANGE):
        inspect_evidence("验收单.pdf", body)
