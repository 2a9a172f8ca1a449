"""Writes the pages that come from the code: docs/cli.md from the commands' help, docs/rules.md from the docstrings."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from checkers import all_rules
from copilot.cli.main import app

HERE = Path(__file__).parent
_NOTE = "<!-- Made by `make docs` from the code; do not edit. -->\n\n"


def cli_page() -> str:
    """Every command with its help, as it prints at a width of 100."""
    lines = ["# Commands\n\n", _NOTE]
    for path in ((), *_commands(typer.main.get_command(app))):
        said = CliRunner().invoke(
            app, [*path, "--help"], prog_name="copilot", env={"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}
        )
        text = "\n".join(line.rstrip() for line in said.output.strip("\n").splitlines())
        lines.append(f"## {' '.join(('copilot', *path))}\n\n```\n{text}\n```\n\n")
    return "".join(lines).rstrip() + "\n"


def rules_page() -> str:
    """Every rule by room, with what it decides."""
    lines = ["# Rules\n\n", _NOTE]
    rules = all_rules()
    for room in sorted({rule.room for rule in rules}):
        lines.append(f"## {room}\n\n")
        for rule in sorted((rule for rule in rules if rule.room == room), key=lambda rule: rule.name):
            said = inspect.cleandoc(rule.help)
            lines.append(f"### {rule.name}\n\nVersion {rule.version}, decides per {rule.scope}.\n\n{said}\n\n")
    return "".join(lines).rstrip() + "\n"


PAGES = {"cli.md": cli_page, "rules.md": rules_page}


def _commands(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield (*path, name)
        yield from _commands(child, (*path, name))


if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/{name}\n")
