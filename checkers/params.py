"""The parameters of a constraint, read with bounds: a wrong one makes the constraint undecided, never a crash."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from checkers.finding import Json
from checkers.trace import Constraint

MAX_COUNT = 1_000_000_000
MAX_WORDS = 100
MAX_WORD = 200


class BadParams(ValueError):
    """The constraint's parameters say nothing that could be checked; the message says what is wrong with them."""


class Impossible(BadParams):
    """Each parameter can be read, and together they ask for what no text can be."""


def refuse_unknown(asked: Constraint, *known: str) -> None:
    """Raise BadParams when the constraint carries a parameter that its rule would overlook."""
    strange = sorted(name for name, value in asked.params.items() if name not in known and value is not None)
    if strange:
        raise BadParams(f"the parameter {strange[0][:60]!r} is not known; {asked.name} takes {', '.join(known)}")


def count(asked: Constraint, name: str) -> int | None:
    """A whole number from 0 on, or None when it is not given."""
    value = asked.params.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_COUNT:
        raise BadParams(f"the parameter {name!r} must be a whole number from 0 on")
    return value


def bounds(asked: Constraint) -> tuple[int | None, int | None]:
    """The parameters `min` and `max`, at least one of them given and in order."""
    least, most = count(asked, "min"), count(asked, "max")
    if least is None and most is None:
        raise BadParams("neither 'min' nor 'max' is given")
    if least is not None and most is not None and least > most:
        raise BadParams("'min' is larger than 'max'")
    return least, most


def share(asked: Constraint, name: str, *, most: float = 100.0) -> float | None:
    """A number from 0 to `most`, as in `tolerance_percent`, or None when it is not given."""
    value = asked.params.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise BadParams(f"the parameter {name!r} must be a number from 0 to {most:g}")
    return float(value)


def flag(asked: Constraint, name: str, *, default: bool) -> bool:
    """A plain true or false."""
    value = asked.params.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise BadParams(f"the parameter {name!r} must be true or false")
    return value


def text(asked: Constraint, name: str, *, most: int = MAX_WORD) -> str | None:
    """A text that is not blank, of `most` characters at most; None when it is not given."""
    value = asked.params.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        raise BadParams(f"the parameter {name!r} must be a text of 1 to {most:,} characters")
    return value


def choice(asked: Constraint, name: str, among: Collection[str]) -> str | None:
    """One of the given names, in any case and without blanks around it; None when it is not given."""
    value = asked.params.get(name)
    if value is None:
        return None
    said = value.strip().casefold() if isinstance(value, str) else ""
    if said not in among:
        raise BadParams(f"the parameter {name!r} must be one of {', '.join(sorted(among))}")
    return said


def words(asked: Constraint, name: str) -> tuple[str, ...]:
    """A list of 1 to 100 words or phrases, none of them blank."""
    value = asked.params.get(name)
    listed = cast("list[Json]", value) if isinstance(value, list | tuple) else []
    if not 0 < len(listed) <= MAX_WORDS:
        raise BadParams(f"the parameter {name!r} must be a list of 1 to {MAX_WORDS} words")
    found = tuple(word.strip() for word in listed if isinstance(word, str) and 0 < len(word.strip()) <= MAX_WORD)
    if len(found) < len(listed):
        raise BadParams(f"each of {name!r} must be a text of 1 to {MAX_WORD} characters")
    return found


def schema(asked: Constraint, name: str) -> Mapping[str, Json] | bool:
    """An object, or a plain true or false, as JSON Schema allows."""
    value = asked.params.get(name)
    if not isinstance(value, Mapping | bool):
        raise BadParams(f"the parameter {name!r} must be a JSON Schema object")
    return value


def columns(asked: Constraint, name: str) -> tuple[tuple[str, ...], int | None]:
    """The columns of a table, by their names or as a number: names (none for a number), and how many; None for any."""
    value = asked.params.get(name)
    if value is None:
        return (), None
    if isinstance(value, list | tuple):
        names = words(asked, name)
        return names, len(names)
    number = count(asked, name)
    if not number:
        raise BadParams(f"the parameter {name!r} must be the names of the columns or a number from 1 on")
    return (), number
