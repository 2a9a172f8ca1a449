"""`copilot db`: bring the database to this version, and look whether it is sound."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.options import Home
from copilot.cli.printing import plain
from copilot.settings import load_settings

if TYPE_CHECKING:
    from copilot.store.audit import Head
    from copilot.store.connect import Engine

app = typer.Typer(help="Look after the database.", no_args_is_help=True)


@app.command()
def upgrade(home: Home = None) -> None:
    """Bring the database to this version of the program, whole or not at all; SQLite is backed up first."""
    from copilot.store.connect import SchemaState, schema_state
    from copilot.store.connect import upgrade as bring_up

    place, engine = _connect(home)
    try:
        before = schema_state(engine)
        saved = bring_up(engine, place, now=datetime.now(UTC))
    finally:
        engine.dispose()
    if saved is not None:
        typer.echo(f"backup: {plain(str(saved))}")
    typer.echo("the database was current" if before is SchemaState.CURRENT else "the database is now current")


@app.command()
def check(
    home: Home = None,
    anchor: Annotated[
        str | None, typer.Option(help="A head that an earlier check printed, as NUMBER:HASH.", show_default=False)
    ] = None,
) -> None:
    """Look whether the database is of this version, undamaged, and its audit log whole. Exit status 1 if not.

    Note the printed head elsewhere and give it back as --anchor: then a log that was cut short is found out too.
    """
    noted = _anchor(anchor)
    _must_be_there(home)
    _, engine = _connect(home)
    try:
        problems = _problems(engine, noted)
    finally:
        engine.dispose()
    for problem in problems:
        typer.echo(plain(problem))
    raise typer.Exit(1 if problems else 0)


def _problems(engine: Engine, noted: Head | None) -> list[str]:
    from copilot.store import audit
    from copilot.store.connect import reading, schema_state
    from copilot.store.schema import quick_check, refuse_unless_current

    refuse_unless_current(schema_state(engine))
    problems = []
    if damage := quick_check(engine):
        problems.append(f"database: damaged: {damage}")
    else:
        typer.echo("database: this version, undamaged")
    with reading(engine) as db:
        if trouble := audit.verify(db, anchor=noted):
            problems.append(f"audit log: {trouble}")
        else:
            head = audit.head(db)
            typer.echo(f"audit log: whole; head {head.number}:{head.hash}")
    return problems


def _anchor(text: str | None) -> Head | None:
    from copilot.errors import CopilotError
    from copilot.store.audit import Head

    if text is None:
        return None
    number, _, digest = text.partition(":")
    if not (number.isascii() and number.isdigit() and len(number) < 16 and len(digest) == 64):
        raise CopilotError("--anchor is not NUMBER:HASH", hint="copy it from what an earlier copilot db check printed")
    return Head(int(number), digest)


def _must_be_there(home: Path | None) -> None:
    """Refuse to look at a home that is not there: looking must not make one."""
    from copilot.errors import NotFound

    settings = load_settings(home=home)
    if settings.database_url is None and not settings.home.is_dir():
        raise NotFound(f"there is no home at {str(settings.home)!r}", hint="check --home, COPILOT_HOME and the folder")


def _connect(home: Path | None) -> tuple[Path, Engine]:
    from copilot.store.connect import connect

    settings = load_settings(home=home)
    return settings.home, connect(home=settings.home, url=settings.database_url)
