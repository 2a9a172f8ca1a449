"""What every request handler needs, made once at the start and passed by the application."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import Depends, Request

from copilot.review import Check
from copilot.store.connect import Engine
from copilot.web.address import Address
from copilot.web.tries import Tries

Clock: TypeAlias = Callable[[], datetime]
_HASHERS = 2
"""Passwords checked at once: each takes 64 MiB and a core for a tenth of a second."""


def utc_now() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, the project on the desk, its address, its clock and its rules."""

    engine: Engine
    project_id: UUID
    address: Address
    clock: Clock
    check: Check
    tries: Tries = field(default_factory=Tries)
    hashing: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_HASHERS, "password"))


def desk_of(request: Request) -> Desk:
    """The desk that this application serves."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - create_app put it there
    return desk


Here: TypeAlias = Annotated[Desk, Depends(desk_of)]
