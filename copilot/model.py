"""The nouns of the product, as frozen values: what the verbs take and give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from checkers import About, Constraint, Finding, Json, Reference, Source, Step, Trace


class TaskName(StrEnum):
    """What kind of training data an item becomes."""

    SFT = "sft"
    COT = "cot"
    PREFERENCE = "preference"


class Decision(StrEnum):
    """What a rater decided about a draft."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"


class Role(StrEnum):
    """What a user may do in a project."""

    ANNOTATOR = "annotator"
    EXPERT = "expert"
    REVIEWER = "reviewer"
    LEAD = "lead"
    ADMIN = "admin"


class Outcome(StrEnum):
    """Where a checked draft goes: `accept` is machine-accepted and pending, the others reach people."""

    ACCEPT = "accept"
    REVIEW = "review"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Item:
    """One prompt with everything known about it, as a lead handed it in."""

    id: str
    """The lead's own id, unique in a project; the store gives each item a random one beside it."""
    messages: tuple[Message, ...]
    task: TaskName | None = None
    domain: str | None = None
    difficulty: str | None = None
    language: str | None = None
    constraints: tuple[Constraint, ...] = ()
    reference: Reference = Reference()
    sources: tuple[Source, ...] = ()
    safety: bool = False
    metadata: Mapping[str, Json] = field(default_factory=dict)

    @property
    def prompt(self) -> str:
        """The text that is answered: the only message, or the last one of the user."""
        asked = [message.content for message in self.messages if message.role == "user"]
        return asked[-1] if asked else self.messages[-1].content

    @property
    def declared_group(self) -> str | None:
        """The `group_id` of its record: items that the lead wants to stay together."""
        told = self.metadata.get("group_id")
        return str(told) if isinstance(told, str | int) and not isinstance(told, bool) and told != "" else None

    @property
    def question(self) -> str:
        """The prompt with the sources before it: what a model is asked, and what a trainer's row says was asked."""
        texts = [f"[{source.id}] {source.title}\n{source.text}".strip() for source in self.sources]
        return "\n\n".join([*texts, self.prompt])


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is no item, or an item that got no draft: what is wrong, then what to do."""

    error: str
    hint: str
    line: int | None = None
    id: str | None = None

    def as_json(self) -> dict[str, Json]:
        """The line as it stands in a file of rejected lines."""
        return {"id": self.id, "line": self.line, "error": self.error, "hint": self.hint}


@dataclass(frozen=True, slots=True)
class Content:
    """The judged text itself: a response, or steps with an answer. Newlines are LF."""

    response: str | None = None
    steps: tuple[Step, ...] = ()
    answer: str | None = None

    def trace(self, item: Item) -> Trace:
        """What the rules see of this text under that item.

        What was read from the prompt speaks of a response, and is not asked of steps, which are the way to it.
        """
        asked = item.constraints
        if self.response is None:
            asked = tuple(one for one in asked if one.origin != "reader")
        return Trace(
            prompt=item.prompt,
            response=self.response,
            steps=self.steps,
            answer=self.answer,
            constraints=asked,
            reference=item.reference,
            sources=item.sources,
            about=About(item.task or "", item.domain or "", item.difficulty or "", item.language or ""),
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a provider counted, over all attempts of one reply."""

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)


@dataclass(frozen=True, slots=True)
class Charge:
    """One billed call to a model, whether or not its reply was of any use."""

    id: str
    """Stands on the record with the reply, so that a replayed call is never charged again."""
    model: str
    usage: Usage
    cost: Decimal | None
    """US dollars; None where no price is known."""
    replayed: bool = field(default=False, compare=False)
    """Paid by an earlier run; this one had it from the record."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote for an item, with its cause. Never changed after it is stored."""

    id: UUID
    item_id: UUID
    run_id: UUID
    task: TaskName
    sample: int
    content: Content
    model: str
    prompt: str
    """`name@hash` of the prompt file it was asked with."""
    params: Mapping[str, Json]
    request_key: str
    usage: Usage
    cost: Decimal | None
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Route:
    """Where one checked draft goes, and the reason that is shown there."""

    outcome: Outcome
    queue: str | None
    """None when machine-accepted."""
    reason: str
    priority: int = 0
    seats: int = 1
    skill: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its findings and its route: what `prelabel` hands to the store, whole."""

    draft: Draft
    findings: tuple[Finding, ...]
    route: Route


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks, in which project, and as what: the first argument of every read on a person's behalf."""

    user_id: UUID
    name: str
    project_id: UUID
    role: Role
    skills: frozenset[str] = frozenset()
    """Domains whose expert queues this person serves; `*` is every domain."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue as one viewer sees it."""

    name: str
    waiting: int
    """Entries this viewer could claim now."""
    mine: int
    """Entries this viewer holds a lease on."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A rater's hold on one queue entry until it expires. Its `fence` stands on every save and decision."""

    entry_id: UUID
    fence: int
    """Of this hold alone: it rises with every new one on the entry, and not when one goes on."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """One leased entry as its rater sees it: the item, the untouched draft, and the text as it stands now."""

    entry_id: UUID
    queue: str
    reason: str
    item: Item
    task: TaskName
    draft: Content
    draft_findings: tuple[Finding, ...]
    draft_origin: str
    """Model and prompt, as one line for the page."""
    current: Content
    findings: tuple[Finding, ...]
    """Of `current`."""
    version: int
    """Of the rater's own working text; 0 before the first save."""
    lease: Lease


@dataclass(frozen=True, slots=True)
class Response:
    """What a rater decided and, for accept and edit, the text it stands for."""

    id: UUID
    entry_id: UUID
    item_id: UUID
    draft_id: UUID
    rater_id: UUID
    decision: Decision
    content: Content | None
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided item with its cause: one row of an export."""

    item: Item
    task: TaskName
    content: Content
    decision: Decision
    fails: int
    """Checks of the decided text that fail: what was accepted against the rules."""
    model: str
    prompt: str
    sample: int
    rater: str
    """A pseudonym that is stable within the project."""
    draft_id: UUID
    response_id: UUID
    decided_at: datetime
    group_id: UUID
    """Items of one group are duplicates or declared to be one: they belong on one side of any split."""
