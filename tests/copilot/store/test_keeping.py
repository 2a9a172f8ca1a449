"""The store keeps what it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from checkers import (
    AnswerClaim,
    CitesClaim,
    Constraint,
    Finding,
    Json,
    LetClaim,
    Reference,
    RelationClaim,
    Source,
    StateClaim,
    Step,
    Verdict,
)
from copilot.errors import NotFound
from copilot.model import Checked, Content, Item, Message, TaskName
from copilot.store.connect import reading, writing
from copilot.store.contents import draft_findings
from copilot.store.documents import content_as_json, content_from, findings_as_json, findings_from
from copilot.store.drafts import drafted, get_draft, put_checked
from copilot.store.items import get_item, put_items
from copilot.store.tables import draft_step, finding, project
from tests.copilot.store.making import STEPS, WRONG, a_draft, a_place, an_item, put_work, to_queue

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

any_text = st.text(st.characters(exclude_categories=[]), max_size=40)
"""Every code point there is: U+0000, lone surrogates and noncharacters too."""
json_values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(any_text, json_values, max_size=3)
claims = st.one_of(
    st.builds(RelationClaim, any_text, any_text, any_text),
    st.builds(LetClaim, any_text, any_text, any_text),
    st.builds(StateClaim, any_text, any_text, st.lists(any_text, max_size=3).map(tuple), any_text),
    st.builds(CitesClaim, any_text, any_text),
    st.builds(AnswerClaim, any_text),
)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
steps = st.builds(Step, any_text, st.uuids().map(str), st.none() | claims)
contents = st.builds(
    Content,
    response=st.none() | any_text,
    steps=st.lists(steps, max_size=4, unique_by=lambda step: step.id).map(tuple),
    answer=st.none() | any_text,
)
findings = st.builds(
    Finding,
    verdict=st.sampled_from(Verdict),
    span=spans,
    message=any_text,
    step=st.none() | st.integers(0, 2000),
    rule=any_text,
    version=st.integers(0, 1000),
    evidence=objects,
    repair=st.none() | any_text,
    carried=st.booleans(),
)
constraints = st.builds(Constraint, any_text, objects, st.sampled_from(["given", "reader"]), st.none() | spans)
items = st.builds(
    Item,
    id=any_text,
    messages=st.lists(st.builds(Message, any_text, any_text), min_size=1, max_size=3).map(tuple),
    task=st.none() | st.sampled_from(TaskName),
    domain=st.none() | any_text,
    constraints=st.lists(constraints, max_size=2).map(tuple),
    reference=st.builds(Reference, st.none() | any_text, st.none() | any_text),
    sources=st.lists(st.builds(Source, any_text, any_text, any_text, any_text), max_size=2).map(tuple),
    safety=st.booleans(),
    metadata=objects,
)
many = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@many
@given(item=items)
def test_an_item_comes_back_as_it_was(engine: Engine, item: Item) -> None:
    with writing(engine) as db:
        place = a_place(db, NOW, f"p{uuid4()}")
        put = put_items(db, project_id=place.project_id, items=[item], now=NOW)[0]
        again = put_items(db, project_id=place.project_id, items=[item], now=NOW)[0]
        assert get_item(db, put.item_id) == item
        assert (put.state, again.state, again.item_id) == ("new", "same", put.item_id)


@many
@given(content=contents, found=st.lists(findings, max_size=4).map(tuple))
def test_a_draft_and_its_findings_come_back_as_they_were(
    engine: Engine, content: Content, found: tuple[Finding, ...]
) -> None:
    with writing(engine) as db:
        place = a_place(db, NOW, f"p{uuid4()}")
        put = put_items(db, project_id=place.project_id, items=[an_item()], now=NOW)[0]
        draft = a_draft(place, put.item_id, NOW, content)
        put_checked(db, project_id=place.project_id, checked=[Checked(draft, found, to_queue())], now=NOW)
        assert get_draft(db, draft.id) == draft
        assert draft_findings(db, draft.id) == found


@many
@given(content=contents, found=st.lists(findings, max_size=4).map(tuple))
def test_a_document_comes_back_as_it_was(content: Content, found: tuple[Finding, ...]) -> None:
    assert content_from(content_as_json(content)) == content
    assert findings_from(findings_as_json(found)) == found


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "\ufdd0", "\ufdd00000", "\ufdd0fdd0", "plain 𝒳 é", ""])
def test_text_that_a_database_refuses_is_escaped_and_other_text_is_left(db: Connection, text: str) -> None:
    db.execute(insert(project).values(id=uuid4(), name=text, created_at=NOW))

    assert db.scalars(select(project.c.name)).all() == [text]
    stored = db.exec_driver_sql("SELECT name FROM project").scalar_one()
    assert (stored == text) == text.isprintable() or "\ufdd0" in text


def test_a_changed_item_is_told_and_the_stored_one_stands(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    first, other = an_item("a", "one"), an_item("a", "two")
    put = put_items(db, project_id=place.project_id, items=[first, other, first, an_item("b")], now=now)

    assert [one.state for one in put] == ["new", "changed", "same", "new"]
    assert len({one.item_id for one in put[:3]}) == 1
    assert get_item(db, put[1].item_id) == first


def test_projects_have_their_own_items(db: Connection, now: datetime) -> None:
    one, other = a_place(db, now, "one"), a_place(db, now, "other")
    here = put_items(db, project_id=one.project_id, items=[an_item("a", "x")], now=now)[0]
    there = put_items(db, project_id=other.project_id, items=[an_item("a", "y")], now=now)[0]

    assert (here.state, there.state) == ("new", "new")
    assert here.item_id != there.item_id


def test_a_draft_of_the_same_item_and_request_is_stored_once(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    item = put_items(db, project_id=place.project_id, items=[an_item()], now=now)[0]
    first, twin = (a_draft(place, item.item_id, now, key="same") for _ in range(2))
    other = a_draft(place, item.item_id, now, key="other")

    def put(*drafts: object) -> int:
        checked = [Checked(one, (WRONG,), to_queue()) for one in drafts]  # type: ignore[arg-type]
        return put_checked(db, project_id=place.project_id, checked=checked, now=now)

    assert (put(first), put(first, twin), put(twin, other)) == (1, 0, 1)
    assert get_draft(db, first.id).content.answer == STEPS.answer
    with pytest.raises(NotFound):
        get_draft(db, twin.id)
    keys = drafted(db, project_id=place.project_id, request_keys=["same", "other", "third"])
    assert keys == {(item.item_id, "same"), (item.item_id, "other")}


def test_what_is_drafted_is_told_of_thousands_of_requests(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    draft = put_work(db, place, now)
    keys = [draft.request_key, *(f"k{number}" for number in range(40_000))]

    assert drafted(db, project_id=place.project_id, request_keys=keys) == {(draft.item_id, draft.request_key)}
    elsewhere = a_place(db, now, "elsewhere")
    assert drafted(db, project_id=elsewhere.project_id, request_keys=keys) == set()


def test_steps_get_ids_that_are_theirs_alone(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    content = Content(steps=(Step("a", "one"), Step("b", "one"), Step("c"), Step("d", "")), answer="x")
    draft = put_work(db, place, now, content=content)

    ids = [step.id for step in get_draft(db, draft.id).content.steps]
    assert ids[0] == "one"
    assert len(set(ids)) == 4
    assert None not in ids


def test_a_finding_belongs_to_exactly_one(engine: Engine, now: datetime) -> None:
    row = {"rule": "r", "version": 1, "verdict": "holds", "span_start": 0, "span_end": 0}
    row |= {"message": "", "evidence": {}, "carried": 0}

    def put() -> None:
        with writing(engine) as db:
            db.execute(insert(finding).values(**row))

    with pytest.raises(IntegrityError, match="one_owner"):
        put()


def test_a_row_without_its_parent_is_refused(engine: Engine) -> None:
    def put() -> None:
        with writing(engine) as db:
            db.execute(insert(draft_step).values(draft_id=uuid4(), position=0, step_id="x", text=""))

    with pytest.raises(IntegrityError):
        put()


def test_times_come_back_in_utc_and_naive_ones_are_refused(engine: Engine) -> None:
    summer = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with writing(engine) as db:
        db.execute(insert(project).values(id=uuid4(), name="x", created_at=summer))
    with reading(engine) as db:
        (found,) = db.scalars(select(project.c.created_at))
    assert (found, found.tzinfo) == (summer, UTC)

    def put_naive() -> None:
        with writing(engine) as db:
            db.execute(insert(project).values(id=uuid4(), name="y", created_at=summer.replace(tzinfo=None)))

    with pytest.raises(StatementError, match="without a zone"):
        put_naive()


@pytest.mark.parametrize("cost", ["0", "0.000000150", "12345.678901234567", "1E-12", "0.1"])
def test_money_is_exact_to_the_picodollar(engine: Engine, cost: str, now: datetime) -> None:
    with writing(engine) as db:
        place = a_place(db, now)
        item = put_items(db, project_id=place.project_id, items=[an_item()], now=now)[0]
        draft = replace(a_draft(place, item.item_id, now), cost=Decimal(cost))
        put_checked(db, project_id=place.project_id, checked=[Checked(draft, (), to_queue())], now=now)
        assert get_draft(db, draft.id).cost == Decimal(cost).quantize(Decimal("1E-12"))
