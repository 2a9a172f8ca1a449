"""One request answered: the draft it became, checked and routed, or the reason there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from checkers import Finding, check
from copilot.llm.ask import Model, Reply
from copilot.llm.failures import NoReply
from copilot.model import Checked, Draft, Outcome, Rejected, Route, Usage
from copilot.prelabel.plan import Asked, Plan
from copilot.routing import route


@dataclass(frozen=True, slots=True)
class Outlay:
    """What one request cost, answered or not."""

    request_key: str
    model: str
    usage: Usage
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft ready to be stored."""

    checked: Checked
    outlay: Outlay
    cached: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that got no answer."""

    rejected: Rejected
    outlay: Outlay


async def answer(asked: Asked, *, model: Model) -> Reply | Failed:
    """The model's reply, or why this one request has none; trouble for the whole run is a CopilotError."""
    try:
        return await model.ask(asked.request)
    except NoReply as failure:
        what = f"sample {asked.request.sample} has no draft: {failure}"
        return Failed(
            Rejected(what, "run the same command with --retry-failed to ask again", id=asked.item.id),
            Outlay(asked.request.key, model.name, failure.usage, failure.cost),
        )


def finish(
    asked: Asked, reply: Reply, *, item_id: UUID, run_id: UUID, plan: Plan, now: Callable[[], datetime]
) -> Drafted:
    """The draft of a reply with its findings and route. Runs the checks: call it off the event loop."""
    content = asked.task.content(reply.value)
    draft = Draft(
        id=uuid4(),
        item_id=item_id,
        run_id=run_id,
        task=asked.task.name,
        sample=asked.request.sample,
        content=content,
        model=reply.model,
        prompt=asked.prompt,
        params={"temperature": asked.request.temperature, "max_tokens": asked.request.max_tokens},
        request_key=asked.request.key,
        usage=reply.usage,
        cost=reply.cost,
        attempts=reply.attempts,
        created_at=now(),
    )
    findings = _findings(asked, draft, plan)
    checked = Checked(draft=draft, findings=findings, route=_route(asked, draft, findings, plan))
    return Drafted(checked, Outlay(asked.request.key, reply.model, reply.usage, reply.cost), reply.cached)


def _findings(asked: Asked, draft: Draft, plan: Plan) -> tuple[Finding, ...]:
    if not plan.check:
        return ()
    return check(draft.content.trace(asked.item), select=plan.select, ignore=plan.ignore).findings


def _route(asked: Asked, draft: Draft, findings: tuple[Finding, ...], plan: Plan) -> Route:
    if not plan.check:
        return Route(Outcome.REVIEW, "review", "drafted without checks", priority=40)
    return route(asked.item, findings, steps=len(draft.content.steps), rules=plan.rules)
