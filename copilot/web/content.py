"""The judged text as a form holds it, and what was typed as it is shown back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkers import Step
from copilot.model import Content, TaskName, Work

_STEP = re.compile(r"step\.(\d{1,4})\.text")


@dataclass(frozen=True, slots=True)
class Typed:
    """One field as the person left it, to be shown back when it could not be stored."""

    name: str
    label: str
    text: str
    id: str = ""
    """Of the step, where it is one."""


def has_steps(work: Work) -> bool:
    """Whether the work is judged step by step."""
    return bool(work.draft.steps) or (work.task is TaskName.COT and work.draft.response is None)


def content_of(fields: Mapping[str, str]) -> Content:
    """The content that the form holds: a step whose text was emptied is taken out, one written below is put in.

    Each step names the one it came from; whether that is believed, and what of it lives on, the verb decides.
    """
    return Content(response=fields.get("response"), steps=tuple(_steps(fields)), answer=fields.get("answer") or None)


def typed_in(fields: Mapping[str, str]) -> list[Typed]:
    """Everything a person typed into the form, in the order of the page."""
    found = []
    for number in _numbers(fields):
        key = f"step.{number}"
        found.append(Typed(f"{key}.text", f"Step {number + 1}", fields[f"{key}.text"], fields.get(f"{key}.id", "")))
        if added := fields.get(f"{key}.below"):
            found.append(Typed(f"{key}.below", f"New step below {number + 1}", added))
    for name, label in (("response", "Response"), ("answer", "Final answer"), ("reason", "Reason")):
        if fields.get(name):
            found.append(Typed(name, label, fields[name]))
    return found


def _steps(fields: Mapping[str, str]) -> Iterator[Step]:
    for number in _numbers(fields):
        text, below = fields[f"step.{number}.text"], fields.get(f"step.{number}.below", "")
        if text.strip():
            yield Step(text, id=fields.get(f"step.{number}.id") or None)
        if below.strip():
            yield Step(below)


def _numbers(fields: Mapping[str, str]) -> list[int]:
    found = (_STEP.fullmatch(name) for name in fields)
    return sorted(int(match[1]) for match in found if match)
