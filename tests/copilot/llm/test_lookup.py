"""The look-up is quick, disposable and never trusted: whatever is planted in it reads as a miss."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest

from copilot.llm.lookup import Lookup

MODE_RAW, MODE_BINARY, MODE_TEXT, MODE_PICKLE = 1, 2, 3, 4


async def test_what_is_put_is_found_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    lookup = Lookup(tmp_path / "lookup")
    await lookup.put("key", b"value" * 20_000)

    assert await lookup.get("key") == b"value" * 20_000
    assert await lookup.get("other") is None
    await lookup.close()
    assert (tmp_path / "lookup").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "lookup").iterdir()} == {0}


async def test_it_forgets_nothing_by_itself(tmp_path: Path) -> None:
    lookup = Lookup(tmp_path / "lookup")
    await lookup.put("key", b"value")
    await lookup.close()

    with sqlite3.connect(tmp_path / "lookup" / "cache.db") as db:
        settings = dict(db.execute("SELECT key, value FROM Settings").fetchall())
    db.close()

    assert (settings["eviction_policy"], settings["size_limit"]) == ("none", 2**40)


@pytest.mark.parametrize(
    ("mode", "named", "text"),
    [
        pytest.param(MODE_PICKLE, False, False, id="a pickle in the row"),
        pytest.param(MODE_PICKLE, True, False, id="a pickle in a file"),
        pytest.param(MODE_BINARY, True, False, id="a file name that leads out of the folder"),
        pytest.param(MODE_TEXT, True, False, id="a text file"),
        pytest.param(MODE_RAW, False, True, id="text where bytes belong"),
        pytest.param(99, False, False, id="a kind that does not exist"),
    ],
)
async def test_a_planted_row_is_a_miss_and_runs_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, named: bool, text: bool
) -> None:
    lookup = Lookup(tmp_path / "lookup")
    await lookup.put("key", b"value")
    await lookup.put("good", b"good")
    await lookup.close()
    trace = tmp_path / "it-ran"
    pickled = b"cos\nsystem\n(S'touch " + str(trace).encode() + b"'\ntR."
    (tmp_path / "planted").write_bytes(pickled)
    plant(tmp_path, mode, "../planted" if named else None, None if named else "text" if text else pickled)

    lookup = Lookup(tmp_path / "lookup")
    caplog.set_level(logging.WARNING)

    assert await lookup.get("key") is None
    assert await lookup.get("good") == b"good"
    assert not trace.exists()
    assert "damaged" in caplog.text
    await lookup.put("key", b"anew")
    assert await lookup.get("key") == b"anew"
    await lookup.close()


async def test_a_database_that_is_none_is_a_miss_until_it_is_rebuilt(tmp_path: Path) -> None:
    (tmp_path / "lookup").mkdir(mode=0o700)
    (tmp_path / "lookup" / "cache.db").write_bytes(b"this is no database" * 1000)
    lookup = Lookup(tmp_path / "lookup")

    assert await lookup.get("key") is None
    await lookup.put("key", b"value")
    assert await lookup.get("key") is None
    await lookup.rebuild(lambda: iter([("key", b"value")]))
    assert await lookup.get("key") == b"value"
    await lookup.close()


def plant(home: Path, mode: int, filename: str | None, value: bytes | str | None) -> None:
    with sqlite3.connect(home / "lookup" / "cache.db") as db:
        changed = db.execute(
            "UPDATE Cache SET mode = ?, filename = ?, value = ? WHERE key = 'key'", (mode, filename, value)
        )
        assert changed.rowcount == 1
    db.close()
