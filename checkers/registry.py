"""Rules found by walking their families: a rule is a function with a docstring in a file, and nothing else to edit."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import import_module, metadata
from types import ModuleType
from typing import Literal, TypeAlias

from checkers.finding import Finding
from checkers.precision import may_fail
from checkers.sets import Scratch, Sweep, Terms
from checkers.trace import Constraint, Trace

ROOMS = ("symbolic", "format", "content")
GROUP = "copilot.checkers"
MAX_NAMED = 5
"""Names in a hint."""

Scope: TypeAlias = Literal["step", "trace", "response", "set"]
OneTrace: TypeAlias = Literal["step", "trace", "response"]
Find: TypeAlias = Callable[[Trace], Iterator[Finding]]
Decide: TypeAlias = Callable[[Trace, Constraint], Finding]
Begin: TypeAlias = Callable[[Scratch, Terms], Sweep]


class UnknownRule(ValueError):
    """A name that no rule, room or plug-in answers to; `hint` has the nearest ones."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class DuplicateRule(ValueError):
    """Two rules would answer to one name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule under its name `<file>.<function>`: it has `find`, or for constraints `decide`, or for sets `sweep`."""

    name: str
    version: int
    """Raised whenever the same text may get another verdict."""
    scope: Scope
    """What a finding depends on: its step alone, the trace, the response as a whole, or a set of responses.

    A `step` rule says the same of a step whatever stands in the others and wherever it stands: besides its step it
    sees only what belongs to the item (prompt, reference, sources, constraints), and it counts its work by step.
    """
    help: str
    room: str = ""
    """The family it stands in, or the plug-in it came with."""
    find: Find | None = None
    decide: Decide | None = None
    sweep: Begin | None = None
    """Begins the rule's work on one set; see `checkers.sets.Sweep`."""
    measured: bool = False
    """Whether its measured precision decides if it may say `fails`; see `checkers/precision.py`."""
    may_fail: bool = True
    """False makes `suspicious` of each `fails` it says."""

    @property
    def summary(self) -> str:
        """The first line of the help."""
        return self.help.split("\n", 1)[0]

    def answers_to(self, name: str) -> bool:
        """Whether `name` is this rule's room or a dotted prefix of its name."""
        return name == self.room or is_prefix(name, self.name)


def rule(*, version: int, scope: OneTrace = "step", measured: bool = False) -> Callable[[Find], Rule]:
    """Make a generator of findings a rule; a `measured` one says `fails` only when it was shown to be precise."""
    return lambda find: Rule(_name(find), version, scope, _help(find), find=find, measured=measured)


def constraint(*, version: int) -> Callable[[Decide], Rule]:
    """Make a function the rule that decides constraints of its name, with exactly one finding each."""
    return lambda decide: Rule(_name(decide), version, "response", _help(decide), decide=decide)


def set_rule(*, version: int) -> Callable[[Begin], Rule]:
    """Make a function that begins a `Sweep` a rule of scope `set`: `check` leaves it out, `check_set` asks it."""
    return lambda begin: Rule(_name(begin), version, "set", _help(begin), sweep=begin)


def all_rules(*, plugins: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Every rule of the house by name, and those of the installed plug-ins that are named here and no others."""
    return _all_rules(tuple(plugins))


def chosen(
    rules: Sequence[Rule], *, select: Sequence[str] | None = None, ignore: Sequence[str] | None = None
) -> tuple[Rule, ...]:
    """The selected rules without the ignored ones; raises UnknownRule for a name that matches none."""
    return _chosen(tuple(rules), None if select is None else tuple(select), tuple(ignore or ()))


@lru_cache(maxsize=64)
def _chosen(rules: tuple[Rule, ...], select: tuple[str, ...] | None, ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    # The same few choices are made for every trace of a file.
    for name in (*(select or ()), *ignore):
        if not any(rule.answers_to(name) for rule in rules):
            raise UnknownRule(
                f"no rule is called {name[:80]!r}",
                nearest(name, {name for each in rules for name in (each.room, each.name)}),
            )
    return tuple(rule for rule in rules if is_chosen(rule.answers_to, select=select, ignore=ignore))


def is_chosen(answers_to: Callable[[str], bool], *, select: Sequence[str] | None, ignore: Sequence[str] | None) -> bool:
    """Whether something with that test of names is selected and not ignored; no selection selects all."""
    selected = select is None or any(map(answers_to, select))
    return selected and not any(map(answers_to, ignore or ()))


def is_prefix(prefix: str, name: str) -> bool:
    """Whether `prefix` is `name` or a whole part of its front: `length` of `length.words`."""
    return name == prefix or name.startswith((f"{prefix}.", f"{prefix}/"))


@cache
def _all_rules(plugins: tuple[str, ...]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for each in (*_rules_of_the_house(), *_rules_of(plugins)):
        if each.name in found:
            raise DuplicateRule(f"two rules are called {each.name}: rename the file or the function of one")
        found[each.name] = each
    return tuple(found[name] for name in sorted(found))


def _rules_of_the_house() -> Iterator[Rule]:
    for room in ROOMS:
        yield from _rules_in(import_module(f"checkers.{room}"), room)


def _rules_of(plugins: tuple[str, ...]) -> Iterator[Rule]:
    for plugin in plugins:
        entries = metadata.entry_points(group=GROUP, name=plugin)
        if not entries:
            known = sorted({entry.name for entry in metadata.entry_points(group=GROUP)})
            hint = "installed: " + ", ".join(known) if known else "install the package that brings it"
            raise UnknownRule(f"no installed package offers the checkers plug-in {plugin[:80]!r}", hint)
        for entry in entries:
            yield from _rules_in(import_module(entry.module), plugin)


def _rules_in(package: ModuleType, room: str) -> Iterator[Rule]:
    modules = [package]
    for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
        modules.append(import_module(found.name))
    for module in modules:
        stem = module.__name__.rpartition(".")[2]
        for value in vars(module).values():
            # A rule that a file only imports is not a rule of that file.
            if isinstance(value, Rule) and value.name.startswith(f"{stem}."):
                yield _in_room(value, room)


def _in_room(found: Rule, room: str) -> Rule:
    return replace(found, room=room, may_fail=not found.measured or may_fail(found.name))


def _name(function: Find | Decide | Begin) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def _help(function: Find | Decide | Begin) -> str:
    told = inspect.getdoc(function)
    if not told:
        raise TypeError(f"the rule {_name(function)} has no docstring, which is its help")
    return told


def nearest(name: str, names: Collection[str]) -> str:
    """Those of the names that come nearest to this one, as a hint; some of them where none is near."""
    known = sorted(names)
    near = get_close_matches(name[:80], known, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(near) + "?"
    more = f" and {len(known) - MAX_NAMED} more; `copilot check --list-rules` lists them"
    return "known: " + ", ".join(known[:MAX_NAMED]) + (more if len(known) > MAX_NAMED else "")
