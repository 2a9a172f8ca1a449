"""What tokens cost, in US dollars: nothing, a list price, or unknown."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import TypeAlias

from copilot.model import Usage

Price: TypeAlias = Callable[[Usage], Awaitable[Decimal | None]]


async def free(usage: Usage) -> Decimal | None:
    """Nothing: the model runs on this machine."""
    return Decimal(0)


async def unknown(usage: Usage) -> Decimal | None:
    """None: nobody told us what this server charges."""
    return None


def listed(model: str) -> Price:
    """By litellm's list, which is read at the first reply and from the package, never from the network."""

    async def price(usage: Usage) -> Decimal | None:
        # Importing litellm takes seconds: not on the event loop.
        return await asyncio.to_thread(_list_price, model, usage)

    return price


def _list_price(model: str, usage: Usage) -> Decimal | None:
    from copilot.llm.litellm_lane import load_litellm

    litellm = load_litellm()
    try:
        asked, wrote = litellm.cost_per_token(
            model=model, prompt_tokens=usage.input_tokens, completion_tokens=usage.output_tokens
        )
    except Exception:  # noqa: BLE001  litellm raises a bare Exception for a model without a price
        return None
    return Decimal(str(asked)) + Decimal(str(wrote))
