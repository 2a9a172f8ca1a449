"""The journal keeps every billed attempt, knows what was in flight, and mends its look-up."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from copilot.errors import Conflict, CopilotError, Damaged, Refused
from copilot.llm.append_log import to_line
from copilot.llm.attempt import Attempt
from copilot.llm.journal import FileJournal, Resumed
from copilot.model import Usage
from tests.copilot.llm.asking import WRONG_SHAPE, attempt


@asynccontextmanager
async def journal(home: Path) -> AsyncIterator[FileJournal]:
    opened = FileJournal(home, keep_free=0)
    try:
        yield opened
    finally:
        await opened.close()


async def pay(kept: FileJournal, key: str, number: int, raw: str = "{}") -> None:
    await kept.intend(key, number)
    await kept.keep(key, number, attempt(raw))


async def test_an_attempt_comes_back_as_it_was(home: Path) -> None:
    odd = Attempt("ü\n\x00\ud800", "stop", Usage(1, 2), Decimal("0.000001234"), "m", refused=True, reckoned=True)
    async with journal(home) as kept:
        await kept.intend("key", 0)
        await kept.keep("key", 0, odd)
    async with journal(home) as kept:
        (found,) = await kept.attempts("key")

    assert found.replayed
    assert (found.raw, found.usage, found.cost, found.refused) == (odd.raw, odd.usage, odd.cost, True)
    assert found.reckoned


async def test_attempts_of_one_request_come_in_order_and_apart_from_others(home: Path) -> None:
    async with journal(home) as kept:
        for number, raw in enumerate(["a", "b", "c"]):
            await pay(kept, "one", number, raw)
            await pay(kept, "two", number, raw.upper())
    async with journal(home) as kept:
        assert [each.raw for each in await kept.attempts("one")] == ["a", "b", "c"]
        assert [each.raw for each in await kept.attempts("two")] == ["A", "B", "C"]
        assert await kept.attempts("three") == ()
        assert kept.resumed == Resumed(kept=2, in_flight=0, cut=0, unreadable=0)


async def test_what_was_in_flight_is_told_once(home: Path) -> None:
    async with journal(home) as kept:
        await pay(kept, "paid", 0)
        await kept.intend("failed", 0)
        await kept.unanswered("failed", 0, "ServerFailed")
        await kept.intend("out", 0)
        assert kept.in_flight() == {("out", 0)}
    async with journal(home) as kept:
        assert kept.resumed == Resumed(kept=1, in_flight=1, cut=0, unreadable=0)
    async with journal(home) as kept:
        assert kept.resumed.in_flight == 1
        await kept.intend("next", 0)
        await kept.unanswered("next", 0, "TimedOut")
    async with journal(home) as kept:
        assert kept.resumed.in_flight == 0


@pytest.mark.parametrize("harm", ["deleted", "junk", "emptied", "from another home"])
async def test_a_look_up_that_is_missing_damaged_or_behind_is_rebuilt_from_the_record(
    home: Path, tmp_path: Path, harm: str
) -> None:
    async with journal(tmp_path / "other") as kept:
        await pay(kept, "a", 0, "wrong")
    async with journal(home) as kept:
        for key in "abc":
            await pay(kept, key, 0, key)
        await pay(kept, "b", 1, "again")
    shutil.rmtree(home / "lookup")
    if harm == "junk":
        (home / "lookup").mkdir(mode=0o700)
        (home / "lookup" / "cache.db").write_bytes(b"junk" * 5000)
    if harm == "emptied":
        (home / "lookup").mkdir(mode=0o700)
    if harm == "from another home":
        shutil.copytree(tmp_path / "other" / "lookup", home / "lookup")

    async with journal(home) as kept:
        assert [each.raw for each in await kept.attempts("b")] == ["b", "again"]
        assert [each.raw for each in await kept.attempts("c")] == ["c"]
    async with journal(home) as kept:
        assert [each.raw for each in await kept.attempts("b")] == ["b", "again"]


async def test_a_look_up_that_cannot_be_had_at_all_costs_time_only(home: Path) -> None:
    async with journal(home) as kept:
        await pay(kept, "a", 0, "kept")
    shutil.rmtree(home / "lookup")
    (home / "lookup").write_text("a file in its place")

    async with journal(home) as kept:
        assert [each.raw for each in await kept.attempts("a")] == ["kept"]


async def test_a_torn_end_is_cut_and_the_attempt_counts_as_in_flight(home: Path) -> None:
    async with journal(home) as kept:
        await pay(kept, "whole", 0)
        await pay(kept, "torn", 0)
    record = home / "journal.jsonl"
    record.write_bytes(record.read_bytes()[:-9])

    async with journal(home) as kept:
        assert kept.resumed.cut > 0
        assert (kept.resumed.kept, kept.resumed.in_flight) == (1, 1)
        assert await kept.attempts("torn") == ()
        assert len(await kept.attempts("whole")) == 1


async def test_a_renewed_request_counts_as_never_asked_and_its_bill_stays_on_record(home: Path) -> None:
    async with journal(home) as kept:
        for number in range(4):
            await pay(kept, "key", number, WRONG_SHAPE)
        await kept.renew("key")
        assert await kept.attempts("key") == ()
        await pay(kept, "key", 0, "anew")
    shutil.rmtree(home / "lookup")
    async with journal(home) as kept:
        assert [each.raw for each in await kept.attempts("key")] == ["anew"]

    assert (home / "journal.jsonl").read_bytes().count(b'"kind":"attempt"') == 5


async def test_a_second_run_on_one_home_is_refused_and_the_first_goes_on(home: Path) -> None:
    async with journal(home) as kept:
        with pytest.raises(Conflict, match="another run is drafting") as caught:
            FileJournal(home)
        await pay(kept, "key", 0)

    assert "--home" in caught.value.hint
    async with journal(home) as kept:
        assert kept.resumed.kept == 1


async def test_nothing_is_intended_when_the_disk_is_nearly_full(home: Path) -> None:
    kept = FileJournal(home, free=lambda folder: 2**30 - 1)
    with pytest.raises(CopilotError, match=r"1023 MiB are free at .*1024 MiB must be") as caught:
        await kept.intend("key", 0)
    await kept.close()

    assert "nothing was sent" in caught.value.hint
    assert (home / "journal.jsonl").read_bytes() == b""


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
async def test_a_home_that_others_may_write_is_refused(home: Path, mode: int) -> None:
    home.mkdir()
    home.chmod(mode)

    with pytest.raises(Refused, match="others may write") as caught:
        FileJournal(home)

    assert "chmod 700" in caught.value.hint


async def test_a_record_of_another_form_is_an_error_and_no_crash(home: Path) -> None:
    home.mkdir(mode=0o700)
    lines: list[dict[str, object]] = [
        {"kind": "attempt", "key": "a", "number": 0},
        {"kind": "attempt", "key": 5},
        {"kind": "x"},
        {},
    ]
    (home / "journal.jsonl").write_bytes(b"".join(to_line(line) for line in lines))

    async with journal(home) as kept:
        with pytest.raises(Damaged, match="another form"):
            await kept.attempts("a")


async def test_files_of_the_home_are_the_owners_alone(home: Path) -> None:
    async with journal(home) as kept:
        await pay(kept, "key", 0)

    assert home.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o077 for path in home.rglob("*")} == {0}
