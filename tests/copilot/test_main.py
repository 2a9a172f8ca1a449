"""The command itself: light to start, and its errors are two lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.cli.printing import plain

COPILOT = [sys.executable, "-m", "copilot.cli.main"]


def run(*words: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COPILOT_", "OPENAI_"))}
    return subprocess.run(
        [*COPILOT, *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**clean, **environ},
        check=False,
        timeout=120,
    )


def test_help_loads_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['copilot', '--help']\n"
        "from copilot.cli.main import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "import json; print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = set(json.loads(said.stdout.splitlines()[-1]))
    heavy = {
        "litellm", "openai", "instructor", "sympy", "sqlalchemy", "alembic", "fastapi", "uvicorn", "pydantic",
        "httpx", "jinja2", "diskcache", "tenacity", "jsonschema_rs", "argon2", "xllamacpp",
    }  # fmt: skip

    assert "typer" in loaded
    assert not loaded & heavy


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(["prelabel", "absent.jsonl"], "no file", id="an absent file"),
        pytest.param(["prelabel", "empty.jsonl"], "no items", id="an empty set"),
        pytest.param(["prelabel", "items.jsonl", "--model", "openai/gpt-4.1"], "OPENAI_API_KEY", id="no key"),
        pytest.param(["prelabel", "items.jsonl", "--model", "nobody/knows-this"], "model", id="an unknown model"),
        pytest.param(
            ["prelabel", "items.jsonl", "--model", "openai/m", "--api-base", "http://127.0.0.1:9/v1"],
            "127.0.0.1:9",
            id="an unreachable server",
        ),
        pytest.param(["prelabel", "items.jsonl", "--map", "question"], "THEIRS=OURS", id="a wrong --map"),
        pytest.param(["export", "--project", "nobody"], "nobody", id="an unknown project"),
        pytest.param(["check", "absent.jsonl"], "absent.jsonl", id="an absent file to check"),
    ],
)
def test_what_the_user_can_mend_is_two_lines_and_exit_2(words: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "items.jsonl").write_text('{"prompt": "2+2?"}\n')
    (tmp_path / "empty.jsonl").write_text("\n\n")
    # A server that is named by hand gets this key; it is nobody's.
    key = {"OPENAI_API_KEY": "sk-none"} if "--api-base" in words else {}
    said = run(*words, folder=tmp_path, **key)

    error, hint = [line for line in said.stderr.splitlines() if line.strip()][-2:]
    assert said.returncode == 2
    assert error.startswith("error: ")
    assert hint.startswith(" hint: ")
    assert says in error + hint
    assert "Traceback" not in said.stderr


def test_a_home_that_others_may_write_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o777)
    said = run("db", "check", "--home", str(home), folder=tmp_path)

    assert said.returncode == 2
    assert said.stderr.startswith("error: ")


def test_a_hostile_folder_cannot_choose_the_server(tmp_path: Path) -> None:
    (tmp_path / "copilot.toml").write_text('api_base = "http://127.0.0.1:9/v1"\n')
    (tmp_path / "items.jsonl").write_text('{"prompt": "2+2?"}\n')
    said = run("prelabel", "items.jsonl", folder=tmp_path)

    assert said.returncode == 2
    assert "may not set 'api_base'" in said.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b]52;c;aGk=\x07b", "a\ufffd]52;c;aGk=\ufffdb"),
        ("a\nb\tc", "a b c"),
        ("\u202eevil", "\ufffdevil"),
        ("[/b] [red]", "[/b] [red]"),
        ("żółw 龜", "żółw 龜"),
    ],
)
def test_data_on_the_terminal_cannot_move_the_cursor(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_looking_for_a_home_makes_none(tmp_path: Path) -> None:
    said = run("db", "check", "--home", str(tmp_path / "nowhere"), folder=tmp_path)

    assert said.returncode == 2
    assert "there is no home" in said.stderr
    assert not (tmp_path / "nowhere").exists()


def test_an_id_that_is_a_number_is_taken_by_prelabel_and_check_alike(tmp_path: Path) -> None:
    (tmp_path / "drafts.jsonl").write_text('{"id": 7, "steps": ["5 + 5 = 11"]}\n')
    said = run("check", "drafts.jsonl", "--format", "jsonl", folder=tmp_path)

    assert json.loads(said.stdout)["id"] == "7"
