"""Prelabel: what is asked, what is stored, what is skipped, and how a run ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from checkers import Constraint, Reference, Verdict
from copilot.errors import CopilotError, Unreachable
from copilot.ingest import with_stated
from copilot.llm.ask import Reply, Request
from copilot.llm.attempt import Bill
from copilot.llm.failures import CutOff, NoReply
from copilot.llm.scripted import ScriptedModel
from copilot.model import Charge, Item, Message, Rejected, TaskName, Usage
from copilot.prelabel import Into, Plan, Progress, prelabel
from copilot.store.connect import reading, writing
from copilot.store.drafts import get_draft
from copilot.store.items import get_item
from copilot.store.ledger import spent
from copilot.store.projects import ensure_project
from copilot.store.runs import start_run
from copilot.store.tables import draft, finding, route
from copilot.store.tally import tally

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def problem(name: str, prompt: str = "How many rolls are 6 * 14?", **more: str) -> Item:
    return Item(name, (Message("user", prompt),), domain="mathematics", reference=Reference(answer="84"), **more)  # type: ignore[arg-type]


def request_item(name: str) -> Item:
    return Item(name, (Message("user", "Say it in one word."),), constraints=(Constraint("length.words", {"max": 1}),))


def trace(*steps: str, answer: str) -> str:
    return json.dumps({"steps": [{"text": step} for step in steps], "answer": answer})


RIGHT = trace("6 * 14 = 84", answer="84")
WRONG = trace("6 * 14 = 82", answer="82")


@pytest.fixture
def into(engine: Engine) -> Into:
    with writing(engine) as db:
        project_id = ensure_project(db, name="p", now=NOW)
    return Into(engine, project_id, start(engine, project_id), now=lambda: NOW)


def start(engine: Engine, project_id: UUID) -> UUID:
    with writing(engine) as db:
        return start_run(
            db,
            project_id=project_id,
            task="auto",
            model="m",
            params={},
            source_name="f",
            source_sha256="0",
            now=NOW,
        )


async def run(entries: Iterable[Item | Rejected], into: Into, model: ScriptedModel, **more: object) -> Progress:
    plan = more.pop("plan", Plan())
    return await prelabel(entries, plan=plan, model=model, into=into, concurrency=2, **more)  # type: ignore[arg-type]


async def test_a_draft_is_stored_with_its_findings_its_route_and_its_cause(into: Into) -> None:
    progress = await run([problem("a")], into, ScriptedModel(WRONG))

    with reading(into.engine) as db:
        one = get_draft(db, db.execute(select(draft.c.id)).scalar_one())
        verdicts = set(db.execute(select(finding.c.verdict)).scalars())
        queue, reason = db.execute(select(route.c.queue, route.c.reason)).one()
    assert progress.drafted == 1
    assert [step.text for step in one.content.steps] == ["6 * 14 = 82"]
    assert one.prompt.startswith("cot@")
    assert (one.model, one.task, one.usage) == ("scripted", TaskName.COT, Usage(10, 20))
    assert Verdict.FAILS in verdicts
    assert queue == "expert:mathematics"
    assert "fail" in reason


async def test_what_holds_throughout_waits_in_no_queue(into: Into) -> None:
    await run([problem("a")], into, ScriptedModel(RIGHT))

    with reading(into.engine) as db:
        counts = tally(db, project_id=into.project_id)
    assert (counts.accepted, counts.waiting) == (1, {})


async def test_a_second_run_asks_nothing_and_stores_nothing(into: Into) -> None:
    items = [problem("a"), request_item("b")]
    script = {TaskName.COT: RIGHT, TaskName.SFT: '{"response": "Yes."}'}
    model = ScriptedModel(lambda request: script["cot" if "steps" in str(request.shape.model_fields) else "sft"])  # type: ignore[index]
    await run(items, into, model)
    again = await run(items, replace(into, run_id=start(into.engine, into.project_id)), model)

    assert len(model.asked) == 2
    assert (again.kept, again.drafted, again.asked) == (2, 0, 2)


async def test_every_sample_is_a_draft_of_its_own(into: Into) -> None:
    model = ScriptedModel(RIGHT)
    progress = await run([problem("a")], into, model, plan=Plan(samples=3))

    assert progress.drafted == 3
    assert {request.sample for request in model.asked} == {0, 1, 2}
    assert {request.temperature for request in model.asked} == {0.8}


async def test_without_checks_every_draft_goes_to_review(into: Into) -> None:
    await run([problem("a")], into, ScriptedModel(RIGHT), plan=Plan(check=False))

    with reading(into.engine) as db:
        counts = tally(db, project_id=into.project_id)
    assert counts.waiting == {"review": 1}
    assert not any(counts.findings.values())


async def test_one_bad_prompt_costs_no_other(into: Into) -> None:
    def script(request: Request) -> str | NoReply:
        return CutOff("the reply was cut off") if "bad" in request.messages[-1].content else RIGHT

    rejected: list[Rejected] = []
    items = [problem(f"q{number}", "bad" if number == 3 else f"What is 6 * 14, {number}?") for number in range(8)]
    progress = await run(items, into, ScriptedModel(script), on_rejected=rejected.append)

    assert (progress.drafted, progress.failed) == (7, 1)
    assert [one.id for one in rejected] == ["q3"]
    assert "cut off" in rejected[0].error


async def test_rejected_lines_are_handed_on_and_the_rest_is_drafted(into: Into) -> None:
    rejected: list[Rejected] = []
    entries: list[Item | Rejected] = [Rejected("is no JSON", "mend it", line=1), problem("a")]
    progress = await run(entries, into, ScriptedModel(RIGHT), on_rejected=rejected.append)

    assert (progress.rejected, progress.drafted) == (1, 1)
    assert rejected[0].line == 1


async def test_the_same_id_with_other_content_is_rejected_and_nothing_is_overwritten(into: Into) -> None:
    await run([problem("a", "first")], into, ScriptedModel(RIGHT))
    rejected: list[Rejected] = []
    model = ScriptedModel(RIGHT)
    progress = await run([problem("a", "second")], into, model, on_rejected=rejected.append)

    assert not model.asked
    assert progress.rejected == 1
    assert "other content" in rejected[0].error


async def test_trouble_for_the_whole_run_ends_it_and_keeps_what_was_finished(into: Into) -> None:
    class Failing(ScriptedModel):
        async def ask(self, request: Request) -> Reply:
            if len(self.asked) == 20:
                raise Unreachable("the server is gone", hint="start it")
            return await super().ask(request)

    items = [problem(f"q{number}", f"What is 6 * 14, {number}?") for number in range(200)]
    with pytest.raises(CopilotError, match="gone"):
        await run(items, into, Failing(RIGHT))

    with reading(into.engine) as db:
        assert tally(db, project_id=into.project_id).drafted == 20


async def test_a_long_set_is_read_no_faster_than_it_is_drafted(into: Into) -> None:
    read = 0

    def entries() -> Iterable[Item]:
        nonlocal read
        for number in range(400):
            read += 1
            yield problem(f"q{number}", f"What is 6 * 14, {number}?")

    ahead: list[int] = []

    def script(_: Request) -> str:
        ahead.append(read - len(model.asked))
        return RIGHT

    model = ScriptedModel(script)
    await run(entries(), into, model)

    assert len(model.asked) == 400
    assert max(ahead) <= 2 * 64 + 8


async def test_an_earlier_turn_stands_before_the_prompt(into: Into) -> None:
    turns = (Message("system", "Be brief."), Message("user", "hi"), Message("assistant", "yes?"), Message("user", "?"))
    model = ScriptedModel('{"response": "Four."}')
    await run([Item("a", turns)], into, model)

    roles = [message.role for message in model.asked[0].messages]
    assert roles == ["system", "user", "assistant", "user"]
    assert model.asked[0].messages[0].content.endswith("Be brief.")


async def test_a_reply_without_a_known_price_is_counted_apart(into: Into) -> None:
    class Unpriced(ScriptedModel):
        async def ask(self, request: Request) -> Reply:
            reply = await super().ask(request)
            return replace(reply, charges=tuple(replace(each, cost=None) for each in reply.charges))

    progress = await run([problem("a")], into, Unpriced(RIGHT))

    assert (progress.cost, progress.unpriced) == (Decimal(0), 1)


async def test_what_the_record_answers_costs_this_run_nothing_and_is_charged_once(into: Into) -> None:
    class Recorded(ScriptedModel):
        async def ask(self, request: Request) -> Reply:
            reply = await super().ask(request)
            return replace(reply, cached=True, charges=tuple(replace(each, replayed=True) for each in reply.charges))

    progress = await run([problem("a")], into, Recorded(RIGHT))

    with reading(into.engine) as db:
        books = spent(db, into.project_id)
    assert (progress.answered, progress.usage) == (1, Usage())
    assert (books.calls, books.usage) == (1, Usage(10, 20))


async def test_every_billed_call_of_a_request_stands_in_the_books(into: Into) -> None:
    class Stubborn(ScriptedModel):
        async def ask(self, request: Request) -> Reply:
            charges = tuple(
                Charge(f"{len(self.asked)}-{number}", "m", Usage(1, 2), Decimal("0.5")) for number in range(3)
            )
            self.asked.append(request)
            raise CutOff("cut off", bill=Bill(3, Usage(3, 6), Decimal("1.5"), charges))

    model = Stubborn(RIGHT)
    for _ in range(2):
        progress = await run([problem("a")], into, model)

    with reading(into.engine) as db:
        books = spent(db, into.project_id)
    assert (progress.failed, progress.cost, progress.usage) == (1, Decimal("1.5"), Usage(3, 6))
    assert (books.calls, books.cost) == (6, Decimal(3))


async def test_the_same_name_at_another_address_is_another_model(into: Into) -> None:
    here, there = ScriptedModel(RIGHT), ScriptedModel(RIGHT)
    there.identity = "scripted@http://127.0.0.1:1/v1"
    await run([problem("a")], into, here)
    progress = await run([problem("a")], into, there)

    assert (len(there.asked), progress.drafted) == (1, 1)


async def test_a_store_that_cannot_keep_a_batch_lets_the_calls_that_are_out_finish(into: Into) -> None:
    class Slow(ScriptedModel):
        answered = 0

        async def ask(self, request: Request) -> Reply:
            reply = await super().ask(request)
            await asyncio.sleep(0.05)
            self.answered += 1
            return reply

    model = Slow(RIGHT)
    items = [problem(f"q{number}", f"What is 6 * 14, {number}?") for number in range(100)]
    gone = replace(into, run_id=UUID(int=7))  # there is no such run, so nothing can be charged to it
    with pytest.raises(CopilotError, match="run"):
        await run(items, gone, model)

    assert 0 < len(model.asked) < 100
    assert model.answered == len(model.asked)


async def test_asked_to_stop_it_stores_what_is_out_and_asks_nothing_new(into: Into) -> None:
    model = ScriptedModel(RIGHT)
    items = [problem(f"q{number}", f"What is 6 * 14, {number}?") for number in range(100)]
    progress = await run(items, into, model, stopping=lambda: len(model.asked) >= 10)

    assert 10 <= len(model.asked) <= 10 + 4
    assert progress.drafted == len(model.asked)


def clashing(name: str) -> Item:
    wanted = (Constraint("length.words", {"min": 9}), Constraint("length.words", {"max": 3}))
    return Item(name, (Message("user", "Say it."),), constraints=wanted)


async def test_an_item_that_contradicts_itself_is_held_back_unpaid_and_told(into: Into) -> None:
    model, held = ScriptedModel('{"response": "Yes."}'), list[Rejected]()
    progress = await run([clashing("a"), request_item("b")], into, model, on_held=held.append)

    assert (progress.held, progress.drafted, progress.rejected) == (1, 1, 0)
    assert len(model.asked) == 1
    assert [(one.id, one.error) for one in held] == [
        ("a", "asks for at least 9 words and for at most 3 words: no number is both")
    ]


async def test_what_was_held_back_is_drafted_once_it_is_mended(into: Into) -> None:
    model = ScriptedModel('{"response": "Yes."}')
    await run([clashing("a")], into, model)
    progress = await run([request_item("a")], replace(into, run_id=start(into.engine, into.project_id)), model)

    assert (progress.held, progress.drafted) == (0, 1)


async def test_an_item_that_contradicts_itself_is_drafted_when_that_is_wanted(into: Into) -> None:
    progress = await run([clashing("a")], into, ScriptedModel('{"response": "Yes."}'), plan=Plan(contradictory=True))

    with reading(into.engine) as db:
        rules = set(db.execute(select(finding.c.rule)).scalars())
    assert (progress.held, progress.drafted) == (0, 1)
    assert "contradiction.pair" in rules


async def test_what_is_read_from_a_prompt_is_kept_on_the_item_and_another_reading_is_no_other_item(into: Into) -> None:
    plain = Item("a", (Message("user", "Say it in at most 3 words."),))
    model = ScriptedModel('{"response": "Yes."}')
    await run([with_stated(plain)], into, model)
    again = await run([plain], replace(into, run_id=start(into.engine, into.project_id)), model)

    with reading(into.engine) as db:
        kept = get_item(db, db.execute(select(draft.c.item_id)).scalar_one())
        evidence = db.execute(select(finding.c.evidence)).scalars().first()
    assert [(one.name, one.origin, one.span) for one in kept.constraints] == [("length.words", "reader", (10, 25))]
    assert evidence is not None
    assert (evidence["origin"], evidence["asked"]) == ("reader", [10, 25])
    assert (again.rejected, again.kept) == (0, 1)
