"""What a record asks and says, as texts that two records can share."""

from __future__ import annotations

from collections.abc import Mapping

from checkers.sets.member import Member
from checkers.sets.shingles import normal


def asked(member: Member) -> str:
    """All that the record asks: every turn of the conversation or the prompt, and the sources with it."""
    turns = member.record.get("messages")
    said = [member.trace.prompt]
    if member.record.get("prompt") is None and isinstance(turns, list):
        said = [f"{turn.get('role')}: {turn.get('content')}" for turn in turns if isinstance(turn, Mapping)]
    return "\n".join([*said, *(source.text for source in member.trace.sources)])


def answered(member: Member) -> str:
    """All that the record answers: the response or the steps, and the answer."""
    trace = member.trace
    said = trace.text
    return said if trace.response is None or trace.answer is None else f"{said}\n{trace.answer}"


def demanded_too(member: Member) -> str:
    """What else makes an item this one: its constraints and its reference."""
    trace = member.trace
    demands = sorted(f"{each.name} {sorted(map(repr, each.params.items()))}" for each in trace.constraints)
    return normal("\n".join([*demands, trace.reference.answer or "", trace.reference.solution or ""]))
