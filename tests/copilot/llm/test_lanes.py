"""Names of models lead where they say, keys go only where they may, and mistakes are told with a way out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from copilot.errors import CopilotError, NotFound, Refused
from copilot.llm.lanes import open_model
from copilot.llm.scripted import ScriptedModel
from tests.copilot.llm.asking import GOOD, Shape, request
from tests.copilot.llm.provider import fails, provider, says


@pytest.mark.parametrize("name", ["fake-1", "openai/fake-1", "openai/org/fake-1"])
async def test_a_server_of_ones_own_is_asked_by_the_name_it_knows(home: Path, name: str) -> None:
    async with (
        provider(says(GOOD)) as server,
        open_model(name, home=home, api_base=server.url + "/", environ={}) as model,
    ):
        reply = await model.ask(request())
        assert model.name == name

    sent = server.asked[0]
    assert reply.value == Shape(answer="7")
    assert reply.cost is None
    assert sent.body["model"] == name.removeprefix("openai/")
    assert sent.headers["authorization"] == "Bearer none-needed"


async def test_a_key_is_sent_to_an_address_that_was_given_by_hand(home: Path) -> None:
    async with provider(says(GOOD)) as server:
        environ = {"OPENAI_API_KEY": "sk-mine"}
        async with open_model("fake", home=home, api_base=server.url, environ=environ) as model:
            await model.ask(request())

    assert server.asked[0].headers["authorization"] == "Bearer sk-mine"


async def test_the_address_comes_from_no_environment_variable(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with provider(says(GOOD)) as elsewhere, provider(says(GOOD)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", elsewhere.url)
        monkeypatch.setenv("HTTP_PROXY", elsewhere.url)
        async with open_model("fake", home=home, api_base=server.url, environ={}) as model:
            await model.ask(request())

    assert len(server.asked) == 1
    assert not elsewhere.asked


async def test_the_same_name_at_another_address_is_another_model(home: Path) -> None:
    async with provider(says(GOOD)) as one, provider(says('{"answer": "8"}')) as other:
        for server in (one, other, one):
            async with open_model("fake", home=home, api_base=server.url, environ={}) as model:
                reply = await model.ask(request())

    assert reply.cached
    assert (len(one.asked), len(other.asked)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "api_base", "kind", "said", "hint"),
    [
        ("openai/gpt-4o-mini", None, Refused, "no API key", "OPENAI_API_KEY"),
        ("gpt-4o-mini", None, NotFound, "names no model provider", "--api-base"),
        ("nobody/knows", None, NotFound, "names no model provider", "litellm"),
        ("anthropic/claude-sonnet-4-5", None, Refused, "no API key", "ANTHROPIC_API_KEY"),
        ("fake", "127.0.0.1:8000", CopilotError, "--api-base", "http://127.0.0.1:8000/v1"),
        ("fake", "file:///etc/passwd", CopilotError, "--api-base", "http://"),
        ("fake", "http://[::1", CopilotError, "--api-base", "http://"),
    ],
)
async def test_a_model_that_cannot_be_had_is_told_with_a_way_out(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    api_base: str | None,
    kind: type[CopilotError],
    said: str,
    hint: str,
) -> None:
    for variable in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.delenv(variable, raising=False)

    with pytest.raises(kind, match=said) as caught:
        async with open_model(name, home=home, api_base=api_base, environ={}):
            pass

    assert hint in caught.value.hint


@pytest.mark.parametrize(("status", "kind"), [(401, Refused), (404, NotFound)])
async def test_what_ends_a_run_reaches_the_caller_and_lets_go_of_the_home(
    home: Path, status: int, kind: type[CopilotError]
) -> None:
    async with provider(fails(status)) as server:
        for _ in range(2):
            with pytest.raises(kind):
                async with open_model("fake", home=home, api_base=server.url, environ={}) as model:
                    await model.ask(request())

    assert len(server.asked) == 2


async def test_a_password_in_an_address_is_never_shown(home: Path) -> None:
    async with provider(fails(404)) as server:
        address = server.url.replace("http://", "http://user:sk-canary@")
        with pytest.raises(NotFound) as caught:
            async with open_model("fake", home=home, api_base=address, environ={}) as model:
                await model.ask(request())

    assert "canary" not in f"{caught.value} {caught.value.hint}"
    assert b"canary" not in b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


async def test_a_concurrency_of_none_is_refused(home: Path) -> None:
    with pytest.raises(CopilotError, match="sends nothing"):
        async with open_model("fake", home=home, api_base="http://127.0.0.1:9/v1", environ={}, concurrency=0):
            pass


def test_naming_a_lane_loads_no_model_library() -> None:
    heavy = "{'openai', 'litellm', 'instructor', 'xllamacpp'}"
    seen = f"import sys, copilot.llm.lanes; print(sorted({heavy} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout == "[]\n"


async def test_a_scripted_model_says_its_lines_and_keeps_what_it_was_asked() -> None:
    model = ScriptedModel(lambda asked: GOOD if asked.sample else '{"answer": "first of all"}')

    assert (await model.ask(request())).value == Shape(answer="first of all")
    assert (await model.ask(request(sample=1))).value == Shape(answer="7")
    assert "".join([piece async for piece in model.stream(request())]) == '{"answer": "first of all"}'
    assert [asked.sample for asked in model.asked] == [0, 1, 0]
