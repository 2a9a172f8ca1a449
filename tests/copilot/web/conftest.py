"""The desk on a store of its own, reached without a socket."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.store.connect import open_store
from tests.copilot.web.room import Room, furnished


@pytest.fixture
def room(tmp_path: Path, sqlite_template: Path) -> Iterator[Room]:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    shutil.copy(sqlite_template, home / "copilot.db")
    engine = open_store(home=home, url=None)
    yield furnished(engine)
    engine.dispose()
