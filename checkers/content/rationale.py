"""Rationales of preference judgements that say nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from checkers.finding import Finding, Json, suspicious
from checkers.finding import unknown as undecided
from checkers.reasoning.substance import MAX_RESPONSES, Substance
from checkers.reasoning.substance import substance as substance_of
from checkers.registry import set_rule
from checkers.sets import Member, Scratch, Sweep, Terms

MAX_RATINGS = 100
"""Of one record."""


@set_rule(version=1)
def substance(scratch: Scratch, terms: Terms) -> Sweep:
    """A rationale names what it goes by and a place in a response, and is more than "A is better".

    Looked at are records with `responses` and `ratings`, each with a `rationale`, and records with one `rationale`. A
    place is a quotation that stands in a response, a number or name of it, or a part that it has ("second
    paragraph"). English alone: another language is unknown. Records without a rationale are left alone.
    """
    return _Rationales()


class _Rationales(Sweep):
    def find(self, member: Member) -> Iterator[Finding]:
        responses = _texts(member.record.get("responses"))
        if not responses and member.is_answered:
            responses = [member.trace.text]
        language = member.trace.about.language
        for rater, rationale in _rationales(member.record):
            found = substance_of(rationale, responses, language=language)
            if found.missing or found.reason:
                yield _told(found, rater)


def _told(found: Substance, rater: str) -> Finding:
    who = f"{rater[:80]}: " if rater else ""
    if found.reason:
        return undecided((0, 0), f"{who}{found.message}", reason=found.reason)
    misquoted: list[Json] = [list(span) for span in found.misquoted]
    return suspicious(
        (0, 0), f"{who}{found.message}", missing=list(found.missing), criteria=list(found.criteria), misquoted=misquoted
    )


def _rationales(record: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Each rationale with the name of its rater; a null or blank one was not asked for."""
    alone = record.get("rationale")
    if isinstance(alone, str) and alone.strip():
        yield "", alone
    ratings = record.get("ratings")
    if not isinstance(ratings, Sequence) or isinstance(ratings, str):
        return
    for rating in islice(ratings, MAX_RATINGS):
        said = rating.get("rationale") if isinstance(rating, Mapping) else None
        if isinstance(rating, Mapping) and isinstance(said, str) and said.strip():
            rater = rating.get("rater")
            yield (rater if isinstance(rater, str) else ""), said


def _texts(given: Json) -> list[str]:
    """The responses of a record, given as texts or as `{"text": ...}`."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        return []
    found = [each.get("text") if isinstance(each, Mapping) else each for each in islice(given, MAX_RESPONSES)]
    return [each for each in found if isinstance(each, str)]
