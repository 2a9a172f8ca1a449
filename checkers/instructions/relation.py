"""What the relations of the suites mean as bounds: "less than 5" is at most 4."""

from __future__ import annotations

from checkers.finding import Json
from checkers.params import BadParams

RELATIONS = ("less than", "at least")


def bounds_of(relation: Json, number: Json) -> dict[str, Json]:
    """`min` or `max`, both ends included; raises BadParams for a relation that the suites do not have."""
    if relation not in RELATIONS:
        raise BadParams("the relation must be 'less than' or 'at least'")
    if relation == "at least":
        return {"min": number}
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise BadParams("the number of a relation must be a whole number")
    return {"max": number - 1}


def is_met(count: int, *, relation: str | None, number: float | None) -> bool:
    """Whether the references take the count; a number or relation that is missing they would draw at random."""
    if relation is None or number is None:
        raise BadParams("the relation or its number is missing")
    return count < number if relation == "less than" else count >= number
