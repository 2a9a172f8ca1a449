from __future__ import annotations

import threading
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from checkers import Step, Verdict
from copilot.errors import Conflict, CopilotError
from copilot.model import Content, Decision
from copilot.store.audit import verify
from copilot.store.connect import reading
from copilot.store.contents import response_findings
from copilot.store.drafts import get_draft
from copilot.store.exports import decided
from copilot.store.tables import audit_log, response
from tests.conftest import Clock
from tests.copilot.review.desk import TEXT, Desk, a_desk, edited


@pytest.mark.parametrize("pressed", [Decision.ACCEPT, Decision.EDIT])
@pytest.mark.parametrize(
    ("texts", "told"),
    [(("3 + 4 = 8", "8 * 2 = 16"), Decision.ACCEPT), (("3 + 4 = 7", "7 * 2 = 14"), Decision.EDIT)],
)
def test_accept_or_edit_is_told_by_the_text(
    desk: Desk, pressed: Decision, texts: tuple[str, str], told: Decision
) -> None:
    desk.claim()
    draft = desk.open().draft
    new = desk.decide(edited(draft, *texts), decision=pressed)

    assert new.decision is told
    with reading(desk.engine) as db:
        (row,) = decided(db, project_id=desk.place.project_id, task=None)
        assert (row.decision, row.content) == (told, new.content)
        assert tuple(step.text for step in row.content.steps) == texts
        assert get_draft(db, desk.draft.id).content == draft
        equations = [one.verdict for one in response_findings(db, new.id) if one.rule == "arithmetic.equation"]
        assert equations == ([Verdict.FAILS, Verdict.HOLDS] if told is Decision.ACCEPT else [Verdict.HOLDS] * 2)


@pytest.mark.parametrize("decision", list(Decision))
def test_the_same_decision_sent_again_is_stored_once(desk: Desk, decision: Decision) -> None:
    desk.claim()
    draft = desk.open().draft
    text = draft if decision is Decision.ACCEPT else edited(draft, "3 + 4 = 7", "7 * 2 = 14")
    first = desk.decide(text, decision=decision, reason="because")
    desk.clock.tick(minutes=1)

    assert desk.decide(text, decision=decision, reason="because") == first
    with pytest.raises(Conflict, match="already"):
        desk.decide(edited(draft, "another", "text"), version=0 if text is draft else 1)
    assert "another|text" in desk.texts()
    with reading(desk.engine) as db:
        assert db.execute(select(func.count()).select_from(response)).scalar_one() == 1
        actions = list(db.scalars(select(audit_log.c.action).order_by(audit_log.c.number)))
        assert actions.count("response.decided") == 1
        assert verify(db) is None


def test_the_same_decision_sent_twice_at_once_is_stored_once(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    found: list[UUID] = []
    together = threading.Barrier(4)

    def send() -> None:
        together.wait()
        found.append(desk.decide(edited(draft, "3 + 4 = 7", "7 * 2 = 14")).id)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == 1


@pytest.mark.parametrize("reason", [None, "", " \n "])
def test_a_rejection_needs_a_reason(desk: Desk, reason: str | None) -> None:
    desk.claim()
    draft = desk.open().draft

    with pytest.raises(CopilotError, match="needs a reason"):
        desk.decide(draft, decision=Decision.REJECT, reason=reason)
    assert desk.open().version == 0


def test_a_rejection_has_no_text_but_what_was_typed_is_kept(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    new = desk.decide(edited(draft, "I began", "to edit"), decision=Decision.REJECT, reason=" nonsense\r\n")

    assert (new.decision, new.content, new.reason) == (Decision.REJECT, None, "nonsense")
    assert desk.texts() == ["I began|to edit"]
    with reading(desk.engine) as db:
        assert list(decided(db, project_id=desk.place.project_id, task=None)) == []


def test_two_seats_take_two_decisions_and_neither_rater_sees_the_other(engine: Engine, clock: Clock) -> None:
    desk = a_desk(engine, clock, seats=2)
    desk.claim()
    desk.claim(desk.ben)
    before = desk.open(desk.ben)
    desk.save(edited(before.draft, "words", "of Ann"))
    desk.decide(edited(before.draft, "words", "of Ann"), version=1)

    assert desk.open(desk.ben) == before
    desk.decide(before.draft, viewer=desk.ben)
    with reading(engine) as db:
        rows = list(decided(db, project_id=desk.place.project_id, task=None))
    assert [row.decision for row in rows] == [Decision.EDIT, Decision.ACCEPT]
    assert len({row.rater for row in rows}) == 2


def test_newlines_become_lf_and_alone_they_are_no_edit(engine: Engine, clock: Clock) -> None:
    desk = a_desk(engine, clock, Content(response="one\ntwo\nthree"))
    desk.claim()

    assert desk.decide(Content(response="one\r\ntwo\rthree")).decision is Decision.ACCEPT


BAD = {
    "too long": (Content(response="é" * 100_001), "200 kB"),
    "too many steps": (Content(steps=(Step("x"),) * 2001), "2,000 steps"),
    "empty": (Content(response=" \n"), "empty"),
    "of another kind": (Content(steps=(Step("x"),)), "must stay"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD.keys())
def test_a_text_that_cannot_be_one_is_refused(engine: Engine, clock: Clock, content: Content, said: str) -> None:
    desk = a_desk(engine, clock, TEXT)
    desk.claim()

    with pytest.raises(CopilotError, match=said):
        desk.decide(content)
    assert desk.decide(TEXT).decision is Decision.ACCEPT


@pytest.mark.parametrize("text", ["nul \x00 and \ud800", "\u202e bidi \u200b", "𝒳" * 50_000, "'; DROP TABLE item; --"])
def test_any_text_that_fits_is_kept_as_it_was_typed(engine: Engine, clock: Clock, text: str) -> None:
    desk = a_desk(engine, clock, TEXT)
    desk.claim()
    desk.save(Content(response=text))

    assert desk.open().current.response == text
    new = desk.decide(Content(response=text), version=1, reason="x" * 2000)
    assert new.content == Content(response=text)
    with reading(engine) as db:
        (row,) = decided(db, project_id=desk.place.project_id, task=None)
    assert row.content.response == text


def test_a_reason_is_bounded(desk: Desk) -> None:
    desk.claim()

    with pytest.raises(CopilotError, match="2,000 characters"):
        desk.decide(desk.open().draft, decision=Decision.REJECT, reason="x" * 2001)
