"""From a model's name to a model that is ready to be asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from copilot.errors import CopilotError
from copilot.llm import failures
from copilot.llm.attempt import Lane
from copilot.llm.journal import FileJournal, Journal
from copilot.llm.recorded import Recorded
from copilot.llm.remembered import Remembered
from copilot.llm.retrying import TRIES, Retrying

ReplyModeName: TypeAlias = Literal["tools", "json_schema"]
EMBEDDED = "embedded"
_OPENAI = "openai/"
_OPENAI_KEY = "OPENAI_API_KEY"


@asynccontextmanager
async def open_model(
    name: str,
    *,
    home: Path,
    environ: Mapping[str, str],
    cache_dir: Path | None = None,
    api_base: str | None = None,
    concurrency: int = 4,
    retry_failed: bool = False,
    mode: ReplyModeName | None = None,
    journal: Journal | None = None,
) -> AsyncIterator[Remembered]:
    """The named model, its paid answers on record under `home`; `CopilotError` when it cannot be had.

    `name` is `embedded`, `openai/NAME`, a plain name with `api_base`, or any provider/NAME that litellm knows.
    `api_base` must come from the user's own hand, as the provider's key is sent there. `mode` overrides how the
    shape is told (`tools` or `json_schema`). At most `concurrency` calls are out at a time. Its `resumed` says what
    the record held. `journal` stands in for the one under `home` where several processes share a record.
    """
    if concurrency < 1:
        raise CopilotError(f"a concurrency of {concurrency} sends nothing", hint="use --concurrency 1 or more")
    async with AsyncExitStack() as closing:
        if journal is None:
            journal = await asyncio.to_thread(FileJournal, home)
            closing.push_async_callback(journal.close)
        lane = await _open_lane(
            closing, name, api_base=api_base, environ=environ, cache_dir=cache_dir, slots=concurrency, mode=mode
        )
        recorded = Recorded(lane, journal, tries=TRIES, retry_failed=retry_failed)
        retrying = Retrying(recorded, slots=asyncio.Semaphore(concurrency))
        model = Remembered(retrying, resumed=journal.resumed)
        closing.push_async_callback(model.close)
        yield model


async def _open_lane(
    closing: AsyncExitStack,
    name: str,
    *,
    api_base: str | None,
    environ: Mapping[str, str],
    cache_dir: Path | None,
    slots: int,
    mode: ReplyModeName | None,
) -> Lane:
    if name == EMBEDDED and api_base is None:
        from copilot.llm.embedded.lane import embedded_lane

        cache = cache_dir or _cache_folder(environ)
        return await closing.enter_async_context(embedded_lane(cache=cache, slots=slots, environ=environ))
    if name.startswith(_OPENAI) or (api_base is not None and "/" not in name):
        return _openai_lane(closing, name, api_base=api_base, environ=environ, mode=mode)
    return await _litellm_lane(closing, name, api_base=api_base, environ=environ, mode=mode)


def _openai_lane(
    closing: AsyncExitStack,
    name: str,
    *,
    api_base: str | None,
    environ: Mapping[str, str],
    mode: ReplyModeName | None,
) -> Lane:
    from copilot.llm import prices
    from copilot.llm.bounded_http import shown
    from copilot.llm.one_call import ReplyMode
    from copilot.llm.openai_lane import OPENAI, OpenAILane, Server

    model = name.removeprefix(_OPENAI)
    key = environ.get(_OPENAI_KEY, "")
    if not key and api_base is None:
        raise failures.no_key(name, variable=_OPENAI_KEY)
    usual = "tools" if api_base is None else "json_schema"
    server = Server(
        base_url=_checked(api_base or OPENAI),
        api_key=key,
        mode=ReplyMode(mode or usual),
        price=prices.listed(model) if api_base is None else prices.unknown,
    )
    identity = name if api_base is None else f"{name}@{shown(api_base)}"
    lane = OpenAILane(name=name, model=model, server=server, identity=identity)
    closing.push_async_callback(lane.close)
    return lane


async def _litellm_lane(
    closing: AsyncExitStack, name: str, *, api_base: str | None, environ: Mapping[str, str], mode: ReplyModeName | None
) -> Lane:
    if "/" not in name:
        raise failures.unknown_provider(name)
    if mode == "tools":
        raise CopilotError(f"{name} is told the shape of a reply as a JSON schema only", hint="leave out the mode")
    from copilot.llm.bounded_http import shown
    from copilot.llm.litellm_lane import LiteLLMLane, key_for, load_litellm

    await asyncio.to_thread(load_litellm)
    address = _checked(api_base) if api_base else None
    lane = LiteLLMLane(
        name=name,
        identity=name if address is None else f"{name}@{shown(address)}",
        api_base=address,
        api_key=key_for(name, environ=environ, api_base=address),
    )
    closing.push_async_callback(lane.close)
    return lane


def _checked(address: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise CopilotError(
            "the address given with --api-base is not one of a web server",
            hint="write it in full, for example http://127.0.0.1:8000/v1",
        )
    return address.rstrip("/")


def _cache_folder(environ: Mapping[str, str]) -> Path:
    import platformdirs

    chosen = environ.get("COPILOT_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("copilot", appauthor=False))
