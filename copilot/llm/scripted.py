"""A model that replays canned replies, so that a test never touches a network."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from decimal import Decimal
from typing import TypeAlias

from copilot.llm.ask import Reply, Request
from copilot.llm.failures import Misfit, NoReply
from copilot.model import Charge, Usage

Script: TypeAlias = Callable[[Request], str | NoReply]


class ScriptedModel:
    """Answers each request with what its script says: JSON text, or a failure to raise."""

    def __init__(self, script: Script | str, *, name: str = "scripted", usage: Usage | None = None) -> None:
        """`script` is the JSON text of every reply, or a function from the request to it."""
        self.name = self.identity = name
        self.asked: list[Request] = []
        """Every request, in order."""
        self._script = script
        self._usage = usage or Usage(10, 20)

    async def ask(self, request: Request) -> Reply:
        """The scripted reply, which must fit the shape."""
        raw = self._next(request)
        try:
            value = request.shape.model_validate_json(raw, strict=True)
        except ValueError as error:
            raise Misfit("the script does not fit the shape asked for", last_reply=raw) from error
        charge = Charge(f"call-{len(self.asked)}", self.name, self._usage, Decimal(0))
        return Reply(
            value,
            raw,
            usage=self._usage,
            cost=Decimal(0),
            finish="stop",
            attempts=1,
            model=self.name,
            charges=(charge,),
        )

    async def stream(self, request: Request) -> AsyncIterator[str]:
        """The scripted text, word by word."""
        words = self._next(request).split(" ")
        for index, word in enumerate(words):
            yield word if index == len(words) - 1 else word + " "

    def _next(self, request: Request) -> str:
        self.asked.append(request)
        said = self._script if isinstance(self._script, str) else self._script(request)
        if isinstance(said, NoReply):
            raise said
        return said
