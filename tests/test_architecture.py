"""The shape of the code itself: first lines, sizes, names, and what no file may contain."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
SHIPPED = sorted(path for room in ("checkers", "copilot") for path in (TOP / room).rglob("*.py"))
TRACKED = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False).stdout.split()


def named(path: Path) -> str:
    return str(path.relative_to(TOP))


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_a_module_says_in_its_first_line_what_it_is(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert said
    assert said.splitlines()[0].endswith((".", "?", ":"))


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_a_file_is_one_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SHIPPED, ids=named)
def test_a_function_is_short(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {one.name: lines for one in functions if (lines := (one.end_lineno or 0) - one.body[0].lineno) > 45}

    assert not long


def test_no_room_is_called_by_what_it_is_not() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}

    assert not [named(path) for path in SHIPPED if path.stem in forbidden]


def test_the_lock_files_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((TOP / "requirements").glob("*.txt")):
        text = lock.read_text(encoding="utf-8")

        assert "://" not in text
        pinned = re.findall(r"^[a-z0-9][^ \n]*==[^ \n]+", text, re.MULTILINE)
        blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
        assert len(pinned) == len(blocks) > 0
        for block in blocks:
            assert "--hash=sha256:" in block, block.splitlines()[0]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("/wor" + "k/", id="a path of one machine"),
        pytest.param("/ro" + "ot/", id="a home of one machine"),
        pytest.param("files.python" + "hosted", id="a registry's host"),
        pytest.param("registry.npm" + "js", id="another registry's host"),
    ],
)
def test_no_file_knows_the_machine_it_was_written_on(pattern: str) -> None:
    assert TRACKED, "this test reads the list of files from git"
    texts = {name: (TOP / name).read_bytes() for name in TRACKED if (TOP / name).is_file()}

    assert not [name for name, text in texts.items() if pattern.encode() in text]
