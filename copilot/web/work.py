"""The item page: look, edit, save with a re-check, decide, next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from copilot import review
from copilot.errors import CopilotError
from copilot.model import Content, Decision, Viewer, Work
from copilot.review import EditConflict
from copilot.web.content import content_of
from copilot.web.desk import Desk, Here
from copilot.web.forms import Fields
from copilot.web.pages import is_demo, page
from copilot.web.session import MaybeSession, Seated, SignedOut, require_token
from copilot.web.view import view_of

router = APIRouter()


@router.get("/items/{entry_id}")
def item(request: Request, desk: Here, session: Seated, entry_id: UUID) -> Response:
    """The item as its rater left it."""
    work = review.open_work(desk.engine, session.viewer, entry_id=entry_id, now=desk.clock())
    return _item_page(request, work)


@router.post("/items/{entry_id}")
def submit(request: Request, desk: Here, found: MaybeSession, entry_id: UUID, fields: Fields) -> Response:
    """Save what was typed, accept it, reject it or give it back. Whatever goes wrong, the reply holds the words."""
    request.state.typed = fields
    if found is None:
        raise SignedOut
    require_token(found, fields)
    reason = fields.get("reason", "").strip() or None
    sent = _Sent(
        entry_id,
        fields.get("queue", ""),
        content_of(fields),
        _number(fields, "version"),
        _number(fields, "fence"),
        reason,
    )
    try:
        if fields.get("do") == "accept":
            return _decided(desk, found.viewer, sent, Decision.ACCEPT)
        if fields.get("do") == "reject" and sent.reason:
            return _decided(desk, found.viewer, sent, Decision.REJECT)
        saved = _saved(desk, found.viewer, sent)
    except EditConflict as conflict:
        return _conflict_page(request, conflict, sent)
    if fields.get("do") == "release":
        review.release(desk.engine, found.viewer, entry_id=entry_id, now=desk.clock())
        return RedirectResponse("/?said=back", 303)
    if fields.get("do") == "reject":
        return _item_page(request, saved, status=422, wants_reason=True)
    return RedirectResponse(f"/items/{entry_id}?said=saved", 303)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What one press of a button sent."""

    entry_id: UUID
    queue: str
    """Where the next item comes from."""
    content: Content
    version: int
    fence: int
    reason: str | None


def _saved(desk: Desk, viewer: Viewer, sent: _Sent) -> Work:
    return review.save(
        desk.engine,
        viewer,
        entry_id=sent.entry_id,
        content=sent.content,
        version=sent.version,
        fence=sent.fence,
        now=desk.clock(),
        check=desk.check,
    )


def _decided(desk: Desk, viewer: Viewer, sent: _Sent, decision: Decision) -> Response:
    response = review.decide(
        desk.engine,
        viewer,
        entry_id=sent.entry_id,
        decision=decision,
        content=sent.content,
        version=sent.version,
        fence=sent.fence,
        reason=sent.reason,
        now=desk.clock(),
        check=desk.check,
    )
    following = review.claim(desk.engine, viewer, queue=sent.queue, now=desk.clock())
    if following is None:
        return RedirectResponse(f"/?said={response.decision.value}-last", 303)
    return RedirectResponse(f"/items/{following}?said={response.decision.value}", 303)


def _item_page(request: Request, work: Work, *, status: int = 200, wants_reason: bool = False) -> Response:
    return page(
        request,
        "item.html",
        status=status,
        work=work,
        view=view_of(work),
        demo=is_demo(work.draft_origin),
        wants_reason=wants_reason,
    )


def _conflict_page(request: Request, conflict: EditConflict, sent: _Sent) -> Response:
    mine, theirs = conflict.mine, conflict.theirs
    longest = max(len(mine.steps), len(theirs.steps))
    rows = [
        (
            mine.steps[index] if index < len(mine.steps) else None,
            theirs.steps[index] if index < len(theirs.steps) else None,
        )
        for index in range(longest)
    ]
    return page(
        request,
        "conflict.html",
        status=409,
        entry_id=sent.entry_id,
        version=conflict.version,
        fence=sent.fence,
        mine=mine,
        theirs=theirs,
        rows=rows,
    )


def _number(fields: Mapping[str, str], name: str) -> int:
    """Which version the form is of, or which hold."""
    number = fields.get(name, "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise CopilotError(f"the form does not say its {name}", hint="reload the page and try again")
    return int(number)
