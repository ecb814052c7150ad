"""The user's files are the user's: nothing is written over what a person may have edited."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from analysis.errors import YanpanError
from analysis.wording.characters import file_name

#: So many of the files in the way are named.
NAMED = 3
#: What ends so is meant as a file, where a folder is asked for.
FILE_SUFFIXES = frozenset({".docx", ".pptx", ".xlsx", ".xls", ".csv", ".json", ".zip", ".pdf"})


def must_be_free(paths: Iterable[Path], force: bool = False) -> None:
    """Refuse to write where something stands already; asked before the first file is written.

    Raises:
        YanpanError: a file is there and ``force`` is not said, or a folder is, or a file stands
            where the folder would have to be.

    """
    wanted = list(paths)
    for path in wanted:
        if (above := next((each for each in path.parents if _is_there(each)), None)) is None:
            continue
        if not above.is_dir():
            raise YanpanError(f"{above} 不是目录，{path.name} 写不进去；请换一个地方。")
    taken = [path for path in wanted if _is_there(path)]
    if folders := [path for path in taken if path.is_dir()]:
        raise YanpanError(f"{_names(folders)} 是目录，没有写；请换一个名字。")
    if taken and not force:
        raise YanpanError(
            f"{_names(taken)} 已经有了，可能有人改过，没有写；"
            "请换一个名字，确实要替换请加 --force。"
        )


def _is_there(path: Path) -> bool:
    """Whether a name is taken, be it by a link to nothing."""
    return os.path.lexists(path)


def _names(paths: list[Path]) -> str:
    more = f"等 {len(paths)} 个" if len(paths) > NAMED else ""
    return "、".join(map(str, paths[:NAMED])) + more


def with_suffix(path: Path, suffix: str) -> Path:
    """A path with the ending of its kind of file, added where it has none.

    Raises:
        YanpanError: it has another ending, which programs would take for another kind of file, is
            a folder, or lies in a folder that is not there.

    """
    must_have_folder(path)
    if path.is_dir():
        raise YanpanError(f"{path} 是目录，没有写；请写明文件名。")
    if not path.suffix:
        return path.with_name(f"{path.name}{suffix}")
    if path.suffix.lower() != suffix:
        raise YanpanError(f"{path.name} 的扩展名应为 {suffix}，没有写；请换一个名字。")
    return path


def folder_asked(path: Path) -> Path:
    """A folder that a command is to write into; it may be new, what it lies in may not.

    Raises:
        YanpanError: it has the ending of a file, is one, or lies in a folder that is not there.

    """
    if path.suffix.lower() in FILE_SUFFIXES:
        raise YanpanError(f"{path} 是文件名，没有写；这里要写目录，请去掉 {path.suffix}。")
    if path.exists() and not path.is_dir():
        raise YanpanError(f"{path} 是文件，没有写；这里要写目录，请换一个名字。")
    must_have_folder(path)
    return path


def must_have_folder(path: Path) -> None:
    """Refuse a path in a folder that is not there: a slip, or a disk that is not plugged in.

    Raises:
        YanpanError: the folder is not there, or is a file.

    """
    above = path.absolute().parent
    if not above.exists():
        raise YanpanError(f"没有 {path.parent} 这个目录，没有写；请先建好，或者核对路径。")
    if not above.is_dir():
        raise YanpanError(f"{path.parent} 不是目录，{path.name} 写不进去；请换一个地方。")


def new_folder(path: Path) -> Path:
    """A folder of that name for one run: the name with a number where something stands there."""
    names = (path.with_name(f"{path.name}_{n}") if n > 1 else path for n in count(1))
    return next(each for each in names if not _is_there(each) or _is_empty(each))


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not any(path.iterdir())


def note_as_written(path: Path) -> None:
    """Note how the program wrote a file that it renews by itself; see ``keep_if_edited``."""
    with suppress(OSError):  # without the note the file is kept once more than needed
        _note_of(path).write_text(_digest(path), encoding="ascii")


def keep_if_edited(path: Path) -> Path | None:
    """Copy a file aside that is not as the program wrote it; where the copy is, if it was.

    Raises:
        YanpanError: the system does not take it.

    """
    if not path.is_file():
        return None
    note = _note_of(path)
    if note.is_file() and note.read_text(encoding="ascii", errors="replace") == _digest(path):
        return None
    at = datetime.fromtimestamp(path.stat().st_mtime)
    aside = path.with_stem(f"{path.stem}_{at:%Y%m%dT%H%M%S}")
    if aside.exists():
        aside = aside.with_stem(f"{aside.stem}_{_digest(path)[:8]}")
    with whole_file(aside) as part:
        shutil.copy2(path, part)
    return aside


def _note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.sha256")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write into; it takes that place in one step, or nothing changes.

    A link in that place is replaced, and what it pointed at stays as it is.

    Raises:
        YanpanError: the system does not take it; the line names the file and says why.

    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch()  # what cannot be written at all is known before anything is worked out
        yield part
        os.replace(part, path)
    except OSError as error:
        why = error.strerror or error
        if error.filename and Path(os.fsdecode(error.filename)) not in {path, part, path.parent}:
            why = f"{file_name(os.fsdecode(error.filename))}：{why}"
        raise YanpanError(
            f"{path} 写不了（{why}）；"
            "可能正被 Word、WPS 或 Excel 打开，或者没有权限、磁盘已满，处理以后再运行。"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
