"""Coming in and going out: log-in, the first person's set-up, log-out."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from copilot.errors import CopilotError, NotFound, Refused
from copilot.store.connect import reading, writing
from copilot.store.passwords import hashed, known_by, renew
from copilot.store.people import viewer_of
from copilot.store.sessions import close_session, open_session, use_setup_secret
from copilot.web.desk import Desk, Here
from copilot.web.forms import Fields
from copilot.web.logs import event
from copilot.web.pages import page
from copilot.web.session import MaybeSession, Seated, cookie_of, drop_cookie, require_token, set_cookie

LONGEST_NAME = 200
LONGEST_PASSWORD = 1_000
"""What is looked at of a typed password; 128 characters are the most a stored one has."""

router = APIRouter()
Done = TypeVar("Done")


@router.get("/login")
def login_page(request: Request, session: MaybeSession) -> Response:
    """The log-in form; who is signed in goes on to the queues."""
    if session is not None:
        return RedirectResponse("/", 303)
    return page(request, "login.html", name="", wrong=None)


@router.post("/login")
async def login(request: Request, desk: Here, fields: Fields) -> Response:
    """Sign in under a new session; a wrong name and a wrong password look the same and take as long."""
    name, password = fields.get("name", "").strip()[:LONGEST_NAME], fields.get("password", "")[:LONGEST_PASSWORD]
    address = request.client.host if request.client else "unknown"
    wait = desk.tries.take(account=name, address=address, now=desk.clock())
    if wait is not None:
        event("log-in paused", address=address)
        return _paused(request, name, wait)
    old = cookie_of(request)
    secret = await _apart(desk, lambda: _sign_in(desk, name, password, old))
    if secret is None:
        event("log-in failed", address=address)
        return page(request, "login.html", status=401, name=name, wrong="That name and password do not match.")
    desk.tries.forgive(account=name, address=address)
    return _seated(desk, secret)


@router.get("/setup")
def setup_page(request: Request) -> Response:
    """The form of the first person; its one-time secret comes in the fragment, which no server sees."""
    return page(request, "setup.html", name="", secret="", wrong=None, hint=None)


@router.post("/setup")
async def setup(request: Request, desk: Here, fields: Fields) -> Response:
    """Make the first person, an admin, and sign in; a secret that is used, late or wrong is 410."""
    old = cookie_of(request)
    try:
        secret = await _apart(desk, lambda: _set_up(desk, fields, old))
    except Refused as refused:
        return page(request, "gone.html", status=410, what=refused.what, hint=refused.hint)
    except CopilotError as error:
        again = {"name": fields.get("name", "")[:LONGEST_NAME], "secret": fields.get("secret", "")[:LONGEST_NAME]}
        return page(request, "setup.html", status=422, wrong=error.what, hint=error.hint, **again)
    return _seated(desk, secret)


@router.post("/logout")
def logout(desk: Here, session: Seated, fields: Fields) -> Response:
    """End the session, on the server and in the browser."""
    require_token(session, fields)
    with writing(desk.engine) as db:
        close_session(db, secret=session.secret)
    event("log-out", person=str(session.viewer.user_id))
    reply = RedirectResponse("/login", 303)
    drop_cookie(reply, desk.address)
    return reply


async def _apart(desk: Desk, work: Callable[[], Done]) -> Done:
    """Run it where passwords are hashed: two at a time, so that many log-ins stop nobody else."""
    return await asyncio.get_running_loop().run_in_executor(desk.hashing, work)


def _sign_in(desk: Desk, name: str, password: str, old: str | None) -> str | None:
    with reading(desk.engine) as db:
        known = known_by(db, name)
    person = known.opened_by(password)
    if person is None:
        return None
    renewed = hashed(password) if known.outdated else None
    now = desk.clock()
    with writing(desk.engine) as db:
        if renewed is not None:
            renew(db, known, hash=renewed)
        try:
            viewer_of(db, user_id=person, project_id=desk.project_id)
        except NotFound:
            return None  # somebody of another project of this home: here nobody knows them
        if old is not None:
            close_session(db, secret=old)
        secret = open_session(db, user_id=person, project_id=desk.project_id, now=now)
    event("log-in", person=str(person))
    return secret


def _set_up(desk: Desk, fields: Mapping[str, str], old: str | None) -> str:
    now = desk.clock()
    with writing(desk.engine) as db:
        person = use_setup_secret(
            db,
            secret=fields.get("secret", "")[:LONGEST_NAME],
            name=fields.get("name", "").strip()[:LONGEST_NAME],
            password=fields.get("password", "")[:LONGEST_PASSWORD],
            project_id=desk.project_id,
            now=now,
        )
        if old is not None:
            close_session(db, secret=old)
        secret = open_session(db, user_id=person, project_id=desk.project_id, now=now)
    event("set-up", person=str(person))
    return secret


def _seated(desk: Desk, secret: str) -> Response:
    reply = RedirectResponse("/", 303)
    set_cookie(reply, desk.address, secret)
    return reply


def _paused(request: Request, name: str, wait: timedelta) -> Response:
    minutes = math.ceil(wait.total_seconds() / 60)
    wrong = f"Too many tries. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
    reply = page(request, "login.html", status=429, name=name, wrong=wrong)
    reply.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return reply
