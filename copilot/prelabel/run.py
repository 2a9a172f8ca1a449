"""The engine: reads items, keeps a bounded number of requests under way, stores drafts in batches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from uuid import UUID

from sqlalchemy import Engine

from copilot.errors import CopilotError
from copilot.llm.ask import Model
from copilot.model import Item, Rejected
from copilot.prelabel.draft import Drafted, Failed, answer, finish
from copilot.prelabel.plan import Asked, Plan
from copilot.prelabel.progress import Progress
from copilot.store.connect import writing
from copilot.store.drafts import drafted, put_checked
from copilot.store.items import put_items
from copilot.store.ledger import charge

_READ = 64
"""Items read and stored at once, at most."""
_STORE = 32
"""Drafts stored in one transaction, at most."""


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
) -> Progress:
    """Draft, check, route and store every item; the counts at the end.

    Memory is constant in the number of items. What is stored is skipped, so a run that was stopped goes on where
    it was when it is called again with equal arguments. A CopilotError ends the run, after every draft that was
    finished until then is stored.
    """
    run = _Run(entries, plan, model, into, concurrency, on_progress, on_rejected)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(run.keep())
            tasks.create_task(run.draft())
    except* CopilotError as group:
        run.trouble.extend(_leaves(group))
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
    ) -> None:
        self.entries = iter(entries)
        self.plan, self.model, self.into = plan, model, into
        self.on_progress, self.on_rejected = on_progress, on_rejected
        # Twice as many workers as calls: one that waits before a retry holds no place at the model.
        self.workers = 2 * concurrency
        self.todo: asyncio.Queue[_Todo | None] = asyncio.Queue(maxsize=self.workers)
        self.done: asyncio.Queue[Drafted | Failed | None] = asyncio.Queue(maxsize=_STORE)
        self.progress = Progress()
        self.trouble: list[CopilotError] = []

    async def draft(self) -> None:
        """Read and draft everything. After the first trouble nothing new is asked, and what is out is waited for."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._read())
            for _ in range(self.workers):
                tasks.create_task(self._work())
        await self.done.put(None)

    async def keep(self) -> None:
        """Store what is done, in batches, until None comes."""
        while (first := await self.done.get()) is not None:
            batch, more = [first], True
            while more and len(batch) < _STORE and not self.done.empty():
                if (one := self.done.get_nowait()) is None:
                    more = False
                else:
                    batch.append(one)
            self._count(batch, stored=await asyncio.to_thread(self._store, batch))
            if not more:
                return

    async def _read(self) -> None:
        while not self.trouble and (batch := await asyncio.to_thread(lambda: list(islice(self.entries, _READ)))):
            items = [entry for entry in batch if isinstance(entry, Item)]
            todo, kept, refused = await asyncio.to_thread(self._take_in, items)
            refused = [entry for entry in batch if isinstance(entry, Rejected)] + refused
            self._say(read=len(items), rejected=len(refused), asked=len(todo) + kept, kept=kept)
            for rejected in refused:
                self.on_rejected(rejected)
            for one in todo:
                await self.todo.put(one)
        for _ in range(self.workers):
            await self.todo.put(None)

    def _take_in(self, items: list[Item]) -> tuple[list[_Todo], int, list[Rejected]]:
        """Store the items; what is still to be asked, how much is drafted already, and what is refused."""
        into, todo, refused = self.into, list[_Todo](), list[Rejected]()
        with writing(into.engine) as db:
            for put in put_items(db, project_id=into.project_id, items=items, now=into.now()):
                if put.state == "changed":
                    refused.append(_changed(put.item))
                    continue
                asked = self.plan.asked(put.item, model=self.model.name)
                todo.extend(_Todo(one, put.item_id) for one in asked)
            keys = [one.asked.request.key for one in todo]
            known = drafted(db, project_id=into.project_id, request_keys=keys)
        fresh = [one for one in todo if (one.item_id, one.asked.request.key) not in known]
        return fresh, len(todo) - len(fresh), refused

    async def _work(self) -> None:
        while (one := await self.todo.get()) is not None:
            if self.trouble:
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
                bill = one.outlay
                charge(
                    db,
                    run_id=into.run_id,
                    request_key=bill.request_key,
                    model=bill.model,
                    usage=bill.usage,
                    cost=bill.cost,
                    now=into.now(),
                )
            checked = [one.checked for one in batch if isinstance(one, Drafted)]
            return put_checked(db, project_id=into.project_id, checked=checked, now=into.now())

    def _count(self, batch: list[Drafted | Failed], *, stored: int) -> None:
        drafts = [one for one in batch if isinstance(one, Drafted)]
        failed = [one for one in batch if isinstance(one, Failed)]
        progress = self.progress
        for one in batch:
            progress = replace(
                progress,
                usage=progress.usage + one.outlay.usage,
                cost=progress.cost + (one.outlay.cost or Decimal(0)),
                unpriced=progress.unpriced + (one.outlay.cost is None),
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


def _changed(item: Item) -> Rejected:
    return Rejected(
        f"item {item.id!r} is in this project already, with other content",
        "nothing stored is overwritten: give it an id of its own, or use another --project",
        id=item.id,
    )


def _leaves(group: BaseExceptionGroup[CopilotError]) -> list[CopilotError]:
    """The errors themselves, out of however many groups they travelled in."""
    found: list[CopilotError] = []
    for error in group.exceptions:
        found.extend(_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    return found
