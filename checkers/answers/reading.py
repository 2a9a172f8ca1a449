"""What kind of mathematics a text is: read as a whole, or in the ways that only answers are written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from checkers.answers.judge import Judge
from checkers.answers.kinds import Amount, Based, Kind, Ratio, Region, Several
from checkers.answers.measures import unit_factors
from checkers.answers.pieces import JOINED, pieces_of
from checkers.answers.quantity import COUNTING, in_digits, is_counted, quantity, short_money
from checkers.answers.regions import region_of, shared_by_all, united
from checkers.answers.shape import in_unit, kind_of, labelled
from checkers.answers.spelling import in_words, spelled, unwrapped
from checkers.answers.trees import NOWHERE
from checkers.formula.lexicon import GREEK
from checkers.formula.read import read
from checkers.formula.signs import MAX_PRODUCT
from checkers.formula.tree import Name, Node, Opaque, Unreadable, bare, has

MAX_ITEMS = 40
MAX_LEVEL = 3
"""Lists and units inside one another."""

_UNIT = re.compile(
    r"(?P<number>.*[0-9)}])\s{0,3}(?P<unit>[A-Za-z°]{1,30}(?:[- .]{1,2}[A-Za-z°]{1,30}){0,3})[ .]{0,2}", re.DOTALL
)
_TEXT_UNIT = re.compile(r"(?P<number>.*\S)\s{0,3}\\(?:text|mathrm|mbox)\{(?P<unit>[^{}]{1,60})\}", re.DOTALL)
_TRAILING = re.compile(r"(-?[0-9]{0,40}\.[0-9]{1,40})(?:\.{2,3}|…|\\[lc]?dots)")
_BASED = re.compile(r"([0-9A-Fa-f]{1,60})_\{?(?:\\text\{)?([0-9]{1,2})\}{0,2}")
_RATIO = re.compile(r"([^:]{1,100}):([^:]{1,100})(?::([^:]{1,100}))?")
_CLOCK_HALF = re.compile(r"(?P<time>(?:0?[1-9]|1[0-2]):[0-5][0-9])\s{0,3}(?P<half>[ap])\.?m\.?", re.IGNORECASE)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-5][0-9]")
_SET_BUILDER = re.compile(
    r"\\?\{\s*([A-Za-z])\s*(?:\\in\s*\\mathbb\{R\}|∈\s*ℝ)?\s*(?:\||\\mid|:)(?P<told>.+?)\\?\}", re.DOTALL
)
_LABEL = re.compile(r"[A-Za-z\\{}_():,'|^ ]{1,80}?(?:_\{?[0-9]{1,3}\}?)?[A-Za-z\\{}_():,'|^ ]{0,40}")
_LARGE = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT = frozenset({"k", "m", "bn"})
_NOTHING = frozenset({"no solution", "no solutions", "no real solution", "no real solutions", "empty set"})
_ALL = frozenset({"all real numbers", "all reals", "all real x", "any real number", "every real number"})


def kind_in(text: str, judge: Judge, *, level: int = 0) -> Kind | None:
    """What kind of answer a text is that was taken out of its wrappers; None for words, or what is not read."""
    if level > MAX_LEVEL:
        return None
    text = in_digits(spelled(text.strip()))
    node = Unreadable("words") if _is_word(text) or is_counted(text) or _CLOCK_HALF.fullmatch(text) else read(text)
    if not isinstance(node, Unreadable) and not has(node, Opaque):
        return None if _is_words(node) else kind_of(node, judge)
    for attempt in _ATTEMPTS:
        kind = attempt(text, judge, level)
        if kind is not None:
            return kind
    return None


def _is_words(node: Node) -> bool:
    """Whether this is only the name of something in words."""
    node = bare(node)
    return isinstance(node, Name) and node.name not in GREEK and len(node.name.split()[-1]) > MAX_PRODUCT


def _is_word(text: str) -> bool:
    return len(text) > MAX_PRODUCT and text.isalpha()


def _phrase(text: str, judge: Judge, level: int) -> Kind | None:
    words = in_words(text)
    if words in COUNTING:
        return Amount(None, Fraction(COUNTING[words]), 0)
    if words in _NOTHING or text.strip() in ("\\varnothing", "\\{\\}"):
        return Region(())
    return region_of(Name(NOWHERE, "mathbb R"), judge) if words in _ALL else None


def _based(text: str, judge: Judge, level: int) -> Kind | None:
    found = _BASED.fullmatch(text)
    if found is None or not 2 <= int(found[2]) <= 36:
        return None
    digits, base = found[1].upper(), int(found[2])
    return Based(digits, base) if all(int(digit, 36) < base for digit in digits) else None


def _short(text: str, judge: Judge, level: int) -> Kind | None:
    """`$3M`: of money alone such a letter can be nothing else."""
    found = short_money(text)
    kind = kind_in(found[0], judge, level=level + 1) if found else None
    return _scaled(kind, [found[1]]) if found and isinstance(kind, Amount) else None


def _trailing(text: str, judge: Judge, level: int) -> Kind | None:
    found = _TRAILING.fullmatch(text)
    kind = kind_in(found[1], judge, level=level + 1) if found else None
    return replace(kind, trails=True) if isinstance(kind, Amount) else None


def _set_builder(text: str, judge: Judge, level: int) -> Kind | None:
    found = _SET_BUILDER.fullmatch(text)
    kind = kind_in(found["told"], judge, level=level + 1) if found else None
    return kind if isinstance(kind, Region) else None


def _named(text: str, judge: Judge, level: int) -> Kind | None:
    """`\\frac{NO}{BO} = 2`: a left side that no reader of formulas knows, but that has no number either."""
    left, sign, right = text.partition("=")
    if not sign or "=" in right or not _LABEL.fullmatch(left) or not right.strip():
        return None
    kind = kind_in(right, judge, level=level + 1)
    label = "".join(left.split())
    return labelled(kind, Name(NOWHERE, label)) if kind is not None else None


def _ratio(text: str, judge: Judge, level: int) -> Kind | None:
    clock = _CLOCK_HALF.fullmatch(text)
    found = _RATIO.fullmatch(clock["time"] if clock else text)
    if found is None:
        return None
    parts = [read(part) for part in found.groups() if part is not None]
    known = [part for part in parts if not isinstance(part, Unreadable) and isinstance(kind_of(part, judge), Amount)]
    half = clock["half"].casefold() + "m" if clock else ""
    is_clock = clock is not None or _CLOCK.fullmatch(text) is not None
    return Ratio(tuple(known), is_clock, half) if len(known) == len(parts) else None


def _measured(text: str, judge: Judge, level: int) -> Kind | None:
    """A number with words behind it that are its unit, such as eggs."""
    found = quantity(text) or _TEXT_UNIT.fullmatch(text) or _UNIT.fullmatch(text)
    if found is None:
        return None
    unit = found["unit"].strip(" .~")
    words = unit.casefold().split()
    is_known = unit_factors(unit) is not None
    if not words or not (is_known or _is_named(words)):
        return None
    kind = kind_in(found["number"], judge, level=level + 1)
    if not isinstance(kind, Amount) or kind.unit:
        return None
    is_short = bool(kind.currency) and len(words) == 1
    return in_unit(kind, unit) if is_known and not is_short else _scaled(kind, words)


def _is_named(words: Sequence[str]) -> bool:
    return len(words) <= 3 and words[0][0].isalpha() and not any(map(JOINED.fullmatch, words))


def _scaled(amount: Amount, words: Sequence[str]) -> Amount | None:
    is_short = words[0] in _SHORT and (words[0] != "m" or bool(amount.currency))
    if is_short or not set(words[1:]).isdisjoint(_LARGE):
        return None
    if words in (["percent"], ["per", "cent"]):
        return replace(amount, percent=True)
    if words[0] not in _LARGE:
        return in_unit(amount, " ".join(words))
    if amount.value is None:
        return None
    large = replace(amount, node=None, value=amount.value * _LARGE[words[0]], places=None, is_scaled=True)
    return in_unit(large, " ".join(words[1:])) if len(words) > 1 else replace(large, unit="")


def _parts(text: str, judge: Judge, level: int) -> Kind | None:
    """A list with words, semicolons or commas between its things."""
    for strong in (True, False):
        pieces, joint = pieces_of(text, strong=strong)
        if len(pieces) > 1:
            kind = listed(pieces, judge, joint=joint, level=level + 1)
            if kind is not None:
                return kind
    return None


def listed(pieces: Sequence[str], judge: Judge, *, joint: str, level: int = 0) -> Kind | None:
    """Things that were written one by one, with "and" or "or" as their `joint`; None when one is not read."""
    if len(pieces) > MAX_ITEMS:
        return None
    kinds = [kind_in(unwrapped(piece), judge, level=level + 1) for piece in pieces]
    known = [kind for kind in kinds if kind is not None]
    if len(known) < len(kinds):
        return None
    regions = [kind for kind in known if isinstance(kind, Region)]
    if joint and len(regions) == len(known):
        return united(regions) if joint == "or" else shared_by_all(regions, judge)
    return Several(tuple(item for kind in known for item in _flat(kind)), "")


def _flat(kind: Kind) -> Sequence[Kind]:
    """The things of a list inside of a list; one solution in several names is one thing."""
    if not isinstance(kind, Several) or kind.bracket:
        return (kind,)
    return (replace(kind, bracket="tuple"),) if _is_assigned(kind) else kind.items


def _is_assigned(several: Several) -> bool:
    """Whether this is one solution in several names: `p = 5, q = 2`."""
    labels = [item.label for item in several.items if isinstance(item, Amount) and item.label is not None]
    said = {label.name for label in map(bare, labels) if isinstance(label, Name)}
    return len(labels) == len(several.items) == len(said)


_ATTEMPTS: Sequence[Callable[[str, Judge, int], Kind | None]] = (
    _phrase,
    _short,
    _based,
    _trailing,
    _set_builder,
    _named,
    _ratio,
    _measured,
    _parts,
)
