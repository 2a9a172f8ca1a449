"""The papers are true: generated pages are fresh, links lead somewhere, commands exist."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from checkers import all_rules
from checkers.registry import Rule

TOP = Path(__file__).parent.parent
PAPERS = [*sorted(TOP.glob("*.md")), *sorted((TOP / "docs").glob("*.md")), TOP / "prompts" / "README.md"]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", TOP / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["cli.md", "rules.md", "instructions.md"])
def test_a_generated_page_is_fresh(page: str) -> None:
    stands = (TOP / "docs" / page).read_text(encoding="utf-8")

    assert generator().PAGES[page]() == stands, f"docs/{page} is stale: run make docs"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", paper.read_text(encoding="utf-8"))

    assert not [link for link in links if not (paper.parent / link).exists()]


def test_the_readme_names_the_two_commands_and_they_are_targets() -> None:
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    readme = (TOP / "README.md").read_text(encoding="utf-8")

    for target in ("demo", "test"):
        assert f"\nmake {target}\n" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_command_in_the_readme_exists() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    pages = (TOP / "docs" / "cli.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"\.venv/bin/copilot (\w+)", readme))

    assert commands
    for command in commands:
        assert f"## copilot {command}\n" in pages
    for line in re.findall(r"^\.venv/bin/copilot .*$", readme, re.MULTILINE):
        section = pages.split(f"## copilot {line.split()[1]}\n")[1].split("\n## ")[0]
        for option in re.findall(r"--[a-z-]+", line):
            assert option in section, f"{line}: no {option}"


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, ["arithmetic.equation fails 6 * 14 is 84, not 82."]),
        (1, ["There are 6 * 14 = 84 rolls. holds", r"\frac{1}{2} holds"]),
    ],
)
def test_a_python_example_of_the_readme_prints_what_it_should(number: int, printed: list[str]) -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    example = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)[number]
    said = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=True, cwd=TOP)

    assert said.stdout.splitlines() == printed


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_the_page_of_rules_has_an_example_of_each_that_says_fails_only_where_the_rule_may(rule: Rule) -> None:
    page = (TOP / "docs" / "rules.md").read_text(encoding="utf-8")
    section = page.split(f"### {rule.name}\n")[1].split("\n### ")[0]

    assert "\n-> " in section
    assert rule.may_fail or ("`fails`," not in section and "\n-> fails" not in section)


def test_every_test_that_security_md_names_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (TOP / "SECURITY.md").read_text(encoding="utf-8"))

    assert len(named) > 10
    for path, test in named:
        assert f"def {test}(" in (TOP / path).read_text(encoding="utf-8"), f"{path}::{test}"
