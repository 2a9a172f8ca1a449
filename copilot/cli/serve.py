"""`copilot serve`: the desk in a browser."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.options import Home, Project, engine_of
from copilot.errors import CopilotError
from copilot.settings import Settings, load_settings

if TYPE_CHECKING:
    from uuid import UUID

    from copilot.review import Check
    from copilot.store.connect import Engine
    from copilot.web.address import Address


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8765,
    base_url: Annotated[
        str | None, typer.Option(help="Address that people type, when a proxy stands in front.", show_default=False)
    ] = None,
    insecure_http: Annotated[
        bool, typer.Option("--insecure-http", help="Let passwords cross the network unencrypted.")
    ] = False,
    home: Home = None,
    project: Project = None,
) -> None:
    """Open the desk in the browser: queues, items, corrections.

    The first start prints a one-time link that makes the first person. Stop it with Ctrl+C; running requests
    end first.
    """
    from copilot.store.connect import server_lock
    from copilot.web.address import public_address

    settings = load_settings(home=home, project=project)
    check = _check_of(settings)
    public_address(bind=host, port=port or 1, base_url=base_url, insecure_http=insecure_http)
    with server_lock(settings.home), closing(_listening(host, port)) as listener:
        bound: int = listener.getsockname()[1]
        address = public_address(bind=host, port=bound, base_url=base_url, insecure_http=insecure_http)
        engine = engine_of(settings)
        try:
            _serve(settings, engine, listener, address, check)
        finally:
            engine.dispose()


def _check_of(settings: Settings) -> Check:
    """The rules of `[check]` in copilot.toml, as prelabel runs them; a CopilotError for one that is not there."""
    from functools import partial

    from checkers import check
    from copilot.checkfile import rules_for

    rules_for(select=settings.select, ignore=settings.ignore)
    return partial(check, select=settings.select, ignore=settings.ignore)


def _serve(settings: Settings, engine: Engine, listener: socket.socket, address: Address, check: Check) -> None:
    from copilot.web import create_app
    from copilot.web.desk import utc_now
    from copilot.web.logs import write_to
    from copilot.web.running import run

    opened = _opened(engine, settings.project)
    write_to(sys.stderr)
    app = create_app(engine=engine, project_id=opened.project_id, base_url=address.origin, clock=utc_now, check=check)
    run(
        app,
        listener=listener,
        proxied=address.secure,
        answering=lambda: _announce(address, settings.project, opened),
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A project that is about to be served."""

    project_id: UUID
    secret: str | None
    """Of the set-up link, when nobody has an account yet."""
    deserted: bool
    """Whether people have accounts, but none of them one in this project."""


def _opened(engine: Engine, project: str) -> _Opened:
    """The project, with its operators let in; NotFound for a name that is not among those of the home."""
    from copilot.store.connect import writing
    from copilot.store.people import admit_operators, anybody, list_people
    from copilot.store.projects import open_project
    from copilot.store.sessions import new_setup_secret
    from copilot.web.desk import utc_now

    with writing(engine) as db:
        now = utc_now()
        project_id = open_project(db, name=project, now=now)
        if not anybody(db):
            return _Opened(project_id, new_setup_secret(db, now=now), deserted=False)
        admit_operators(db, project_id=project_id, now=now)
        deserted = all(person.disabled for person in list_people(db, project_id=project_id))
        return _Opened(project_id, None, deserted)


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound there, before anything else starts: a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    listener.set_inheritable(False)
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> CopilotError:
    if error.errno == errno.EADDRINUSE:
        return CopilotError(f"port {port} is in use", hint=f"add --port {port + 1}, or stop what listens there")
    if error.errno == errno.EACCES:
        return CopilotError(f"port {port} is for the system only", hint="add --port 8765")
    return CopilotError(f"cannot listen on {host}: {error.strerror or error}", hint="check --host")


def _announce(address: Address, project: str, opened: _Opened) -> None:
    typer.echo(f"The desk of project {project!r} is open at {address.origin}/")
    if opened.secret is not None:
        typer.echo("Nobody can log in yet. Open this link once, within 30 minutes, to make the first person:")
        typer.echo(f"  {address.origin}/setup#{opened.secret}")
    if opened.deserted:
        typer.echo(f"Nobody of this project can log in yet: copilot users add NAME --role admin --project {project!r}")
    typer.echo("Stop it with Ctrl+C.")
