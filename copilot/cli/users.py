"""`copilot users`: who may sign in, and as what."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from copilot.cli.options import Home, Project, engine_of
from copilot.cli.printing import plain
from copilot.errors import CopilotError
from copilot.settings import load_settings

app = typer.Typer(help="Add people, list them, keep them out.", no_args_is_help=True)

_LONGEST_LINE = 1000


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What they sign in with.", show_default=False)],
    role: Annotated[
        Literal["annotator", "expert", "reviewer", "lead", "admin"],
        typer.Option(help="What they may do in the project."),
    ] = "annotator",
    skill: Annotated[
        list[str] | None,
        typer.Option(help="A domain whose expert queue they serve; may repeat; * is every domain.", show_default=False),
    ] = None,
    home: Home = None,
    project: Project = None,
) -> None:
    """Add a person to a project; somebody of another project of this home keeps their password.

    A new person's password is asked for, or is the first line of standard input.
    """
    from copilot.model import Role
    from copilot.store.connect import reading, writing
    from copilot.store.people import add_member, add_person, known
    from copilot.store.projects import open_project

    settings = load_settings(home=home, project=project)
    now, skills = datetime.now(UTC), set(skill or ())
    engine = engine_of(settings)
    try:
        with reading(engine) as db:
            member = known(db, name=name)
        password = None if member else _password()
        with writing(engine) as db:
            project_id = open_project(db, name=settings.project, now=now)
            if password is None:
                add_member(db, name=name, project_id=project_id, role=Role(role), skills=skills, now=now)
            else:
                add_person(
                    db, name=name, password=password, project_id=project_id, role=Role(role), skills=skills, now=now
                )
    finally:
        engine.dispose()
    typer.echo(f"{plain(name)} is {role} in {plain(settings.project)}")


@app.command("list")
def list_(home: Home = None, project: Project = None) -> None:
    """List everybody of a project: name, role, skills, pseudonym in exports."""
    from copilot.store.connect import reading
    from copilot.store.people import list_people
    from copilot.store.projects import find_project

    settings = load_settings(home=home, project=project)
    engine = engine_of(settings)
    try:
        with reading(engine) as db:
            people = list_people(db, project_id=find_project(db, settings.project))
    finally:
        engine.dispose()
    for person in people:
        skills = ",".join(sorted(person.skills)) or "-"
        state = "disabled" if person.disabled else "active"
        typer.echo("\t".join(map(plain, (person.name, person.role.value, skills, person.alias, state))))


@app.command()
def disable(
    name: Annotated[str, typer.Argument(help="Who is to be kept out.", show_default=False)],
    home: Home = None,
) -> None:
    """Keep a person from signing in and end their sessions; their work stays."""
    from copilot.store.connect import writing
    from copilot.store.people import disable as keep_out

    engine = engine_of(load_settings(home=home))
    try:
        with writing(engine) as db:
            keep_out(db, name=name, now=datetime.now(UTC))
    finally:
        engine.dispose()
    typer.echo(f"{plain(name)} can no longer sign in")


def _password() -> str:
    # Never a flag: other users of the machine can read those.
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    line = sys.stdin.readline(_LONGEST_LINE).rstrip("\r\n")
    if not line:
        raise CopilotError("no password was given", hint="type it when asked, or give it on standard input")
    return line
