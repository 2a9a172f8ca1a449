"""A response that is to be JSON, and JSON of a given shape."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from checkers import params
from checkers.finding import Finding, Json, Span, fails, holds
from checkers.jsonline import MAX_DEPTH, MAX_DIGITS, nesting
from checkers.limits import OverLimit
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_SHOWN = 3
MAX_LINE = 200
MAX_SCHEMA = 64 * 1024
MAX_PATTERN = 1 << 20
MAX_COST = 1_000_000
"""Subschemas, with every reference written out, times values that may meet them."""

_FENCE = re.compile(r"```[A-Za-z]*[ \t]*\n")


class _NotJson(ValueError):
    """The text is no JSON; says why and where in it."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


@constraint(version=1)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response is one JSON value and nothing else; one code fence around it is allowed."""
    params.refuse_unknown(asked)
    span = _json_span(trace.text)
    try:
        _parsed(trace.text, span)
    except _NotJson as error:
        return fails((min(error.at, span[1]), span[1]), f"This is not JSON: {error}.")
    return holds(span, "The response is JSON.")


@constraint(version=1)
def schema(trace: Trace, asked: Constraint) -> Finding:
    """The response is JSON, in a code fence or not, that fits the JSON Schema in `schema`.

    The schema has 64 KiB at most and refers to parts of itself only, without going round in circles.
    """
    params.refuse_unknown(asked, "schema")
    shape = params.schema(asked, "schema")
    span = _json_span(trace.text)
    try:
        value = _parsed(trace.text, span)
    except _NotJson as error:
        return fails((min(error.at, span[1]), span[1]), f"This is not JSON: {error}.")
    found = _misfits(shape, value)
    if not found:
        return holds(span, "The response fits its schema.")
    shown = [{"at": place, "what": what} for place, what in found]
    place, what = found[0]
    return fails(span, f"{'At ' + place if place else 'The whole'}: {what}.", misfits=cast("Json", shown))


def _json_span(text: str) -> Span:
    """Where the JSON stands: the text without blanks, or the inside of the one fence around it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    fence = _FENCE.match(text, start, end)
    if fence and text.endswith("```", fence.end(), end):
        start, end = fence.end(), end - 3
    return min(start, end), end


def _parsed(text: str, span: Span) -> Any:
    start, end = span
    inside = text[start:end]
    if nesting(inside) > MAX_DEPTH:
        raise OverLimit(f"brackets nested more than {MAX_DEPTH} deep")
    try:
        return json.loads(inside, parse_int=_whole, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _NotJson(
            f"{error.msg.split(':')[0].removesuffix(' at')}, line {error.lineno}", start + error.pos
        ) from None
    except _NotJson as error:
        raise _NotJson(str(error), start) from None


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise OverLimit(f"a number of more than {MAX_DIGITS:,} digits")
    return int(digits)


def _no_constant(name: str) -> None:
    raise _NotJson(f"{name} is no JSON value", 0)


def _misfits(shape: Mapping[str, Json] | bool, value: Any) -> list[tuple[str, str]]:
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
        ("/".join(str(part) for part in found.instance_path), _first_line(found.message))
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
