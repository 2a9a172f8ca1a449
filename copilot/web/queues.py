"""The first page: the queues a person serves, and taking the next item of one."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from copilot import review
from copilot.web.desk import Here
from copilot.web.forms import Fields
from copilot.web.pages import page
from copilot.web.session import Seated, require_token

router = APIRouter()


@router.get("/")
def queues(request: Request, desk: Here, session: Seated) -> Response:
    """What waits for this person, queue by queue."""
    found = review.queues(desk.engine, session.viewer, now=desk.clock())
    first = next((queue.name for queue in found if queue.waiting or queue.mine), None)
    return page(request, "queues.html", queues=found, first=first)


@router.post("/claim")
def claim(desk: Here, session: Seated, fields: Fields) -> Response:
    """On to the item this person already holds in the queue, else to its next one."""
    require_token(session, fields)
    entry = review.claim(desk.engine, session.viewer, queue=fields.get("queue", ""), now=desk.clock())
    return RedirectResponse(f"/items/{entry}" if entry else "/?said=clear", 303)
