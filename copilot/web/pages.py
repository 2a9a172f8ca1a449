"""Templates to replies. Everything in a page is escaped unless `marks` made it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from copilot.web.assets import asset_url
from copilot.web.marks import shown

_DEMO = ("embedded", "smollm2-135m")
"""How the names of the model begin that comes with the product."""
_LABELS = {
    "review": "Review",
    "safety": "Safety",
    "returned": "Returned to you",
    "adjudication": "Adjudication",
}
_EXPERT = "expert:"

SAID = {
    "saved": ("good", "Saved and checked again."),
    "accept": ("good", "Accepted. Here is the next one."),
    "edit": ("good", "Accepted with your edits. Here is the next one."),
    "reject": ("good", "Rejected. Here is the next one."),
    "accept-last": ("good", "Accepted. Nothing more waits in that queue."),
    "edit-last": ("good", "Accepted with your edits. Nothing more waits in that queue."),
    "reject-last": ("good", "Rejected. Nothing more waits in that queue."),
    "back": ("good", "Given back: others can take it now. Your text is kept."),
    "clear": ("", "Nothing waits in that queue now. Somebody may have taken the last one."),
}
"""What a page may say at its top after a redirect: the address holds the key, never the words."""


def queue_label(name: str) -> str:
    """A queue's name as people say it."""
    if name.startswith(_EXPERT):
        return f"{name.removeprefix(_EXPERT)}, expert"
    return _LABELS.get(name, name)


def is_demo(origin: str) -> bool:
    """Whether the small embedded model wrote it, which the page then says."""
    return origin.startswith(_DEMO)


def clock_time(moment: datetime) -> str:
    """Hours and minutes, of the zone that the moment has."""
    return f"{moment:%H:%M} {moment.tzname()}"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("copilot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(shown=shown, queue_label=queue_label, clock_time=clock_time)
    environment.globals.update(asset_url=asset_url)
    return environment


_ENVIRONMENT = _environment()


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as a reply, with what every page needs: the nonce, who is signed in, and what was just done."""
    session = getattr(request.state, "session", None)
    html = _ENVIRONMENT.get_template(template).render(
        nonce=request.state.nonce,
        viewer=session.viewer if session else None,
        token=session.token if session else "",
        said=SAID.get(request.query_params.get("said", "")),
        **values,
    )
    # Ingest refuses text that is not Unicode; should one half of a pair get here all the same, it must not be a 500.
    return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)
