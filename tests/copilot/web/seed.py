"""A real store with drafts that were really checked, for the tests of the desk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from uuid import UUID, uuid4

from checkers import Constraint, Finding, Source, Step, check
from copilot.model import Checked, Content, Draft, Item, Message, Outcome, Role, Route, TaskName, Usage
from copilot.store.connect import Engine, writing
from copilot.store.drafts import put_checked
from copilot.store.items import put_items
from copilot.store.people import add_person
from copilot.store.projects import ensure_project
from copilot.store.runs import start_run
from copilot.store.sessions import open_session

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BASE_URL = "http://127.0.0.1:8765"
PASSWORD = "four random words here"
OURS = {"Sec-Fetch-Site": "same-origin"}


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Row:
    """One draft to be queued, and how."""

    item: Item
    content: Content
    queue: str = "review"
    findings: tuple[Finding, ...] | None = None
    """None: what the rules say."""
    reason: str = "a check fails"
    model: str = "smollm2-135m-instruct"
    prompt: str = "cot@1f2e3d4c"


def add_rows(engine: Engine, project_id: UUID, rows: Sequence[Row], *, now: datetime = NOON) -> None:
    """Put the rows into the store and their queues, in this order."""
    with writing(engine) as db:
        run_id = start_run(
            db,
            project_id=project_id,
            task="auto",
            model="test",
            params={},
            source_name="items.jsonl",
            source_sha256="0" * 64,
            now=now,
        )
        put = put_items(db, project_id=project_id, items=[row.item for row in rows], now=now)
        checked = [
            _checked(row, one.item_id, run_id, rank, now) for rank, (row, one) in enumerate(zip(rows, put, strict=True))
        ]
        put_checked(db, project_id=project_id, checked=checked, now=now)


def _checked(row: Row, item_id: UUID, run_id: UUID, rank: int, now: datetime) -> Checked:
    draft = Draft(
        id=uuid4(),
        item_id=item_id,
        run_id=run_id,
        task=TaskName.COT if row.content.steps else TaskName.SFT,
        sample=0,
        content=row.content,
        model=row.model,
        prompt=row.prompt,
        params={},
        request_key=uuid4().hex,
        usage=Usage(10, 20),
        cost=Decimal(0),
        attempts=1,
        created_at=now,
    )
    findings = check(row.content.trace(row.item)).findings if row.findings is None else row.findings
    route = Route(Outcome.REVIEW, row.queue, row.reason, priority=max(0, 90 - rank))
    return Checked(draft, tuple(findings), route)


def item_of(name: str, prompt: str, **more: object) -> Item:
    """An item with that prompt."""
    return Item(id=name, messages=(Message("user", prompt),), **more)  # type: ignore[arg-type]


def cot(*steps: str, answer: str | None = "14") -> Content:
    """A trace with these steps."""
    return Content(steps=tuple(Step(step, id=str(uuid4())) for step in steps), answer=answer)


WRONG_SUM = Row(
    item_of(
        "pens",
        "A shop sells pens in packs of 12. Ann buys 4 packs and gives away 7 pens. How many pens are left?",
        domain="arithmetic",
    ),
    cot(
        "Each pack has 12 pens, and Ann buys 4 packs.",
        "That makes 12 * 4 = 46 pens in all.",
        "She gives away 7, so 46 - 7 = 39 pens are left.",
        answer="39",
    ),
)
TRUE_SUM = Row(
    item_of("train", "A train runs 60 km in an hour. How far does it run in 3 hours?", domain="arithmetic"),
    cot("In one hour the train runs 60 km.", "In three hours it runs 3 * 60 = 180 km.", answer="180"),
)
ASKED = "Write two sentences about the sea. Use at most 12 words. Use the word tide."


def span_of(part: str) -> tuple[int, int]:
    """Where the prompt of POEM says it."""
    return ASKED.index(part), ASKED.index(part) + len(part)


POEM = Row(
    item_of(
        "sea",
        ASKED,
        domain="writing",
        constraints=(
            Constraint("length.words", {"min": None, "max": 12}, span=span_of("Use at most 12 words")),
            Constraint("keywords.include", {"words": ["tide"]}, span=span_of("Use the word tide")),
        ),
        sources=(
            Source("s1", "A short guide to the sea", "https://example.org/sea", "The sea rises and falls twice a day."),
        ),
    ),
    Content(response="The sea is wide and blue and it never, ever sleeps. Twice a day it comes back to us."),
    prompt="sft@9a8b7c6d",
)


def project(engine: Engine, name: str = "default") -> UUID:
    """The project's id."""
    with writing(engine) as db:
        return ensure_project(db, name=name, now=NOON)


def person(
    engine: Engine, project_id: UUID, name: str, *, role: Role = Role.ADMIN, skills: Sequence[str] = ("*",)
) -> UUID:
    """A person who can sign in with PASSWORD."""
    with writing(engine) as db:
        return add_person(
            db, name=name, password=PASSWORD, project_id=project_id, role=role, skills=set(skills), now=NOON
        )


def session_of(engine: Engine, project_id: UUID, user_id: UUID, *, now: datetime = NOON) -> str:
    """A session secret of that person, as a log-in would give."""
    with writing(engine) as db:
        return open_session(db, user_id=user_id, project_id=project_id, now=now)


class Form(HTMLParser):
    """The fields of the first form of a page that posts to a path with this beginning, as a browser would send them."""

    def __init__(self, html: str, action: str) -> None:
        super().__init__()
        self.wanted = action
        self.action: str | None = None
        self.fields: dict[str, str] = {}
        self._inside = False
        self._area: str | None = None
        self.feed(html)
        assert self.action, f"the page has no form for {action}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and self.action is None and given.get("action", "").startswith(self.wanted):
            self.action, self._inside = given["action"], True
        elif self._inside and tag == "input" and "name" in given:
            self.fields[given["name"]] = given.get("value", "")
        elif self._inside and tag == "textarea":
            self._area = given["name"]
            self.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = None
        if tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area] += data


class Skeleton(HTMLParser):
    """Tags with their attributes' names, in order: what text can never change. Signs for hidden characters aside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.comments: list[str] = []
        self.feed(re.sub(r'<span class="ghost" title="U\+[0-9A-F]+ [a-z0-9 -]+">U\+[0-9A-F]+</span>', "", html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)
