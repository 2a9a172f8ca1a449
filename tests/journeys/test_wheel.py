"""The wheel: installed outside the checkout, it is whole and runs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a program of an environment that holds the wheel, from a folder that is not the checkout.

    The dependencies are those of the environment of this test; only the product itself comes from the wheel.
    """
    room = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(room), str(TOP)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = room.glob("*.whl")
    venv.create(room / "env", with_pip=False)
    site = next((room / "env" / "lib").glob("python*")) / "site-packages"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True)
    environ = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib"), "COPILOT_HOME": str(room / "home")}
    python = room / "env" / "bin" / "python"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([python, *words], capture_output=True, text=True, cwd=room, env=environ, check=False)

    return run


def test_the_product_comes_from_the_wheel(installed: Run) -> None:
    said = installed("-c", "import copilot, checkers; print(copilot.__file__, checkers.__file__)").stdout

    assert said.count("/env/lib/") == 2


def test_prompts_items_pages_and_migrations_are_in_it(installed: Run) -> None:
    script = (
        "from copilot.prompts import load_prompt, prompt_folder\n"
        "from copilot.cli.demo import ITEMS\n"
        "import copilot.web, copilot.store, pathlib\n"
        "print(load_prompt('cot').ref, prompt_folder().name, ITEMS.exists(),"
        " len(list(pathlib.Path(copilot.web.__file__).parent.rglob('*.html'))) > 3,"
        " len(list(pathlib.Path(copilot.store.__file__).parent.rglob('0*.py'))) > 0)\n"
    )
    said = installed("-c", script)

    assert said.stdout.split()[1:] == ["_prompts", "True", "True", "True"], said.stderr


def test_a_file_is_checked_outside_the_checkout(installed: Run, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text('{"id": "a", "steps": ["6 * 14 = 82"]}\n')
    said = installed("-m", "copilot.cli.main", "check", str(drafts))

    assert said.returncode == 1
    assert "84" in said.stdout


def test_a_home_is_made_outside_the_checkout(installed: Run) -> None:
    said = installed("-m", "copilot.cli.main", "db", "upgrade")

    assert said.returncode == 0, said.stderr
