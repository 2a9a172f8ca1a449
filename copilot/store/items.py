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
from copilot.store.once import insert_once
from copilot.store.tables import item as items


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
    """Store those that the project does not have; one answer for each, in order."""
    return [_put(db, project_id, item, now) for item in items]


def _put(db: Connection, project_id: UUID, item: Item, now: datetime) -> PutItem:
    body, digest = item_as_json(item), _digest(item)
    made = uuid4()
    row = {
        "id": made,
        "project_id": project_id,
        "external_id": item.id,
        "digest": digest,
        "body": body,
        "created_at": now,
    }
    if insert_once(db, items, row):
        return PutItem(item, made, "new")
    known = db.execute(
        select(items.c.id, items.c.digest, items.c.body).where(
            items.c.project_id == project_id, items.c.external_id == item.id
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
    body = db.execute(select(items.c.body).where(items.c.id == item_id)).scalar_one_or_none()
    if body is None:
        raise NotFound("there is no such item", hint="check its id")
    return item_from(body)
