"""The bill: what every billed call cost, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Connection, func, select

from copilot.errors import NotFound
from copilot.model import Charge, Usage
from copilot.store.once import insert_once
from copilot.store.tables import ledger, run


@dataclass(frozen=True, slots=True)
class Spent:
    """What a project was charged."""

    cost: Decimal
    """US dollars, over the calls with a known price."""
    usage: Usage
    calls: int
    unpriced: int
    """Calls for which no price is known: the cost leaves them out."""


def charge(db: Connection, *, run_id: UUID, request_key: str, billed: Charge, now: datetime) -> bool:
    """Write down what one call cost; False, and nothing written, when it was written down before."""
    project_id = db.execute(select(run.c.project_id).where(run.c.id == run_id)).scalar_one_or_none()
    if project_id is None:
        raise NotFound("there is no such run", hint="start a run first")
    row = {
        "project_id": project_id,
        "run_id": run_id,
        "charge_id": billed.id,
        "request_key": request_key,
        "model": billed.model,
        "input_tokens": billed.usage.input_tokens,
        "output_tokens": billed.usage.output_tokens,
        "cost": billed.cost,
        "charged_at": now,
    }
    return insert_once(db, ledger, row)


def spent(db: Connection, project_id: UUID) -> Spent:
    """What the project was charged until now."""
    row = db.execute(
        select(
            func.sum(ledger.c.cost).label("cost"),
            func.coalesce(func.sum(ledger.c.input_tokens), 0).label("asked"),
            func.coalesce(func.sum(ledger.c.output_tokens), 0).label("answered"),
            func.count().label("calls"),
            func.count(ledger.c.cost).label("priced"),
        ).where(ledger.c.project_id == project_id)
    ).one()
    usage = Usage(int(row.asked), int(row.answered))
    return Spent(row.cost or Decimal(0), usage, row.calls, row.calls - row.priced)
