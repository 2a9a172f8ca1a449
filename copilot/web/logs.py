"""The server's log: one JSON object a line, without drafted text, query strings or secrets."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import TextIO

LOGGER = logging.getLogger("copilot.web")
_DEEPEST = 12


class JsonLines(logging.Formatter):
    """Writes what is known to be harmless: our own fields, and of other loggers the template without its values.

    An exception is named and located, never quoted: its message may hold the row or the text it choked on.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__qualname__
            line["at"] = _frames(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def event(name: str, *, level: int = logging.INFO, error: BaseException | None = None, **fields: object) -> None:
    """Write one line. Give ids, counts and names from our own code only."""
    LOGGER.log(level, name, extra={"fields": fields}, exc_info=error)


def write_to(stream: TextIO) -> None:
    """Send the log of this process to the stream, and nothing else of it anywhere; a terminal gets warnings only."""
    told = logging.WARNING if stream.isatty() else logging.INFO
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for name, level in (("copilot", told), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST:]
    return [f"{frame.filename.rsplit('/site-packages/')[-1]}:{frame.lineno} {frame.name}" for frame in frames]
