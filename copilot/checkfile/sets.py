"""A file as one set: what its records have in common, and what it is made of as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from checkers import (
    BadTerms,
    Json,
    Judged,
    Member,
    Report,
    SetChanged,
    Terms,
    Unread,
    Whole,
    check_set,
    members_of_lines,
)
from checkers.jsonline import BadRecord, loads_line, read_lines
from checkers.registry import Rule
from copilot.checkfile.line import Checked
from copilot.errors import CopilotError
from copilot.files import disk_trouble, open_regular

MOST_SPOOLED = 4 << 30
"""Bytes of a stream that are laid aside in order to be read twice."""
_BLOCK = 1 << 20


def check_set_file(
    path: Path,
    *,
    rules: Sequence[Rule],
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    against: Path | None = None,
) -> Iterator[Checked | Whole]:
    """Every line of a regular file that is not blank, in order, and then what is said of all; as `check_set_stream`."""
    with open_regular(path) as stream:
        yield from check_set_stream(stream, name=str(path), rules=rules, settings=settings, against=against)


def check_set_stream(
    stream: BinaryIO,
    *,
    name: str,
    rules: Sequence[Rule],
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    against: Path | None = None,
    most: int = MOST_SPOOLED,
) -> Iterator[Checked | Whole]:
    """The records with what those of the `rules` find that are of sets, and then the whole, in bounded memory.

    The stream is read twice: one that cannot go back is laid aside in a private file first, if it has no more than
    `most` bytes. A CopilotError tells wrong settings, an evaluation file (`against`) that cannot be read, and a file
    that changed under the reading.
    """
    with ExitStack() as closing:
        again = stream if stream.seekable() else closing.enter_context(_spooled(stream, name, most))
        evaluation = None if against is None else closing.enter_context(open_regular(against))

        def read() -> Iterator[Member | Unread]:
            again.seek(0)
            return members_of_lines(read_lines(again))

        terms = Terms(settings or {}, None if evaluation is None else lambda: _evaluation(evaluation))
        asked = tuple((rule.name, rule.version) for rule in rules if rule.scope == "set")
        try:
            for one in check_set(read, rules=rules, terms=terms):
                yield one if isinstance(one, Whole) else _checked(one, asked)
        except SetChanged as changed:
            hint = "run it again when nothing else writes to the file"
            raise CopilotError(f"{name} changed while it was read: {changed}", hint=hint) from None
        except BadTerms as bad:
            raise CopilotError(bad.what, hint=bad.hint) from None
        except OSError as error:
            hint = "check the disk, and the folder for temporary files (TMPDIR)"
            raise CopilotError(f"cannot check {name}: {error.strerror or error}", hint=hint) from error


def _checked(one: Judged | Unread, rules: tuple[tuple[str, int], ...]) -> Checked:
    if isinstance(one, Unread):
        return Checked(one.line, None, rejected=one.why)
    steps = len(one.member.trace.steps)
    report = Report(one.findings, rules, steps, excess=one.excess)
    return Checked(one.member.line, one.member.id, report, stopped=one.excess)


def _spooled(stream: BinaryIO, name: str, most: int) -> BinaryIO:
    """All of the stream in a file without a name, that is gone when it is closed."""
    size = 0
    try:
        aside = tempfile.TemporaryFile(prefix="copilot-set-")  # noqa: SIM115  (given to the caller)
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > most:
                aside.close()
                raise CopilotError(f"{name} has more than {most:,} bytes", hint="save it as a file and name that")
            aside.write(block)
    except OSError as error:
        raise disk_trouble(Path(tempfile.gettempdir()), error) from error
    return aside


def _evaluation(stream: BinaryIO) -> Iterator[tuple[int, Json]]:
    """The evaluation file line by line: records if its first line is one, and else plain texts."""
    stream.seek(0)
    is_records: bool | None = None
    for number, raw in read_lines(stream):
        try:
            if isinstance(raw, BadRecord):
                raise raw
            if is_records is None:
                is_records = raw.lstrip().startswith(b"{")
            yield number, loads_line(raw) if is_records else raw.decode("utf-8")
        except UnicodeDecodeError:
            raise BadTerms(f"line {number} of the evaluation file is not UTF-8", "save it as UTF-8") from None
        except BadRecord as bad:
            raise BadTerms(f"line {number} of the evaluation file: {bad.what}", bad.hint) from None
