"""What a run or a project came to: drafts, verdicts, queues, tokens, cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select

from checkers import Verdict
from copilot.model import Outcome, Usage
from copilot.store.tables import draft, finding, queue_entry, route


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over the drafts of a project, or of one run in it."""

    drafted: int
    findings: Mapping[Verdict, int]
    """Every verdict, zero included."""
    accepted: int
    """Drafts that the rules sent to nobody: machine-accepted, pending."""
    waiting: Mapping[str, int]
    """Open entries per queue, in the order of their names."""
    usage: Usage
    cost: Decimal
    """US dollars, over the drafts with a known price."""
    unpriced: int
    """Drafts for which no price is known: the cost leaves them out."""


def tally(db: Connection, *, project_id: UUID, run_id: UUID | None = None) -> Tally:
    """The counts of the project, or of one of its runs."""
    mine = draft.c.project_id == project_id
    if run_id is not None:
        mine = mine & (draft.c.run_id == run_id)
    sums = db.execute(
        select(
            func.count().label("drafted"),
            func.coalesce(func.sum(draft.c.input_tokens), 0).label("asked"),
            func.coalesce(func.sum(draft.c.output_tokens), 0).label("answered"),
            func.sum(draft.c.cost).label("cost"),
            func.count(draft.c.cost).label("priced"),
        ).where(mine)
    ).one()
    return Tally(
        drafted=sums.drafted,
        findings=_verdicts(db, mine),
        accepted=_accepted(db, mine),
        waiting=_waiting(db, mine),
        usage=Usage(int(sums.asked), int(sums.answered)),
        cost=sums.cost or Decimal(0),
        unpriced=sums.drafted - sums.priced,
    )


def _verdicts(db: Connection, mine: ColumnElement[bool]) -> Mapping[Verdict, int]:
    rows = db.execute(
        select(finding.c.verdict, func.count())
        .join(draft, draft.c.id == finding.c.draft_id)
        .where(mine)
        .group_by(finding.c.verdict)
    )
    counted = {Verdict(verdict): count for verdict, count in rows}
    return {verdict: counted.get(verdict, 0) for verdict in Verdict}


def _accepted(db: Connection, mine: ColumnElement[bool]) -> int:
    accepted = select(func.count()).join_from(route, draft, draft.c.id == route.c.draft_id)
    return db.execute(accepted.where(mine, route.c.outcome == Outcome.ACCEPT.value)).scalar_one()


def _waiting(db: Connection, mine: ColumnElement[bool]) -> Mapping[str, int]:
    rows = db.execute(
        select(queue_entry.c.queue, func.count())
        .join(draft, draft.c.id == queue_entry.c.draft_id)
        .where(mine, queue_entry.c.closed_at.is_(None))
        .group_by(queue_entry.c.queue)
        .order_by(queue_entry.c.queue)
    )
    return {queue: count for queue, count in rows}  # noqa: C416 - a row is not a pair to the type checker
