"""A peer that hangs or dies costs its deadline, and no more than that."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.checkers.peer import NoPeers, Peer

SCRIPT = """
import json, sys, time
for line in sys.stdin:
    job, *given = json.loads(line)
    if job == "hang":
        time.sleep(60)
    if job == "die":
        sys.exit(1)
    print(json.dumps([[0.25, 0.125], given]), flush=True)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    place = tmp_path / "script.py"
    place.write_text(SCRIPT)
    return place


def test_a_peer_tells_its_own_seconds(script: Path) -> None:
    with Peer(python=Path(sys.executable), script=script) as peer:
        assert peer.seconds("echo", "a", "b") == ((0.25, 0.125), ["a", "b"])
        assert peer.killed == 0


@pytest.mark.parametrize("job", ["hang", "die"])
def test_a_peer_without_an_answer_counts_with_its_deadline_and_starts_again(script: Path, job: str) -> None:
    with Peer(python=Path(sys.executable), script=script, deadline=0.5) as peer:
        assert peer.seconds(job) == ((0.5, 0.5), None)
        assert peer.seconds("echo", "a") == ((0.25, 0.125), ["a"])
        assert peer.killed == 1


def test_without_their_environment_there_are_no_peers(tmp_path: Path, script: Path) -> None:
    with pytest.raises(NoPeers):
        Peer(python=tmp_path / "absent", script=script)
