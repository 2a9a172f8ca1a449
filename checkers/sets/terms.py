"""What the caller of a check of a set gives besides the set: settings, and texts to hold it against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from checkers.finding import Json


class BadTerms(ValueError):
    """A setting or a given text that no rule can use: what is wrong with it, and in `hint` how to mend it."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Terms:
    """Given once for all rules; each takes the part that it knows and raises BadTerms where that is wrong."""

    settings: Mapping[str, Json] = field(default_factory=dict)
    """Tables of `copilot.toml` by name: `quotas`, `style`."""
    against: Callable[[], Iterator[tuple[int, Json]]] | None = None
    """Reads an evaluation set, each line with its number: a record as an object, a plain line as a text."""

    def table(self, name: str) -> Mapping[str, Json]:
        """The settings under that name; empty when there are none."""
        found = self.settings.get(name)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            raise BadTerms(f"the setting {name!r} is not a table", f"write it under [{name}]")
        return found
