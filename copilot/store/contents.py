"""The steps and findings that hang on a draft or a response."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import Column, Connection, Table, insert, select

from checkers import Finding, Step, Verdict
from copilot.store.documents import claim_document, claim_from
from copilot.store.once import chunks
from copilot.store.tables import draft_step, finding, response_step


def put_steps(db: Connection, table: Table, owner: Column[UUID], owner_id: UUID, steps: Sequence[Step]) -> None:
    """Store the steps of one draft or response; a step without an id of its own gets a new one."""
    rows = [
        {
            owner.name: owner_id,
            "position": position,
            "step_id": step.id,
            "text": step.text,
            "claim": claim_document(step.claim),
        }
        for position, step in enumerate(with_ids(steps))
    ]
    if rows:
        db.execute(insert(table), rows)


def with_ids(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same steps, each with an id that no other of them has: the first to claim one keeps it."""
    taken: set[str] = set()
    named = []
    for step in steps:
        name = step.id if step.id and step.id not in taken else str(uuid4())
        taken.add(name)
        named.append(Step(step.text, name, step.claim))
    return tuple(named)


def draft_steps(db: Connection, draft_ids: Sequence[UUID]) -> Mapping[UUID, tuple[Step, ...]]:
    """The steps of these drafts; an empty tuple for one without."""
    return _steps(db, draft_step, draft_step.c.draft_id, draft_ids)


def response_steps(db: Connection, response_ids: Sequence[UUID]) -> Mapping[UUID, tuple[Step, ...]]:
    """The steps of these responses; an empty tuple for one without."""
    return _steps(db, response_step, response_step.c.response_id, response_ids)


def _steps(
    db: Connection, table: Table, owner: Column[UUID], owner_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[Step, ...]]:
    found: defaultdict[UUID, list[Step]] = defaultdict(list)
    for some in chunks(owner_ids):
        rows = select(owner.label("owner"), table.c.step_id, table.c.text, table.c.claim).where(owner.in_(some))
        for row in db.execute(rows.order_by(owner, table.c.position)):
            found[row.owner].append(Step(row.text, row.step_id, claim_from(row.claim)))
    return {owner_id: tuple(found[owner_id]) for owner_id in owner_ids}


def put_findings(db: Connection, owner: Column[UUID], owner_id: UUID, findings: Sequence[Finding]) -> None:
    """Store the findings of one draft or response, in order."""
    rows = [
        {
            owner.name: owner_id,
            "rule": one.rule,
            "version": one.version,
            "verdict": one.verdict.value,
            "step": one.step,
            "span_start": one.span[0],
            "span_end": one.span[1],
            "message": one.message,
            "evidence": one.evidence,
            "repair": one.repair,
            "carried": int(one.carried),
        }
        for one in findings
    ]
    if rows:
        db.execute(insert(finding), rows)


def draft_findings(db: Connection, draft_id: UUID) -> tuple[Finding, ...]:
    """The findings on a draft, in the order they were stored."""
    return _findings(db, finding.c.draft_id, draft_id)


def response_findings(db: Connection, response_id: UUID) -> tuple[Finding, ...]:
    """The findings on a response, in the order they were stored."""
    return _findings(db, finding.c.response_id, response_id)


def _findings(db: Connection, owner: Column[UUID], owner_id: UUID) -> tuple[Finding, ...]:
    rows = db.execute(select(finding).where(owner == owner_id).order_by(finding.c.seq))
    return tuple(
        Finding(
            verdict=Verdict(row.verdict),
            span=(row.span_start, row.span_end),
            message=row.message,
            step=row.step,
            rule=row.rule,
            version=row.version,
            evidence=row.evidence,
            repair=row.repair,
            carried=bool(row.carried),
        )
        for row in rows
    )
