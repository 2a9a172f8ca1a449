"""Sessions and the one-time set-up link: secrets of 256 random bits, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select, update

from copilot.errors import NotFound, Refused
from copilot.model import Role, Viewer
from copilot.store.engine import reading, writing
from copilot.store.people import add_person, anybody, viewer_of
from copilot.store.tables import session, setup

_IDLE = timedelta(hours=12)
_LIFE = timedelta(days=7)
_TOUCH = timedelta(minutes=5)
"""How old the last sign of life may be before a new one is written down."""
_SETUP_LIFE = timedelta(minutes=30)


def open_session(db: Connection, *, user_id: UUID, project_id: UUID, now: datetime) -> str:
    """A new session's secret; sessions that ran out are forgotten."""
    db.execute(delete(session).where(~_alive(now)))
    secret = secrets.token_urlsafe(32)
    db.execute(
        insert(session).values(
            secret_sha256=_hash(secret), person_id=user_id, project_id=project_id, opened_at=now, seen_at=now
        )
    )
    return secret


def session_viewer(db: Connection, *, secret: str, now: datetime) -> Viewer | None:
    """Who this is, as they stand now; None for a session that ended or never was, and for a disabled person.

    Reads only: `seen` keeps the session from going idle.
    """
    row = db.execute(
        select(session.c.person_id, session.c.project_id).where(session.c.secret_sha256 == _hash(secret), _alive(now))
    ).one_or_none()
    if row is None:
        return None
    try:
        return viewer_of(db, user_id=row.person_id, project_id=row.project_id)
    except NotFound:
        return None


def seen(engine: Engine, *, secret: str, now: datetime) -> Viewer | None:
    """Who this is, as `session_viewer`; their session is then good for another 12 hours, up to 7 days."""
    mine = session.c.secret_sha256 == _hash(secret)
    with reading(engine) as db:
        viewer = session_viewer(db, secret=secret, now=now)
        last = db.execute(select(session.c.seen_at).where(mine)).scalar_one_or_none()
    if viewer is not None and last is not None and now - last > _TOUCH:
        with writing(engine) as db:
            db.execute(update(session).where(mine).values(seen_at=now))
    return viewer


def close_session(db: Connection, *, secret: str) -> None:
    """End the session, if there is one."""
    db.execute(delete(session).where(session.c.secret_sha256 == _hash(secret)))


def new_setup_secret(db: Connection, *, now: datetime) -> str:
    """The secret of a new set-up link, good for 30 minutes and once; earlier ones end. Refused once people exist."""
    _refuse_if_set_up(db)
    db.execute(delete(setup).where(setup.c.used_at.is_(None)))
    secret = secrets.token_urlsafe(32)
    db.execute(insert(setup).values(secret_sha256=_hash(secret), expires_at=now + _SETUP_LIFE))
    return secret


def use_setup_secret(db: Connection, *, secret: str, name: str, password: str, project_id: UUID, now: datetime) -> UUID:
    """The first person, operator of the home and admin for every domain.

    Refused for a link that was used, is late or never was.
    """
    _refuse_if_set_up(db)
    good = and_(setup.c.secret_sha256 == _hash(secret), setup.c.used_at.is_(None), setup.c.expires_at > now)
    if not db.execute(update(setup).where(good).values(used_at=now)).rowcount:
        raise Refused("this set-up link is used or too old", hint="start copilot serve again for a new one")
    return add_person(
        db,
        name=name,
        password=password,
        project_id=project_id,
        role=Role.ADMIN,
        skills={"*"},
        now=now,
        actor="setup",
        operator=True,
    )


def _refuse_if_set_up(db: Connection) -> None:
    if anybody(db):
        raise Refused("this home is set up already", hint="sign in, or add people with: copilot users add NAME")


def _alive(now: datetime) -> ColumnElement[bool]:
    return and_(session.c.seen_at > now - _IDLE, session.c.opened_at > now - _LIFE)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
