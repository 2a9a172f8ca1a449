"""Files: only regular ones are read, and a written one is whole or not there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from copilot.errors import CopilotError
from copilot.files import disk_trouble, open_regular, written_whole


def make_link(path: Path) -> None:
    target = path.with_name("target")
    target.write_text("secret")
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda path: None, "no file", id="absent"),
        pytest.param(Path.mkdir, "not a regular file", id="folder"),
        pytest.param(os.mkfifo, "not a regular file", id="pipe"),
        pytest.param(make_link, "symbolic link", id="link"),
    ],
)
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], None], says: str) -> None:
    path = tmp_path / "items.jsonl"
    make(path)

    with pytest.raises(CopilotError, match=says):
        open_regular(path)


def write_half(path: Path) -> None:
    with written_whole(path) as out:
        out.write(b"half")
        raise RuntimeError


def test_a_file_takes_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    with pytest.raises(RuntimeError):
        write_half(path)

    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_written_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"

    with written_whole(path) as out:
        out.write(b"whole")

    assert path.read_bytes() == b"whole"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_told_with_what_to_do() -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError, match="No space") as trouble:
        full.write(b"x")

    error = disk_trouble(Path("/dev/full"), trouble.value)

    assert "the disk is full" in error.what
    assert "run the same command again" in error.hint
