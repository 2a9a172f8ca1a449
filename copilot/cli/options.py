"""Options that several commands share, and the settings and store they lead to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copilot.settings import Settings

if TYPE_CHECKING:
    from copilot.store.connect import Engine

Home = Annotated[
    Path | None, typer.Option(help="Folder of all state: COPILOT_HOME, else ./.copilot.", show_default=False)
]
Project = Annotated[
    str | None, typer.Option(help="Project inside the home: COPILOT_PROJECT, else default.", show_default=False)
]


def engine_of(settings: Settings) -> Engine:
    """The store of these settings, made when there is none."""
    from copilot.store.connect import open_store

    return open_store(home=settings.home, url=settings.database_url)
