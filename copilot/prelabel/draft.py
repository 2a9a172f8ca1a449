"""One request answered: the draft it became, checked and routed, or the reason there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from checkers import Finding, check
from copilot.llm.ask import Model, Reply
from copilot.llm.failures import NoReply
from copilot.model import Charge, Checked, Content, Draft, Outcome, Rejected, Route
from copilot.prelabel.plan import Asked, Plan
from copilot.routing import route


@dataclass(frozen=True, slots=True)
class Outlay:
    """What one request cost, answered or not: each billed call, those of earlier runs included."""

    request_key: str
    charges: tuple[Charge, ...]

    @property
    def new(self) -> tuple[Charge, ...]:
        """What this run paid."""
        return tuple(charge for charge in self.charges if not charge.replayed)


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
            Outlay(asked.request.key, failure.charges),
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
    findings, where = _judged(asked, content, plan)
    checked = Checked(draft=draft, findings=findings, route=where)
    return Drafted(checked, Outlay(asked.request.key, reply.charges), reply.cached)


def _judged(asked: Asked, content: Content, plan: Plan) -> tuple[tuple[Finding, ...], Route]:
    if not plan.check:
        return (), Route(Outcome.REVIEW, "review", "drafted without checks", priority=40)
    report = check(content.trace(asked.item), select=plan.select, ignore=plan.ignore)
    return report.findings, route(asked.item, report, rules=plan.rules)
