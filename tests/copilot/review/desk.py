"""One entry that waits for two raters, and what they may do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, select

from checkers import Step
from copilot import review
from copilot.model import Content, Decision, Draft, Response, Viewer, Work
from copilot.store.connect import reading, writing
from copilot.store.tables import autosave, lease, queue_entry
from tests.conftest import Clock
from tests.copilot.store.making import STEPS, Place, a_place, a_viewer, put_work, to_queue

TEXT = Content(response="It is 3 + 4 = 8.")


@dataclass
class Desk:
    """One entry that waits for Ann or Ben."""

    engine: Engine
    clock: Clock
    place: Place
    draft: Draft
    ann: Viewer
    ben: Viewer
    entry_id: UUID

    @property
    def now(self) -> datetime:
        return self.clock()

    def claim(self, viewer: Viewer | None = None) -> UUID | None:
        return review.claim(self.engine, viewer or self.ann, queue="review", now=self.now)

    def open(self, viewer: Viewer | None = None) -> Work:
        return review.open_work(self.engine, viewer or self.ann, entry_id=self.entry_id, now=self.now)

    def fence(self, viewer: Viewer | None = None) -> int:
        """Of the viewer's last hold, whether it still runs or not."""
        with reading(self.engine) as db:
            mine = select(lease.c.fence).where(lease.c.rater_id == (viewer or self.ann).user_id)
            return int(db.execute(mine).scalar_one())

    def save(
        self, content: Content, *, version: int = 0, viewer: Viewer | None = None, fence: int | None = None
    ) -> Work:
        """From a page of that hold, or of the last."""
        return review.save(
            self.engine,
            viewer or self.ann,
            entry_id=self.entry_id,
            content=content,
            version=version,
            fence=self.fence(viewer) if fence is None else fence,
            now=self.now,
        )

    def decide(
        self,
        content: Content,
        *,
        version: int = 0,
        decision: Decision = Decision.ACCEPT,
        reason: str | None = None,
        viewer: Viewer | None = None,
        fence: int | None = None,
    ) -> Response:
        """From a page of that hold, or of the last."""
        return review.decide(
            self.engine,
            viewer or self.ann,
            entry_id=self.entry_id,
            decision=decision,
            content=content,
            version=version,
            fence=self.fence(viewer) if fence is None else fence,
            reason=reason,
            now=self.now,
        )

    def texts(self) -> list[str]:
        """Every working text that is stored."""
        with reading(self.engine) as db:
            rows = db.execute(select(autosave.c.content).order_by(autosave.c.seq)).scalars()
            return [one["response"] or "|".join(step["text"] for step in one["steps"]) for one in rows]


def a_desk(engine: Engine, clock: Clock, content: Content = STEPS, seats: int = 1) -> Desk:
    with writing(engine) as db:
        place = a_place(db, clock())
        draft = put_work(db, place, clock(), to_queue(seats=seats), content=content)
        ann, ben = a_viewer(db, place, clock()), a_viewer(db, place, clock())
        entry_id = db.execute(select(queue_entry.c.id)).scalar_one()
    return Desk(engine, clock, place, draft, ann, ben, entry_id)


def edited(content: Content, *texts: str) -> Content:
    """The same steps, by their ids, with other texts."""
    steps = tuple(Step(text, step.id) for step, text in zip(content.steps, texts, strict=True))
    return replace(content, steps=steps)
