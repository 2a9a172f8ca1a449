from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select

from checkers import RelationClaim, Step, Verdict, check
from copilot import review
from copilot.errors import Conflict, CopilotError, NotFound
from copilot.model import Content, Decision, Draft, Queue, Response, Role, Viewer, Work
from copilot.review import EditConflict
from copilot.store.audit import verify
from copilot.store.connect import reading, writing
from copilot.store.contents import response_findings
from copilot.store.drafts import get_draft
from copilot.store.exports import decided
from copilot.store.tables import audit_log, autosave, queue_entry, response
from tests.conftest import Clock
from tests.copilot.store.making import STEPS, WRONG, Place, a_place, a_viewer, put_work, to_queue

TEXT = Content(response="It is 3 + 4 = 8.")


@dataclass
class Desk:
    """One entry that waits for Ann or Ben."""

    engine: Engine
    clock: Clock
    place: Place
    draft: Draft
    ann: Viewer
    ben: Viewer
    entry_id: UUID

    @property
    def now(self) -> datetime:
        return self.clock()

    def claim(self, viewer: Viewer | None = None) -> UUID | None:
        return review.claim(self.engine, viewer or self.ann, queue="review", now=self.now)

    def open(self, viewer: Viewer | None = None) -> Work:
        return review.open_work(self.engine, viewer or self.ann, entry_id=self.entry_id, now=self.now)

    def save(self, content: Content, *, version: int = 0, viewer: Viewer | None = None) -> Work:
        return review.save(
            self.engine, viewer or self.ann, entry_id=self.entry_id, content=content, version=version, now=self.now
        )

    def decide(
        self,
        content: Content,
        *,
        version: int = 0,
        decision: Decision = Decision.ACCEPT,
        reason: str | None = None,
        viewer: Viewer | None = None,
    ) -> Response:
        return review.decide(
            self.engine,
            viewer or self.ann,
            entry_id=self.entry_id,
            decision=decision,
            content=content,
            version=version,
            reason=reason,
            now=self.now,
        )

    def texts(self) -> list[str]:
        """Every working text that is stored."""
        with reading(self.engine) as db:
            rows = db.execute(select(autosave.c.content).order_by(autosave.c.seq)).scalars()
            return [one["response"] or "|".join(step["text"] for step in one["steps"]) for one in rows]


def a_desk(engine: Engine, clock: Clock, content: Content = STEPS, seats: int = 1) -> Desk:
    with writing(engine) as db:
        place = a_place(db, clock())
        draft = put_work(db, place, clock(), to_queue(seats=seats), content=content)
        ann, ben = a_viewer(db, place, clock()), a_viewer(db, place, clock())
        entry_id = db.execute(select(queue_entry.c.id)).scalar_one()
    return Desk(engine, clock, place, draft, ann, ben, entry_id)


@pytest.fixture
def desk(engine: Engine, clock: Clock) -> Desk:
    return a_desk(engine, clock)


def edited(content: Content, *texts: str) -> Content:
    """The same steps, by their ids, with other texts."""
    steps = tuple(Step(text, step.id) for step, text in zip(content.steps, texts, strict=True))
    return replace(content, steps=steps)


def test_an_entry_is_seen_claimed_opened_and_decided(desk: Desk) -> None:
    assert review.queues(desk.engine, desk.ann, now=desk.now) == [Queue("review", waiting=1, mine=0)]
    assert desk.claim() == desk.entry_id
    assert review.queues(desk.engine, desk.ann, now=desk.now) == [Queue("review", waiting=0, mine=1)]
    assert review.queues(desk.engine, desk.ben, now=desk.now) == []

    work = desk.open()
    assert (work.version, work.current, work.findings) == (0, work.draft, work.draft_findings)
    assert [step.text for step in work.draft.steps] == ["3 + 4 = 8", "8 * 2 = 16"]
    assert work.draft_findings == (WRONG,)
    assert (work.draft_origin, work.reason, work.queue) == ("scripted · cot@abc", "a step fails", "review")

    new = desk.decide(work.current)
    assert (new.decision, new.rater_id, new.draft_id) == (Decision.ACCEPT, desk.ann.user_id, desk.draft.id)
    assert review.queues(desk.engine, desk.ann, now=desk.now) == []
    assert desk.claim() is None


def test_a_closed_tab_gets_its_entry_back(desk: Desk) -> None:
    with writing(desk.engine) as db:
        put_work(db, desk.place, desk.now, to_queue(priority=9))
    first = desk.claim()
    desk.clock.tick(minutes=20)

    assert desk.claim() == first
    desk.clock.tick(minutes=20)
    assert desk.claim() == first


def test_an_edit_is_checked_again_and_kept_with_its_findings(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    work = desk.save(edited(draft, "3 + 4 = 7", "7 * 2 = 15"))

    assert work.version == 1
    assert [step.id for step in work.current.steps] == [step.id for step in draft.steps]
    verdicts = [(one.step, one.verdict) for one in work.findings if one.rule == "arithmetic.equation"]
    assert verdicts == [(0, Verdict.HOLDS), (1, Verdict.FAILS)]
    assert desk.open() == work
    assert (work.draft, work.draft_findings) == (draft, (WRONG,))


def test_a_team_may_choose_the_rules_of_the_re_check(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    work = review.save(
        desk.engine,
        desk.ann,
        entry_id=desk.entry_id,
        content=edited(draft, "3 + 4 = 9", "9 * 2 = 18"),
        version=0,
        now=desk.now,
        check=partial(check, ignore=["arithmetic"]),
    )

    assert not [one for one in work.findings if one.rule.startswith("arithmetic")]


def test_saving_keeps_the_seat(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    for version in range(4):
        desk.clock.tick(minutes=20)
        desk.save(edited(draft, f"3 + 4 = {version}", "x"), version=version)
        assert desk.claim(desk.ben) is None


def test_what_is_not_the_viewers_is_as_if_it_were_not_there(desk: Desk) -> None:
    desk.claim()
    errors = []
    for viewer, entry_id in [(desk.ben, desk.entry_id), (desk.ben, uuid4()), (desk.ann, uuid4())]:
        calls: list[Callable[[], object]] = [
            partial(review.open_work, desk.engine, viewer, entry_id=entry_id, now=desk.now),
            partial(review.save, desk.engine, viewer, entry_id=entry_id, content=TEXT, version=0, now=desk.now),
            partial(
                review.decide,
                desk.engine,
                viewer,
                entry_id=entry_id,
                decision=Decision.ACCEPT,
                content=TEXT,
                version=0,
                reason=None,
                now=desk.now,
            ),
            partial(review.release, desk.engine, viewer, entry_id=entry_id, now=desk.now),
        ]
        for call in calls:
            with pytest.raises(NotFound) as error:
                call()
            errors.append((error.value.what, error.value.hint))

    assert len(set(errors)) == 1
    assert desk.texts() == []


def test_somebody_of_another_project_finds_nothing(desk: Desk) -> None:
    desk.claim()
    with writing(desk.engine) as db:
        elsewhere = a_place(db, desk.now, "elsewhere")
        eve = a_viewer(db, elsewhere, desk.now, Role.ADMIN, ["*"])

    assert desk.claim(eve) is None
    with pytest.raises(NotFound):
        desk.open(replace(desk.ann, project_id=elsewhere.project_id))
    with pytest.raises(NotFound):
        desk.open(eve)


def test_two_windows_do_not_overwrite_each_other(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    first = desk.save(edited(draft, "from the first", "window"))
    with pytest.raises(EditConflict) as error:
        desk.save(edited(draft, "from the other", "window"))
    conflict = error.value

    assert [step.text for step in conflict.mine.steps] == ["from the other", "window"]
    assert conflict.theirs == first.current
    assert conflict.version == 1
    assert desk.texts() == ["from the first|window"]
    assert desk.save(conflict.mine, version=conflict.version).version == 2
    assert desk.texts() == ["from the other|window"]
    with pytest.raises(EditConflict):
        desk.decide(first.current, version=1)


def test_a_save_whose_reply_was_lost_may_be_sent_again(desk: Desk) -> None:
    desk.claim()
    text = Content(steps=(*desk.open().draft.steps, Step("so it is 16")), answer="16")
    first = desk.save(text)

    assert desk.save(text) == first


def test_late_words_are_kept_and_the_other_raters_work_stays_whole(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    desk.save(edited(draft, "early words", "of Ann"))
    desk.clock.tick(minutes=31)
    assert desk.claim(desk.ben) == desk.entry_id
    bens = desk.save(edited(draft, "words", "of Ben"), viewer=desk.ben)

    with pytest.raises(Conflict, match="ran out") as late:
        desk.save(edited(draft, "late words", "of Ann"), version=1)
    with pytest.raises(Conflict, match="ran out"):
        desk.decide(edited(draft, "latest words", "of Ann"), version=2)
    with pytest.raises(NotFound):
        desk.open()

    assert not isinstance(late.value, EditConflict)
    assert desk.texts() == ["latest words|of Ann", "words|of Ben"]
    assert desk.open(desk.ben) == bens
    desk.decide(bens.current, version=1, viewer=desk.ben)
    with pytest.raises(Conflict):
        desk.save(edited(draft, "last words", "of Ann"), version=3)
    assert desk.texts() == ["last words|of Ann", "words|of Ben"]
    with reading(desk.engine) as db:
        assert db.execute(select(func.count()).select_from(response)).scalar_one() == 1


def test_who_comes_back_late_to_a_free_entry_goes_on_with_the_kept_text(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    desk.clock.tick(hours=1)
    with pytest.raises(Conflict):
        desk.save(edited(draft, "late", "words"))

    assert desk.claim() == desk.entry_id
    assert [step.text for step in desk.open().current.steps] == ["late", "words"]
    assert desk.open().version == 1


def test_what_was_given_back_is_refused_and_kept(desk: Desk) -> None:
    desk.claim()
    draft = desk.open().draft
    review.release(desk.engine, desk.ann, entry_id=desk.entry_id, now=desk.now)

    with pytest.raises(NotFound):
        desk.open()
    with pytest.raises(Conflict):
        desk.decide(edited(draft, "after", "all"))
    with pytest.raises(Conflict):
        review.renew(desk.engine, desk.ann, entry_id=desk.entry_id, now=desk.now)
    assert desk.texts() == ["after|all"]
    assert desk.claim(desk.ben) == desk.entry_id


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


def test_steps_keep_their_ids_and_new_ones_get_their_own(desk: Desk) -> None:
    desk.claim()
    one, two = desk.open().draft.steps
    moved = Content(
        steps=(Step("new"), two, Step("made up", "not an id of ours"), replace(one, text="x"), one), answer="16"
    )
    current = desk.save(moved).current

    ids = [step.id for step in current.steps]
    assert (ids[1], ids[3]) == (two.id, one.id)
    assert len(set(ids)) == 5
    assert "not an id of ours" not in ids
    again = desk.save(replace(current, steps=current.steps[::-1]), version=1).current
    assert [step.id for step in again.steps] == ids[::-1]


def test_a_claim_goes_with_its_words_and_not_with_others(engine: Engine, clock: Clock) -> None:
    claim = RelationClaim("3 + 4", "=", "7")
    desk = a_desk(engine, clock, Content(steps=(Step("a is 7", claim=claim), Step("b is 7", claim=claim)), answer="7"))
    desk.claim()
    current = desk.save(edited(desk.open().draft, "a is 7", "b is 8")).current

    assert [step.claim for step in current.steps] == [claim, None]


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
