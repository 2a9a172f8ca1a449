"""People: who may sign in, and as what in which project."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, select, update

from copilot.errors import Conflict, NotFound
from copilot.model import Role, Viewer
from copilot.store.audit import record
from copilot.store.names import LONGEST_NAME, name_key, shown_name
from copilot.store.once import insert_once
from copilot.store.passwords import hashed
from copilot.store.tables import membership, person, session


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a project, as its lead sees them."""

    id: UUID
    name: str
    role: Role
    skills: frozenset[str]
    alias: str
    """The pseudonym that stands in exports: random, and stable within the project."""
    disabled: bool


def add_person(
    db: Connection,
    *,
    name: str,
    password: str,
    project_id: UUID,
    role: Role,
    skills: Collection[str],
    now: datetime,
    actor: str = "operator",
    operator: bool = False,
) -> UUID:
    """A new person with a role in one project; Conflict when the name is taken, whatever its capitals.

    An `operator` of the home is an admin of every project that is served from it: see `admit_operators`.
    """
    shown, made = shown_name(name), uuid4()
    row = {
        "id": made,
        "name": shown,
        "name_key": name_key(shown),
        "password_hash": hashed(password),
        "created_at": now,
        "operator": operator,
    }
    if not insert_once(db, person, row):
        raise Conflict(f"there is a user {shown!r} already", hint="choose another name")
    _join(db, made, project_id=project_id, role=role, skills=skills)
    detail = {"name": shown, "role": role.value, "skills": sorted(skills), "project": str(project_id)}
    record(db, actor=actor, action="person.added", subject=f"person:{made}", detail=detail, now=now)
    return made


def known(db: Connection, *, name: str) -> bool:
    """Whether somebody of this home has that name, in whatever project, whatever its capitals."""
    return db.execute(select(person.c.id).where(person.c.name_key == name_key(name))).scalar_one_or_none() is not None


def add_member(
    db: Connection, *, name: str, project_id: UUID, role: Role, skills: Collection[str], now: datetime
) -> None:
    """Give somebody of this home a role in another project; their password stays as it is.

    NotFound for a name that nobody has; Conflict for who is in the project already, or was disabled.
    """
    row = db.execute(
        select(person.c.id, person.c.name, person.c.disabled_at).where(person.c.name_key == name_key(name))
    ).one_or_none()
    if row is None:
        raise _nobody(name)
    if row.disabled_at is not None:
        raise Conflict(f"the user {row.name!r} was disabled", hint="choose another name")
    if not _join(db, row.id, project_id=project_id, role=role, skills=skills):
        raise Conflict(f"the user {row.name!r} is in this project already", hint="see: copilot users list")
    _record_member(db, row.id, project_id=project_id, role=role, skills=skills, now=now)


def admit_operators(db: Connection, *, project_id: UUID, now: datetime) -> None:
    """Make who was set up by the one-time link an admin of this project too, unless they have a role in it."""
    here = select(membership.c.person_id).where(membership.c.project_id == project_id)
    missing = select(person.c.id).where(person.c.operator, person.c.disabled_at.is_(None), person.c.id.not_in(here))
    for operator in db.scalars(missing.order_by(person.c.seq)).all():
        if _join(db, operator, project_id=project_id, role=Role.ADMIN, skills={"*"}):
            _record_member(db, operator, project_id=project_id, role=Role.ADMIN, skills={"*"}, now=now)


def _join(db: Connection, person_id: UUID, *, project_id: UUID, role: Role, skills: Collection[str]) -> bool:
    row = {
        "person_id": person_id,
        "project_id": project_id,
        "role": role.value,
        "skills": sorted(skills),
        "alias": f"rater-{secrets.token_hex(6)}",
    }
    return insert_once(db, membership, row)


def _record_member(
    db: Connection, person_id: UUID, *, project_id: UUID, role: Role, skills: Collection[str], now: datetime
) -> None:
    detail = {"role": role.value, "skills": sorted(skills), "project": str(project_id)}
    record(db, actor="operator", action="member.added", subject=f"person:{person_id}", detail=detail, now=now)


def _nobody(name: str) -> NotFound:
    return NotFound(f"there is no user {name[:LONGEST_NAME]!r}", hint="see: copilot users list")


def viewer_of(db: Connection, *, user_id: UUID, project_id: UUID) -> Viewer:
    """The person as one who asks within that project; NotFound for who is not in it, or is disabled."""
    row = db.execute(
        select(person.c.name, membership.c.role, membership.c.skills)
        .join(membership, membership.c.person_id == person.c.id)
        .where(person.c.id == user_id, person.c.disabled_at.is_(None), membership.c.project_id == project_id)
    ).one_or_none()
    if row is None:
        raise NotFound("there is no such user in this project", hint="add one with: copilot users add NAME")
    return Viewer(user_id, row.name, project_id, Role(row.role), frozenset(row.skills))


def list_people(db: Connection, *, project_id: UUID) -> list[Person]:
    """Everybody of the project, in the order they were added."""
    rows = db.execute(
        select(person.c.id, person.c.name, membership.c.role, membership.c.skills, membership.c.alias)
        .add_columns(person.c.disabled_at.is_not(None).label("disabled"))
        .join(membership, membership.c.person_id == person.c.id)
        .where(membership.c.project_id == project_id)
        .order_by(person.c.seq)
    )
    return [
        Person(row.id, row.name, Role(row.role), frozenset(row.skills), row.alias, bool(row.disabled)) for row in rows
    ]


def anybody(db: Connection) -> bool:
    """Whether any person exists; until then the first one is set up by a secret link."""
    return bool(db.execute(select(func.count()).select_from(person)).scalar_one())


def disable(db: Connection, *, name: str, now: datetime, actor: str = "operator") -> UUID:
    """Keep the person from signing in, and end their sessions; what they did stays."""
    found: UUID | None = db.execute(select(person.c.id).where(person.c.name_key == name_key(name))).scalar_one_or_none()
    if found is None:
        raise _nobody(name)
    db.execute(update(person).where(person.c.id == found, person.c.disabled_at.is_(None)).values(disabled_at=now))
    db.execute(delete(session).where(session.c.person_id == found))
    record(db, actor=actor, action="person.disabled", subject=f"person:{found}", detail={}, now=now)
    return found
