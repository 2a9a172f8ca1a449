"""What waits for a rater, and taking it or giving it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine

from copilot.model import Lease, Queue, Viewer
from copilot.store import queues as store
from copilot.store.connect import reading, writing

LEASE = timedelta(minutes=30)
"""How long an entry is held without a sign of its rater; every save starts it anew."""


def queues(engine: Engine, viewer: Viewer, *, now: datetime) -> list[Queue]:
    """The queues in which something waits for the viewer or is held by the viewer, by name."""
    with reading(engine) as db:
        return store.queues_for(db, viewer, now)


def claim(engine: Engine, viewer: Viewer, *, queue: str, now: datetime) -> UUID | None:
    """An entry of the queue for the viewer to work on; None when there is none.

    One that the viewer holds already comes first, so a closed tab loses nothing.
    """
    with writing(engine) as db:
        mine = store.held(db, viewer, queue=queue, now=now)
        if mine is not None:
            return store.renew(db, viewer, entry_id=mine, now=now, lease_for=LEASE).entry_id
        lease = store.claim_next(db, viewer, queue=queue, now=now, lease_for=LEASE)
        return None if lease is None else lease.entry_id


def renew(engine: Engine, viewer: Viewer, *, entry_id: UUID, now: datetime) -> Lease:
    """Hold the entry for another while; Conflict when it is no longer held."""
    with writing(engine) as db:
        return store.renew(db, viewer, entry_id=entry_id, now=now, lease_for=LEASE)


def release(engine: Engine, viewer: Viewer, *, entry_id: UUID, now: datetime) -> None:
    """Give the entry back for others; the viewer's text is kept. NotFound for one the viewer never held."""
    with writing(engine) as db:
        store.release(db, viewer, entry_id=entry_id, now=now)
