"""One record of a drafts file as the Trace that rules see; every wrong shape is named by its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from difflib import get_close_matches
from itertools import islice
from typing import cast

from checkers.claim import AnswerClaim, CitesClaim, Claim, LetClaim, RelationClaim, StateClaim
from checkers.finding import Json, Span
from checkers.jsonline import BadRecord
from checkers.trace import About, Constraint, Reference, Source, Step, Trace

__all__ = [
    "BadRecord",
    "about_from",
    "claim_as_json",
    "claim_from",
    "constraint_from",
    "constraints_from",
    "overlooked",
    "prompt_from",
    "reference_from",
    "source_from",
    "sources_from",
    "step_from",
    "steps_from",
    "trace_of",
]

MAX_STEPS = 10_000
MAX_CONSTRAINTS = 1_000
MAX_SOURCES = 1_000
MAX_ARGS = 100
MAX_CLAIM_TEXT = 200

_KINDS = {
    "relation": RelationClaim,
    "let": LetClaim,
    "state": StateClaim,
    "cites": CitesClaim,
    "answer": AnswerClaim,
}
_ABOUT = tuple(field.name for field in fields_of(About))
_KIND_OF = {kind: name for name, kind in _KINDS.items()}
_SYSTEMS = ("stack", "sort", "swap", "order")
_ORIGINS = ("given", "reader", "model")
_READ = ("prompt", "messages", "response", "steps", "answer", "constraints", "reference", "sources")
_IFBENCH = {"count", "custom", "format", "ratio", "repeat", "sentence", "words"}
"""The groups of IFBench's instructions; IFEval shares none of them."""
_MOST_KEYS = 200


def trace_of(record: Mapping[str, Json]) -> Trace:
    """The Trace of a draft record, which needs `response` or `steps`; raises BadRecord naming the wrong field."""
    response = _optional_text(record, "response", "response")
    steps = steps_from(record.get("steps"))
    if response is None and not steps:
        hint = "; ".join(["give the text, or a list of steps", *_misspelt(record)])
        raise BadRecord("the record has neither `response` nor `steps`", hint)
    return Trace(
        prompt=prompt_from(record),
        response=response,
        steps=steps,
        answer=_optional_text(record, "answer", "answer"),
        constraints=constraints_from(record),
        reference=reference_from(record.get("reference")),
        sources=sources_from(record),
        about=about_from(record),
    )


def about_from(record: Mapping[str, Json]) -> About:
    """The record's `task`, `domain`, `difficulty` and `language`; a number as difficulty is read as a text."""
    difficulty = record.get("difficulty")
    if isinstance(difficulty, int | float) and not isinstance(difficulty, bool):
        difficulty = str(difficulty)
    said = {**record, "difficulty": difficulty}
    return About(**{name: _optional_text(said, name, name) or "" for name in _ABOUT})


def overlooked(record: Mapping[str, Json]) -> tuple[str, ...]:
    """What its author may not know of a record that is read: keys that are nearly ones of ours, an empty response."""
    response = record.get("response")
    is_empty = isinstance(response, str) and not response.strip() and not record.get("steps")
    return (*_misspelt(record), *(["`response` is empty"] if is_empty else ()))


def _misspelt(record: Mapping[str, Json]) -> list[str]:
    missing = [name for name in _READ if record.get(name) is None]
    found = []
    for key in islice(record, _MOST_KEYS):
        near = get_close_matches(key[:40].strip().lower(), missing, n=1, cutoff=0.8) if key not in _READ else []
        found += [f"the key {key[:40]!r} is not read: did you mean `{near[0]}`?"] if near else []
    return found


def prompt_from(record: Mapping[str, Json]) -> str:
    """The text that was answered: `prompt`, or the last message of the user; empty when there is neither."""
    prompt = _optional_text(record, "prompt", "prompt")
    if prompt is not None:
        return prompt
    said = ""
    for index, message in enumerate(_list(record, "messages", MAX_STEPS)):
        where = f"messages[{index}]"
        fields = _object(message, where)
        content = _text(fields, "content", f"{where}.content")
        if _text(fields, "role", f"{where}.role") == "user":
            said = content
    return said


def steps_from(value: Json, *, where: str = "steps") -> tuple[Step, ...]:
    """Steps from a list of texts or of {"text", "claim"?, "id"?}; none for null."""
    listed = _list({where: value}, where, MAX_STEPS)
    return tuple(step_from(step, where=f"{where}[{index}]") for index, step in enumerate(listed))


def step_from(value: Json, *, where: str = "step") -> Step:
    """One step from its text or from {"text", "claim"?, "id"?}."""
    if isinstance(value, str):
        return Step(_lf(value))
    fields = _object(value, where, "a text or {...}")
    claim = fields.get("claim")
    return Step(
        text=_text(fields, "text", f"{where}.text"),
        id=_optional_text(fields, "id", f"{where}.id"),
        claim=None if claim is None else claim_from(claim, where=f"{where}.claim"),
    )


def constraints_from(record: Mapping[str, Json]) -> tuple[Constraint, ...]:
    """The record's `constraints`, then the rows of `instruction_id_list` and `kwargs` as `ifeval/…` or `ifbench/…`."""
    listed = _list(record, "constraints", MAX_CONSTRAINTS)
    own = tuple(constraint_from(value, where=f"constraints[{index}]") for index, value in enumerate(listed))
    ids = _list(record, "instruction_id_list", MAX_CONSTRAINTS - len(own))
    kwargs = _list(record, "kwargs", MAX_CONSTRAINTS) or [None] * len(ids)
    if len(kwargs) != len(ids):
        what = f"`kwargs` has {len(kwargs)} entries for {len(ids)} in `instruction_id_list`"
        raise BadRecord(what, "give one kwargs object for each instruction id")
    return own + tuple(_instruction(index, *row) for index, row in enumerate(zip(ids, kwargs, strict=True)))


def constraint_from(value: Json, *, where: str = "constraint") -> Constraint:
    """One constraint from {"name", "params"?, "origin"?, "span"?}."""
    fields = _object(value, where)
    _only(fields, {"name", "params", "origin", "span"}, where)
    origin = _optional_text(fields, "origin", f"{where}.origin") or "given"
    if origin not in _ORIGINS:
        raise _bad(f"{where}.origin", "one of " + ", ".join(_ORIGINS))
    name = _text(fields, "name", f"{where}.name")
    if not 0 < len(name) <= MAX_CLAIM_TEXT:
        raise _bad(f"{where}.name", "the name of a rule, for example length.words")
    params = fields.get("params")
    return Constraint(
        name=name,
        params={} if params is None else _object(params, f"{where}.params"),
        origin=origin,
        span=_span(fields.get("span"), f"{where}.span"),
    )


def sources_from(record: Mapping[str, Json]) -> tuple[Source, ...]:
    """The record's `sources`."""
    listed = _list(record, "sources", MAX_SOURCES)
    return tuple(source_from(value, where=f"sources[{index}]") for index, value in enumerate(listed))


def source_from(value: Json, *, where: str = "source") -> Source:
    """One source from {"id", "title"?, "url"?, "text"?}."""
    fields = _object(value, where)
    return Source(
        id=_text(fields, "id", f"{where}.id"),
        title=_optional_text(fields, "title", f"{where}.title") or "",
        url=_optional_text(fields, "url", f"{where}.url") or "",
        text=_optional_text(fields, "text", f"{where}.text") or "",
    )


def reference_from(value: Json, *, where: str = "reference") -> Reference:
    """The reference from {"answer"?, "solution"?}; an empty one for null."""
    if value is None:
        return Reference()
    fields = _object(value, where)
    return Reference(
        answer=_answer(fields.get("answer"), f"{where}.answer"),
        solution=_optional_text(fields, "solution", f"{where}.solution"),
    )


def _answer(value: Json, where: str) -> str | None:
    # Data sets often keep a number as a number.
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _optional_text({"answer": value}, "answer", where)


def claim_from(value: Json, *, where: str = "claim") -> Claim:
    """One claim of the closed union; its texts have at most 200 characters."""
    fields = _object(value, where)
    kind = _KINDS.get(_text(fields, "kind", f"{where}.kind"))
    if kind is None:
        raise _bad(f"{where}.kind", "one of " + ", ".join(_KINDS))
    names = tuple(field.name for field in fields_of(kind))
    _only(fields, {"kind", *names}, where)
    said: dict[str, str | tuple[str, ...]] = {}
    for name in names:
        if name == "args":
            said[name] = _args(fields, f"{where}.args")
        elif name == "scope" and fields.get(name) is None:
            said[name] = ""
        else:
            said[name] = _short_text(fields, name, f"{where}.{name}")
    if "system" in said and said["system"] not in _SYSTEMS:
        raise _bad(f"{where}.system", "one of " + ", ".join(_SYSTEMS))
    return cast("Claim", kind(**said))


def claim_as_json(claim: Claim) -> dict[str, Json]:
    """The claim as a draft record carries it; `claim_from` gives the same claim back."""
    told: dict[str, Json] = {"kind": _KIND_OF[type(claim)]}
    for field in fields_of(claim):
        value = getattr(claim, field.name)
        told[field.name] = list(value) if isinstance(value, tuple) else value
    return told


def _instruction(index: int, name: Json, kwargs: Json) -> Constraint:
    where = f"instruction_id_list[{index}]"
    if not isinstance(name, str) or not 0 < len(name) <= MAX_CLAIM_TEXT:
        raise _bad(where, "an instruction id, for example keywords:existence")
    params = {} if kwargs is None else _object(kwargs, f"kwargs[{index}]")
    suite = "ifbench" if name.split(":", 1)[0] in _IFBENCH else "ifeval"
    return Constraint(f"{suite}/{name}", {key: value for key, value in params.items() if value is not None})


def _args(fields: Mapping[str, Json], where: str) -> tuple[str, ...]:
    listed = _list({where: fields.get("args")}, where, MAX_ARGS)
    return tuple(_short_text({"": value}, "", f"{where}[{index}]") for index, value in enumerate(listed))


def _span(value: Json, where: str) -> Span | None:
    if value is None:
        return None
    match value:
        case [int(start), int(end)] if 0 <= start <= end and not (isinstance(start, bool) or isinstance(end, bool)):
            return start, end
    raise _bad(where, "[start, end] in characters of the prompt, or null")


def _list(fields: Mapping[str, Json], name: str, most: int) -> Sequence[Json]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _bad(name, "a list [...]")
    if len(value) > most:
        raise BadRecord(f"`{name}` has {len(value):,} entries, at most {most:,} are read", "split the record")
    return cast("Sequence[Json]", value)


def _object(value: Json, where: str, wanted: str = "an object {...}") -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise _bad(where, wanted)
    return value


def _only(fields: Mapping[str, Json], known: set[str], where: str) -> None:
    strange = sorted(set(fields) - known)
    if strange:
        raise BadRecord(f"`{where}` has an unknown field {strange[0][:60]!r}", f"use only {', '.join(sorted(known))}")


def _text(fields: Mapping[str, Json], name: str, where: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _bad(where, "a text in quotes")
    return _lf(value)


def _optional_text(fields: Mapping[str, Json], name: str, where: str) -> str | None:
    return None if fields.get(name) is None else _text(fields, name, where)


def _short_text(fields: Mapping[str, Json], name: str, where: str) -> str:
    text = _text(fields, name, where)
    if len(text) > MAX_CLAIM_TEXT:
        raise BadRecord(f"`{where}` has more than {MAX_CLAIM_TEXT} characters", "say it in the step's text")
    return text


def _bad(where: str, wanted: str) -> BadRecord:
    return BadRecord(f"`{where}` has the wrong shape", f"write {wanted}")


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
