from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, insert, select, text, update

from copilot.errors import Conflict, NotFound
from copilot.model import Decision, Queue, Response, Role, Viewer
from copilot.store.connect import reading, writing
from copilot.store.queues import claim_next, held, may_see, queues_for, release, renew
from copilot.store.reviews import put_response
from copilot.store.tables import queue_entry
from tests.conftest import Clock
from tests.copilot.store.making import Place, a_place, a_viewer, put_work, to_queue

HALF_HOUR = timedelta(minutes=30)
ALL = {"review", "returned", "expert:math", "expert:law", "safety", "audit", "adjudication"}
OPEN = {"review", "returned"}

SEES = [
    (Role.ANNOTATOR, (), OPEN),
    (Role.ANNOTATOR, ("math",), OPEN),
    (Role.ANNOTATOR, ("*",), OPEN),
    (Role.EXPERT, (), OPEN),
    (Role.EXPERT, ("math",), OPEN | {"expert:math"}),
    (Role.EXPERT, ("math", "law"), OPEN | {"expert:math", "expert:law"}),
    (Role.EXPERT, ("*",), OPEN | {"expert:math", "expert:law"}),
    (Role.REVIEWER, (), ALL),
    (Role.LEAD, (), ALL),
    (Role.ADMIN, ("*",), ALL),
]


def claim(db: Connection, viewer: Viewer, now: datetime, queue: str = "review") -> UUID | None:
    lease = claim_next(db, viewer, queue=queue, now=now, lease_for=HALF_HOUR)
    return None if lease is None else lease.entry_id


def entry_of(db: Connection, draft_id: UUID) -> UUID:
    found: UUID = db.execute(select(queue_entry.c.id).where(queue_entry.c.draft_id == draft_id)).scalar_one()
    return found


def respond(db: Connection, viewer: Viewer, entry_id: UUID, now: datetime) -> None:
    row = db.execute(select(queue_entry).where(queue_entry.c.id == entry_id)).one()
    reject = Response(uuid4(), entry_id, row.item_id, row.draft_id, viewer.user_id, Decision.REJECT, None, "wrong", now)
    put_response(db, viewer, reject, findings=(), now=now)


@pytest.mark.parametrize(("role", "skills", "sees"), SEES)
def test_each_role_sees_and_claims_from_its_queues_only(
    db: Connection, now: datetime, role: Role, skills: tuple[str, ...], sees: set[str]
) -> None:
    place = a_place(db, now)
    for queue in ALL:
        put_work(db, place, now, to_queue(queue))
    viewer = a_viewer(db, place, now, role, skills)

    assert queues_for(db, viewer, now) == [Queue(queue, waiting=1, mine=0) for queue in sorted(sees)]
    assert {queue for queue in ALL if claim(db, viewer, now, queue)} == sees
    assert {queue for queue in ALL if held(db, viewer, queue=queue, now=now)} == sees
    assert {queue for queue in ALL if may_see(viewer, queue)} == sees


def test_a_skill_that_the_entry_asks_for_is_needed_in_an_open_queue_too(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    put_work(db, place, now, to_queue("review", skill="law"))
    layman, lawyer = a_viewer(db, place, now, skills=["math"]), a_viewer(db, place, now, skills=["law"])

    assert queues_for(db, layman, now) == []
    assert claim(db, layman, now) is None
    assert claim(db, lawyer, now) is not None


def test_another_project_is_as_if_it_were_not_there(db: Connection, now: datetime) -> None:
    here, there = a_place(db, now, "here"), a_place(db, now, "there")
    put_work(db, there, now)
    viewer = a_viewer(db, here, now, Role.ADMIN, ["*"])

    assert queues_for(db, viewer, now) == []
    assert claim(db, viewer, now) is None


def test_higher_priority_comes_first_then_the_older(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    drafts = [put_work(db, place, now, to_queue(priority=priority)) for priority in (1, 5, 1, 9, 5)]
    viewer = a_viewer(db, place, now)

    claimed = [claim(db, viewer, now) for _ in range(6)]
    assert claimed == [*(entry_of(db, drafts[index].id) for index in (3, 1, 4, 0, 2)), None]


def test_the_index_of_open_entries_gives_them_in_order(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    put_work(db, place, now)
    if db.dialect.name == "sqlite":
        plan = db.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT id FROM queue_entry WHERE project_id = 'x' AND queue = 'review' "
                "AND closed_at IS NULL ORDER BY priority DESC, seq LIMIT 1"
            )
        ).all()
        assert "ix_queue_entry_open" in str(plan)
        assert "TEMP B-TREE" not in str(plan)
    else:
        db.execute(text("SET LOCAL enable_seqscan = off"))
        plan = db.execute(
            text(
                f"EXPLAIN SELECT id FROM queue_entry WHERE project_id = '{place.project_id}' AND queue = 'review' "
                "AND closed_at IS NULL ORDER BY priority DESC, seq LIMIT 1"
            )
        ).all()
        assert "ix_queue_entry_open" in str(plan)
        assert "Sort" not in str(plan)


def test_a_seat_is_given_to_one_and_two_seats_to_two(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    draft = put_work(db, place, now, to_queue(seats=2))
    ann, ben, cas = (a_viewer(db, place, now) for _ in range(3))
    entry = entry_of(db, draft.id)

    assert [claim(db, viewer, now) for viewer in (ann, ann, ben, cas)] == [entry, None, entry, None]
    respond(db, ann, entry, now)
    assert claim(db, cas, now) is None
    assert db.execute(select(queue_entry.c.closed_at)).scalar_one() is None
    respond(db, ben, entry, now)
    assert db.execute(select(queue_entry.c.closed_at)).scalar_one() == now
    assert [queues_for(db, viewer, now) for viewer in (ann, ben, cas)] == [[], [], []]


def test_an_expired_lease_frees_its_seat_and_the_fence_rises(db: Connection, clock: Clock) -> None:
    place = a_place(db, clock())
    put_work(db, place, clock())
    ann, ben = a_viewer(db, place, clock()), a_viewer(db, place, clock())
    first = claim_next(db, ann, queue="review", now=clock(), lease_for=HALF_HOUR)
    assert first is not None

    assert claim(db, ben, clock.tick(minutes=29)) is None
    second = claim_next(db, ben, queue="review", now=clock.tick(minutes=1), lease_for=HALF_HOUR)
    assert second is not None
    assert second.entry_id == first.entry_id
    assert second.fence > first.fence
    with pytest.raises(Conflict):
        renew(db, ann, entry_id=first.entry_id, now=clock(), lease_for=HALF_HOUR)
    assert claim(db, ann, clock()) is None


def test_who_let_the_time_run_out_gets_the_same_entry_again_if_it_is_free(db: Connection, clock: Clock) -> None:
    place = a_place(db, clock())
    low = put_work(db, place, clock(), to_queue(priority=0))
    ann = a_viewer(db, place, clock())
    entry = claim(db, ann, clock())
    put_work(db, place, clock(), to_queue(priority=9))

    assert entry == entry_of(db, low.id)
    assert claim(db, ann, clock.tick(hours=1)) == entry


def test_what_was_given_back_is_offered_last_and_free_for_others(db: Connection, clock: Clock) -> None:
    place = a_place(db, clock())
    drafts = [put_work(db, place, clock(), to_queue(priority=priority)) for priority in (9, 1)]
    high, low = (entry_of(db, draft.id) for draft in drafts)
    ann, ben = a_viewer(db, place, clock()), a_viewer(db, place, clock())

    assert claim(db, ann, clock()) == high
    release(db, ann, entry_id=high, now=clock())
    release(db, ann, entry_id=high, now=clock())
    assert queues_for(db, ann, clock()) == [Queue("review", waiting=2, mine=0)]
    assert [claim(db, ann, clock()), claim(db, ann, clock())] == [low, high]
    assert claim(db, ben, clock()) is None
    with pytest.raises(NotFound):
        release(db, ben, entry_id=high, now=clock())


def test_renewing_keeps_the_seat(db: Connection, clock: Clock) -> None:
    place = a_place(db, clock())
    put_work(db, place, clock())
    ann, ben = a_viewer(db, place, clock()), a_viewer(db, place, clock())
    entry = claim(db, ann, clock())
    assert entry is not None

    for _ in range(4):
        lease = renew(db, ann, entry_id=entry, now=clock.tick(minutes=20), lease_for=HALF_HOUR)
        assert lease.expires_at == clock() + HALF_HOUR
        assert claim(db, ben, clock()) is None


def test_nobody_gets_a_draft_twice_not_even_from_another_queue(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    draft = put_work(db, place, now)
    ann, ben = a_viewer(db, place, now, Role.LEAD), a_viewer(db, place, now, Role.LEAD)
    entry = claim(db, ann, now)
    assert entry is not None
    respond(db, ann, entry, now)
    row = dict(db.execute(select(queue_entry).where(queue_entry.c.id == entry)).mappings().one())
    again = {**row, "id": uuid4(), "queue": "audit", "closed_at": None}
    del again["seq"]
    db.execute(insert(queue_entry).values(**again))

    assert draft.id == row["draft_id"]
    assert queues_for(db, ann, now) == []
    assert claim(db, ann, now, "audit") is None
    assert claim(db, ben, now, "audit") == again["id"]


def test_a_closed_entry_is_no_longer_given(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    put_work(db, place, now)
    viewer = a_viewer(db, place, now)
    db.execute(update(queue_entry).values(closed_at=now))

    assert claim(db, viewer, now) is None


@pytest.mark.parametrize("seats", [1, 2])
def test_eight_threads_claim_two_hundred_entries_and_no_seat_twice(engine: Engine, now: datetime, seats: int) -> None:
    entries = 200 // seats
    with writing(engine) as db:
        place = a_place(db, now)
        for number in range(entries):
            put_work(db, place, now, to_queue(priority=number % 3, seats=seats))
        viewers = [a_viewer(db, place, now) for _ in range(8)]
    claimed: list[tuple[UUID, UUID]] = []
    together = threading.Barrier(8)

    def work(viewer: Viewer) -> None:
        together.wait()
        misses = 0
        while misses < 3:
            with writing(engine) as db:
                entry = claim(db, viewer, now)
            misses = misses + 1 if entry is None else 0
            if entry is not None:
                claimed.append((entry, viewer.user_id))

    threads = [threading.Thread(target=work, args=(viewer,)) for viewer in viewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(claimed)) == len(claimed) == 200
    assert set(Counter(entry for entry, _ in claimed).values()) == {seats}
    with reading(engine) as db:
        assert db.execute(text("SELECT count(*) FROM lease")).scalar() == 200


def test_losing_a_skill_takes_its_queue_away(db: Connection, now: datetime) -> None:
    place: Place = a_place(db, now)
    put_work(db, place, now, to_queue("expert:law", skill="law"))
    expert = a_viewer(db, place, now, Role.EXPERT, ["law"])
    assert claim(db, expert, now, "expert:law") is not None

    layman = replace(expert, skills=frozenset())
    assert queues_for(db, layman, now) == []
    assert held(db, layman, queue="expert:law", now=now) is None
