"""One desk for one test: its store, its clock, and browsers in front of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fastapi import FastAPI

from checkers import check as check_all
from copilot.model import Role
from copilot.review import Check
from copilot.store.connect import Engine
from copilot.web import create_app
from copilot.web.desk import Desk
from tests.copilot.web.browser import Browser
from tests.copilot.web.seed import BASE_URL, NOON, OURS, Clock, Form, Row, add_rows, person, project, session_of


@dataclass(frozen=True)
class Room:
    """A running desk and what stands behind it."""

    engine: Engine
    project_id: UUID
    app: FastAPI
    clock: Clock
    base_url: str = BASE_URL

    def now(self) -> datetime:
        """What time it is at the desk."""
        desk = self.app.state.desk
        assert isinstance(desk, Desk)
        return desk.clock()

    def client(self, **headers: str) -> Browser:
        """A browser that has not signed in."""
        return Browser(self.app, base_url=self.base_url, headers={**OURS, **headers})

    def signed_in(self, name: str = "Ann", *, role: Role = Role.ADMIN, skills: tuple[str, ...] = ("*",)) -> Browser:
        """A browser with a session of a new person."""
        user_id = person(self.engine, self.project_id, name, role=role, skills=skills)
        client = self.client()
        client.carry("copilot_8765", session_of(self.engine, self.project_id, user_id, now=self.clock()))
        return client

    def add(self, *rows: Row) -> None:
        """Queue these drafts."""
        add_rows(self.engine, self.project_id, rows, now=NOON)


def furnished(
    engine: Engine,
    *,
    base_url: str = BASE_URL,
    clock: Callable[[], datetime] | None = None,
    check: Check = check_all,
) -> Room:
    """A desk on that store, at noon of a fixed day unless a clock is given."""
    stopped = Clock()
    project_id = project(engine)
    app = create_app(engine=engine, project_id=project_id, base_url=base_url, clock=clock or stopped, check=check)
    return Room(engine, project_id, app, stopped, base_url)


def taken(client: Browser, queue: str = "review") -> str:
    """The path of the item that the client takes from the queue."""
    form = Form(client.get("/").text, "/claim")
    reply = client.post("/claim", data={**form.fields, "queue": queue})
    assert reply.status_code == 303, reply.text
    assert reply.headers["location"].startswith("/items/")
    return reply.headers["location"]
