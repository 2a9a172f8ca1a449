"""A run of its own, to be killed: asks numbered prompts and says each answer when it counts."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from copilot.llm.lanes import open_model
from tests.copilot.llm.asking import request


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def run(url: str, home: Path, prompts: int) -> None:
    environ = {"OPENAI_API_KEY": "sk-test", "HOME": os.environ.get("HOME", "")}
    async with open_model("fake", api_base=url, home=home, environ=environ, concurrency=4) as model:
        say(f"in flight: {model.resumed.in_flight}")

        async def ask(number: int) -> None:
            reply = await model.ask(request(str(number)))
            say(f"{'cached' if reply.cached else 'answer'} {number}")

        await asyncio.gather(*[ask(number) for number in range(prompts)])


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
