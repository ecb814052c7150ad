"""Older and other kinds of document (doc, wps, rtf, odt) → docx, by LibreOffice where there is one.

Nobody reads the older Word format well but an office program. It runs beside this one, in a
profile of its own that lasts for one file: no macro runs, no link is followed, and whatever hangs
is ended. Where there is none, one line says what to do instead.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from analysis.errors import SourceError

PROGRAMS = ("soffice", "libreoffice")
#: Where its installers put it without a name on the path.
USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/opt/libreoffice/program/soffice"),
)
#: The library with which it reads documents, beside the program, by system.
_WRITER = ("libswlo.so", "swlo.dll", "../Frameworks/libswlo.dylib")
#: Seconds for one file; a start takes three, a document of a hundred pages ten.
LONGEST_S = 90

#: Settings of the profile: (where, what, value). Macros never run; links are never followed; what
#: would go to the network all the same goes to a proxy that nobody listens at.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "0"),
)
_PROXY = (
    ("ooInetProxyType", "2"), ("ooInetHTTPProxyName", "127.0.0.1"), ("ooInetHTTPProxyPort", "9"),
    ("ooInetHTTPSProxyName", "127.0.0.1"), ("ooInetHTTPSProxyPort", "9"), ("ooInetNoProxy", ""),
)  # fmt: skip


def find_office() -> Path | None:
    """LibreOffice on this machine, where it has its Writer."""
    on_path = [Path(found) for found in map(shutil.which, PROGRAMS) if found]
    return next(filter(_has_writer, [*on_path, *filter(Path.exists, USUAL_PLACES)]), None)


def _has_writer(office: Path) -> bool:
    """Whether the part that reads documents is there: some machines have only that for slides.

    A folder that looks otherwise, a start script's, says nothing; then it is tried.
    """
    folder = Path(os.path.realpath(office)).parent
    if not any((folder / name).exists() for name in ("soffice.bin", "sofficerc")):
        return True
    return any((folder / name).exists() for name in _WRITER)


def office_here() -> str:
    """What a reading by LibreOffice depends on: whether there is one, and which."""
    office = find_office()
    return f"{office} {os.path.getmtime(os.path.realpath(office)):.0f}" if office else ""


def as_docx(path: Path, content: BinaryIO, suffix: str) -> BinaryIO | None:
    """The document as a docx; None where there is no LibreOffice.

    ``suffix`` is what it is by its content, whatever it is called.

    Raises:
        SourceError: LibreOffice cannot read it, or not in time.

    """
    office = find_office()
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="yanpan-") as folder:
        room = Path(folder)
        source = room / f"in{suffix}"
        with source.open("wb") as target:
            shutil.copyfileobj(content, target)
        _write_profile(room / "profile" / "user")
        _run(path, [str(office), *_words(room, source)])
        made = room / "out" / "in.docx"
        if not made.exists():
            raise SourceError(
                f"{path.name}：打不开，可能有密码或已损坏；请用 Word 或 WPS 另存为 docx 再发送。"
            )
        return BytesIO(made.read_bytes())


def _words(room: Path, source: Path) -> list[str]:
    return [
        f"-env:UserInstallation={(room / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(room / "out"), str(source),
    ]  # fmt: skip


def _run(path: Path, words: list[str]) -> None:
    """Run a command; it and whatever it started are ended when its time is over."""
    with subprocess.Popen(  # noqa: S603
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(LONGEST_S)
        except subprocess.TimeoutExpired as error:
            raise SourceError(
                f"{path.name}：{LONGEST_S} 秒内没有转换好；请用 Word 或 WPS 另存为 docx 再发送。"
            ) from error
        finally:
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None and sys.platform == "win32":
        process.kill()
    elif process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _write_profile(user: Path) -> None:
    user.mkdir(parents=True)
    settings = [(f"/org.openoffice.Office.{where}", name, each) for where, name, each in _SETTINGS]
    settings += [("/org.openoffice.Inet/Settings", name, each) for name, each in _PROXY]
    items = "".join(
        f'<item oor:path="{where}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{each}</value></prop></item>"
        for where, name, each in settings
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>",
        encoding="utf-8",
    )
