"""The engine: reads items, keeps a bounded number of requests under way, stores drafts in batches."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from uuid import UUID

from sqlalchemy import Engine

from checkers import contradictions
from copilot.errors import CopilotError, Unreachable
from copilot.llm.ask import Model
from copilot.model import Item, Rejected
from copilot.prelabel.draft import Drafted, Failed, answer, finish
from copilot.prelabel.plan import Asked, Plan
from copilot.prelabel.progress import Progress
from copilot.store.connect import writing
from copilot.store.drafts import drafted, put_checked
from copilot.store.items import put_items
from copilot.store.ledger import charge

MOST_TOLD = 3
"""Contradictions of one item that are named."""
_READ = 64
"""Items read and stored at once, at most."""
_STORE = 32
"""Drafts stored in one transaction, at most."""
_PATIENCE = (1.0, 5.0, 20.0)
"""Seconds before a database that was busy is tried again."""


@dataclass(frozen=True, slots=True)
class Into:
    """Where a run puts its drafts, and what time it is there."""

    engine: Engine
    project_id: UUID
    run_id: UUID
    now: Callable[[], datetime]


async def prelabel(
    entries: Iterable[Item | Rejected],
    *,
    plan: Plan,
    model: Model,
    into: Into,
    concurrency: int,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_rejected: Callable[[Rejected], None] = lambda _: None,
    on_held: Callable[[Rejected], None] = lambda _: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Progress:
    """Draft, check, route and store every item; the counts at the end.

    An item whose constraints exclude one another is not stored and goes to `on_held`, unless the plan wants it drafted.
    Memory is constant in the number of items. What is stored is skipped, so a run that was stopped goes on where
    it was when it is called again with equal arguments. Once `stopping()` is true nothing new is asked, and what is
    out is waited for and stored. A CopilotError ends the run in the same way, and is raised at its end; what could
    not be stored stands on the record of paid answers.
    """
    run = _Run(entries, plan, model, into, concurrency, on_progress, on_rejected, on_held, stopping)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run.keep())
        tasks.create_task(run.draft())
    if run.trouble:
        raise run.trouble[0]
    return run.progress


@dataclass(frozen=True, slots=True)
class _Todo:
    asked: Asked
    item_id: UUID


class _Run:
    """Three kinds of tasks over two bounded queues: one reads, several draft, one stores."""

    def __init__(
        self,
        entries: Iterable[Item | Rejected],
        plan: Plan,
        model: Model,
        into: Into,
        concurrency: int,
        on_progress: Callable[[Progress], None],
        on_rejected: Callable[[Rejected], None],
        on_held: Callable[[Rejected], None],
        stopping: Callable[[], bool],
    ) -> None:
        self.entries = iter(entries)
        self.plan, self.model, self.into = plan, model, into
        self.on_progress, self.on_rejected, self.stopping = on_progress, on_rejected, stopping
        self.on_held = on_held
        # Twice as many workers as calls: one that waits before a retry holds no place at the model.
        self.workers = 2 * concurrency
        self.todo: asyncio.Queue[_Todo | None] = asyncio.Queue(maxsize=self.workers)
        self.done: asyncio.Queue[Drafted | Failed | None] = asyncio.Queue(maxsize=_STORE)
        self.progress = Progress()
        self.trouble: list[CopilotError] = []

    async def draft(self) -> None:
        """Read and draft everything, or until the end is near."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._read())
            for _ in range(self.workers):
                tasks.create_task(self._work())
        await self.done.put(None)

    async def keep(self) -> None:
        """Store what is done, in batches, until None comes. What cannot be stored ends the run, but not at once."""
        more = True
        while more and (first := await self.done.get()) is not None:
            batch = [first]
            while more and len(batch) < _STORE and not self.done.empty():
                if (one := self.done.get_nowait()) is None:
                    more = False
                else:
                    batch.append(one)
            try:
                self._count(batch, stored=await self._stored(batch))
            except CopilotError as error:
                self.trouble.append(error)

    def _ends(self) -> bool:
        return bool(self.trouble) or self.stopping()

    async def _stored(self, batch: list[Drafted | Failed]) -> int:
        """Store a batch; a database that is busy is given time, for calls that are paid are waiting behind it."""
        for patience in _PATIENCE:
            try:
                return await asyncio.to_thread(self._store, batch)
            except Unreachable:
                await asyncio.sleep(patience)
        return await asyncio.to_thread(self._store, batch)

    async def _read(self) -> None:
        try:
            while not self._ends() and (batch := await asyncio.to_thread(self._next)):
                await self._ask_for(batch)
        except CopilotError as error:
            self.trouble.append(error)
        for _ in range(self.workers):
            await self.todo.put(None)

    def _next(self) -> list[Item | Rejected]:
        return list(islice(self.entries, _READ))

    async def _ask_for(self, batch: list[Item | Rejected]) -> None:
        read = [entry for entry in batch if isinstance(entry, Item)]
        held = [] if self.plan.contradictory else [found for item in read if (found := contradictory(item)) is not None]
        without = {one.id for one in held}
        items = [item for item in read if item.id not in without]
        todo, kept, refused = await asyncio.to_thread(self._take_in, items)
        refused = [entry for entry in batch if isinstance(entry, Rejected)] + refused
        self._say(read=len(items), rejected=len(refused), held=len(held), asked=len(todo) + kept, kept=kept)
        for back in held:
            self.on_held(back)
        for rejected in refused:
            self.on_rejected(rejected)
        for one in todo:
            await self.todo.put(one)

    def _take_in(self, items: list[Item]) -> tuple[list[_Todo], int, list[Rejected]]:
        """Store the items; what is still to be asked, how much is drafted already, and what is refused."""
        into, todo, refused = self.into, list[_Todo](), list[Rejected]()
        with writing(into.engine) as db:
            for put in put_items(db, project_id=into.project_id, items=items, now=into.now()):
                if put.state == "changed":
                    refused.append(_changed(put.item))
                    continue
                asked = self.plan.asked(put.item, model=self.model)
                todo.extend(_Todo(one, put.item_id) for one in asked)
            keys = [one.asked.request.key for one in todo]
            known = drafted(db, project_id=into.project_id, request_keys=keys)
        fresh = [one for one in todo if (one.item_id, one.asked.request.key) not in known]
        return fresh, len(todo) - len(fresh), refused

    async def _work(self) -> None:
        while (one := await self.todo.get()) is not None:
            if self._ends():
                continue
            try:
                done = await self._finish(one)
            except CopilotError as error:
                self.trouble.append(error)
            else:
                await self.done.put(done)

    async def _finish(self, one: _Todo) -> Drafted | Failed:
        reply = await answer(one.asked, model=self.model)
        if isinstance(reply, Failed):
            return reply
        return await asyncio.to_thread(
            finish,
            one.asked,
            reply,
            item_id=one.item_id,
            run_id=self.into.run_id,
            plan=self.plan,
            now=self.into.now,
        )

    def _store(self, batch: list[Drafted | Failed]) -> int:
        into = self.into
        with writing(into.engine) as db:
            for one in batch:
                for billed in one.outlay.charges:
                    key = one.outlay.request_key
                    charge(db, run_id=into.run_id, request_key=key, billed=billed, now=into.now())
            checked = [one.checked for one in batch if isinstance(one, Drafted)]
            return put_checked(db, project_id=into.project_id, checked=checked, now=into.now())

    def _count(self, batch: list[Drafted | Failed], *, stored: int) -> None:
        drafts = [one for one in batch if isinstance(one, Drafted)]
        failed = [one for one in batch if isinstance(one, Failed)]
        progress = self.progress
        for billed in (billed for one in batch for billed in one.outlay.new):
            progress = replace(
                progress,
                usage=progress.usage + billed.usage,
                cost=progress.cost + (billed.cost or Decimal(0)),
                unpriced=progress.unpriced + (billed.cost is None),
            )
        self.progress = progress
        self._say(
            drafted=stored,
            answered=sum(one.cached for one in drafts),
            kept=len(drafts) - stored,
            failed=len(failed),
        )
        for one in failed:
            self.on_rejected(one.rejected)

    def _say(self, **more: int) -> None:
        counts = {name: getattr(self.progress, name) + value for name, value in more.items()}
        self.progress = replace(self.progress, **counts)
        self.on_progress(self.progress)


def contradictory(item: Item) -> Rejected | None:
    """Why the item is held back from drafting: its constraints exclude one another; None where they do not."""
    found = contradictions(item.constraints)
    if not found:
        return None
    said = "; ".join(each.message.removeprefix("It ").rstrip(".") for each in found[:MOST_TOLD])
    return Rejected(said, "mend what it demands, or draft it as it is with --draft-contradictory", id=item.id)


def _changed(item: Item) -> Rejected:
    unnamed = re.fullmatch(r"line-\d+", item.id) is not None
    return Rejected(
        f"item {item.id!r} is in this project already, with other content",
        "give each item an id of its own: one without is named by its line, as another file's was"
        if unnamed
        else "nothing stored is overwritten: give it an id of its own, or use another --project",
        id=item.id,
    )
