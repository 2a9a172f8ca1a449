"""What is refused or held back: told on the terminal, and kept in a file with its reason."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import typer

from copilot.cli.printing import plain
from copilot.files import disk_trouble
from copilot.model import Item, Rejected
from copilot.prelabel import contradictory

_TOLD = 20
"""Lines of each kind that are told on the terminal; all of them stand in the file."""


class Refusals:
    """A file of what was refused, made with the first of it; a context manager that closes it."""

    def __init__(self, path: Path, *, source: str) -> None:
        self._path, self._source = path, source
        self._handle: int | None = None
        self._told = 0

    def __enter__(self) -> Refusals:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._handle is not None:
            os.close(self._handle)

    def tell(self, rejected: Rejected) -> None:
        """Tell it, while there are few, and add it to the file."""
        self._told += 1
        if self._told <= _TOLD:
            typer.echo(self._one_line(rejected), err=True)
        elif self._told == _TOLD + 1:
            typer.echo(f"more of them stand in {plain(str(self._path))}", err=True)
        self.add(rejected)

    def add(self, rejected: Rejected) -> None:
        """Add it to the file."""
        line = json.dumps({"file": self._source, **rejected.as_json()}, ensure_ascii=False).encode() + b"\n"
        try:
            if self._handle is None:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
            os.write(self._handle, line)
        except OSError as error:
            raise disk_trouble(self._path, error) from error

    def _one_line(self, rejected: Rejected) -> str:
        where = f"{self._source}:{rejected.line}" if rejected.line is not None else f"{self._source}: {rejected.id}"
        return plain(f"{where}: {rejected.error} (hint: {rejected.hint})")


def tell_contradictory(entries: Iterable[Item | Rejected], *, held: bool) -> int:
    """Tell each item whose constraints exclude one another, and how many there are; that number.

    `held` says whether they are held back from drafting.
    """
    count = 0
    for entry in entries:
        found = contradictory(entry) if isinstance(entry, Item) else None
        count += found is not None
        if found is not None and count <= _TOLD:
            typer.echo(plain(f"item {found.id}: {found.error}"), err=True)
    if count:
        items = "1 item contradicts itself" if count == 1 else f"{count:,} items contradict themselves"
        what = (
            f"held back: mend {'it' if count == 1 else 'them'}, or use --draft-contradictory"
            if held
            else "drafted all the same"
        )
        typer.echo(f"{items} and {'is' if count == 1 else 'are'} {what}", err=True)
    return count
