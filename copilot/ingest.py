"""Files in: each line of a prompt set becomes an item, or a rejected line with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from checkers import Json, with_demands
from checkers.jsonline import BadRecord, loads_line, read_lines
from checkers.record import constraints_from, reference_from, sources_from
from copilot.errors import CopilotError
from copilot.files import open_regular
from copilot.model import Item, Message, Rejected, TaskName

_ROLES = ("system", "user", "assistant", "tool")
_KNOWN = {
    "id", "prompt", "messages", "task", "domain", "difficulty", "language",
    "constraints", "instruction_id_list", "kwargs", "reference", "sources", "safety", "metadata",
}  # fmt: skip
_MOST_TEXT = 200_000
_MOST_LABEL = 64
_MOST_PARTS = 1_000


def read_item_file(
    path: Path, *, rename: Mapping[str, str] | None = None, read_prompts: bool = False
) -> Iterator[Item | Rejected]:
    """Every line of the file in its order, in constant memory but for the ids seen.

    With `read_prompts` an item also has the constraints that its prompt states.

    A file that cannot be read, or is no UTF-8 at all, is a CopilotError.
    """
    try:
        with open_regular(path) as stream:
            refuse_other_encodings(path, stream)
            for entry in read_items(stream, rename=rename or {}):
                yield with_stated(entry) if read_prompts and isinstance(entry, Item) else entry
    except OSError as error:
        raise CopilotError(f"cannot read on in {str(path)!r}: {error.strerror}", hint="check the disk") from error


def refuse_other_encodings(path: Path, stream: BinaryIO) -> None:
    """A CopilotError when the file says by its first bytes that it is UTF-16 or packed."""
    start = stream.read(4)
    stream.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CopilotError(f"{str(path)!r} is UTF-16, not UTF-8", hint="save it as UTF-8 (iconv -f UTF-16 -t UTF-8)")
    if start.startswith((b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"BZh", b"\xfd7zX")):
        raise CopilotError(f"{str(path)!r} is packed or binary, not JSON lines", hint="unpack it first")


def read_items(stream: BinaryIO, *, rename: Mapping[str, str]) -> Iterator[Item | Rejected]:
    """Every line of the stream as an item or a rejected line; `rename` maps a file's key to ours."""
    seen: dict[bytes, int] = {}
    for number, raw in read_lines(stream):
        try:
            if isinstance(raw, BadRecord):
                raise raw
            item = item_from(_renamed(loads_line(raw), rename), line=number)
            _only_once(item.id, number, seen)
        except BadRecord as bad:
            yield Rejected(bad.what, bad.hint, line=number)
        else:
            yield item


def with_stated(item: Item) -> Item:
    """The item with the constraints that its prompt states behind those that it has."""
    return replace(item, constraints=with_demands(item.constraints, item.prompt))


def file_sha256(path: Path) -> str:
    """SHA-256 of the file's bytes in hexadecimal: what a run remembers of its input."""
    with open_regular(path) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def item_from(record: Mapping[str, Json], *, line: int) -> Item:
    """The item that a record says; BadRecord names the field that is wrong."""
    metadata = _mapping(record, "metadata")
    extra = {key: value for key, value in record.items() if key not in _KNOWN}
    _refuse_wrong_group({**metadata, **extra}.get("group_id"))
    return Item(
        id=_id(record.get("id"), line),
        messages=_messages(record),
        task=_task(record.get("task")),
        domain=_label(record, "domain"),
        difficulty=_label(record, "difficulty"),
        language=_label(record, "language"),
        constraints=constraints_from(record),
        reference=reference_from(record.get("reference")),
        sources=sources_from(record),
        safety=_safety(record.get("safety")),
        metadata={**metadata, **extra},
    )


def _renamed(record: Mapping[str, Json], rename: Mapping[str, str]) -> Mapping[str, Json]:
    clash = [ours for theirs, ours in rename.items() if theirs in record and ours in record and ours != theirs]
    if clash:
        raise BadRecord(f"has its own {clash[0]!r} beside the one that --map makes", "map to a field it does not have")
    return {rename.get(key, key): value for key, value in record.items()}


def _only_once(id_: str, line: int, seen: dict[bytes, int]) -> None:
    # 16 bytes a line keep a set of millions small; the ids themselves would not.
    digest = hashlib.blake2b(id_.encode(), digest_size=16).digest()
    if digest in seen:
        raise BadRecord(f"id {id_!r} stands on line {seen[digest]} already", "give each item an id of its own")
    seen[digest] = line


def _id(value: Json, line: int) -> str:
    if value is None:
        return f"line-{line}"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable():
        return value
    raise BadRecord("'id' is not a text of 1 to 200 printable characters", "shorten it, or leave it out for line-N")


def _messages(record: Mapping[str, Json]) -> tuple[Message, ...]:
    prompt, messages = record.get("prompt"), record.get("messages")
    if (prompt is None) == (messages is None):
        said = "neither 'prompt' nor 'messages'" if prompt is None else "both 'prompt' and 'messages'"
        raise BadRecord(f"has {said}", "give one of them; --map question=prompt renames a field")
    if prompt is not None:
        return (Message("user", _text(prompt, "prompt")),)
    if not isinstance(messages, list) or not 0 < len(messages) <= _MOST_PARTS:
        raise BadRecord(f"'messages' is not a list of 1 to {_MOST_PARTS} turns", 'write [{"role","content"}, …]')
    turns = tuple(_message(turn, place) for place, turn in enumerate(messages))
    if turns[-1].role != "user":
        raise BadRecord("the last of 'messages' is not the user's", "end with the turn that is to be answered")
    return turns


def _message(turn: Json, place: int) -> Message:
    if not isinstance(turn, Mapping) or turn.get("role") not in _ROLES:
        raise BadRecord(f"messages[{place}] has no known 'role'", f"use one of: {', '.join(_ROLES)}")
    return Message(str(turn["role"]), _text(turn.get("content"), f"messages[{place}].content"))


def _text(value: Json, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadRecord(f"{field!r} is not a text with anything in it", "give what is to be answered as a string")
    if len(value) > _MOST_TEXT:
        raise BadRecord(f"{field!r} has {len(value):,} characters, at most {_MOST_TEXT:,}", "shorten it")
    if "\x00" in value:
        raise BadRecord(f"{field!r} contains the character U+0000", "take it out")
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _task(value: Json) -> TaskName | None:
    if value is None:
        return None
    if isinstance(value, str) and value in set(TaskName):
        return TaskName(value)
    raise BadRecord(f"there is no task {value!r}", f"use one of: {', '.join(TaskName)}; or leave it out")


def _label(record: Mapping[str, Json], field: str) -> str | None:
    value = record.get(field)
    if value is None:
        return None
    if isinstance(value, str) and 0 < len(value.strip()) <= _MOST_LABEL and value.isprintable():
        return value.strip()
    raise BadRecord(f"{field!r} is not a short text", f"use at most {_MOST_LABEL} printable characters")


def _refuse_wrong_group(value: Json) -> None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise BadRecord("'group_id' is not a text of 1 to 200 characters", "shorten it, or leave it out")


def _safety(value: Json) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise BadRecord("'safety' is not true or false", "write true, false, or leave it out")


def _mapping(record: Mapping[str, Json], field: str) -> Mapping[str, Json]:
    value = record.get(field)
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    raise BadRecord(f"{field!r} is not an object", 'write {"name": value}')
