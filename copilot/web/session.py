"""Who is asking: the session cookie, and the token that a form of that session carries."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from fastapi import Depends, HTTPException, Request, Response

from copilot.model import Viewer
from copilot.store.sessions import seen
from copilot.web.address import Address
from copilot.web.desk import Here, desk_of

_LONGEST = 200


class SignedOut(Exception):
    """The page is for people who are signed in, and this one is not, or no longer."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person's log-in on one browser."""

    viewer: Viewer
    secret: str

    @property
    def token(self) -> str:
        """What each form of this session carries; it tells nothing about the cookie."""
        return hmac.new(self.secret.encode(), b"copilot form", hashlib.sha256).hexdigest()

    def owns(self, fields: Mapping[str, str]) -> bool:
        """Whether the form was written for this session."""
        return hmac.compare_digest(fields.get("token", "").encode(), self.token.encode())


def session_or_none(request: Request, desk: Here) -> Session | None:
    """The session of this request; None when there is none, or it has ended."""
    secret = cookie_of(request)
    if secret is None:
        return None
    viewer = seen(desk.engine, secret=secret, now=desk.clock())
    if viewer is None or viewer.project_id != desk.project_id:
        return None
    request.state.session = Session(viewer, secret)
    return Session(viewer, secret)


MaybeSession: TypeAlias = Annotated[Session | None, Depends(session_or_none)]


def session(found: MaybeSession) -> Session:
    """The session of this request; without one the person is sent to the log-in."""
    if found is None:
        raise SignedOut
    return found


Seated: TypeAlias = Annotated[Session, Depends(session)]


def require_token(found: Session, fields: Mapping[str, str]) -> None:
    """Refuse a form that was not written for this session."""
    if not found.owns(fields):
        raise HTTPException(403, "this form is of an earlier log-in")


def cookie_of(request: Request) -> str | None:
    """The session secret that the browser sent, if it may be one."""
    secret = request.cookies.get(desk_of(request).address.cookie)
    return secret if secret and len(secret) <= _LONGEST and secret.isascii() else None


def set_cookie(response: Response, address: Address, secret: str) -> None:
    """Give the browser the session; no script can read it, and no other site's form carries it."""
    response.set_cookie(address.cookie, secret, path="/", httponly=True, samesite="lax", secure=address.secure)


def drop_cookie(response: Response, address: Address) -> None:
    """Take the session from the browser."""
    response.delete_cookie(address.cookie, path="/", httponly=True, samesite="lax", secure=address.secure)
