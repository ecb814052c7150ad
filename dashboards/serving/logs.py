"""The server's log: one JSON object a line, and no row, name or figure of anybody's in it.

Of a failure it tells where in the program it happened and what kind it was; what the error itself
says may quote a ledger, and is left out.
"""

import json
import logging
import sys
import traceback
from pathlib import Path

from analysis.wording.characters import escaped

ROOT = Path(__file__).parents[2]
#: Libraries whose everyday talk nobody needs.
NOISY = ("waitress.queue", "kaleido", "choreographer", "flask-limiter")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, how bad, which part, which process, what."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname,
            "in": record.name, "process": record.process, "said": record.getMessage(),
        }  # fmt: skip
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return escaped(json.dumps(line, ensure_ascii=False))


def set_up_logs() -> None:
    """Send what this process has to say to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
