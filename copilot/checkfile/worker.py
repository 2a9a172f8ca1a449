"""A process that checks lines for another: a line in, a line out, until the input ends."""

from __future__ import annotations

import resource
import sys

from checkers import all_rules
from copilot.checkfile.line import check_line
from copilot.checkfile.wire import READY, checked_out, choice_in, line_in

_MEMORY = 1 << 30
_FILES = 64


def main() -> None:
    """Serve the process that started this one."""
    _bound()
    heard, said = sys.stdin.buffer, sys.stdout.buffer
    choice = choice_in(heard.readline())
    all_rules(plugins=choice.plugins)
    said.write(READY)
    said.flush()
    while line := heard.readline():
        said.write(checked_out(check_line(*line_in(line), choice)))
        said.flush()


def _bound() -> None:
    """Keep a rule that runs wild from the memory and the disk of the machine."""
    sys.dont_write_bytecode = True
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
