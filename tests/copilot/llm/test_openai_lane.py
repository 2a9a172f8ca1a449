"""Every way a provider can answer or fail, over real HTTP, one attempt at a time."""

from __future__ import annotations

import gzip
import logging
import tracemalloc
import zlib
from collections.abc import Callable
from decimal import Decimal

import pytest

from copilot.errors import CopilotError
from copilot.llm import failures
from copilot.llm.attempt import Attempt, Outcome, judge
from copilot.llm.one_call import ReplyMode
from copilot.llm.prices import unknown
from copilot.model import Usage
from tests.copilot.llm.asking import GOOD, KEY, WRONG_SHAPE, Shape, lane, request
from tests.copilot.llm.provider import Answer, Script, exactly, fails, in_turn, provider, says

JSON = (("content-type", "application/json"),)


@pytest.mark.parametrize("mode", list(ReplyMode))
async def test_a_reply_comes_with_its_text_its_tokens_and_the_name_of_the_model(mode: ReplyMode) -> None:
    async with provider(says(GOOD)) as server, lane(server.url, mode=mode) as model:
        made = await model.attempt(request(), ())

    assert made == Attempt(GOOD, "stop", Usage(11, 7), Decimal(0), "fake-1")
    assert judge(made, Shape).value == Shape(answer="7")


async def test_the_shape_is_told_as_a_json_schema_with_its_bounds() -> None:
    async with provider(says(GOOD)) as server, lane(server.url) as model:
        await model.attempt(request(max_tokens=77), ())
        sent = server.asked[0].body

    told = sent["response_format"]["json_schema"]["schema"]["properties"]["answer"]
    assert (told["minLength"], told["maxLength"], sent["max_tokens"], sent["temperature"]) == (1, 200, 77, 0.0)


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        pytest.param(says(WRONG_SHAPE), Outcome.MISFIT, id="an answer of the wrong type"),
        pytest.param(says('{"answer": "7", "more": 1}'), Outcome.MISFIT, id="a field too many"),
        pytest.param(says('{"answer": "'), Outcome.MISFIT, id="JSON that stops"),
        pytest.param(says(""), Outcome.MISFIT, id="nothing"),
        pytest.param(says(None), Outcome.MISFIT, id="no text at all"),
        pytest.param(says(GOOD, finish="length"), Outcome.CUT_OFF, id="cut off, though what came would fit"),
        pytest.param(says(None, refusal="I cannot help"), Outcome.REFUSED, id="a refusal"),
        pytest.param(says("", finish="content_filter"), Outcome.REFUSED, id="a filtered reply"),
        pytest.param(exactly(Answer(b"{")), Outcome.MISFIT, id="a body that is no JSON"),
        pytest.param(exactly(Answer(b"[]")), Outcome.MISFIT, id="a body of another kind"),
        pytest.param(exactly(Answer(b'{"choices": null}')), Outcome.MISFIT, id="no choices"),
        pytest.param(
            exactly(Answer(b'{"choices": [{"message": 5}]}')), Outcome.MISFIT, id="a message that is a number"
        ),
        pytest.param(exactly(Answer(b"hello", headers=(("content-type", "text/html"),))), Outcome.MISFIT, id="a page"),
    ],
)
@pytest.mark.parametrize("mode", list(ReplyMode))
async def test_a_billed_reply_is_kept_whatever_it_is(mode: ReplyMode, script: Script, outcome: Outcome) -> None:
    async with provider(script) as server, lane(server.url, mode=mode) as model:
        made = await model.attempt(request(), ())

    assert judge(made, Shape).outcome is outcome
    assert made.usage.output_tokens > 0
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        pytest.param(fails(429), failures.RateLimited, id="429"),
        pytest.param(fails(500), failures.ServerFailed, id="500"),
        pytest.param(fails(503), failures.ServerFailed, id="503"),
        pytest.param(fails(400), failures.BadRequest, id="400"),
        pytest.param(fails(413), failures.BadRequest, id="413"),
        pytest.param(exactly(Answer(b"{" * 999, hang_up=True)), failures.ServerFailed, id="hangs up"),
    ],
)
async def test_what_was_not_billed_is_a_failure_of_its_kind(script: Script, kind: type[failures.NoReply]) -> None:
    async with provider(script) as server, lane(server.url) as model:
        with pytest.raises(kind):
            await model.attempt(request(), ())

    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("script", "said"),
    [
        pytest.param(fails(401), "refused the key", id="401"),
        pytest.param(fails(403), "refused the key", id="403"),
        pytest.param(fails(404), "knows no model", id="404"),
        pytest.param(fails(429, code="insufficient_quota"), "used up", id="no credit"),
    ],
)
async def test_what_no_prompt_can_help_ends_the_run_with_a_hint(script: Script, said: str) -> None:
    async with provider(script) as server, lane(server.url) as model:
        with pytest.raises(CopilotError, match=said) as caught:
            await model.attempt(request(), ())

    assert caught.value.hint


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("0.5", 0.5), ("7", 7.0), ("1000000000", 300.0), ("-3", None), ("soon", None), ("nan", None), ("9" * 400, 300.0)],
)
async def test_a_providers_wish_for_patience_is_honoured_within_bounds(said: str, seconds: float | None) -> None:
    async with provider(fails(429, retry_after=said)) as server, lane(server.url) as model:
        with pytest.raises(failures.RateLimited) as caught:
            await model.attempt(request(), ())

    assert caught.value.retry_after == seconds


async def test_a_server_that_says_nothing_times_out() -> None:
    async with provider(says(GOOD, wait=30)) as server, lane(server.url, silence=0.2) as model:
        with pytest.raises(failures.TimedOut):
            await model.attempt(request(), ())


async def test_a_server_that_drips_times_out_as_a_whole() -> None:
    script = exactly(Answer(b" " * 1000, drip=0.02))
    async with provider(script) as server, lane(server.url, seconds=0.3) as model:
        with pytest.raises(failures.TimedOut, match="did not finish"):
            await model.attempt(request(), ())


async def test_a_server_that_is_not_there_is_not_reachable() -> None:
    async with provider(says(GOOD)) as server:
        url = server.url
    async with lane(url) as model:
        with pytest.raises(failures.NotReachable, match="cannot be reached"):
            await model.attempt(request(), ())


async def test_a_redirect_is_not_followed() -> None:
    async with provider(says(GOOD)) as other:
        elsewhere = Answer(status=307, headers=(("location", f"{other.url}/chat/completions"),), paid=False)
        async with provider(exactly(elsewhere)) as server, lane(server.url) as model:
            with pytest.raises(CopilotError, match="redirects"):
                await model.attempt(request(), ())

        assert not other.asked


@pytest.mark.parametrize(
    ("pack", "encoding"),
    [
        pytest.param(lambda body: body, "", id="plain"),
        pytest.param(gzip.compress, "gzip", id="gzip"),
        pytest.param(zlib.compress, "deflate", id="deflate"),
    ],
)
async def test_a_huge_reply_is_not_read_to_its_end(pack: Callable[[bytes], bytes], encoding: str) -> None:
    body = pack(b'{"x": "' + b"a" * 64 * 2**20 + b'"}')
    headers = JSON + ((("content-encoding", encoding),) if encoding else ())
    async with provider(exactly(Answer(body, headers=headers))) as server, lane(server.url) as model:
        tracemalloc.start()
        try:
            made = await model.attempt(request(), ())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert (made.raw, made.finish, made.reckoned) == ("", "unreadable", True)
    # The server of this test copies a plain body once; the lane may add its limit, not the size of the bomb.
    assert encoding == "" or peak < 16 * 2**20


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
async def test_an_encoding_that_was_not_asked_for_is_not_guessed_at(encoding: str) -> None:
    answer = Answer(b"xxxx", headers=(*JSON, ("content-encoding", encoding)))
    async with provider(exactly(answer)) as server, lane(server.url) as model:
        made = await model.attempt(request(), ())

    assert made.finish == "unreadable"
    assert server.asked[0].headers["accept-encoding"] == "identity"


async def test_a_small_zipped_reply_is_read_all_the_same() -> None:
    def script(asked: object, nth: int) -> Answer:
        plain = says(GOOD)(server.asked[0], nth)
        return Answer(gzip.compress(plain.body), headers=(*JSON, ("content-encoding", "gzip")))

    async with provider(script) as server, lane(server.url) as model:
        assert (await model.attempt(request(), ())).raw == GOOD


@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": -5, "completion_tokens": 7},
        {"prompt_tokens": 11, "completion_tokens": 10**9},
        {"prompt_tokens": 10**12, "completion_tokens": 7},
        {"prompt_tokens": "11", "completion_tokens": True},
        {"prompt_tokens": 1.5, "completion_tokens": None},
        [],
        "none",
    ],
)
async def test_token_counts_that_cannot_be_true_are_taken_at_their_most(usage: object) -> None:
    async with provider(says(GOOD, usage=usage)) as server, lane(server.url) as model:
        made = await model.attempt(request(max_tokens=64), ())

    assert made.reckoned
    assert made.usage.output_tokens == 64
    assert 100 < made.usage.input_tokens < 10_000


async def test_a_price_that_nobody_knows_is_none_and_not_nothing() -> None:
    async with provider(says(GOOD)) as server, lane(server.url, price=unknown) as model:
        assert (await model.attempt(request(), ())).cost is None


async def test_a_bad_reply_is_shown_to_the_model_with_what_is_wrong_with_it() -> None:
    async with provider(in_turn(says(WRONG_SHAPE), says(GOOD))) as server, lane(server.url) as model:
        first = await model.attempt(request(), ())
        await model.attempt(request(), (first,))

    prompt, reply, complaint = server.asked[1].turns
    assert (prompt, reply) == ("What is 3 + 4?", WRONG_SHAPE)
    assert "answer: Input should be a valid string" in complaint


async def test_a_stream_gives_the_text_in_pieces_and_the_whole_at_the_end() -> None:
    long = '{"answer": "seven, which is three and four"}'
    async with provider(says(long)) as server, lane(server.url) as model:
        pieces = [piece async for piece in model.stream(request())]

    *text, whole = pieces
    assert len(text) > 3
    assert "".join(str(piece) for piece in text) == long
    assert whole == Attempt(long, "stop", Usage(11, 7), Decimal(0), "fake-1")


@pytest.mark.parametrize(
    ("script", "kind"),
    [(fails(429), failures.RateLimited), (fails(500), failures.ServerFailed), (fails(400), failures.BadRequest)],
)
async def test_a_stream_that_fails_says_why(script: Script, kind: type[failures.NoReply]) -> None:
    async with provider(script) as server, lane(server.url) as model:
        with pytest.raises(kind):
            async for _ in model.stream(request()):
                pass


async def test_only_the_headers_that_are_needed_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-canary")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-canary: canary")
    async with provider(says(GOOD)) as server, lane(server.url) as model:
        await model.attempt(request(), ())

    assert "canary" not in str({k: v for k, v in server.asked[0].headers.items() if k != "authorization"})
    assert not [name for name in server.asked[0].headers if name.startswith("x-")]


@pytest.mark.parametrize(
    "script", [fails(400), fails(401), fails(404), fails(429), fails(500), says(f'{{"{KEY}": 1}}')]
)
async def test_neither_the_key_nor_drafted_text_is_in_a_log_or_an_error(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with provider(script) as server, lane(server.url) as model:
        try:
            made = await model.attempt(request("a secret prompt"), ())
            told = judge(made, Shape).complaint
        except (failures.NoReply, CopilotError) as error:
            told = f"{error!r} {error.__cause__!r} {getattr(error, 'hint', '')}"

    written = caplog.text + told
    assert KEY not in written
    assert "secret prompt" not in written
