"""Items that are duplicates, or declared to be of one group, get one group on both databases and keep it."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, update

from copilot.model import Decision, Item, Message
from copilot.store.connect import reading, writing
from copilot.store.exports import decided
from copilot.store.groups import groups_of
from copilot.store.items import put_items
from copilot.store.tables import item, item_key
from tests.copilot.store.making import Place, a_place, a_viewer, an_item, put_work
from tests.copilot.store.test_exports import respond

RIVER = "Write a short story about a ferryman who finds a letter in a bottle and answers it before the {} comes."


def put(db: Connection, place: Place, items: list[Item], now: datetime) -> list[UUID]:
    """The group of each, as it is when all are in."""
    ids = [one.item_id for one in put_items(db, project_id=place.project_id, items=items, now=now)]
    groups = groups_of(db, place.project_id, ids)
    return [groups[each] for each in ids]


def shape(groups: list[UUID]) -> list[int]:
    """Which of them are equal, whatever they are."""
    return [groups.index(group) for group in groups]


@pytest.mark.parametrize(
    ("prompts", "wanted"),
    [
        (["Name a river.", "Name a lake.", "Name  a river. "], [0, 1, 0]),
        ([RIVER.format("storm"), RIVER.format("winter"), RIVER.format("2 storms")], [0, 0, 2]),
        (["What is 3+4?", "What is 5+4?", "what is 3+4"], [0, 1, 0]),
        (["😀", "😀😀", "😀"], [0, 1, 0]),
    ],
)
@pytest.mark.parametrize("is_one_batch", [True, False], ids=["in one batch", "one by one"])
def test_duplicates_are_of_one_group(
    db: Connection, now: datetime, prompts: list[str], wanted: list[int], is_one_batch: bool
) -> None:
    place = a_place(db, now)
    items = [an_item(f"item {number}", prompt) for number, prompt in enumerate(prompts)]

    groups = put(db, place, items, now) if is_one_batch else [put(db, place, [one], now)[0] for one in items]

    assert shape(groups) == wanted


def test_what_is_declared_stays_together_whatever_it_says(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    items = [
        Item("a", (Message("user", "Name a river."),), metadata={"group_id": "rivers"}),
        Item("b", (Message("user", "Which lake is the deepest?"),), metadata={"group_id": "rivers"}),
        Item("c", (Message("user", "Who was Ada?"),), metadata={"group_id": "people"}),
        Item("d", (Message("user", "who was ada"),)),
        Item("e", (Message("user", "Why is it so?"),), metadata={"group_id": 7}),
        Item("f", (Message("user", "And how is it done?"),), metadata={"group_id": "7"}),
    ]

    assert shape(put(db, place, items, now)) == [0, 0, 2, 2, 4, 4]


def test_an_item_that_is_like_two_groups_makes_one_of_them(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    river = Item("a", (Message("user", "Name a river."),))
    other = Item("b", (Message("user", "Which lake is the deepest?"),), metadata={"group_id": "g"})
    both = Item("c", (Message("user", "name a river"),), metadata={"group_id": "g"})

    assert shape(put(db, place, [river, other], now)) == [0, 1]
    put(db, place, [both], now)

    assert shape(put(db, place, [river, other, both], now)) == [0, 0, 0]


def test_groups_that_were_joined_over_and_over_are_found(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    for number in range(6):
        named = Item(f"n{number}", (Message("user", f"Something else entirely, {'abcdef'[number]}."),))
        declared = Item(f"d{number}", named.messages, metadata={"group_id": f"g{number}"})
        put(db, place, [named, declared], now)
    chain = [
        Item(
            f"j{number}", (Message("user", f"Something else entirely, {'abcdef'[number]}."),), metadata={"group_id": g}
        )
        for number, g in ((5, "g4"), (3, "g2"), (4, "g3"), (1, "g0"), (2, "g1"))
    ]

    groups = put(db, place, chain, now)
    last = put(db, place, chain, now)

    assert len(groups) == 5
    assert shape(last) == [0, 0, 0, 0, 0]


def test_projects_know_nothing_of_one_another(db: Connection, now: datetime) -> None:
    one, other = a_place(db, now), a_place(db, now, "other")

    assert put(db, one, [an_item("a")], now) != put(db, other, [an_item("a")], now)


def test_an_item_that_is_there_is_not_keyed_again(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    first = put(db, place, [an_item("a")], now)
    count = db.execute(select(func.count()).select_from(item_key)).scalar_one()

    assert put(db, place, [an_item("a"), an_item("a")], now) == first * 2
    assert db.execute(select(func.count()).select_from(item_key)).scalar_one() == count


def test_of_two_new_items_with_one_id_the_first_is_stored(db: Connection, now: datetime) -> None:
    place = a_place(db, now)

    put_ = put_items(db, project_id=place.project_id, items=[an_item("a", "One?"), an_item("a", "Two?")], now=now)

    assert [one.state for one in put_] == ["new", "changed"]


def test_an_item_of_before_groups_is_a_group_of_its_own(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    made = UUID(int=9)
    db.execute(
        insert(item).values(
            id=made, project_id=place.project_id, external_id="old", digest="0", body={}, created_at=now, group_id=None
        )
    )

    assert groups_of(db, place.project_id, [made]) == {made: made}


def test_two_writers_at_once_put_like_items_into_one_group(engine: Engine, now: datetime) -> None:
    with writing(engine) as db:
        place = a_place(db, now)

    def take(number: int) -> UUID:
        with writing(engine) as db:
            name = RIVER.format(random.Random(number).choice(["storm", "winter", "ice", "rain"]))
            return put_items(db, project_id=place.project_id, items=[an_item(f"i{number}", name)], now=now)[0].item_id

    with ThreadPoolExecutor(4) as threads:
        ids = list(threads.map(take, range(16)))

    with reading(engine) as db:
        assert len(set(groups_of(db, place.project_id, ids).values())) == 1


def test_a_crowd_of_like_items_is_one_group_in_bounded_work(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    words = ["storm", "winter", "ice", "rain", "snow", "night", "day", "sun", "moon", "wind"]
    items = [an_item(f"i{n}", f"{RIVER.format(words[n % 10])} {words[n // 10]}") for n in range(100)]

    groups = put(db, place, items, now)

    assert len(set(groups)) == 1


def test_an_export_says_the_group_as_it_is_now(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    ann = a_viewer(db, place, now)
    drafts = [put_work(db, place, now) for _ in range(2)]  # items that ask the same
    for draft in drafts:
        respond(db, ann, draft.id, Decision.ACCEPT, now)

    rows = list(decided(db, project_id=place.project_id, task=None))

    assert len({row.group_id for row in rows}) == 1


def test_the_group_of_an_item_is_never_changed(db: Connection, now: datetime) -> None:
    place = a_place(db, now)
    put(db, place, [an_item("a")], now)

    with pytest.raises(Exception, match="append-only"):
        db.execute(update(item).values(group_id=UUID(int=1)))
