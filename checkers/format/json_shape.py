"""A response that is to be JSON, and JSON of a given shape."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from checkers import params
from checkers.finding import Finding, Json, fails, holds
from checkers.jsonline import MAX_DEPTH, nesting
from checkers.limits import OverLimit
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import code_of, fences, framed_span
from checkers.text.json_value import read_json, value_span
from checkers.text.misformed import Misformed
from checkers.trace import Constraint, Trace

MAX_SHOWN = 3
MAX_LINE = 200
MAX_SCHEMA = 64 * 1024
MAX_PATTERN = 1 << 20
MAX_COST = 1_000_000
"""Subschemas, with every reference written out, times values that may meet them."""

_TRAILING = re.compile(r'"(?:[^"\\]|\\.)*+"?|(,)(?=\s*+[\]}])', re.DOTALL)


@constraint(version=2)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response is one JSON value and nothing else; one code fence around it is allowed.

    Words around the value, a fence among them, and commas behind the last value of a list or an object are taken off
    by the repair.
    """
    params.refuse_unknown(asked)
    start, end = framed_span(trace.text)
    try:
        read_json(trace.text[start:end])
    except Misformed as error:
        said = f"This is not JSON: {error}."
        at = min(start + error.at, end)
        mended = _mended(trace.text)
        if mended is not None:
            return fails((0, len(trace.text)), said, repair=mended, spans=[[at, end]])
        return fails((at, end), said, spans=[[at, end]])
    return holds((start, end), "The response is JSON.")


@constraint(version=2)
def schema(trace: Trace, asked: Constraint) -> Finding:
    """The response is JSON, in a code fence or not, that fits the JSON Schema in `schema`.

    The finding stands at the first value that does not fit. The schema has 64 KiB at most and refers to parts of itself
    only, without going round in circles.
    """
    params.refuse_unknown(asked, "schema")
    shape = params.schema(asked, "schema")
    start, end = framed_span(trace.text)
    try:
        value = read_json(trace.text[start:end])
    except Misformed as error:
        return fails((min(start + error.at, end), end), f"This is not JSON: {error}.")
    found = _misfits(shape, value)
    if not found:
        return holds((start, end), "The response fits its schema.")
    shown = [{"at": "/".join(map(str, path)), "what": what} for path, what in found]
    places = [value_span(trace.text[start:end], path) for path, _ in found]
    spans = [(start + first, start + last) for first, last in places]
    place, what = shown[0]["at"], shown[0]["what"]
    said = f"{'At ' + place if place else 'The whole'}: {what}."
    return fails(spans[0], said, misfits=cast("Json", shown), spans=[list(span) for span in spans])


def _mended(text: str) -> str | None:
    """The JSON that the text holds, when there is one value in it and words around it or commas too many are all."""
    held = [code_of(text, fence).said.strip() for fence in fences(text)]
    if not held:
        begins = [at for at in (text.find("{"), text.find("[")) if at >= 0]
        end = max(text.rfind("}"), text.rfind("]"))
        held = [text[min(begins) : end + 1]] if begins and end > min(begins) else []
    if len(held) != 1:
        return None
    for mended in (held[0], _TRAILING.sub(lambda match: "" if match[1] else match[0], held[0])):
        try:
            read_json(mended)
        except Misformed:
            continue
        return mended
    return None


def _misfits(shape: Mapping[str, Json] | bool, value: Any) -> list[tuple[list[str | int], str]]:
    """The first places where the value does not fit the schema, and why not."""
    import jsonschema_rs  # loaded only where a schema is asked for

    if len(json.dumps(shape)) > MAX_SCHEMA:
        raise BadParams(f"the schema is larger than {MAX_SCHEMA >> 10} KiB")
    if _Cost(shape).of_whole() * _size(value) > MAX_COST:
        raise OverLimit("schema and response are too large together")
    try:
        validator = jsonschema_rs.validator_for(
            cast("dict[str, Any] | bool", shape),
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(size_limit=MAX_PATTERN),
        )
    except ValueError as error:
        raise BadParams(f"the schema is not one: {_first_line(str(error))}") from None
    return [
        (list(found.instance_path), _first_line(found.message))
        for found in itertools.islice(validator.iter_errors(value), MAX_SHOWN)
    ]


class _Cost:
    """How many subschemas may be asked about one value; references can double that with each line."""

    def __init__(self, shape: Mapping[str, Json] | bool) -> None:
        self.shape = shape
        self.known: dict[str, int | None] = {}

    def of_whole(self) -> int:
        if isinstance(self.shape, bool):
            return 1
        if nesting(json.dumps(self.shape)) > MAX_DEPTH:
            raise BadParams(f"the schema is nested more than {MAX_DEPTH} deep")
        return self.of({key: part for key, part in self.shape.items() if key not in ("$id", "id")})

    def of(self, part: Json) -> int:
        if isinstance(part, list):
            return sum(map(self.of, part))
        if not isinstance(part, Mapping):
            return 0
        if any(isinstance(part.get(key), str) for key in ("$id", "id", "$dynamicRef", "$recursiveRef")):
            raise BadParams("the schema has a name of its own inside, or a dynamic reference")
        target = part.get("$ref")
        cost = 1 + sum(map(self.of, part.values()))
        return cost + self.of_reference(target) if isinstance(target, str) else cost

    def of_reference(self, target: str) -> int:
        if target not in self.known:
            self.known[target] = None
            self.known[target] = min(self.of(self.at(target)), MAX_COST + 1)
        cost = self.known[target]
        if cost is None:
            raise BadParams("the schema refers to itself in a circle, which is not supported")
        return cost

    def at(self, target: str) -> Json:
        """The part of the schema that a reference points to."""
        front, _, pointer = target.partition("#")
        if front or (pointer and not pointer.startswith("/")):
            raise BadParams("the schema refers to something outside of itself")
        part: Json = self.shape
        for name in unquote(pointer).split("/")[1:]:
            key = name.replace("~1", "/").replace("~0", "~")
            if isinstance(part, Mapping) and key in part:
                part = part[key]
            elif isinstance(part, list) and key.isdecimal() and len(key) < 6 and int(key) < len(part):
                part = part[int(key)]
            else:
                raise BadParams("the schema refers to a part that it does not have")
        return part


def _size(value: Any) -> int:
    """Values in the value, itself and keys included."""
    count, waiting = 0, [value]
    while waiting:
        here = waiting.pop()
        count += 1
        if isinstance(here, dict):
            waiting.extend(here.values())
            count += len(here)
        elif isinstance(here, list):
            waiting.extend(here)
    return count


def _first_line(text: str) -> str:
    line = text.split("\n", 1)[0].rstrip(".")
    return line if len(line) <= MAX_LINE else line[:MAX_LINE] + "…"
