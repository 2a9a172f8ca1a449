"""The lane to every other provider that litellm names; litellm is loaded when the first such model is opened."""

from __future__ import annotations

import importlib
import os
import warnings
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import instructor
import openai

from copilot.llm import failures
from copilot.llm.ask import Request
from copilot.llm.attempt import Attempt
from copilot.llm.bounded_http import CONNECT_SECONDS, LONGEST_SILENCE, TOTAL_SECONDS, bounded_transport, shown
from copilot.llm.one_call import ReplyMode, attempt_of, bytes_of, completion_of, keep_quiet, messages_of
from copilot.llm.prices import listed

_EXTRA_PATIENCE = 5.0
_PATIENCE = httpx.Timeout(LONGEST_SILENCE, connect=CONNECT_SECONDS)
_ON_OPENAI_SDK = frozenset({"azure", "azure_text", "azure_ai"})


def load_litellm() -> Any:
    """litellm without its telemetry, its logs, and the price list that it would fetch while it is imported."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    # litellm builds some of its own classes at the first call, and pydantic has something to say about them.
    warnings.filterwarnings("ignore", message="Item '.*' on TypedDict class", category=UserWarning)
    litellm: Any = importlib.import_module("litellm")
    litellm.telemetry = False
    litellm.suppress_debug_info = True
    litellm.drop_params = True
    litellm.num_retries = 0
    keep_quiet()
    return litellm


class LiteLLMLane:
    """One attempt is one call of litellm with its own retries off."""

    def __init__(
        self,
        *,
        name: str,
        identity: str,
        api_base: str | None,
        api_key: str | None,
        seconds: float = TOTAL_SECONDS,
    ) -> None:
        """`api_key` None leaves it to litellm to find the provider's own variables.

        The shape is told as a JSON schema, which litellm puts into each provider's own words; its way for tools
        needs an extra that is not installed.
        """
        self.name = name
        self.identity = identity
        self._litellm = load_litellm()
        self._create = instructor.from_litellm(
            self._litellm.acompletion, mode=ReplyMode.JSON_SCHEMA.instructor, async_client=True
        ).create_fn
        self._where = shown(api_base) if api_base else name.partition("/")[0]
        self._by_list = listed(name)
        self._seconds = seconds
        self._http = httpx.AsyncClient(
            transport=bounded_transport(), timeout=_PATIENCE, follow_redirects=False, trust_env=False
        )
        self._fixed: dict[str, Any] = {"model": name, "num_retries": 0, "timeout": seconds + _EXTRA_PATIENCE}
        self._fixed |= self._own_client(name)
        self._fixed |= {"api_base": api_base} if api_base else {}
        self._fixed |= {"api_key": api_key} if api_key else {}

    async def attempt(self, request: Request, before: tuple[Attempt, ...]) -> Attempt:
        """One billed call; raises when nothing was billed."""
        messages = messages_of(request, before)
        came = await completion_of(
            self._create,
            request,
            messages,
            params=self._fixed | {"temperature": request.temperature, "max_tokens": request.max_tokens},
            model=self.name,
            where=self._where,
            seconds=self._seconds,
        )
        made = attempt_of(came, request, prompt_bytes=bytes_of(request, messages))
        cost = await self._by_list(made.usage) if made.reckoned else self._cost(came.completion)
        return replace(made, cost=cost)

    async def stream(self, request: Request) -> AsyncIterator[str | Attempt]:
        """The whole reply as one piece: litellm's streams differ by provider in what they say of usage and end."""
        made = await self.attempt(request, ())
        yield made.raw
        yield made

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()
        await self._litellm.close_litellm_async_clients()

    def _own_client(self, name: str) -> dict[str, Any]:
        """litellm's client follows redirects, provider's key and all, and reads without end; this one does not."""
        if name.partition("/")[0] in _ON_OPENAI_SDK:
            self._litellm.aclient_session = self._http
            return {}
        handlers = importlib.import_module("litellm.llms.custom_httpx.http_handler")
        handler = handlers.AsyncHTTPHandler(timeout=_PATIENCE, follow_redirects=False)
        handler.client = self._http
        return {"client": handler}

    def _cost(self, completion: object) -> Decimal | None:
        try:
            return Decimal(str(self._litellm.completion_cost(completion_response=completion, model=self.name)))
        except Exception:  # noqa: BLE001  litellm raises a bare Exception for a model without a price
            return None


def key_for(name: str, *, environ: Mapping[str, str], api_base: str | None) -> str | None:
    """The provider's key from `environ`, None where litellm finds credentials by itself; raises when there is none."""
    litellm = load_litellm()
    try:
        _, provider, _, _ = litellm.get_llm_provider(model=name, api_base=api_base)
    except openai.BadRequestError:
        raise failures.unknown_provider(name) from None
    missing: list[str] = litellm.validate_environment(model=name, api_base=api_base)["missing_keys"]
    absent = [variable for variable in missing if not environ.get(variable)]
    if absent and api_base is None:
        raise failures.no_key(name, variable=" and ".join(absent))
    variable = f"{str(provider).upper()}_API_KEY"
    return environ.get(variable) or None
