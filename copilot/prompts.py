"""Prompt files: found by name, checked against their header, rendered, and named `name@hash` in every row."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import CopilotError, NotFound
from copilot.model import Message, TaskName

_TURN = re.compile(r"^# (system|user|assistant)[ \t]*$", re.MULTILINE)

# Values never become template source, and templates come from the package; the sandbox is for the day a lead
# edits one.
_jinja = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)


class _Header(BaseModel):
    model_config = ConfigDict(extra="forbid")

    task: TaskName
    reply: str
    variables: list[str]
    version: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file, read and checked."""

    name: str
    hash: str
    """First 12 hexadecimal digits of the SHA-256 of the file with LF newlines."""
    task: TaskName
    reply: str
    """Name of the shape the reply must fit; the task's own file has it."""
    variables: frozenset[str]
    version: int
    turns: tuple[Message, ...]
    """Role and template of each turn."""

    @property
    def ref(self) -> str:
        """How stored rows name this prompt: `name@hash`."""
        return f"{self.name}@{self.hash}"

    def render(self, values: Mapping[str, object]) -> tuple[Message, ...]:
        """The turns with the values put in; every declared variable must be given and no other."""
        if set(values) != self.variables:
            raise ValueError(f"prompt {self.name} takes {sorted(self.variables)}, got {sorted(values)}")
        return tuple(Message(turn.role, _jinja.from_string(turn.content).render(values).strip()) for turn in self.turns)


def prompt_folder() -> Path:
    """Where the prompt files are: inside an installed package, or at the top of a checkout."""
    packaged = Path(__file__).parent / "_prompts"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "prompts"


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt file of that name; NotFound names the ones there are."""
    known = {path.stem: path for path in prompt_folder().glob("*.md") if path.stem != "README"}
    if name not in known:
        raise NotFound(f"there is no prompt {name!r} under prompts/", hint=f"use one of: {', '.join(sorted(known))}")
    return parse_prompt(name, known[name].read_text(encoding="utf-8"))


def parse_prompt(name: str, text: str) -> Prompt:
    """A prompt from the text of its file: a TOML header between `+++` lines, then turns under `# role`."""
    text = text.replace("\r\n", "\n")
    header, body = _split(name, text)
    fields = _header(name, header)
    turns = _turns(name, body)
    declared = frozenset(fields.variables)
    used = _variables(name, turns)
    if used != declared:
        raise _bad(name, f"its header declares {sorted(declared)} but its text uses {sorted(used)}")
    return Prompt(
        name=name,
        hash=hashlib.sha256(text.encode()).hexdigest()[:12],
        task=fields.task,
        reply=fields.reply,
        variables=declared,
        version=fields.version,
        turns=turns,
    )


def _split(name: str, text: str) -> tuple[str, str]:
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise _bad(name, "it does not begin with a header between two lines of +++")
    return parts[1], parts[2]


def _header(name: str, header: str) -> _Header:
    try:
        return _Header.model_validate(tomllib.loads(header))
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, f"its header is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _bad(name, f"{'.'.join(map(str, first['loc']))} in its header: {first['msg']}") from error


def _turns(name: str, body: str) -> tuple[Message, ...]:
    parts = _TURN.split(body)
    if parts[0].strip() or len(parts) < 3:
        raise _bad(name, "its text must stand under lines '# system', '# user' or '# assistant'")
    turns = tuple(Message(role, text.strip()) for role, text in zip(parts[1::2], parts[2::2], strict=True))
    if turns[-1].role != "user":
        raise _bad(name, "its last turn must be the user's")
    return turns


def _variables(name: str, turns: tuple[Message, ...]) -> frozenset[str]:
    try:
        return frozenset().union(*(meta.find_undeclared_variables(_jinja.parse(turn.content)) for turn in turns))
    except TemplateError as error:
        raise _bad(name, f"its text is no template: {error}") from error


def _bad(name: str, why: str) -> CopilotError:
    return CopilotError(f"prompt {name!r} cannot be used: {why}", hint="prompts/README.md says how a prompt file looks")
