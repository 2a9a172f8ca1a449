"""The application: routes, gates and shell put together for one project."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, FastAPI
from fastapi.responses import PlainTextResponse, Response

from checkers import check as all_checks
from copilot.review import Check
from copilot.store.connect import Engine
from copilot.web import assets, door, queues, work
from copilot.web.address import address_of
from copilot.web.desk import Clock, Desk, utc_now
from copilot.web.gates import HostGate, OriginGate
from copilot.web.problems import problem, register
from copilot.web.shell import Shell

health = APIRouter()


@health.get("/healthz")
def healthz() -> Response:
    """Says that the server answers."""
    return PlainTextResponse("ok\n")


def create_app(
    *, engine: Engine, project_id: UUID, base_url: str, clock: Clock = utc_now, check: Check = all_checks
) -> FastAPI:
    """The desk of one project, as an ASGI application that people reach at `base_url`.

    Every saved text is checked with `check`: all rules, or a project's own choice of them.
    """
    address = address_of(base_url)
    app = FastAPI(title="Copilot", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(engine, project_id, address, clock, check)
    for module in (assets, door, queues, work):
        app.include_router(module.router)
    app.include_router(health)
    register(app)
    # The last one added is the outermost.
    app.add_middleware(OriginGate, address=address)
    app.add_middleware(HostGate, address=address)
    app.add_middleware(Shell, address=address, problem=problem)
    return app
