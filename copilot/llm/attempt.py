"""One billed call to a model, whatever came of it, and the lane that makes such calls."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from copilot.llm.ask import Request
from copilot.model import Charge, Usage

MOST_COMPLAINTS = 5
CUT_OFF = "length"
"""What providers call the end of a reply that ran into the token limit."""


class Outcome(StrEnum):
    """What a billed reply is worth. Only FITS is a draft."""

    FITS = "fits"
    MISFIT = "misfit"
    CUT_OFF = "cut_off"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One billed call: the text as it came, what it cost, and what is wrong with it."""

    raw: str
    """The JSON text that should fit the shape, or whatever the model wrote in its place."""
    finish: str
    """The provider's word for why the reply ended."""
    usage: Usage
    cost: Decimal | None
    model: str
    """The model that answered, by the provider's account."""
    refused: bool = False
    reckoned: bool = False
    """The provider's token counts made no sense: `usage` is the most it can have been."""
    replayed: bool = False
    """From the record: paid in an earlier run."""
    id: str = field(default_factory=lambda: uuid4().hex, compare=False)
    """Random, and kept on the record: what the ledger knows this call by."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an attempt is worth, its value when it fits, and else a complaint that names no drafted text."""

    outcome: Outcome
    value: BaseModel | None = None
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """What one request has cost so far, over all its billed attempts."""

    attempts: int = 0
    usage: Usage = Usage()
    cost: Decimal | None = Decimal(0)
    charges: tuple[Charge, ...] = ()
    """Each of the billed calls."""


def judge(attempt: Attempt, shape: type[BaseModel]) -> Judgement:
    """The same verdict for a fresh reply and for one from the record."""
    if attempt.refused:
        return Judgement(Outcome.REFUSED, complaint="the model refused")
    if attempt.finish == CUT_OFF:
        return Judgement(Outcome.CUT_OFF, complaint="the reply was cut off at the token limit")
    try:
        value = shape.model_validate_json(attempt.raw, strict=True)
    except ValidationError as error:
        return Judgement(Outcome.MISFIT, complaint=_complaints(error))
    return Judgement(Outcome.FITS, value)


def billed(attempts: Iterable[Attempt], *, calls: int) -> Bill:
    """The sum over attempts; its cost is None as soon as one of them has no known price."""
    attempts = tuple(attempts)
    usage, cost = Usage(), Decimal(0)
    priced = True
    for attempt in attempts:
        usage += attempt.usage
        if attempt.cost is None:
            priced = False
        else:
            cost += attempt.cost
    return Bill(calls, usage, cost if priced else None, tuple(_charge(attempt) for attempt in attempts))


def _charge(attempt: Attempt) -> Charge:
    return Charge(attempt.id, attempt.model, attempt.usage, attempt.cost, attempt.replayed)


def _complaints(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    # An unknown key is drafted text and stands in `loc`; only places that the shape itself names are repeated.
    told = [f"{_place(each['loc'], each['type'])}: {each['msg']}" for each in found[:MOST_COMPLAINTS]]
    more = len(found) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def _place(loc: tuple[int | str, ...], kind: str) -> str:
    named = loc[:-1] if kind == "extra_forbidden" else loc
    return ".".join(str(part) for part in named) or "the reply"


class Lane(Protocol):
    """One way to one model. An attempt is one call: a lane never retries by itself."""

    name: str
    """As the user wrote it."""
    identity: str
    """Name and, where one was given by hand, address: what else a record of paid answers hangs on."""

    async def attempt(self, request: Request, before: tuple[Attempt, ...]) -> Attempt:
        """One billed call; `before` are the billed ones that did not fit. Raises when nothing was billed."""

    def stream(self, request: Request) -> AsyncIterator[str | Attempt]:
        """The reply's text, piece by piece, and last of all the attempt as a whole."""
