"""The nouns as JSON documents and back: what is read is what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from checkers import (
    AnswerClaim,
    CitesClaim,
    Claim,
    Constraint,
    Finding,
    Json,
    LetClaim,
    Reference,
    RelationClaim,
    Source,
    StateClaim,
    Step,
    Verdict,
)
from checkers.record import claim_as_json
from copilot.model import Content, Item, Message, TaskName

# What comes back out of a document was put there by the functions beside it, so its shape is believed.
_Fields = dict[str, Any]

_CLAIMS: Mapping[str, type[Claim]] = {
    "relation": RelationClaim,
    "let": LetClaim,
    "state": StateClaim,
    "cites": CitesClaim,
    "answer": AnswerClaim,
}


def item_as_json(item: Item) -> dict[str, Json]:
    """The item, whole."""
    return {
        "id": item.id,
        "messages": [{"role": turn.role, "content": turn.content} for turn in item.messages],
        "task": item.task,
        "domain": item.domain,
        "difficulty": item.difficulty,
        "language": item.language,
        "constraints": [
            {"name": one.name, "params": one.params, "origin": one.origin, "span": one.span} for one in item.constraints
        ],
        "reference": {"answer": item.reference.answer, "solution": item.reference.solution},
        "sources": [{"id": one.id, "title": one.title, "url": one.url, "text": one.text} for one in item.sources],
        "safety": item.safety,
        "metadata": item.metadata,
    }


def item_from(document: Json) -> Item:
    """The item that `item_as_json` wrote."""
    fields = dict(cast("_Fields", document))
    return Item(
        **{
            **fields,
            "messages": tuple(Message(**turn) for turn in fields["messages"]),
            "task": None if fields["task"] is None else TaskName(fields["task"]),
            "constraints": tuple(
                Constraint(**{**one, "span": None if one["span"] is None else tuple(one["span"])})
                for one in fields["constraints"]
            ),
            "reference": Reference(**fields["reference"]),
            "sources": tuple(Source(**one) for one in fields["sources"]),
        }
    )


def claim_from(document: Json) -> Claim | None:
    """The claim that `checkers.record.claim_as_json` wrote; None for none."""
    if document is None:
        return None
    fields = dict(cast("_Fields", document))
    kind = _CLAIMS[fields.pop("kind")]
    if "args" in fields:
        fields["args"] = tuple(fields["args"])
    return kind(**fields)


def claim_document(claim: Claim | None) -> Json:
    """The claim, or None for none."""
    return None if claim is None else claim_as_json(claim)


def content_as_json(content: Content) -> dict[str, Json]:
    """The text with its steps and their ids."""
    steps: list[Json] = [
        {"text": step.text, "id": step.id, "claim": claim_document(step.claim)} for step in content.steps
    ]
    return {"response": content.response, "steps": steps, "answer": content.answer}


def content_from(document: Json) -> Content:
    """The text that `content_as_json` wrote."""
    fields = cast("_Fields", document)
    steps = tuple(Step(one["text"], one["id"], claim_from(one["claim"])) for one in fields["steps"])
    return Content(fields["response"], steps, fields["answer"])


def findings_as_json(findings: Sequence[Finding]) -> list[Json]:
    """The findings, in order."""
    return [finding.as_json() for finding in findings]


def findings_from(document: Json) -> tuple[Finding, ...]:
    """The findings that `findings_as_json` wrote."""
    return tuple(
        Finding(**{**fields, "verdict": Verdict(fields["verdict"]), "span": tuple(fields["span"])})
        for fields in cast("list[_Fields]", document)
    )
