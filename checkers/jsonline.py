"""JSON Lines from strangers: one strict value a line, in bounded memory, with a clear word about each bad line."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NoReturn, cast

from checkers.finding import Json

MAX_LINE = 16 * 1024 * 1024
MAX_DEPTH = 64
MAX_DIGITS = 4_000

_BOM = b"\xef\xbb\xbf"
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


class BadRecord(ValueError):
    """A line that cannot be used: what is wrong with it, and in `hint` how to mend it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | BadRecord]]:
    """Each line that is not blank with its number from 1; a line over 16 MiB is a BadRecord and reading goes on."""
    number = 0
    while line := stream.readline(MAX_LINE + 2):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        body = line.rstrip(b"\r\n")
        if len(body) > MAX_LINE:
            _skip_rest_of(line, stream)
            yield number, _bad_length()
        elif body.strip():
            yield number, body


def loads_line(raw: bytes) -> Mapping[str, Json]:
    """The JSON object on this line; raises BadRecord for anything that a second reader might read differently."""
    if len(raw) > MAX_LINE:
        raise _bad_length()
    value = loads(_decoded(raw))
    if not isinstance(value, dict):
        raise BadRecord("the line is not a JSON object", "write one {...} with named fields on each line")
    return cast("Mapping[str, Json]", value)


def loads(text: str) -> Json:
    """One strict JSON value: no repeated keys, no NaN, no lone surrogates, bounded depth and numbers."""
    if nesting(text) > MAX_DEPTH:
        raise BadRecord(f"brackets are nested more than {MAX_DEPTH} deep", "flatten the record")
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole_number,
            parse_float=_decimal_number,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        # Only the reason and the place: the text itself may be anything.
        where = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        reason = error.msg.split(":")[0].removesuffix(" at")
        raise BadRecord(f"this is not JSON: {reason} ({where})", "write one JSON object a line") from None
    _refuse_lone_surrogates(text, value)
    return cast("Json", value)


def nesting(text: str) -> int:
    """How deep the brackets outside of strings are nested at most."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return min(MAX_DEPTH, text.count("[") + text.count("{"))
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        if match[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] in "]}":
            depth -= 1
    return deepest


def _skip_rest_of(line: bytes, stream: BinaryIO) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def _bad_length() -> BadRecord:
    return BadRecord(f"the line is longer than {MAX_LINE >> 20} MiB", "split the record, or leave long sources out")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        what = f"the line is not UTF-8 (byte {error.start + 1})"
        raise BadRecord(what, "save the file as UTF-8") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadRecord(f"the key {repeated[:60]!r} stands twice in one object", "keep one of the two")
    return found


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _bad_digits()
    return int(digits)


def _decimal_number(digits: str) -> float:
    if len(digits) > MAX_DIGITS:
        raise _bad_digits()
    value = float(digits)
    if math.isinf(value):
        raise BadRecord("a number is too large to be read exactly", "write it as text in quotes")
    return value


def _bad_digits() -> BadRecord:
    return BadRecord(f"a number has more than {MAX_DIGITS:,} digits", "write it as text in quotes")


def _constant(name: str) -> NoReturn:
    raise BadRecord(f"{name} is not a JSON number", "write null, or the number as text in quotes")


def _refuse_lone_surrogates(text: str, value: object) -> None:
    if "\\u" not in text:  # UTF-8 itself cannot spell a surrogate: only an escape can
        return
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        hint = "write the whole character, or both halves of its escape"
        raise BadRecord("a \\u escape stands for half a character", hint) from None
