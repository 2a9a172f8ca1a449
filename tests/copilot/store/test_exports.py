from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, select

from checkers import Verdict
from copilot.errors import NotFound
from copilot.model import Charge, Checked, Content, Decision, Outcome, Response, Route, TaskName, Usage, Viewer
from copilot.store.connect import reading, writing
from copilot.store.drafts import put_checked
from copilot.store.exports import LeftOut, decided, left_out
from copilot.store.items import put_items
from copilot.store.ledger import Spent, charge, spent
from copilot.store.reviews import put_response
from copilot.store.runs import list_runs
from copilot.store.tables import membership, queue_entry
from copilot.store.tally import tally
from tests.copilot.store.making import STEPS, Place, a_draft, a_place, a_viewer, an_item, put_work, to_queue

TEXT = Content(response="Seven, twice: 14.")


def respond(
    db: Connection, viewer: Viewer, draft_id: object, decision: Decision, now: datetime, content: Content = STEPS
) -> Response:
    row = db.execute(select(queue_entry).where(queue_entry.c.draft_id == draft_id)).one()
    new = Response(
        id=uuid4(),
        entry_id=row.id,
        item_id=row.item_id,
        draft_id=row.draft_id,
        rater_id=viewer.user_id,
        decision=decision,
        content=None if decision is Decision.REJECT else content,
        reason="wrong" if decision is Decision.REJECT else None,
        created_at=now,
    )
    put_response(db, viewer, new, findings=(), now=now)
    return new


def test_what_people_decided_comes_out_in_order_with_its_cause(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    ann = a_viewer(db, place, now)
    drafts = [put_work(db, place, now) for _ in range(4)]
    third = respond(db, ann, drafts[2].id, Decision.ACCEPT, now)
    first = respond(db, ann, drafts[0].id, Decision.EDIT, now, Content(steps=STEPS.steps[:1], answer="14"))
    respond(db, ann, drafts[1].id, Decision.REJECT, now)

    rows = list(decided(db, project_id=place.project_id, task=TaskName.COT))
    assert [row.response_id for row in rows] == [third.id, first.id]
    assert [row.decision for row in rows] == [Decision.ACCEPT, Decision.EDIT]
    assert [step.text for step in rows[1].content.steps] == ["3 + 4 = 8"]
    assert (rows[1].content.answer, rows[1].model, rows[1].prompt) == ("14", "scripted", "cot@abc")
    assert {row.rater for row in rows} == set(db.scalars(select(membership.c.alias)))
    assert ann.name not in {row.rater for row in rows}
    assert left_out(db, project_id=place.project_id, task=TaskName.COT) == LeftOut(rejected=1, waiting=1, machine=0)


def test_a_task_and_a_project_are_kept_apart(db: Connection, now: datetime) -> None:
    place, other = a_place(db, now), a_place(db, now, "other")
    ann, ben = a_viewer(db, place, now), a_viewer(db, other, now)
    respond(db, ann, put_work(db, place, now).id, Decision.ACCEPT, now)
    respond(db, ann, put_work(db, place, now, content=TEXT).id, Decision.ACCEPT, now, TEXT)
    respond(db, ben, put_work(db, other, now, content=TEXT).id, Decision.ACCEPT, now, TEXT)

    def tasks(project: Place, task: TaskName | None) -> list[TaskName]:
        return [row.task for row in decided(db, project_id=project.project_id, task=task)]

    assert tasks(place, None) == [TaskName.COT, TaskName.SFT]
    assert tasks(place, TaskName.SFT) == [TaskName.SFT]
    assert tasks(other, TaskName.COT) == []
    assert left_out(db, project_id=other.project_id, task=None) == LeftOut(0, 0, 0)


def test_an_entry_with_a_free_seat_is_not_decided_yet(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    ann, ben = a_viewer(db, place, now), a_viewer(db, place, now)
    draft = put_work(db, place, now, to_queue(seats=2))
    respond(db, ann, draft.id, Decision.ACCEPT, now)

    assert list(decided(db, project_id=place.project_id, task=None)) == []
    respond(db, ben, draft.id, Decision.REJECT, now)
    assert [row.decision for row in decided(db, project_id=place.project_id, task=None)] == [Decision.ACCEPT]


def test_more_rows_than_a_page_come_out_once_each(engine: Engine, now: datetime) -> None:
    with writing(engine) as db:
        place = a_place(db, now)
        ann = a_viewer(db, place, now)
        wanted = [
            respond(db, ann, put_work(db, place, now, findings=()).id, Decision.ACCEPT, now).id for _ in range(401)
        ]
    with reading(engine) as db:
        assert [row.response_id for row in decided(db, project_id=place.project_id, task=None)] == wanted


def test_a_call_is_charged_once_and_a_request_for_each_of_its_calls(db: Connection, now: datetime) -> None:
    place, other = a_place(db, now), a_place(db, now, "other")

    def bill(key: str, cost: str | None) -> bool:
        price = None if cost is None else Decimal(cost)
        billed = Charge(key, "m", Usage(10, 5), price)
        return charge(db, run_id=place.run_id, request_key="one request", billed=billed, now=now)

    assert [bill("a", "0.1"), bill("a", "0.1"), bill("b", "0.2"), bill("c", None)] == [True, False, True, True]
    assert spent(db, place.project_id) == Spent(Decimal("0.3"), Usage(30, 15), calls=3, unpriced=1)
    assert spent(db, other.project_id) == Spent(Decimal(0), Usage(), calls=0, unpriced=0)
    with pytest.raises(NotFound):
        charge(db, run_id=uuid4(), request_key="d", billed=Charge("d", "m", Usage(), None), now=now)


def test_the_tally_counts_drafts_verdicts_queues_and_cost(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    later = a_place(db, now)
    for queue in ("review", "review", "expert:math"):
        put_work(db, place, now, to_queue(queue))
    item = put_items(db, project_id=place.project_id, items=[an_item("accepted")], now=now)[0]
    accepted = replace(a_draft(later, item.item_id, now), cost=None)
    route = Route(Outcome.ACCEPT, None, "every step holds")
    put_checked(db, project_id=place.project_id, checked=[Checked(accepted, (), route)], now=now)

    counts = tally(db, project_id=place.project_id)
    assert (counts.drafted, counts.accepted, counts.unpriced) == (4, 1, 1)
    assert counts.waiting == {"expert:math": 1, "review": 2}
    assert counts.findings == {Verdict.HOLDS: 0, Verdict.FAILS: 3, Verdict.SUSPICIOUS: 0, Verdict.UNKNOWN: 0}
    assert (counts.usage, counts.cost) == (Usage(44, 28), Decimal("0.000369"))
    mine = tally(db, project_id=place.project_id, run_id=later.run_id)
    assert (mine.drafted, mine.waiting, mine.cost) == (1, {}, Decimal(0))
    assert [(run.id, run.drafted) for run in list_runs(db, project_id=place.project_id)] == [
        (later.run_id, 1),
        (place.run_id, 3),
    ]
