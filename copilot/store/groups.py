"""Groups of items that must stay together: declared so, or duplicates of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, TextualSelect, Uuid, bindparam, insert, select, text

from checkers.sets.shingles import normal, number_of
from checkers.sets.sketch import ALIKE, METHOD, Sketch, sketches
from copilot.model import Item
from copilot.store.documents import item_from
from copilot.store.once import chunks, insert_once
from copilot.store.tables import group_link, item_key
from copilot.store.tables import item as items

_MOST_COMPARED = 20
"""Items that one new item is compared with, the earliest first, so that a crowd of like ones costs no more."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """An item with the keys under which those of its group find it."""

    item: Item
    sketch: Sketch
    whole: int
    """Of its prompt as it is read."""
    declared: str | None

    @property
    def keys(self) -> list[tuple[str, int]]:
        """Kind and number; two items that share one may be of one group."""
        found = [("text", self.whole), *((METHOD, band) for band in self.sketch.bands)]
        return found if self.declared is None else [("declared", number_of([self.declared])), *found]

    def is_with(self, other: Keyed) -> bool:
        """Whether the two are of one group, compared exactly."""
        if self.declared is not None and self.declared == other.declared:
            return True
        if self.whole == other.whole:
            return True
        return bool(set(self.sketch.bands) & set(other.sketch.bands)) and (
            self.sketch.shingles.alike(other.sketch.shingles) >= ALIKE
        )


def keyed(new: Sequence[Item]) -> list[Keyed]:
    """The items with their keys."""
    texts = [_asked(item) for item in new]
    return [
        Keyed(item, sketch, number_of([normal(asked)]), item.declared_group)
        for item, asked, sketch in zip(new, texts, sketches(texts), strict=True)
    ]


def hold_groups(db: Connection, project_id: UUID) -> None:
    """Wait until nobody else takes items into the project: of two at once, neither would see the other's."""
    if db.dialect.name == "postgresql":
        number = project_id.int & ((1 << 63) - 1)
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def group_for(db: Connection, *, project_id: UUID, new: Keyed, item_id: UUID) -> tuple[UUID, bool]:
    """The group that a new item belongs to, and whether it adds nothing by which others could find that group.

    The group is its own id where it is like nothing; groups that it connects are joined.
    """
    stored = _candidates(db, project_id, new)
    likes = keyed([item_from(row.body) for row in stored])
    like = [(row.id, other) for row, other in zip(stored, likes, strict=True) if new.is_with(other)]
    if not like:
        return item_id, False
    # The earliest is what the others join, and a group that is joined to another is never asked for again.
    first, *others = dict.fromkeys(groups_of(db, project_id, [id_ for id_, _ in like]).values())
    for other in others:
        insert_once(db, group_link, {"project_id": project_id, "group_id": other, "into_id": first})
    return first, new.declared is None and any(other.whole == new.whole for _, other in like)


def put_keys(db: Connection, *, project_id: UUID, new: Keyed, item_id: UUID) -> None:
    """Let later items find this one."""
    rows = [{"project_id": project_id, "kind": kind, "key": key, "item_id": item_id} for kind, key in new.keys]
    db.execute(insert(item_key), rows)


def groups_of(db: Connection, project_id: UUID, item_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The group of each item as it is now, in the order of the ids."""
    stored: dict[UUID, UUID] = {}
    for some in chunks(item_ids):
        rows = db.execute(select(items.c.id, items.c.group_id).where(items.c.id.in_(some)))
        stored |= {row.id: row.group_id or row.id for row in rows}
    roots = _roots(db, project_id, stored.values())
    return {item_id: roots[stored[item_id]] for item_id in item_ids}


def _roots(db: Connection, project_id: UUID, groups: Iterable[UUID]) -> Mapping[UUID, UUID]:
    """What each group has become by being joined to others."""
    roots = {group: group for group in groups}
    while into := _into(db, project_id, sorted(set(roots.values()))):
        roots = {group: into.get(root, root) for group, root in roots.items()}
    return roots


def _into(db: Connection, project_id: UUID, groups: Sequence[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for some in chunks(groups):
        rows = db.execute(
            select(group_link.c.group_id, group_link.c.into_id).where(
                group_link.c.project_id == project_id, group_link.c.group_id.in_(some)
            )
        )
        found |= {row.group_id: row.into_id for row in rows}
    return found


def _candidates(db: Connection, project_id: UUID, new: Keyed) -> Sequence[Row[*tuple[Any, ...]]]:
    """Stored items that share a key, the earliest of the project first."""
    keys = {f"key_{at}": key for at, (_, key) in enumerate(new.keys)}
    sharing = db.execute(_sharing(len(keys)), {"project_id": project_id, **keys}).scalars().all()
    if not sharing:
        return []
    chosen = select(items.c.id, items.c.body).where(items.c.id.in_(sharing)).order_by(items.c.seq)
    return db.execute(chosen.limit(_MOST_COMPARED)).all()


@cache
def _sharing(keys: int) -> TextualSelect:
    """The first items under each of so many keys; as text, since to compile them takes longer than to run them."""
    parts = (
        "SELECT item_id FROM (SELECT item_id FROM item_key WHERE project_id = :project_id "  # noqa: S608  (ours)
        f"AND key = :key_{at} ORDER BY seq LIMIT {_MOST_COMPARED}) AS part_{at}"
        for at in range(keys)
    )
    return text(" UNION ".join(parts)).bindparams(bindparam("project_id", type_=Uuid())).columns(item_id=Uuid())


def _asked(item: Item) -> str:
    """All that the item asks; as `checkers.sets.wording.asked` reads it from a record."""
    if len(item.messages) == 1:
        said = [item.messages[0].content]
    else:
        said = [f"{turn.role}: {turn.content}" for turn in item.messages]
    return "\n".join([*said, *(source.text for source in item.sources)])
