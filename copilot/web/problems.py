"""Whatever went wrong, as a page: what it is, what to do, and the words the person had typed."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from copilot.errors import Conflict, CopilotError, Damaged, NoRoom, NotFound, Refused, Unreachable
from copilot.web.content import typed_in
from copilot.web.logs import event
from copilot.web.pages import page
from copilot.web.session import SignedOut
from copilot.web.shell import QueryTooLong

_KINDS: tuple[tuple[type[CopilotError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (Refused, 403),
    (Unreachable, 503),
    (Damaged, 500),
    (NoRoom, 507),
    (CopilotError, 422),
)
_ABSENT = ("There is nothing here", "It may have been decided, or it is not yours to see.")
_HINTS = {
    400: "Open the desk at the address that its operator gave you.",
    403: "Reload the page and try again.",
    405: "Open the desk from its first page.",
    408: "Your connection may be slow. Go back, where your text still stands, and try again.",
    413: "What you typed is still in the page before this one.",
    415: "Use the forms of the desk.",
    429: "Wait, then try again.",
}
_OURS = ("Something broke on our side", "It was written to the server's log. Try again in a moment.")


def problem(request: Request, error: Exception) -> Response:
    """The page for an error. What is not there and what is not for this person look the same."""
    if isinstance(error, SignedOut) and request.method == "GET":
        return RedirectResponse("/login", 303)
    status, what, hint = _told(error)
    if status >= 500:
        event("failed", level=logging.ERROR, error=error)
    fields = getattr(request.state, "typed", None)
    reply = page(
        request,
        "problem.html",
        status=status,
        what=what,
        hint=hint,
        signed_out=isinstance(error, SignedOut),
        typed=typed_in(fields) if fields else [],
        version=fields.get("version", "0") if fields else "0",
        fence=fields.get("fence", "0") if fields else "0",
        resend=str(request.url.path) if fields else "",
    )
    if isinstance(error, HTTPException) and error.headers:
        reply.headers.update(error.headers)
    if status == 503:
        reply.headers["Retry-After"] = "5"
    return reply


def register(app: FastAPI) -> None:
    """Answer every error that reaches the application with its page."""
    for kind in (HTTPException, RequestValidationError, CopilotError, SignedOut):
        app.add_exception_handler(kind, problem)


def _told(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, SignedOut):
        return 401, "You are signed out", "Your log-in has ended."
    if isinstance(error, QueryTooLong):
        return 414, "That address is too long", "Open the desk from its first page."
    if isinstance(error, RequestValidationError):
        return 404, *_ABSENT
    if isinstance(error, HTTPException):
        return _told_by_status(error)
    if isinstance(error, CopilotError):
        return _told_by_kind(error)
    return 500, *_OURS


def _told_by_status(error: HTTPException) -> tuple[int, str, str]:
    if error.status_code == 404:
        return 404, *_ABSENT
    hint = _HINTS.get(error.status_code, "Go back and try again.")
    return error.status_code, _sentence(error.detail), hint


def status_of(error: CopilotError) -> int:
    """The HTTP status of an error that somebody can mend."""
    return next(status for kind, status in _KINDS if isinstance(error, kind))


def _told_by_kind(error: CopilotError) -> tuple[int, str, str]:
    status = status_of(error)
    if status == 404:
        return 404, *_ABSENT
    return status, _sentence(error.what), _sentence(error.hint)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
