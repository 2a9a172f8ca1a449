"""`copilot serve`: the desk in a browser."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.cli.options import Home, Project, engine_of
from copilot.errors import CopilotError
from copilot.settings import Settings, load_settings

if TYPE_CHECKING:
    from uuid import UUID

    from copilot.store.connect import Engine
    from copilot.web.address import Address

_DRAIN = 10
"""Seconds that running requests get after SIGTERM."""


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
    public_address(bind=host, port=port or 1, base_url=base_url, insecure_http=insecure_http)
    with server_lock(settings.home), closing(_listening(host, port)) as listener:
        bound: int = listener.getsockname()[1]
        address = public_address(bind=host, port=bound, base_url=base_url, insecure_http=insecure_http)
        engine = engine_of(settings)
        try:
            _serve(settings, engine, listener, address)
        finally:
            engine.dispose()


def _serve(settings: Settings, engine: Engine, listener: socket.socket, address: Address) -> None:
    import uvicorn

    from copilot.web import create_app
    from copilot.web.desk import utc_now
    from copilot.web.logs import write_to

    project_id, secret = _opened(engine, settings.project)
    write_to(sys.stderr)
    config = uvicorn.Config(
        create_app(engine=engine, project_id=project_id, base_url=address.origin, clock=utc_now),
        log_config=None,
        access_log=False,
        server_header=False,
        # Behind a proxy that ends TLS, its word on the client's address counts; else nobody's does.
        proxy_headers=address.secure,
        ws="none",
        limit_concurrency=512,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_DRAIN,
        h11_max_incomplete_event_size=16 * 1024,
    )
    # uvicorn drains, then raises the signal once more; by then the lock and the database are still ours to close.
    signal.signal(signal.SIGTERM, lambda *_: None)
    _announce(address, settings.project, secret)
    uvicorn.Server(config).run(sockets=[listener])


def _opened(engine: Engine, project: str) -> tuple[UUID, str | None]:
    """The project's id, and the one-time secret when nobody can log in yet."""
    from copilot.store.connect import writing
    from copilot.store.people import anybody
    from copilot.store.projects import ensure_project
    from copilot.store.sessions import new_setup_secret
    from copilot.web.desk import utc_now

    with writing(engine) as db:
        project_id = ensure_project(db, name=project, now=utc_now())
        return project_id, None if anybody(db) else new_setup_secret(db, now=utc_now())


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


def _announce(address: Address, project: str, secret: str | None) -> None:
    typer.echo(f"The desk of project {project!r} is open at {address.origin}/")
    if secret is not None:
        typer.echo("Nobody can log in yet. Open this link once, within 30 minutes, to make the first person:")
        typer.echo(f"  {address.origin}/setup#{secret}")
    typer.echo("Stop it with Ctrl+C.")
