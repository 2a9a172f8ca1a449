"""YAML read event by event: whether it is well formed, and nothing is built from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkers.limits import Budget, OverLimit
from checkers.text.misformed import Misformed

if TYPE_CHECKING:
    from yaml.events import Event

MAX_TEXT = 50_000
"""Characters: PyYAML reads some 100,000 a second."""
MAX_DEPTH = 50


def read_yaml(text: str, budget: Budget) -> tuple[str, int]:
    """What the one document is (`mapping`, `list`, `scalar`), and where it begins; raises Misformed, OverLimit.

    No key stands twice in a mapping, and each name for a value is given before it is used; no value is written out.
    """
    import yaml  # loaded only where YAML is asked for

    if len(text) > MAX_TEXT:
        raise OverLimit(f"more than {MAX_TEXT:,} characters of YAML")
    reader = _Reader()
    try:
        for event in budget.over(yaml.parse(text, Loader=yaml.SafeLoader)):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise Misformed(f"{_plain(error.problem or error.context)}{where}", mark.index if mark else 0) from None
    except yaml.reader.ReaderError as error:
        raise Misformed("it has a sign that YAML does not allow", _place(error.position)) from None
    except Misformed:
        raise
    except (ValueError, OverflowError):
        # A number that the scanner itself reads, as in `"\\Uffffffff"` or `%YAML 1.…`.
        raise Misformed("it has a number that names no sign", 0) from None
    if reader.root is None:
        raise Misformed("there is no value", 0)
    return reader.root


class _Reader:
    """What the events have told so far: open values, names that were given, and keys of each open mapping."""

    def __init__(self) -> None:
        self.root: tuple[str, int] | None = None
        self.anchors: set[str] = set()
        self.open: list[_Open] = []

    def take(self, event: Event) -> None:
        import yaml

        match event:
            case yaml.DocumentStartEvent() if self.root is not None:
                raise Misformed("there is a second document", _index(event))
            case yaml.AliasEvent() if event.anchor not in self.anchors:
                raise Misformed("it uses a name that was not given before", _index(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                self.begin(event, "mapping" if is_mapping else "list", None)
                self.open.append(_Open(is_mapping))
                if len(self.open) > MAX_DEPTH:
                    raise OverLimit(f"values nested more than {MAX_DEPTH} deep")
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
            case yaml.ScalarEvent():
                self.begin(event, "scalar", event.value)
            case yaml.AliasEvent():
                self.begin(event, "scalar", None)

    def begin(self, event: Event, kind: str, said: str | None) -> None:
        import yaml

        anchor = getattr(event, "anchor", None)
        if anchor and not isinstance(event, yaml.AliasEvent):
            self.anchors.add(anchor)
        if self.root is None:
            self.root = kind, _index(event)
        if self.open and self.open[-1].is_repeated(said):
            raise Misformed(f"the key “{(said or '')[:40]}” stands twice, line {_line(event)}", _index(event))


class _Open:
    """A value that is not closed yet; of a mapping, its keys and whether the next one is a key."""

    def __init__(self, is_mapping: bool) -> None:
        self.is_mapping = is_mapping
        self.is_key = is_mapping
        self.keys: set[str] = set()

    def is_repeated(self, said: str | None) -> bool:
        is_key, self.is_key = self.is_key, self.is_mapping and not self.is_key
        # `<<` merges another mapping and may stand more than once.
        if not is_key or said is None or said == "<<":
            return False
        is_known = said in self.keys
        self.keys.add(said)
        return is_known


def _index(event: Event) -> int:
    return _place(event.start_mark.index) if event.start_mark else 0


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _place(at: object) -> int:
    return at if isinstance(at, int) else 0


def _plain(problem: str | None) -> str:
    said = (problem or "it cannot be read").split("\n", 1)[0]
    return said if len(said) <= 80 else said[:80] + "…"
