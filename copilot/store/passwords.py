"""Passwords: hashed slowly, held against what was typed, and made anew when the parameters grow.

Hashing takes its time by design, so it happens between two short transactions and never inside one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, select, update

from copilot.errors import CopilotError
from copilot.store.names import name_key
from copilot.store.tables import person

_HASHER = PasswordHasher()
"""argon2id with the parameters of RFC 9106 for little memory: 64 MiB, three passes."""

_SHORTEST, _LONGEST = 12, 128


@dataclass(frozen=True, slots=True)
class Known:
    """What is on file for a name; for a name that nobody has, a hash that nothing opens."""

    person_id: UUID | None
    hash: str

    def opened_by(self, password: str) -> UUID | None:
        """Who this is, or None. It takes as long for an unknown name as for a wrong password."""
        return self.person_id if _verified(self.hash, password) else None

    @property
    def outdated(self) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self.person_id is not None and _HASHER.check_needs_rehash(self.hash)


def known_by(db: Connection, name: str) -> Known:
    """What is on file for that name; somebody who was disabled is nobody."""
    row = db.execute(
        select(person.c.id, person.c.password_hash).where(
            person.c.name_key == name_key(name), person.c.disabled_at.is_(None)
        )
    ).one_or_none()
    return Known(None, _nobodys_hash()) if row is None else Known(row.id, row.password_hash)


def renew(db: Connection, known: Known, *, hash: str) -> None:
    """Put a new hash of the same password in place of the known one, unless it has changed meanwhile."""
    same = (person.c.id == known.person_id) & (person.c.password_hash == known.hash)
    db.execute(update(person).where(same).values(password_hash=hash))


def hashed(password: str) -> str:
    """The password as it may be stored; one that is too short, too long or no text is a CopilotError."""
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise CopilotError(
            f"a password has {_SHORTEST} to {_LONGEST} characters", hint="four random words make a good one"
        )
    if not _can_be_one(password):
        raise CopilotError("the password is not text", hint="type it with a keyboard")
    return _HASHER.hash(password)


def _can_be_one(password: str) -> bool:
    return len(password) <= _LONGEST and not any("\ud800" <= character <= "\udfff" for character in password)


def _verified(stored: str, password: str) -> bool:
    if not _can_be_one(password):
        password = ""  # an empty one takes as long to refuse
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_urlsafe())
