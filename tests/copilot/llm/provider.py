"""A model provider on loopback that answers, fails and misbehaves by script, and counts what it was paid for."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


@dataclass(frozen=True)
class Answer:
    """What goes over the wire, and how slowly."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)
    paid: bool = True
    wait: float = 0.0
    drip: float = 0.0
    """Seconds between two bytes."""
    hang_up: bool = False
    """Close in the middle of the body."""


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return str(self.body.get("messages", [{"content": ""}])[0]["content"])

    @property
    def turns(self) -> list[str]:
        return [str(message["content"]) for message in self.body["messages"]]


Script = Callable[[Asked, int], Answer]


def says(
    content: str | None,
    *,
    finish: str = "stop",
    usage: object = None,
    refusal: str | None = None,
    model: str = "fake-1",
    wait: float = 0.0,
) -> Script:
    """A reply with this text, as a tool call where tools were offered and as a stream where one was asked for."""

    def script(asked: Asked, _: int) -> Answer:
        if asked.body.get("stream"):
            return _stream(content or "", finish, usage or USAGE, model)
        message: dict[str, object] = {"role": "assistant", "content": content, "refusal": refusal}
        if asked.body.get("tools") and content is not None:
            name = asked.body["tools"][0]["function"]["name"]
            call = {"id": "call-1", "type": "function", "function": {"name": name, "arguments": content}}
            message |= {"content": None, "tool_calls": [call]}
        said = {
            "id": "chat-1",
            "object": "chat.completion",
            "created": 1,
            "model": model,
            "choices": [{"index": 0, "finish_reason": finish, "message": message}],
            "usage": USAGE if usage is None else usage,
        }
        return Answer(json.dumps(said).encode(), wait=wait)

    return script


def fails(status: int, *, code: str | None = None, **headers: str) -> Script:
    """An error as OpenAI shapes it; nothing is billed. It quotes the key, as some providers do."""

    def script(asked: Asked, _: int) -> Answer:
        key = asked.headers.get("authorization", "")
        said = {"error": {"message": f"no: {key}", "type": "error", "code": code}}
        sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        return Answer(
            json.dumps(said).encode(), status=status, headers=(("content-type", "application/json"), *sent), paid=False
        )

    return script


def exactly(answer: Answer) -> Script:
    return lambda asked, nth: answer


def in_turn(*scripts: Script) -> Script:
    """The first script for a prompt's first request, and so on; the last one stays."""
    return lambda asked, nth: scripts[min(nth, len(scripts) - 1)](asked, nth)


def _stream(content: str, finish: str, usage: object, model: str) -> Answer:
    def chunk(**more: object) -> bytes:
        said = {"id": "chat-1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [], **more}
        return b"data: " + json.dumps(said).encode() + b"\n\n"

    pieces = [content[at : at + 8] for at in range(0, len(content), 8)]
    body = b"".join(
        chunk(choices=[{"index": 0, "delta": {"content": piece}, "finish_reason": None}]) for piece in pieces
    )
    body += chunk(choices=[{"index": 0, "delta": {}, "finish_reason": finish}]) + chunk(usage=usage)
    return Answer(body + b"data: [DONE]\n\n", headers=(("content-type", "text/event-stream"),))


@dataclass
class Provider:
    """The running server: its address, its script, and everything that was asked of it."""

    script: Script
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    paid: Counter[str] = field(default_factory=Counter)
    """How often each conversation was billed."""
    out: int = 0
    most_out: int = 0
    _per_prompt: Counter[str] = field(default_factory=Counter)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def quiet(self) -> None:
        """Return once nothing is being answered any more."""
        async with asyncio.timeout(5):
            while self.out:
                await asyncio.sleep(0.01)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (asked := await _read(reader)) is not None:
                self.out += 1
                self.most_out = max(self.most_out, self.out)
                try:
                    await self._answer(asked, writer)
                finally:
                    self.out -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.asked.append(asked)
        nth = self._per_prompt[asked.prompt]
        self._per_prompt[asked.prompt] += 1
        answer = self.script(asked, nth)
        if answer.paid:
            self.paid[json.dumps(asked.body.get("messages"))] += 1
        await asyncio.sleep(answer.wait)
        head = f"HTTP/1.1 {answer.status} X\r\ncontent-length: {len(answer.body)}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers)
        writer.write(head.encode() + b"\r\n")
        for piece in _pieces(answer):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(answer.drip)
        if answer.hang_up:
            writer.close()
            raise ConnectionError


def _pieces(answer: Answer) -> list[bytes]:
    body = answer.body[: len(answer.body) // 2] if answer.hang_up else answer.body
    return [body[at : at + 1] for at in range(len(body))] if answer.drip else [body]


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(headers, json.loads(body) if body else {"messages": [{"content": head[0]}]})


@asynccontextmanager
async def provider(script: Script) -> AsyncIterator[Provider]:
    """A server with that script on a free port of loopback."""
    running = Provider(script)
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        await running.serve(reader, writer)
        tasks.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
