"""Lines for a terminal: data in them can neither move the cursor nor break a line."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from copilot.errors import CopilotError
from copilot.plain import plain
from copilot.settings import Settings

__all__ = ["command", "plain", "tell"]


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
