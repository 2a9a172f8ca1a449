"""What a provider library's error means here; litellm's errors are kinds of the OpenAI client's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import httpx
import openai

from copilot.errors import CopilotError
from copilot.llm import failures
from copilot.llm.bounded_http import NeverConnected, Unreadable
from copilot.llm.failures import NoReply

_NEVER_CONNECTED: Final = (
    NeverConnected,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.UnsupportedProtocol,
    ConnectionRefusedError,
)
_UNREADABLE: Final = (Unreadable, json.JSONDecodeError, UnicodeDecodeError, openai.APIResponseValidationError)
_WRONG_KEY: Final = frozenset({401, 403})
_TRY_LATER: Final = frozenset({408, 409, 425})


def is_unreadable(error: BaseException) -> bool:
    """Whether a reply did come, and was probably billed, but cannot be read as one."""
    return any(isinstance(each, _UNREADABLE) for each in _causes(error))


def as_failure(error: BaseException, *, model: str, where: str) -> NoReply | CopilotError | None:
    """The failure of this one call, or of the run; None for what is not a provider's error but a bug."""
    if isinstance(error, openai.APIError) and any(isinstance(each, _NEVER_CONNECTED) for each in _causes(error)):
        # First of all: litellm gives a status of its own to an error of the connection.
        return failures.NotReachable(where=where)
    if isinstance(error, openai.APIStatusError):
        return _by_status(error, model=model, where=where)
    if isinstance(error, openai.APIConnectionError):
        return _by_connection(error, where=where)
    if isinstance(error, openai.APIError):
        return failures.ServerFailed(f"{where} answered with an error")
    if isinstance(error, UnicodeEncodeError):
        return failures.BadRequest("the prompt holds characters that are not valid Unicode")
    return None


def _by_connection(error: openai.APIConnectionError, *, where: str) -> NoReply:
    if isinstance(error, openai.APITimeoutError):
        return failures.TimedOut(f"{where} said nothing for too long")
    return failures.ServerFailed(f"{where} broke the connection off")


def _by_status(error: openai.APIStatusError, *, model: str, where: str) -> NoReply | CopilotError:
    status = error.status_code
    if status == 429:
        if error.code == "insufficient_quota":
            return failures.no_credit(model, where=where)
        return failures.RateLimited(f"{where} asked for patience (HTTP 429)", retry_after=_retry_after(error.response))
    if status in _WRONG_KEY:
        return failures.wrong_key(model, where=where, status=status)
    if status == 404:
        return failures.unknown_model(model, where=where)
    if 300 <= status < 400:
        return failures.sent_elsewhere(model, where=where)
    if status >= 500 or status in _TRY_LATER:
        return failures.ServerFailed(f"{where} failed (HTTP {status})")
    return failures.BadRequest(f"{where} does not take this request (HTTP {status})")


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds; a date or nonsense counts as not said."""
    said = response.headers.get("retry-after", "").strip()[:20]
    try:
        seconds = float(said)
    except ValueError:
        return None
    return seconds if seconds >= 0 else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
