"""Every line of a file or stream, checked in order, by this process or by a pool of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from checkers import UnknownRule, all_rules
from checkers.demanded import Reading
from checkers.jsonline import read_lines
from checkers.registry import Rule, chosen
from copilot.checkfile.line import Checked, Choice, check_line
from copilot.checkfile.pool import Pool
from copilot.errors import CopilotError
from copilot.files import open_regular


def rules_for(
    *, select: Sequence[str] | None = None, ignore: Sequence[str] | None = None, plugins: Sequence[str] = ()
) -> tuple[Rule, ...]:
    """The chosen rules; a CopilotError with the nearest names for one that is not there."""
    try:
        return chosen(all_rules(plugins=plugins), select=select, ignore=ignore)
    except UnknownRule as error:
        is_list = any("," in name for name in (*(select or ()), *(ignore or ())))
        hint = "give one name at a time: --select arithmetic --select length" if is_list else error.hint
        raise CopilotError(error.what, hint=hint) from None


def check_file(
    path: Path,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    plugins: Sequence[str] = (),
    reading: Reading = "fixed",
    loose: bool = False,
    read_prompts: bool = False,
    pool: Pool | None = None,
) -> Iterator[Checked]:
    """Every line of a regular file that is not blank, in order; as `check_stream`."""
    with open_regular(path) as stream:
        yield from check_stream(
            stream,
            select=select,
            ignore=ignore,
            plugins=plugins,
            reading=reading,
            loose=loose,
            read_prompts=read_prompts,
            pool=pool,
        )


def check_stream(
    stream: BinaryIO,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    plugins: Sequence[str] = (),
    reading: Reading = "fixed",
    loose: bool = False,
    read_prompts: bool = False,
    pool: Pool | None = None,
) -> Iterator[Checked]:
    """Every line of the stream that is not blank, in order, one in memory at a time.

    With a `pool`, which has its own choice of rules, its processes do the work and a few lines for each are held.
    """
    if pool is not None:
        yield from pool.check(read_lines(stream))
        return
    rules_for(select=select, ignore=ignore, plugins=plugins)  # a wrong name is told before anything is read
    choice = Choice(_fixed(select), _fixed(ignore), tuple(plugins), reading, loose, read_prompts)
    for number, raw in read_lines(stream):
        yield check_line(number, raw, choice)


def _fixed(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
