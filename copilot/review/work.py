"""One entry in a rater's hands: opened with everything, and saved with a re-check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import Connection, Engine

from checkers import Report, Trace, check
from copilot.errors import Conflict, NotFound
from copilot.model import Content, Lease, Viewer, Work
from copilot.review.queue import LEASE
from copilot.review.text import same_text, settled
from copilot.store.connect import reading, writing
from copilot.store.queues import renew
from copilot.store.reviews import Saved, Standing, put_autosave, standing

Check: TypeAlias = Callable[[Trace], Report]
"""How a text is checked."""


class EditConflict(Conflict):
    """The rater saved another text elsewhere since this one was opened: here are both."""

    def __init__(self, *, mine: Content, theirs: Content, version: int) -> None:
        super().__init__("this text was changed in another window", hint="choose which of the two to keep")
        self.mine = mine
        """What was sent now; it is not stored."""
        self.theirs = theirs
        """What is stored."""
        self.version = version
        """Of what is stored: save with it to put `mine` in its place."""


def open_work(engine: Engine, viewer: Viewer, *, entry_id: UUID, now: datetime) -> Work:
    """The entry with its item, its draft and the viewer's text; NotFound unless the viewer holds it now."""
    with reading(engine) as db:
        found = standing_of(db, viewer, entry_id=entry_id, now=now)
    if not found.runs:
        raise _no_such_work()
    return _work(found)


def save(
    engine: Engine,
    viewer: Viewer,
    *,
    entry_id: UUID,
    content: Content,
    version: int,
    fence: int,
    now: datetime,
    check: Check = check,
) -> Work:
    """Keep the text as the viewer's next version, checked anew, and hold the entry for another while.

    `version` is the one the viewer started from: another one stored since gives EditConflict. `fence` is of the hold
    it was opened under: when that is no longer the viewer's, the text is kept all the same, and Conflict says so.
    `check` is for a team's own choice of rules: `functools.partial(check, ignore=...)`.
    """
    with reading(engine) as db:
        before = standing_of(db, viewer, entry_id=entry_id, now=now)
    text = settled(content, known=known_texts(before))
    findings = check(text.trace(before.item)).findings
    with writing(engine) as db:
        found = standing_of(db, viewer, entry_id=entry_id, now=now, lock=True)
        saved = keep(db, viewer, found, Saved(version + 1, text, findings), now=now)
        if holds(found, fence):
            lease = renew(db, viewer, entry_id=entry_id, now=now, lease_for=LEASE)
    if not holds(found, fence):
        raise no_longer_held(found)
    return _work(found, saved=saved, lease=lease)


def standing_of(db: Connection, viewer: Viewer, *, entry_id: UUID, now: datetime, lock: bool = False) -> Standing:
    """How the viewer stands to the entry; NotFound, in the same words, for never held and for not there."""
    found = standing(db, viewer, entry_id=entry_id, now=now, lock=lock)
    if found is None:
        raise _no_such_work()
    return found


def keep(db: Connection, viewer: Viewer, found: Standing, new: Saved, *, now: datetime) -> Saved:
    """Store the text unless the same stands there already; EditConflict when another does, of another version."""
    stored = found.saved or Saved(0, found.draft.content, found.draft_findings)
    if stored.version != new.version - 1:
        if stored.version and same_text(stored.content, new.content):
            return stored
        raise EditConflict(mine=new.content, theirs=stored.content, version=stored.version)
    put_autosave(db, viewer, entry_id=found.entry_id, saved=new, now=now)
    return new


def known_texts(found: Standing) -> tuple[Content, ...]:
    """The texts whose steps may live on in a new one, the nearest first."""
    return (found.saved.content, found.draft.content) if found.saved else (found.draft.content,)


def holds(found: Standing, fence: int) -> bool:
    """Whether the viewer has the entry under that very hold; one taken anew since is another."""
    return found.runs and found.lease.fence == fence


def no_longer_held(found: Standing) -> Conflict:
    """What a rater is told who saves or decides too late; the text was kept before this is raised."""
    if found.response is not None:
        return Conflict("you have decided about this item already", hint="your later text is kept; take the next item")
    if found.runs:
        return Conflict(
            "this page is of an earlier hold on this item",
            hint="your text is kept: take the item again from its queue to go on",
        )
    return Conflict(
        "your hold on this item ran out, and it may be with somebody else now",
        hint="your text is kept: take the item again from its queue to go on, if it is still there",
    )


def _no_such_work() -> NotFound:
    return NotFound("there is no such work", hint="take the next one from the queue")


def _work(found: Standing, *, saved: Saved | None = None, lease: Lease | None = None) -> Work:
    now_saved = saved or found.saved or Saved(0, found.draft.content, found.draft_findings)
    return Work(
        entry_id=found.entry_id,
        queue=found.queue,
        reason=found.reason,
        item=found.item,
        task=found.draft.task,
        draft=found.draft.content,
        draft_findings=found.draft_findings,
        draft_origin=f"{found.draft.model} · {found.draft.prompt}",
        current=now_saved.content,
        findings=now_saved.findings,
        version=now_saved.version,
        lease=lease or found.lease,
    )
