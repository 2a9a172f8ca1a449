"""A formula as one polynomial over another, where it is a rational function of its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.exact import Exact
from checkers.decide.field import Field
from checkers.decide.polynomial import MAX_BITS, MAX_DEGREE, Polynomial
from checkers.formula.tree import Node, names
from checkers.limits import Work

ONE = Polynomial.number(1)
MAX_SAID = 2_000
_INDICES = (2, 3, 4)
PI = Fraction(884_279_719_003_555, 281_474_976_710_656)
"""Stands for pi, of which no polynomial is zero: a fraction that is the root of no equation that people write."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """`above` over `under`, not reduced: where `under` is zero, the formula may have no value."""

    above: Polynomial
    under: Polynomial

    @property
    def degree(self) -> int:
        """How fast it grows with all of its names."""
        return self.above.degree() - self.under.degree()


def quotient_of(node: Node, work: Work) -> Quotient:
    """The formula multiplied out, `e` and `i` as names like others; raises Unsupported, Undefined or TooLarge."""
    return _Quotients(_point(node), work).value(node)


def _point(node: Node) -> dict[str, Quotient]:
    point = {name: Quotient(Polynomial.named(name), ONE) for name in names(node)}
    return {**point, "pi": Quotient(Polynomial.number(PI), ONE)}


def difference_of(left: Node, right: Node, work: Work) -> Quotient:
    """The left side less the right one."""
    return _less(quotient_of(left, work), quotient_of(right, work))


def opaque_difference_of(left: Node, right: Node, work: Work) -> tuple[Quotient, tuple[Polynomial, ...]]:
    """The same with a name of its own for each function of names, and what is zero of the roots among these."""
    opaque = _Opaque({**_point(left), **_point(right)}, work)
    return _less(opaque.value(left), opaque.value(right)), tuple(opaque.roots.values())


def _less(one: Quotient, other: Quotient) -> Quotient:
    if one.under == other.under:
        return Quotient(one.above - other.above, one.under)
    return Quotient(one.above * other.under - other.above * one.under, one.under * other.under)


class _Quotients(Field[Quotient]):
    def number(self, value: Fraction) -> Quotient:
        return Quotient(Polynomial.number(value), ONE)

    def add(self, one: Quotient, other: Quotient) -> Quotient:
        self.work.spend(len(one.above.terms) + len(other.above.terms))
        if one.under == other.under:
            return Quotient(one.above + other.above, one.under)
        return _plain(one.above * other.under + other.above * one.under, one.under * other.under)

    def times(self, one: Quotient, other: Quotient) -> Quotient:
        self.work.spend(len(one.above.terms) * len(other.above.terms) // 8)
        return _plain(one.above * other.above, one.under * other.under)

    def over(self, one: Quotient, other: Quotient) -> Quotient:
        if not other.above.terms:
            raise Undefined("it divides by zero")
        return self.times(one, Quotient(other.under, other.above))

    def power(self, base: Quotient, exponent: Node) -> Quotient:
        times = self.whole(exponent)
        if abs(times) > MAX_DEGREE * MAX_BITS:
            raise TooLarge("an exponent is too large")
        if times < 0:
            base, times = self.over(self.number(Fraction(1)), base), -times
        self.work.spend(times if len(base.above.terms) > 1 else 1)
        if not times and not base.above.terms:
            raise Undefined("zero to the power of zero has no value")
        return Quotient(base.above**times, base.under**times)

    def call(self, name: str, args: Sequence[Node]) -> Quotient:
        if any(names(arg) for arg in args):
            raise Unsupported(f"{name} of a name")
        return self.number(Exact({}, self.work, bits=MAX_BITS).call(name, args))

    def whole(self, node: Node) -> int:
        if names(node):
            raise Unsupported("a name stands in an exponent")
        return Exact({}, self.work, bits=MAX_BITS).whole(node)


def _plain(above: Polynomial, under: Polynomial) -> Quotient:
    value = under.constant
    return Quotient(above, under) if value is None else Quotient(above.over(value), ONE)


class _Opaque(_Quotients):
    """Functions of names stand for themselves: the same function of the same is the same name."""

    def __init__(self, point: Mapping[str, Quotient], work: Work) -> None:
        super().__init__(point, work)
        self.roots: dict[str, Polynomial] = {}

    def power(self, base: Quotient, exponent: Node) -> Quotient:
        try:
            return super().power(base, exponent)
        except (Unsupported, Undefined):
            return self._named(f"{_told(base)} ^ {_told(self.value(exponent))}")

    def call(self, name: str, args: Sequence[Node]) -> Quotient:
        try:
            return super().call(name, args)
        except (Unsupported, Undefined):
            values = [self.value(arg) for arg in args]
        said = f"{name} ( {' , '.join(map(_told, values))} )"
        if name == "root" and (index := values[1].above.constant) in _INDICES:
            times = int(index or 0)
            self.roots[said] = Polynomial.named(said) ** times * values[0].under - values[0].above
        return self._named(said)

    def _named(self, said: str) -> Quotient:
        if len(said) > MAX_SAID:
            raise TooLarge("a function of too much")
        return Quotient(Polynomial.named(said), ONE)


def _told(value: Quotient) -> str:
    return f"{sorted(value.above.terms.items())} / {sorted(value.under.terms.items())}"
