from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Connection

from copilot.errors import CopilotError, NotFound
from copilot.store.projects import ensure_project, find_project, open_project


def test_a_project_is_made_once_and_found_by_its_name(db: Connection, now: datetime) -> None:
    made = ensure_project(db, name="physics", now=now)

    assert ensure_project(db, name="physics", now=now) == made == find_project(db, "physics")
    assert ensure_project(db, name="Physics", now=now) != made


def test_a_project_that_is_not_there_is_told_with_those_that_are(db: Connection, now: datetime) -> None:
    with pytest.raises(NotFound) as nothing:
        find_project(db, "physics")
    ensure_project(db, name="chemistry", now=now)
    with pytest.raises(NotFound) as another:
        find_project(db, "physics")

    assert "copilot prelabel" in nothing.value.hint
    assert "chemistry" in another.value.hint


def test_only_an_empty_home_gets_a_project_by_opening_it(db: Connection, now: datetime) -> None:
    first = open_project(db, name="physics", now=now)

    assert open_project(db, name="physics", now=now) == first
    for name in ("phsyics", "default"):
        with pytest.raises(NotFound) as typo:
            open_project(db, name=name, now=now)
        assert "physics" in typo.value.hint


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "\x00", "a\x1b[2J"])
def test_a_name_that_nobody_could_type_is_refused(db: Connection, now: datetime, name: str) -> None:
    with pytest.raises(CopilotError, match="name"):
        ensure_project(db, name=name, now=now)
