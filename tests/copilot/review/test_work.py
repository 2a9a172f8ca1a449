from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select

from checkers import RelationClaim, Step, Verdict, check
from copilot import review
from copilot.errors import Conflict, NotFound
from copilot.model import Content, Decision, Queue, Role
from copilot.review import EditConflict
from copilot.store.connect import reading, writing
from copilot.store.tables import response
from tests.conftest import Clock
from tests.copilot.review.desk import TEXT, Desk, a_desk, edited
from tests.copilot.store.making import WRONG, a_place, a_viewer, put_work, to_queue


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
        fence=desk.fence(),
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
            partial(
                review.save, desk.engine, viewer, entry_id=entry_id, content=TEXT, version=0, fence=1, now=desk.now
            ),
            partial(
                review.decide,
                desk.engine,
                viewer,
                entry_id=entry_id,
                decision=Decision.ACCEPT,
                content=TEXT,
                version=0,
                fence=1,
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


def test_a_page_of_an_earlier_hold_changes_nothing_but_the_raters_own_text(desk: Desk) -> None:
    desk.claim()
    old, draft = desk.fence(), desk.open().draft
    desk.clock.tick(minutes=31)
    assert desk.claim(desk.ben) == desk.entry_id
    review.release(desk.engine, desk.ben, entry_id=desk.entry_id, now=desk.now)
    assert desk.claim() == desk.entry_id
    assert desk.fence() > old
    until = desk.open().lease.expires_at
    desk.clock.tick(minutes=5)

    with pytest.raises(Conflict, match="earlier hold") as late:
        desk.save(edited(draft, "saved from", "the old page"), fence=old)
    assert not isinstance(late.value, EditConflict)
    assert desk.texts() == ["saved from|the old page"]
    with pytest.raises(Conflict, match="earlier hold"):
        desk.decide(edited(draft, "accepted from", "the old page"), version=1, fence=old)
    assert desk.texts() == ["accepted from|the old page"]

    assert desk.open().lease.expires_at == until
    assert desk.decide(desk.open().current, version=2).decision is Decision.EDIT


def test_a_hold_that_goes_on_keeps_its_fence(desk: Desk) -> None:
    desk.claim()
    first = desk.open().lease
    desk.clock.tick(minutes=20)
    saved = desk.save(edited(first_draft := desk.open().draft, "a", "b")).lease
    desk.clock.tick(minutes=20)
    desk.claim()

    assert [saved.fence, desk.open().lease.fence] == [first.fence] * 2
    assert desk.decide(first_draft, version=1, fence=first.fence).decision is Decision.ACCEPT


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
