"""Why a file is not read, where more than one reader says so."""

from analysis.errors import SourceError

#: More than any ledger unpacks to, and less than a machine holds.
LARGEST_UNPACKED = 1024**3
#: What to do about a PDF from which no table is read.
SEND_THE_ORIGINAL = "请发送 Word 或 Excel 原件"


def locked(name: str) -> SourceError:
    """The file has a password."""
    return SourceError(f"{name}：文件有密码，请取消密码后重新发送。")


def broken_workbook(name: str) -> SourceError:
    """The file is no whole workbook, whatever its name says."""
    return SourceError(f"{name}：不是完好的 Excel 文件，请用表格软件打开后另存为 xlsx 再发送。")
