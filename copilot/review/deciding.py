"""A rater's decision: stored once, whole, with what the rules say of the text it stands for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from checkers import Finding, check
from copilot.model import Content, Decision, Response, Viewer
from copilot.review.text import reason_of, refuse_empty, same_text, settled
from copilot.review.work import Check, holds, keep, known_texts, no_longer_held, standing_of
from copilot.store.audit import record
from copilot.store.connect import reading, writing
from copilot.store.reviews import Saved, Standing, put_response


def decide(
    engine: Engine,
    viewer: Viewer,
    *,
    entry_id: UUID,
    decision: Decision,
    content: Content,
    version: int,
    fence: int,
    reason: str | None,
    now: datetime,
    check: Check = check,
) -> Response:
    """Store the viewer's decision about the draft, which itself stays as it is.

    Accept or edit is told by the text, not by the button: a text unlike the draft's is an edit. The same decision
    sent again gives the stored response. Errors are those of `save`, and the text is kept with them likewise.
    """
    with reading(engine) as db:
        before = standing_of(db, viewer, entry_id=entry_id, now=now)
    text = settled(content, known=known_texts(before))
    verdict = _decision(decision, text, before.draft.content)
    why = reason_of(reason, wanted=verdict is Decision.REJECT)
    if verdict is not Decision.REJECT:
        refuse_empty(text, draft=before.draft.content)
    findings = check(text.trace(before.item)).findings
    with writing(engine) as db:
        found = standing_of(db, viewer, entry_id=entry_id, now=now, lock=True)
        if _is_again(found.response, verdict, text):
            assert found.response is not None  # noqa: S101 - it is, or it could not be the same
            return found.response
        _keep_news(db, viewer, found, Saved(version + 1, text, findings), now=now)
        held = holds(found, fence)
        if held:
            new = _response(viewer, found, verdict, text, why, now)
            _store(db, viewer, new, findings if new.content else ())
    if not held:
        raise no_longer_held(found)
    return new


def _decision(pressed: Decision, text: Content, draft: Content) -> Decision:
    if pressed is Decision.REJECT:
        return pressed
    return Decision.ACCEPT if same_text(text, draft) else Decision.EDIT


def _is_again(stored: Response | None, decision: Decision, text: Content) -> bool:
    if stored is None or stored.decision is not decision:
        return False
    return stored.content is None or same_text(stored.content, text)


def _keep_news(db: Connection, viewer: Viewer, found: Standing, sent: Saved, *, now: datetime) -> None:
    """Keep the text that was sent, where it is news."""
    stored = found.saved.content if found.saved else found.draft.content
    if sent.version - 1 != (found.saved.version if found.saved else 0) or not same_text(stored, sent.content):
        keep(db, viewer, found, sent, now=now)


def _response(
    viewer: Viewer, found: Standing, decision: Decision, text: Content, reason: str | None, now: datetime
) -> Response:
    return Response(
        id=uuid4(),
        entry_id=found.entry_id,
        item_id=found.draft.item_id,
        draft_id=found.draft.id,
        rater_id=viewer.user_id,
        decision=decision,
        content=None if decision is Decision.REJECT else text,
        reason=reason,
        created_at=now,
    )


def _store(db: Connection, viewer: Viewer, new: Response, findings: tuple[Finding, ...]) -> None:
    put_response(db, viewer, new, findings=findings, now=new.created_at)
    record(
        db,
        actor=f"person:{viewer.user_id}",
        action="response.decided",
        subject=f"entry:{new.entry_id}",
        detail={"decision": new.decision.value, "draft": str(new.draft_id), "response": str(new.id)},
        now=new.created_at,
    )
