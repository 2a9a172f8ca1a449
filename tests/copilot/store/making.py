"""Nouns as the tests need them, and people who need no password."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert

from checkers import Finding, Step, Verdict
from copilot.model import Checked, Content, Draft, Item, Message, Outcome, Role, Route, TaskName, Usage, Viewer
from copilot.store.drafts import put_checked
from copilot.store.items import put_items
from copilot.store.people import viewer_of
from copilot.store.projects import ensure_project
from copilot.store.runs import start_run
from copilot.store.tables import membership, person

_NUMBERS = itertools.count()

STEPS = Content(steps=(Step("3 + 4 = 8"), Step("8 * 2 = 16")), answer="16")
WRONG = Finding(Verdict.FAILS, (0, 9), "3 + 4 is 7, not 8.", 0, "arithmetic.equation", 1, {"wanted": "7"}, repair="7")


@dataclass(frozen=True)
class Place:
    """A project with a run in it."""

    project_id: UUID
    run_id: UUID


def a_place(db: Connection, now: datetime, name: str = "default") -> Place:
    project_id = ensure_project(db, name=name, now=now)
    run_id = start_run(
        db,
        project_id=project_id,
        task="auto",
        model="scripted",
        params={"temperature": 0.0},
        source_name="items.jsonl",
        source_sha256="0" * 64,
        now=now,
    )
    return Place(project_id, run_id)


def an_item(external_id: str = "a", prompt: str = "What is 3 + 4, twice?") -> Item:
    return Item(id=external_id, messages=(Message("user", prompt),))


def a_draft(place: Place, item_id: UUID, now: datetime, content: Content = STEPS, key: str | None = None) -> Draft:
    return Draft(
        id=uuid4(),
        item_id=item_id,
        run_id=place.run_id,
        task=TaskName.COT if content.steps else TaskName.SFT,
        sample=0,
        content=content,
        model="scripted",
        prompt="cot@abc",
        params={"temperature": 0.0},
        request_key=key or f"key-{next(_NUMBERS)}",
        usage=Usage(11, 7),
        cost=Decimal("0.000123"),
        attempts=1,
        created_at=now,
    )


def to_queue(queue: str = "review", *, priority: int = 0, seats: int = 1, skill: str | None = None) -> Route:
    return Route(Outcome.REVIEW, queue, "a step fails", priority, seats, skill)


def put_work(
    db: Connection,
    place: Place,
    now: datetime,
    route: Route | None = None,
    content: Content = STEPS,
    findings: tuple[Finding, ...] = (WRONG,),
) -> Draft:
    """An item with one draft that waits in a queue."""
    put = put_items(db, project_id=place.project_id, items=[an_item(f"item-{next(_NUMBERS)}")], now=now)[0]
    draft = a_draft(place, put.item_id, now, content)
    findings = tuple(replace(one, step=one.step if content.steps else None) for one in findings)
    put_checked(db, project_id=place.project_id, checked=[Checked(draft, findings, route or to_queue())], now=now)
    return draft


def a_viewer(
    db: Connection,
    place: Place,
    now: datetime,
    role: Role = Role.ANNOTATOR,
    skills: Collection[str] = (),
) -> Viewer:
    """Somebody of the project, without a password that could be hashed for long."""
    number, made = next(_NUMBERS), uuid4()
    name = f"person {number}"
    db.execute(insert(person).values(id=made, name=name, name_key=name, password_hash="!", created_at=now))
    row = {"person_id": made, "project_id": place.project_id, "role": role.value, "skills": sorted(skills)}
    db.execute(insert(membership).values(**row, alias=f"rater-{number}"))
    return viewer_of(db, user_id=made, project_id=place.project_id)
