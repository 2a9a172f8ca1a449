"""One record of a set, as rules of sets see it, and the lines that are none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checkers.finding import Json
from checkers.jsonline import BadRecord, loads_line
from checkers.record import prompt_from, trace_of
from checkers.trace import Trace


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a set: an item alone, or with its response."""

    place: int
    """Among the records of the set that can be read, from 0."""
    line: int
    name: str
    """The record's own `id`; empty where it has none, so that no verdict hangs on where a line stands."""
    trace: Trace
    """With an empty response where the record has none."""
    digest: bytes
    """Of the whole record: by it the second reading is held to the first."""
    record: Mapping[str, Json] = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """What a report calls it: its own `id`, or `line-N`."""
        return self.name or f"line-{self.line}"

    @property
    def is_answered(self) -> bool:
        """Whether it has a response or steps; an item that waits for its draft has neither."""
        return bool(self.trace.response or self.trace.steps)


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is no record, and why."""

    line: int
    why: BadRecord


def members_of_lines(lines: Iterable[tuple[int, bytes | BadRecord]]) -> Iterator[Member | Unread]:
    """Each numbered line, as `checkers.jsonline.read_lines` gives it, as a member or with what is wrong with it."""
    place = 0
    for line, raw in lines:
        try:
            if isinstance(raw, BadRecord):
                raise raw
            member = _member(loads_line(raw), place=place, line=line, raw=raw)
        except BadRecord as bad:
            yield Unread(line, bad)
        else:
            place += 1
            yield member


def members_of_records(records: Iterable[Mapping[str, Json]]) -> Iterator[Member | Unread]:
    """Each record, the first being line 1, as a member or with what is wrong with it."""
    return members_of_lines(
        (line, json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))
        for line, record in enumerate(records, 1)
    )


def _member(record: Mapping[str, Json], *, place: int, line: int, raw: bytes) -> Member:
    said = dict(record)
    if record.get("response") is None and not record.get("steps"):
        if not prompt_from(record).strip():
            hint = "give `prompt` or `messages`, and `response` or `steps` where it is answered"
            raise BadRecord("the record has neither a prompt nor a response", hint)
        said["response"] = ""
    digest = hashlib.blake2b(raw.strip(), digest_size=16).digest()
    return Member(place, line, _name(record.get("id")), trace_of(said), digest, record)


def _name(given: Json) -> str:
    if given is None:
        return ""
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if not isinstance(given, str) or not given:
        raise BadRecord("`id` has the wrong shape", "write a text in quotes, or leave it out")
    return given
