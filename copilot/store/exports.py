"""What people decided, streamed out in the order in which they did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, func, select

from checkers import Step, Verdict
from copilot.model import Content, Decided, Decision, Outcome, TaskName
from copilot.store.contents import response_steps
from copilot.store.documents import item_from
from copilot.store.groups import groups_of
from copilot.store.tables import draft, finding, item, membership, queue_entry, response, route

_PAGE = 200


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an export does not hold, and why."""

    rejected: int
    """Responses that reject their draft."""
    waiting: int
    """Queue entries that nobody, or not everybody who is to, has decided about."""
    machine: int
    """Drafts that the rules accepted and no person saw."""


def decided(db: Connection, *, project_id: UUID, task: TaskName | None) -> Iterator[Decided]:
    """Every accepted or edited response of a decided entry, in order; None is every task.

    Memory does not grow with their number. Read it within one `reading` block: then it is one view of the database.
    """
    last = 0
    while rows := _page(db, project_id, task, after=last):
        steps = response_steps(db, [row.response_id for row in rows])
        groups = groups_of(db, project_id, [row.item_id for row in rows])
        for row in rows:
            yield _decided(row, steps[row.response_id], groups[row.item_id])
        last = rows[-1].seq


def _page(db: Connection, project_id: UUID, task: TaskName | None, *, after: int) -> Sequence[Row[*tuple[Any, ...]]]:
    chosen = (
        select(
            response.c.seq,
            response.c.id.label("response_id"),
            response.c.decision,
            response.c.response,
            response.c.answer,
            response.c.created_at,
            item.c.id.label("item_id"),
            item.c.body,
            draft.c.id.label("draft_id"),
            draft.c.task,
            draft.c.model,
            draft.c.prompt,
            draft.c.sample,
            membership.c.alias,
            select(func.count())
            .select_from(finding)
            .where(finding.c.response_id == response.c.id, finding.c.verdict == Verdict.FAILS.value)
            .scalar_subquery()
            .label("fails"),
        )
        .join(queue_entry, queue_entry.c.id == response.c.entry_id)
        .join(draft, draft.c.id == response.c.draft_id)
        .join(item, item.c.id == response.c.item_id)
        .join(
            membership,
            (membership.c.person_id == response.c.rater_id) & (membership.c.project_id == response.c.project_id),
        )
        .where(
            response.c.project_id == project_id,
            response.c.decision != Decision.REJECT.value,
            queue_entry.c.closed_at.is_not(None),
            response.c.seq > after,
            *_of(task),
        )
    )
    return db.execute(chosen.order_by(response.c.seq).limit(_PAGE)).all()


def _of(task: TaskName | None) -> list[ColumnElement[bool]]:
    return [] if task is None else [draft.c.task == task.value]


def _decided(row: Row[*tuple[Any, ...]], steps: tuple[Step, ...], group_id: UUID) -> Decided:
    return Decided(
        item=item_from(row.body),
        task=TaskName(row.task),
        content=Content(row.response, steps, row.answer),
        decision=Decision(row.decision),
        fails=row.fails,
        model=row.model,
        prompt=row.prompt,
        sample=row.sample,
        rater=row.alias,
        draft_id=row.draft_id,
        response_id=row.response_id,
        decided_at=row.created_at,
        group_id=group_id,
    )


def left_out(db: Connection, *, project_id: UUID, task: TaskName | None) -> LeftOut:
    """How much of that task `decided` does not give."""
    here = [draft.c.project_id == project_id, *_of(task)]
    rejected = select(func.count()).join_from(response, draft, draft.c.id == response.c.draft_id)
    waiting = select(func.count()).join_from(queue_entry, draft, draft.c.id == queue_entry.c.draft_id)
    machine = select(func.count()).join_from(route, draft, draft.c.id == route.c.draft_id)
    return LeftOut(
        rejected=db.execute(rejected.where(*here, response.c.decision == Decision.REJECT.value)).scalar_one(),
        waiting=db.execute(waiting.where(*here, queue_entry.c.closed_at.is_(None))).scalar_one(),
        machine=db.execute(machine.where(*here, route.c.outcome == Outcome.ACCEPT.value)).scalar_one(),
    )
