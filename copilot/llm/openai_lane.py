"""The lane to any server that speaks OpenAI's chat protocol, the embedded model's among them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import instructor
import openai

from copilot.llm import failures
from copilot.llm.ask import Request
from copilot.llm.attempt import Attempt
from copilot.llm.bounded_http import LARGEST_REPLY, LONGEST_SILENCE, TOTAL_SECONDS, open_client, shown
from copilot.llm.one_call import (
    ReplyMode,
    attempt_of,
    bytes_of,
    completion_of,
    counts,
    keep_quiet,
    messages_of,
    usage_of,
)
from copilot.llm.prices import Price
from copilot.llm.provider_errors import as_failure, is_unreadable

OPENAI = "https://api.openai.com/v1"
# OpenAI's reasoning models answer HTTP 400 to any temperature but their own.
_FIXED_TEMPERATURE = re.compile(r"(o\d|gpt-5)")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a lane leads, and how to speak there."""

    base_url: str
    api_key: str
    mode: ReplyMode
    price: Price

    @property
    def is_openai(self) -> bool:
        """Whether this is OpenAI's own service."""
        return self.base_url == OPENAI

    def __repr__(self) -> str:
        """Without the key."""
        return f"Server({shown(self.base_url)}, {self.mode.value})"


class OpenAILane:
    """One attempt is one HTTP call: the client's and instructor's retries are off."""

    def __init__(
        self,
        *,
        name: str,
        model: str,
        server: Server,
        identity: str,
        seconds: float = TOTAL_SECONDS,
        silence: float = LONGEST_SILENCE,
        largest: int = LARGEST_REPLY,
    ) -> None:
        """`name` is what the user wrote, `model` what the server calls it.

        `seconds` bounds a whole call, `silence` the seconds between two bytes, `largest` the bytes of a reply.
        """
        self.name = name
        self.identity = identity
        self._model = model
        self.server = server
        self._where = shown(server.base_url)
        self._seconds = seconds
        self._http = open_client(largest=largest, silence=silence, account_headers=server.is_openai)
        self._client = _client(server, self._http)
        self._create = instructor.from_openai(self._client, mode=server.mode.instructor).create_fn
        keep_quiet()

    async def attempt(self, request: Request, before: tuple[Attempt, ...]) -> Attempt:
        """One billed call; raises when nothing was billed."""
        messages = messages_of(request, before)
        came = await completion_of(
            self._create,
            request,
            messages,
            params=self._params(request),
            model=self.name,
            where=self._where,
            seconds=self._seconds,
        )
        made = attempt_of(came, request, prompt_bytes=bytes_of(request, messages))
        return replace(made, cost=await self.server.price(made.usage))

    async def stream(self, request: Request) -> AsyncIterator[str | Attempt]:
        """Pieces of the JSON text, then the attempt; the shape is asked for as a JSON schema in every mode."""
        pieces: list[str] = []
        last = _Last()
        async for chunk in self._chunks(request):
            last.take(chunk)
            if piece := _piece(chunk):
                pieces.append(piece)
                yield piece
        prompt = bytes_of(request, messages_of(request, ()))
        usage, reckoned = usage_of(counts(last.usage), request, prompt_bytes=prompt)
        cost = await self.server.price(usage)
        yield Attempt("".join(pieces), last.finish, usage, cost, last.model or request.model, reckoned=reckoned)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _params(self, request: Request) -> dict[str, Any]:
        limit = "max_completion_tokens" if self.server.is_openai else "max_tokens"
        params: dict[str, Any] = {"model": self._model, limit: request.max_tokens}
        if not (self.server.is_openai and _FIXED_TEMPERATURE.match(self._model)):
            params["temperature"] = request.temperature
        return params

    async def _chunks(self, request: Request) -> AsyncIterator[Any]:
        """The raw chunks, each and all of them in time."""
        deadline = asyncio.get_running_loop().time() + self._seconds
        create: Any = self._client.chat.completions.create
        shape = {"name": request.shape.__name__, "schema": request.shape.model_json_schema()}
        try:
            async with asyncio.timeout_at(deadline):
                chunks = await create(
                    messages=messages_of(request, ()),
                    response_format={"type": "json_schema", "json_schema": shape},
                    stream=True,
                    stream_options={"include_usage": True},
                    **self._params(request),
                )
            async with chunks:
                while True:
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(chunks, None)
                    if chunk is None:
                        return
                    yield chunk
        except TimeoutError:
            raise failures.TimedOut(f"{self._where} did not finish within {self._seconds:.0f} s") from None
        except (openai.APIError, httpx.HTTPError, ValueError) as error:
            if is_unreadable(error):
                raise failures.ServerFailed(f"{self._where} sent what cannot be read") from None
            raise as_failure(error, model=self.name, where=self._where) or error from None


class _Last:
    """What the chunks of a stream say about the whole."""

    def __init__(self) -> None:
        self.finish = "unfinished"
        self.model = ""
        self.usage: object = None

    def take(self, chunk: Any) -> None:
        choice = chunk.choices[0] if getattr(chunk, "choices", None) else None
        finish = getattr(choice, "finish_reason", None)
        self.finish = finish if isinstance(finish, str) else self.finish
        self.usage = getattr(chunk, "usage", None) or self.usage
        model = getattr(chunk, "model", None)
        self.model = model[:200] if isinstance(model, str) else self.model


def _piece(chunk: Any) -> str:
    choices = getattr(chunk, "choices", None)
    said = getattr(getattr(choices[0], "delta", None), "content", None) if choices else None
    return said if isinstance(said, str) else ""


def _client(server: Server, http: httpx.AsyncClient) -> openai.AsyncOpenAI:
    # The address is always said: the client would take one from its own environment variable.
    return openai.AsyncOpenAI(
        api_key=server.api_key or "none-needed", base_url=server.base_url, max_retries=0, http_client=http
    )
