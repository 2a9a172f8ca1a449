"""Lines for a terminal: data in them can neither move the cursor nor break a line."""

from __future__ import annotations

import shlex
import shutil
import sys
import unicodedata
from pathlib import Path

from copilot.errors import CopilotError
from copilot.settings import Settings


def plain(text: str) -> str:
    """The text on one line without control or direction characters; each becomes a visible mark."""
    return "".join(_visible(character) for character in text)


def tell(error: CopilotError) -> None:
    """The two lines of an error, on standard error."""
    sys.stderr.write(f"error: {plain(error.what)}\n hint: {plain(error.hint)}\n")


def command(verb: str, settings: Settings, *more: str) -> str:
    """The line that runs another command on the same home and project, from the folder the person is in."""
    words = [_this_program(), verb]
    if settings.project != "default":
        words += ["--project", settings.project]
    if settings.home != Path(".copilot"):
        words += ["--home", str(settings.home)]
    return plain(shlex.join([*words, *more]))


def _this_program() -> str:
    program = Path(sys.argv[0]).absolute()
    if shutil.which("copilot") == str(program):
        return "copilot"
    return str(program.relative_to(Path.cwd())) if program.is_relative_to(Path.cwd()) else str(program)


def _visible(character: str) -> str:
    if character.isprintable() or character == " ":
        return character
    if character in "\n\t\r":
        return " "
    if unicodedata.category(character)[0] in "CZ":
        return "\N{REPLACEMENT CHARACTER}"
    return character
