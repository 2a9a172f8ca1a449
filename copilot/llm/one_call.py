"""One HTTP call through instructor, and the billed attempt that comes of it, fit or not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias, TypeGuard

from instructor import Mode
from instructor.core.exceptions import InstructorError
from instructor.core.hooks import Hooks

from copilot.llm import failures
from copilot.llm.ask import Request
from copilot.llm.attempt import Attempt, Outcome, judge
from copilot.llm.bounded_http import TOTAL_SECONDS
from copilot.llm.provider_errors import as_failure, is_unreadable
from copilot.model import Usage

LONGEST_QUOTE = 4000
"""Characters of a bad reply that a re-ask repeats."""
UNREADABLE = "unreadable"
_FILTERED = "content_filter"
_SLACK = 1.2
_OVERHEAD = 2000
"""Tokens that a provider may add to a prompt for its template and the tool's frame."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a provider sent, and its count of tokens, prompt and reply; nothing when it cannot be read."""

    completion: object = None
    counted: tuple[object, object] = (None, None)


Create: TypeAlias = Callable[..., Awaitable[Any]]


class ReplyMode(StrEnum):
    """How a provider is told the shape of the reply."""

    TOOLS = "tools"
    JSON_SCHEMA = "json_schema"

    @property
    def instructor(self) -> Mode:
        """The same for instructor."""
        return {ReplyMode.TOOLS: Mode.TOOLS, ReplyMode.JSON_SCHEMA: Mode.JSON_SCHEMA}[self]


def keep_quiet() -> None:
    """Keep what models write, and what is asked of them, out of the libraries' logs."""
    for name, level in (
        ("openai", logging.WARNING),
        ("httpx", logging.WARNING),
        ("httpcore", logging.WARNING),
        ("LiteLLM", logging.CRITICAL),
        # Its errors quote the reply that did not fit.
        ("instructor", logging.CRITICAL),
    ):
        logging.getLogger(name).setLevel(level)


def messages_of(request: Request, before: tuple[Attempt, ...]) -> list[dict[str, str]]:
    """The conversation to send: after a bad reply that reply, what is wrong with it, and the request to mend it.

    Only the last bad reply is shown, so that re-asks do not grow out of the model's window.
    """
    said = [{"role": message.role, "content": message.content} for message in request.messages]
    if not before:
        return said
    last = before[-1]
    judged = judge(last, request.shape)
    advice = "Write a shorter one." if judged.outcome is Outcome.CUT_OFF else "Write it again, mended."
    complaint = f"That reply cannot be used: {judged.complaint}. {advice} Reply with the JSON only."
    return [
        *said,
        {"role": "assistant", "content": last.raw[:LONGEST_QUOTE] or "(no readable reply)"},
        {"role": "user", "content": complaint},
    ]


async def completion_of(
    create: Create,
    request: Request,
    messages: list[dict[str, str]],
    *,
    params: Mapping[str, Any],
    model: str,
    where: str,
    seconds: float = TOTAL_SECONDS,
) -> Came:
    """What the provider sent, whether it fits or can be read or not; raises when nothing was billed.

    instructor writes the call; its own retries are off, and its verdict is not needed: `judge` gives the same one
    for fresh and for recorded replies.
    """
    came: list[Came] = []
    hooks = Hooks()
    # The count is taken here: instructor then overwrites it with a sum of its own.
    hooks.on("completion:response", lambda sent: came.append(Came(sent, counts(getattr(sent, "usage", None)))))
    try:
        async with asyncio.timeout(seconds):
            await create(
                response_model=request.shape, messages=messages, max_retries=0, hooks=hooks, strict=True, **params
            )
    except TimeoutError:
        raise failures.TimedOut(f"{where} did not finish within {seconds:.0f} s") from None
    except InstructorError as error:
        if not came:
            reason = error.__cause__ or error
            failure = as_failure(reason, model=model, where=where)
            if is_unreadable(reason):
                return Came()
            if failure is not None:
                # The library's error quotes the provider, which may quote the key: it is not chained.
                raise failure from None
            raise
    return came[0] if came else Came()


def attempt_of(came: Came, request: Request, *, prompt_bytes: int) -> Attempt:
    """The attempt as it was billed, its cost still unknown; a provider may put anything anywhere."""
    usage, reckoned = usage_of(came.counted, request, prompt_bytes=prompt_bytes)
    model = getattr(came.completion, "model", None)
    choice = _first(getattr(came.completion, "choices", None))
    message = getattr(choice, "message", None)
    finish = getattr(choice, "finish_reason", None)
    refusal = getattr(message, "refusal", None)
    return Attempt(
        raw=_text(message),
        finish=finish if isinstance(finish, str) else UNREADABLE,
        usage=usage,
        cost=None,
        model=model[:200] if isinstance(model, str) and model else request.model,
        refused=(isinstance(refusal, str) and bool(refusal)) or finish == _FILTERED,
        reckoned=reckoned,
    )


def counts(usage: object) -> tuple[object, object]:
    """What stands where the tokens of prompt and reply should be counted."""
    return getattr(usage, "prompt_tokens", None), getattr(usage, "completion_tokens", None)


def usage_of(counted: tuple[object, object], request: Request, *, prompt_bytes: int) -> tuple[Usage, bool]:
    """The tokens counted by the provider; where its count cannot be true, the most it can be, and True."""
    asked, wrote = counted
    most = Usage(prompt_bytes + _OVERHEAD, request.max_tokens)
    if _is_count(asked, most.input_tokens) and _is_count(wrote, most.output_tokens):
        return Usage(asked, wrote), False
    return most, True


def bytes_of(request: Request, messages: list[dict[str, str]]) -> int:
    """An upper bound of the tokens of a prompt: no tokenizer makes more tokens than there are bytes."""
    said = sum(len(message["content"].encode(errors="surrogatepass")) for message in messages)
    return said + len(str(request.shape.model_json_schema()).encode())


def _is_count(number: object, most: int) -> TypeGuard[int]:
    return type(number) is int and 0 <= number <= most * _SLACK + 16


def _first(items: object) -> object:
    return items[0] if isinstance(items, list) and items else None


def _text(message: object) -> str:
    """The tool call's arguments where there is one, else the text."""
    function = getattr(_first(getattr(message, "tool_calls", None)), "function", None)
    for said in (getattr(function, "arguments", None), getattr(message, "content", None)):
        if isinstance(said, str) and said:
            return said
    return ""
