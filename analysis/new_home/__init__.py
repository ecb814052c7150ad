"""A new home: folders, commented settings and a page that says what is what; no ledgers."""

from importlib.resources import files
from pathlib import Path

from analysis.errors import YanpanError
from analysis.overwriting import must_be_free, whole_file
from analysis.settings import FILE_NAME

README = "说明.txt"
FOLDERS = ("data/raw", "版式")


def make_home(folder: Path) -> list[Path]:
    """Make the folders and files of a home in a folder that may be new; return the files.

    Raises:
        YanpanError: the folder is a home already, what it lies in is not there, or the system does
            not take it; nothing of it was changed.

    """
    if not folder.absolute().parent.is_dir():
        raise YanpanError(f"没有 {folder.parent} 这个目录，没有写；请先建好，或者核对路径。")
    if (folder / "data").exists() and any((folder / "data").iterdir()):
        raise YanpanError(f"{folder} 里已经有数据，没有改动；请换一个目录。")
    texts = {folder / FILE_NAME: _text(FILE_NAME), folder / README: _for_notepad(_text(README))}
    must_be_free(texts)
    for path, text in texts.items():
        with whole_file(path) as part:
            part.write_bytes(text)
    for name in FOLDERS:
        try:
            (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise YanpanError(f"{folder / name} 建不了：{error.strerror}。") from error
    return list(texts)


def _text(name: str) -> bytes:
    return files(__name__).joinpath(name).read_bytes()


def _for_notepad(text: bytes) -> bytes:
    """With a byte order mark and line ends of Windows, by which every Notepad shows it right."""
    return text.decode("utf-8").replace("\n", "\r\n").encode("utf-8-sig")
