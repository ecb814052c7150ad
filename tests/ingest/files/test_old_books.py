"""An xls that is damaged ends in one line; what calamine leaves out of a sound one is told."""

import re
import struct
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import SourceError
from tests.depth import some
from tests.ingest.files.reading import sheets_of

SOUND = Path(__file__).parents[2] / "files" / "模拟数据_旧版台账.xls"


def sector_table(content: bytes) -> int:
    """Where the table of chains begins."""
    return (struct.unpack_from("<I", content, 76)[0] + 1) * 512


def test_a_chain_in_a_circle_is_one_line(tmp_path: Path) -> None:
    content = bytearray(SOUND.read_bytes())
    start = sector_table(content)
    chains = struct.unpack_from("<128I", content, start)
    # The first sector that names the next one names itself.
    place = next(n for n, following in enumerate(chains) if following == n + 1)
    struct.pack_into("<I", content, start + 4 * place, place)
    path = tmp_path / "圆.xls"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"^圆.xls：不是完好的 Excel 文件"):
        sheets_of(path)


@settings(max_examples=some(60), deadline=None)
@given(st.data())
def test_whatever_stands_in_its_head_and_its_table_it_ends(data: st.DataObject) -> None:
    content = bytearray(SOUND.read_bytes())
    start = sector_table(content)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(24, 511) | st.integers(start, start + 511))
        content[place] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "突变.xls"
        path.write_bytes(content)
        assert _sheets_or_line(path)


def _sheets_or_line(path: Path) -> bool:
    """Whether the file gives sheets, or else one line with its name."""
    try:
        return bool(sheets_of(path))
    except SourceError as error:
        return str(error).startswith(f"{path.name}：")


def test_an_error_in_a_cell_reaches_the_reader(tmp_path: Path) -> None:
    content = SOUND.read_bytes()
    # Two cells of text side by side give way to one error and a record that says nothing.
    pair = re.search(rb"(?s)\xfd\x00\x0a\x00(.{6}).{4}\xfd\x00\x0a\x00.{10}", content)
    assert pair
    row, column, _ = struct.unpack("<HHH", pair[1])
    error = b"\x05\x02\x08\x00" + pair[1] + b"\x2a\x01" + b"\x5d\x7f\x0c\x00" + bytes(12)
    path = tmp_path / "a.xls"
    path.write_bytes(content[: pair.start()] + error + content[pair.end() :])
    (sheet,) = sheets_of(path)
    assert sheet.cells[row][column] == "#N/A"


def test_days_that_count_from_1904_are_known(tmp_path: Path) -> None:
    content = SOUND.read_bytes()
    counts = b"\x22\x00\x02\x00"
    assert content.count(counts + b"\x00\x00") == 1
    path = tmp_path / "a.xls"
    path.write_bytes(content.replace(counts + b"\x00\x00", counts + b"\x01\x00"))
    (sheet,) = sheets_of(path)
    assert sheet.days_of([43_738.0, date(2023, 10, 1), 5.0]) == [45_200.0, date(2023, 10, 1), 5.0]
    (usual,) = sheets_of(SOUND)
    assert usual.days_of([43_738.0]) == [43_738.0]
