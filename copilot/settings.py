"""What a command was told: flags over environment over the user's configuration over `copilot.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from copilot.errors import CopilotError

_PERSONAL = {"home", "project", "database_url", "model", "api_base"}
_OF_SETS = {"quotas", "style"}
_SHARED = {"route", "check", "constraints", *_OF_SETS}
"""What a `copilot.toml` in the working folder may set: never hosts, keys or plug-ins, for it may be a stranger's."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Read once at the start of a command and passed down."""

    home: Path
    project: str
    database_url: str | None
    """None: SQLite inside the home."""
    model: str
    api_base: str | None
    routes: tuple[Mapping[str, Any], ...]
    """The `[[route]]` tables, as `copilot.routing.rules_from` reads them."""
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    """Which rules to run: the `[check]` table of `copilot.toml`."""
    of_sets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The tables that rules of sets read, by name: `quotas`, `style`."""
    read_prompts: bool = True
    """Whether constraints are read from prompts too: the `[constraints]` table of `copilot.toml`."""


def load_settings(
    *,
    home: Path | None = None,
    project: str | None = None,
    model: str | None = None,
    api_base: str | None = None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    user_config: Path | None = None,
) -> Settings:
    """The settings of a command with these flags, run in `folder`; the defaults are the process's own."""
    environ = os.environ if environ is None else environ
    config = user_config or platformdirs.user_config_path("copilot") / "config.toml"
    personal = _texts(config, _read(config, allowed=_PERSONAL))
    shared = _read((folder or Path.cwd()) / "copilot.toml", allowed=_SHARED)
    flags = {"home": home, "project": project, "model": model, "api_base": api_base}

    def told(name: str, default: str | None = None) -> str | None:
        for value in (flags.get(name), environ.get(f"COPILOT_{name.upper()}"), personal.get(name)):
            if value:
                return str(value)
        return default

    check = _table(shared, "check", allowed={"select", "ignore"})
    return Settings(
        home=Path(told("home", ".copilot") or ""),
        project=told("project", "default") or "",
        database_url=told("database_url"),
        model=told("model", "embedded") or "",
        api_base=told("api_base"),
        routes=_routes(shared.get("route", [])),
        select=_names(check, "select"),
        ignore=_names(check, "ignore"),
        of_sets={name: _table(shared, name) for name in sorted(_OF_SETS & set(shared))},
        read_prompts=_is_on(_table(shared, "constraints", allowed={"read_prompts"}), "read_prompts"),
    )


def _read(path: Path, *, allowed: set[str]) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise CopilotError(f"cannot read {path}: {error}", hint="mend the file or move it away") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CopilotError(f"{path} is not TOML: {error}", hint="mend the file or move it away") from error
    for key in sorted(set(tables) - allowed):
        raise CopilotError(f"{path} may not set {key!r}", hint=f"it may set: {', '.join(sorted(allowed))}")
    return tables


def _table(tables: Mapping[str, Any], name: str, *, allowed: set[str] | None = None) -> Mapping[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, dict) or (allowed is not None and set(table) - allowed):
        hint = f"it has {', '.join(sorted(allowed))}" if allowed else f"write it under [{name}]"
        raise CopilotError(f"[{name}] of copilot.toml is not understood", hint=hint)
    return table


def _texts(path: Path, settings: Mapping[str, Any]) -> Mapping[str, Any]:
    for key, value in settings.items():
        if not isinstance(value, str):
            raise CopilotError(f"{key!r} in {path} is not text", hint="put it in quotes")
    return settings


def _routes(tables: object) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CopilotError("the routes of copilot.toml are not understood", hint="write each under [[route]]")
    return tuple(tables)


def _names(table: Mapping[str, Any], field: str) -> tuple[str, ...] | None:
    names = table.get(field)
    if names is None:
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise CopilotError(f"{field!r} of [check] in copilot.toml is not a list of rules", hint='write ["arithmetic"]')
    return tuple(names)


def _is_on(table: Mapping[str, Any], field: str) -> bool:
    value = table.get(field, True)
    if not isinstance(value, bool):
        raise CopilotError(f"{field!r} of [constraints] in copilot.toml is not true or false", hint=f"{field} = true")
    return value
