"""The log is whole after any crash: torn, flipped, full, or written by many at once."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import CopilotError
from copilot.llm.append_log import AppendLog, Found, Record, from_line, to_line


def opened(path: Path, *, patience: float = 0.0) -> tuple[AppendLog, list[Record], Found]:
    log = AppendLog(path, patience=patience, pause=0.01)
    taken: list[Record] = []
    return log, taken, log.open(taken.append)


async def written(path: Path, *records: Record) -> None:
    log, _, _ = opened(path)
    for record in records:
        await log.append(record)
    await log.close()


async def test_what_was_appended_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    await written(tmp_path / "log", {"a": 1}, {"b": "ü\n\u2028 \U0001f600"})

    log, taken, found = opened(tmp_path / "log")
    await log.close()

    assert [{key: value for key, value in record.items() if key != "crc"} for record in taken] == [
        {"a": 1},
        {"b": "ü\n\u2028 \U0001f600"},
    ]
    assert found == Found()
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600
    assert all(json.loads(line) for line in (tmp_path / "log").read_text(encoding="ascii").splitlines())


async def test_a_record_torn_at_any_byte_is_cut_off_and_said(tmp_path: Path) -> None:
    whole, last = to_line({"number": 0, "raw": "kept"}), to_line({"number": 1, "raw": "torn"})
    for length in range(1, len(last)):
        path = tmp_path / str(length)
        path.write_bytes(whole + last[:length])

        log, taken, found = opened(path)
        await log.append({"number": 2})
        await log.close()

        assert found == Found(cut=length)
        assert [record["number"] for record in taken] == [0]
        assert [record["number"] for record in opened_records(path)] == [0, 2]


async def test_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    whole, last = to_line({"number": 0}), to_line({"number": 1, "raw": "text"})
    for at in range(len(last)):
        path = tmp_path / str(at)
        path.write_bytes(whole + last[:at] + bytes([last[at] ^ 1]) + last[at + 1 :] + to_line({"number": 2}))

        log, taken, found = opened(path)
        await log.close()

        assert [record["number"] for record in taken] == [0, 2]
        assert found.cut == 0
        assert found.unreadable >= 1


async def test_records_behind_a_damaged_one_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(to_line({"n": 0}) + b"\0" * 100 + b"\n" + b"{}\n" + to_line({"n": 3}) + b"\0\0\0")

    log, taken, found = opened(path)
    await log.close()

    assert [record["n"] for record in taken] == [0, 3]
    assert found == Found(cut=3, unreadable=2)


@given(st.binary(max_size=200))
def test_junk_is_never_a_record(junk: bytes) -> None:
    assert from_line(junk) is None
    assert from_line(b'{"crc":"00000000",' + junk + b"\n") is None


async def test_many_appends_share_a_write_and_none_is_lost(tmp_path: Path) -> None:
    log, _, _ = opened(tmp_path / "log")

    await asyncio.gather(*[log.append({"n": n}) for n in range(500)])
    await log.close()

    assert sorted(record["n"] for record in opened_records(tmp_path / "log")) == list(range(500))


async def test_a_caller_that_gives_up_takes_no_other_record_along(tmp_path: Path) -> None:
    log, _, _ = opened(tmp_path / "log")
    first, second = asyncio.create_task(log.append({"n": 1})), asyncio.create_task(log.append({"n": 2}))
    await asyncio.sleep(0)
    first.cancel()

    await second
    await log.close()

    assert [record["n"] for record in opened_records(tmp_path / "log")] == [1, 2]


async def test_a_full_disk_is_an_error_that_says_where_and_nothing_before_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log, _, _ = opened(path)
    await log.append({"n": 0})
    with (
        no_file_larger_than(path.stat().st_size + 20),
        pytest.raises(CopilotError, match="log cannot be written") as caught,
    ):
        await log.append({"n": 1, "raw": "x" * 100})

    await log.append({"n": 2})
    await log.close()

    assert "make room" in caught.value.hint
    assert [record["n"] for record in opened_records(path)] == [0, 2]


async def test_a_disk_that_gets_room_again_in_time_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log, _, _ = opened(path, patience=30.0)
    with no_file_larger_than(20):
        waiting = asyncio.create_task(log.append({"n": 1, "raw": "x" * 100}))
        await asyncio.sleep(0.1)
        assert not waiting.done()
    await waiting
    await log.close()

    assert [record["n"] for record in opened_records(path)] == [1]


async def test_a_link_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "victim").touch()
    (tmp_path / "log").symlink_to(tmp_path / "victim")

    with pytest.raises(CopilotError, match="cannot be opened"):
        AppendLog(tmp_path / "log")


def opened_records(path: Path) -> list[Record]:
    return [record for line in path.read_bytes().splitlines(keepends=True) if (record := from_line(line))]


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The kernel refuses longer files of this process, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
