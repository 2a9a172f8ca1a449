"""The record of paid answers: what was about to be sent, and every billed reply, durable before it counts."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from copilot.errors import CopilotError, Damaged
from copilot.llm.append_log import AppendLog, Record, from_line, to_line
from copilot.llm.attempt import Attempt
from copilot.llm.lookup import Lookup
from copilot.llm.private import hold, private_folder
from copilot.model import Usage

KEEP_FREE = 2**30
"""Bytes that must be free before anything is sent."""
ROOM_FOR_A_REPLY = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Resumed:
    """What the record held when it was opened."""

    kept: int
    """Requests with at least one paid reply on record."""
    in_flight: int
    """Calls that were out when the last run ended: they may be billed twice."""
    cut: int
    """Bytes of a torn record that were cut from the end."""
    unreadable: int
    """Records that were changed on the disk and are passed over."""


class Journal(Protocol):
    """Where paid answers are kept. `key` names a request to one model, `number` counts its billed attempts from 0."""

    resumed: Resumed

    async def intend(self, key: str, number: int) -> None:
        """Return once it is on record that this call is about to go out."""

    async def keep(self, key: str, number: int, attempt: Attempt) -> None:
        """Return once the billed attempt is on record."""

    async def unanswered(self, key: str, number: int, reason: str) -> None:
        """The call that was intended is over and brought no reply."""

    async def attempts(self, key: str) -> tuple[Attempt, ...]:
        """The billed attempts on record since the last `renew`, in order."""

    async def renew(self, key: str) -> None:
        """From now on the request counts as never asked; what was paid stays on record."""

    async def close(self) -> None:
        """Let go of the record."""


@dataclass(slots=True)
class _Standing:
    """What the journal's records add up to: memory of a key is one short string and one small number."""

    counts: dict[str, int] = field(default_factory=dict)
    open: set[tuple[str, int]] = field(default_factory=set)

    def take(self, record: Record) -> None:
        key, number = record.get("key", ""), record.get("number", 0)
        if not (isinstance(key, str) and isinstance(number, int)):
            return
        match record.get("kind"):
            case "intent":
                self.open.add((key, number))
            case "attempt":
                self.counts[key] = number + 1
                self.open.discard((key, number))
            case "unanswered":
                self.open.discard((key, number))
            case "renew":
                self.counts.pop(key, None)
            case "resumed":
                self.open.clear()


class FileJournal:
    """A journal in one folder: `journal.jsonl` is the record, `lookup/` finds things in it and can be deleted."""

    def __init__(
        self,
        home: Path,
        *,
        keep_free: int = KEEP_FREE,
        free: Callable[[Path], int] | None = None,
        patience: float = 30.0,
    ) -> None:
        """Take the folder for this process alone and read the record; `Conflict` when another process has it."""
        self._home = private_folder(home)
        self._keep_free = keep_free
        self._free = free or _bytes_free
        self._lock = hold(
            home / "journal.lock",
            what=f"another run is drafting into {home}",
            hint="wait until it ends, or give this one another --home",
        )
        self._standing = _Standing()
        try:
            self._log = AppendLog(home / "journal.jsonl", patience=patience)
            found = self._log.open(self._standing.take)
        except BaseException:
            os.close(self._lock)
            raise
        self._lookup = Lookup(home / "lookup")
        self._rebuilding = asyncio.Lock()
        self._announced = not self._standing.open
        self.resumed = Resumed(len(self._standing.counts), len(self._standing.open), found.cut, found.unreadable)

    def in_flight(self) -> frozenset[tuple[str, int]]:
        """Key and number of every call that is out now."""
        return frozenset(self._standing.open)

    async def intend(self, key: str, number: int) -> None:
        """Return once the intent is durable; raises before anything is sent when the disk is nearly full."""
        await self._announce()
        needed = max(self._keep_free, ROOM_FOR_A_REPLY * (len(self._standing.open) + 1)) if self._keep_free else 0
        if (left := self._free(self._home)) < needed:
            raise CopilotError(
                f"only {left // 2**20} MiB are free at {self._home}, and {needed // 2**20} MiB must be",
                hint="make room, then run the same command again; nothing was sent and paid answers are kept",
            )
        await self._add({"kind": "intent", "key": key, "number": number})

    async def keep(self, key: str, number: int, attempt: Attempt) -> None:
        """Return once the attempt is durable."""
        record = {"kind": "attempt", "key": key, "number": number, **_fields(attempt)}
        await self._add(record)
        known = await self._lookup.get(key) if number else b""
        await self._lookup.put(key, (known or b"") + to_line(record))

    async def unanswered(self, key: str, number: int, reason: str) -> None:
        """Close the intent."""
        await self._add({"kind": "unanswered", "key": key, "number": number, "reason": reason})

    async def renew(self, key: str) -> None:
        """Start the request's count anew."""
        await self._add({"kind": "renew", "key": key})

    async def attempts(self, key: str) -> tuple[Attempt, ...]:
        """The attempts on record, by the look-up; where that disagrees with the journal it is rebuilt first."""
        count = self._standing.counts.get(key, 0)
        if not count:
            return ()
        found = _attempts(key, await self._lookup.get(key))
        if len(found) != count:
            found = await self._found_again(key, count)
        return found

    async def close(self) -> None:
        """Close the look-up, the file and the lock."""
        await self._lookup.close()
        await self._log.close()
        os.close(self._lock)

    async def _found_again(self, key: str, count: int) -> tuple[Attempt, ...]:
        async with self._rebuilding:
            found = _attempts(key, await self._lookup.get(key))
            if len(found) == count:
                return found
            await self._lookup.rebuild(self._rows)
        found = _attempts(key, await self._lookup.get(key))
        if len(found) == count:
            return found
        # The look-up cannot be had at all (its folder may be read-only): the record itself still can.
        return await asyncio.to_thread(self._read, key)

    async def _announce(self) -> None:
        """Once a run goes on, what the last one left in flight is settled: it is told once, not for ever."""
        if not self._announced:
            self._announced = True
            await self._add({"kind": "resumed", "in_flight": len(self._standing.open)})

    async def _add(self, record: Record) -> None:
        await self._log.append(record)
        self._standing.take(record)

    def _rows(self) -> Iterator[tuple[str, bytes]]:
        """A row for each attempt with those before it: the last row of a key stands, as it is written last."""
        several: dict[str, bytes] = {}
        for record in self._log.records():
            key = record.get("key", "")
            count = self._standing.counts.get(key, 0)
            if record.get("kind") != "attempt" or not count:
                continue
            line = to_line(record)
            if count > 1:
                # Few requests need more than one attempt: only their lines are held.
                line = several[key] = (several.get(key, b"") if record["number"] else b"") + line
            if count > 1 or not record["number"]:
                yield key, line

    def _read(self, key: str) -> tuple[Attempt, ...]:
        kept: list[Attempt] = []
        for record in self._log.records():
            if record.get("key") != key:
                continue
            if record.get("kind") == "renew":
                kept.clear()
            elif record.get("kind") == "attempt":
                kept.append(_attempt(record))
        if len(kept) != self._standing.counts.get(key, 0):
            raise Damaged(f"{self._log.path} changed while it was in use", hint="restore it from a backup")
        return tuple(kept)


def _attempts(key: str, value: bytes | None) -> tuple[Attempt, ...]:
    """The attempts of a look-up row; none when any of it is not what the journal would say of this key."""
    kept: list[Attempt] = []
    for number, line in enumerate((value or b"").splitlines(keepends=True)):
        record = from_line(line)
        if record is None or record.get("key") != key or record.get("number") != number:
            return ()
        kept.append(_attempt(record))
    return tuple(kept)


def _fields(attempt: Attempt) -> dict[str, Any]:
    return {
        "raw": attempt.raw,
        "finish": attempt.finish,
        "usage": [attempt.usage.input_tokens, attempt.usage.output_tokens],
        "cost": None if attempt.cost is None else str(attempt.cost),
        "model": attempt.model,
        "refused": attempt.refused,
        "reckoned": attempt.reckoned,
        "id": attempt.id,
    }


def _attempt(record: Record) -> Attempt:
    try:
        cost = record["cost"]
        return Attempt(
            raw=record["raw"],
            finish=record["finish"],
            usage=Usage(*record["usage"]),
            cost=None if cost is None else Decimal(cost),
            model=record["model"],
            refused=record["refused"],
            reckoned=record["reckoned"],
            replayed=True,
            id=record["id"],
        )
    except (KeyError, TypeError, ArithmeticError) as error:
        raise Damaged(
            f"the journal holds a record of another form (no usable {error})", hint="use the version that wrote it"
        ) from error


def _bytes_free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
