"""Items: what a lead handed in, kept whole and never overwritten."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

from copilot.errors import NotFound
from copilot.model import Item
from copilot.store.columns import canonical
from copilot.store.documents import item_as_json, item_from
from copilot.store.groups import Keyed, group_for, hold_groups, keyed, put_keys
from copilot.store.once import chunks, insert_once
from copilot.store.tables import item as _items


@dataclass(frozen=True, slots=True)
class PutItem:
    """What became of one item that was handed in."""

    item: Item
    """As it is stored; where it is `changed`, as it was handed in."""
    item_id: UUID
    """Of the stored item with this external id."""
    state: Literal["new", "same", "changed"]
    """`changed`: the project has this id with other content, which stands; this item was not stored."""


def put_items(db: Connection, *, project_id: UUID, items: Sequence[Item], now: datetime) -> list[PutItem]:
    """Store those that the project does not have, in the groups of their duplicates; one answer for each, in order."""
    hold_groups(db, project_id)
    there = _there(db, project_id, [item.id for item in items])
    new: dict[str, Item] = {}
    for item in items:
        if item.id not in there:
            new.setdefault(item.id, item)  # of several with one id the first is stored
    keys = {one.item.id: one for one in keyed(list(new.values()))}
    return [_put(db, project_id, keys.get(item.id) if new.get(item.id) is item else None, item, now) for item in items]


def _there(db: Connection, project_id: UUID, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in chunks(ids):
        here = select(_items.c.external_id).where(_items.c.project_id == project_id, _items.c.external_id.in_(some))
        found.update(db.scalars(here))
    return found


def _put(db: Connection, project_id: UUID, new: Keyed | None, item: Item, now: datetime) -> PutItem:
    digest = _digest(item)
    if new is not None:
        made = uuid4()
        group, is_repeated = group_for(db, project_id=project_id, new=new, item_id=made)
        row = {
            "id": made,
            "project_id": project_id,
            "external_id": item.id,
            "digest": digest,
            "body": item_as_json(item),
            "created_at": now,
            "group_id": group,
        }
        if insert_once(db, _items, row):
            if not is_repeated:
                put_keys(db, project_id=project_id, new=new, item_id=made)
            return PutItem(item, made, "new")
    known = db.execute(
        select(_items.c.id, _items.c.digest, _items.c.body).where(
            _items.c.project_id == project_id, _items.c.external_id == item.id
        )
    ).one()
    if known.digest != digest:
        return PutItem(item, known.id, "changed")
    return PutItem(item_from(known.body), known.id, "same")


def _digest(item: Item) -> str:
    """Of what was handed in: what a reader made of its prompt may change with the reader, and is no other item."""
    given = replace(item, constraints=tuple(one for one in item.constraints if one.origin != "reader"))
    return hashlib.sha256(canonical(item_as_json(given)).encode()).hexdigest()


def get_item(db: Connection, item_id: UUID) -> Item:
    """The item with this id of the store's."""
    body = db.execute(select(_items.c.body).where(_items.c.id == item_id)).scalar_one_or_none()
    if body is None:
        raise NotFound("there is no such item", hint="check its id")
    return item_from(body)
