"""Why a request has no reply, as types: what ends one prompt, and what ends the whole run."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from copilot.errors import CopilotError, NotFound, Refused, Unreachable
from copilot.llm.attempt import Bill
from copilot.model import Charge, Usage

LONGEST_WAIT = 300.0
"""Seconds; a provider that asks for more is not believed."""


class NoReply(Exception):
    """One prompt has no reply; the others are not concerned. The message never holds what the model wrote.

    `attempts`, `usage` and `cost` (US dollars, None where unknown) are over all calls for the request, those of
    earlier runs included; `last_reply` is the last billed text, None where nothing was billed.
    """

    kind: ClassVar[str] = "no_reply"
    transient: ClassVar[bool] = False
    """Whether the same call may go better after a while."""

    def __init__(self, what: str, *, bill: Bill | None = None, last_reply: str | None = None) -> None:
        super().__init__(what)
        self.bill = Bill(attempts=1) if bill is None else bill
        self.last_reply = last_reply

    @property
    def charges(self) -> tuple[Charge, ...]:
        """Each billed call, those of earlier runs included."""
        return self.bill.charges

    @property
    def attempts(self) -> int:
        """How many calls were made, the billed ones of earlier runs included."""
        return self.bill.attempts

    @property
    def usage(self) -> Usage:
        """Tokens billed so far."""
        return self.bill.usage

    @property
    def cost(self) -> Decimal | None:
        """US dollars billed so far; None where no price is known."""
        return self.bill.cost


class RateLimited(NoReply):
    """The provider asked for patience, for `retry_after` seconds where it said how long."""

    kind = "rate_limited"
    transient = True

    def __init__(self, what: str, *, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.retry_after = None if retry_after is None else min(max(retry_after, 0.0), LONGEST_WAIT)


class ServerFailed(NoReply):
    """The server answered with an error of its own, or hung up."""

    kind = "server_failed"
    transient = True


class TimedOut(NoReply):
    """No whole reply in time; it may have been billed all the same."""

    kind = "timed_out"
    transient = True


class NotReachable(NoReply):
    """No connection. Tried again like the others; when that fails it ends the run as `Unreachable`."""

    kind = "not_reachable"
    transient = True

    def __init__(self, *, where: str) -> None:
        super().__init__(f"{where} cannot be reached")
        self.where = where


class Misfit(NoReply):
    """Every billed reply had another shape than the one asked for."""

    kind = "misfit"


class CutOff(NoReply):
    """The reply ran into the token limit: half an answer is no draft."""

    kind = "cut_off"


class RefusedByModel(NoReply):
    """The model declined. An outcome, not an error: it is not asked again."""

    kind = "refused_by_model"


class BadRequest(NoReply):
    """The provider does not take this prompt, for example because it is too long."""

    kind = "bad_request"


def no_key(model: str, *, variable: str) -> Refused:
    """There is no key for the provider of this model."""
    return Refused(
        f"there is no API key for {model}",
        hint=f"set the environment variable {variable}, or use --model embedded, which needs none",
    )


def wrong_key(model: str, *, where: str, status: int) -> Refused:
    """The provider does not accept the key, or not for this model."""
    return Refused(
        f"{where} refused the key for {model} (HTTP {status})",
        hint="check the key in the environment, and that it may use this model",
    )


def no_credit(model: str, *, where: str) -> Refused:
    """The account behind the key has run out of money or quota."""
    return Refused(
        f"{where} says that the quota for {model} is used up",
        hint="raise the limit at the provider and run the same command again; paid answers are kept",
    )


def unknown_model(model: str, *, where: str) -> NotFound:
    """Nobody there knows a model of this name."""
    return NotFound(
        f"{where} knows no model {model}",
        hint="check the spelling of --model, and --api-base if one was given (it usually ends in /v1)",
    )


def unknown_provider(model: str) -> NotFound:
    """The name says no provider."""
    return NotFound(
        f"{model!r} names no model provider",
        hint="use embedded, openai/NAME, another provider/NAME that litellm knows, or a plain name with --api-base",
    )


def unreachable(model: str, *, where: str) -> Unreachable:
    """The server cannot be reached at all."""
    return Unreachable(
        f"the server of {model} at {where} cannot be reached",
        hint="check the network, the server and --api-base, then run the same command again; paid answers are kept",
    )


def sent_elsewhere(model: str, *, where: str) -> CopilotError:
    """The server answered with a redirect, which is not followed: it could lead the key anywhere."""
    return CopilotError(
        f"the server of {model} at {where} redirects elsewhere, and redirects are not followed",
        hint="give the final address with --api-base",
    )
