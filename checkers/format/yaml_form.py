"""A response that is to be YAML: read event by event, nothing is built from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkers import params
from checkers.finding import Finding, fails, holds
from checkers.limits import Budget, OverLimit
from checkers.registry import constraint
from checkers.text.fence import framed_span
from checkers.trace import Constraint, Trace

if TYPE_CHECKING:
    from yaml.events import Event

MAX_TEXT = 50_000
"""Characters: PyYAML reads some 100,000 a second."""
MAX_DEPTH = 50
ROOTS = ("any", "list", "mapping", "scalar")


class _Wrong(ValueError):
    """The text is no YAML; says why and where in it."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at


@constraint(version=1)
def valid(trace: Trace, asked: Constraint) -> Finding:
    """The response is one YAML document, in a code fence or not, without a key that stands twice in its mapping.

    Its `root` is a `mapping` or a `list` unless `scalar` or `any` is asked for: any plain sentence is a scalar. Names
    for values (`&a`, `*a`) are followed no further than that each must be given before it is used.
    """
    params.refuse_unknown(asked, "root")
    wanted = params.choice(asked, "root", ROOTS)
    start, end = framed_span(trace.text)
    if end - start > MAX_TEXT:
        raise OverLimit(f"more than {MAX_TEXT:,} characters of YAML")
    try:
        root, at = _read(trace.text[start:end], trace.budget)
    except _Wrong as error:
        return fails((min(start + error.at, end), end), f"This is not YAML: {error}.")
    if wanted != "any" and (root not in ("mapping", "list") if wanted is None else root != wanted):
        said = wanted or "mapping or a list"
        return fails((start + at, end), f"The YAML is a {root}, not a {said}.", measured=root, wanted=wanted)
    return holds((start, end), f"The response is YAML, a {root}.", measured=root)


def _read(text: str, budget: Budget) -> tuple[str, int]:
    """What kind of value the one document is, and where it begins."""
    import yaml  # loaded only where YAML is asked for

    reader = _Reader()
    try:
        for event in budget.over(yaml.parse(text, Loader=yaml.SafeLoader)):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise _Wrong(f"{_plain(error.problem or error.context)}{where}", mark.index if mark else 0) from None
    except yaml.reader.ReaderError as error:
        raise _Wrong("it has a sign that YAML does not allow", _place(error.position)) from None
    except _Wrong:
        raise
    except (ValueError, OverflowError):
        # A number that the scanner itself reads, as in `"\\Uffffffff"` or `%YAML 1.…`.
        raise _Wrong("it has a number that names no sign", 0) from None
    if reader.root is None:
        raise _Wrong("there is no value", 0)
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
                raise _Wrong("there is a second document", _index(event))
            case yaml.AliasEvent() if event.anchor not in self.anchors:
                raise _Wrong("it uses a name that was not given before", _index(event))
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
            raise _Wrong(f"the key “{(said or '')[:40]}” stands twice, line {_line(event)}", _index(event))


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
