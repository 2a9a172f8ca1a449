"""The first tier: exact fractions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.field import Field
from checkers.decide.survey import Below
from checkers.formula.tree import Node
from checkers.limits import Work

MAX_FACTORIAL = 1_000
MAX_INDEX = 64
"""Of a root."""
SMALL = 128
"""Bits after which a number costs more than any other."""


class Exact(Field[Fraction]):
    """Fractions within a bound of bits, estimated before a number is built."""

    def __init__(self, point: Mapping[str, Fraction], work: Work, *, bits: int, below: Below | None = None) -> None:
        super().__init__(point, work, below)
        self.bits = bits

    def number(self, value: Fraction) -> Fraction:
        """The number itself."""
        self._refuse(_bits(value))
        return value

    def add(self, one: Fraction, other: Fraction) -> Fraction:
        """The exact sum."""
        self._refuse(_bits(one) + _bits(other) + 1)
        return one + other

    def times(self, one: Fraction, other: Fraction) -> Fraction:
        """The exact product."""
        self._refuse(_bits(one) + _bits(other))
        return one * other

    def negative(self, value: Fraction) -> Fraction:
        """The exact opposite."""
        return -value

    def over(self, one: Fraction, other: Fraction) -> Fraction:
        """The exact quotient."""
        if other == 0:
            raise Undefined("it divides by zero")
        self._refuse(_bits(one) + _bits(other))
        return one / other

    def power(self, base: Fraction, exponent: Node) -> Fraction:
        """A whole power, or a root that comes out even."""
        times = self.value(exponent)
        if times.denominator != 1:
            return self._whole_power(self._root(base, times.denominator), times.numerator)
        return self._whole_power(base, times.numerator)

    def whole(self, node: Node) -> int:
        """The whole number that the formula is."""
        value = self.value(node)
        if value.denominator != 1:
            raise Undefined("a whole number belongs here")
        return value.numerator

    def call(self, name: str, args: Sequence[Node]) -> Fraction:
        """A function whose values are fractions; Unsupported for all others."""
        if name == "root":
            index = self.whole(args[1])
            return self._root(self.value(args[0]), index)
        if name == "factorial":
            return self._factorial(self.whole(args[0]))
        if name == "binom":
            return self._binomial(self.whole(args[0]), self.whole(args[1]))
        if name in ("gcd", "lcm"):
            return self._greatest(_GREATEST[name], [self.whole(arg) for arg in args])
        if name in _SIMPLE:
            return _SIMPLE[name]([self.value(arg) for arg in args])
        raise Unsupported(f"{name} has no exact value")

    def _greatest(self, join: Callable[[int, int], int], values: Sequence[int]) -> Fraction:
        # One after the other: the least common multiple of many is as long as all of them together.
        total = values[0]
        for value in values[1:]:
            self._refuse(total.bit_length() + value.bit_length())
            total = join(total, value)
        return Fraction(abs(total))

    def _whole_power(self, base: Fraction, times: int) -> Fraction:
        if base == 0 and times <= 0:
            raise Undefined("zero to the power of zero or less has no value")
        if abs(base) == 1 or base == 0:
            return base if times % 2 else abs(base)
        self._refuse(_bits(base) * abs(times))
        return base**times

    def _root(self, value: Fraction, index: int) -> Fraction:
        if not 2 <= index <= MAX_INDEX or value < 0:
            raise Unsupported("a root of another kind")
        self.work.spend(1 + _bits(value) // 32)
        above, under = _whole_root(value.numerator, index), _whole_root(value.denominator, index)
        if above is None or under is None:
            raise Unsupported("a root that is no fraction")
        return Fraction(above, under)

    def _factorial(self, value: int) -> Fraction:
        if value < 0:
            raise Undefined("the factorial of a negative number")
        if value > MAX_FACTORIAL:
            raise TooLarge("a factorial is too large")
        self._refuse(value * value.bit_length())
        return Fraction(math.factorial(value))

    def _binomial(self, above: int, below: int) -> Fraction:
        if above < 0 or below < 0:
            raise Unsupported("a binomial of negative numbers")
        if below > above:
            return Fraction(0)
        below = min(below, above - below)
        if below > MAX_FACTORIAL:
            raise TooLarge("a binomial is too large")
        self._refuse(below * above.bit_length())
        return Fraction(math.comb(above, below))

    def _refuse(self, bits: int) -> None:
        """Refuse to build a number of so many bits, or count what it costs."""
        if bits > self.bits:
            raise TooLarge("its value is too large")
        self.work.spend(1 + bits // SMALL)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _whole_root(value: int, index: int) -> int | None:
    """The root of a whole number when it is whole; None when it is not."""
    if value < 2:
        return value
    if index == 2:
        root = math.isqrt(value)
    else:
        # Newton's way from above: each turn is smaller until the root is reached.
        root, smaller = 1 << (value.bit_length() // index + 1), 0
        while (smaller := ((index - 1) * root + value // root ** (index - 1)) // index) < root:
            root = smaller
    return root if root**index == value else None


def _remainder(values: list[Fraction]) -> Fraction:
    if values[1] == 0:
        raise Undefined("it divides by zero")
    return values[0] % values[1]


_GREATEST: Mapping[str, Callable[[int, int], int]] = {"gcd": math.gcd, "lcm": math.lcm}
_SIMPLE: Mapping[str, Callable[[list[Fraction]], Fraction]] = {
    "abs": lambda values: abs(values[0]),
    "floor": lambda values: Fraction(math.floor(values[0])),
    "ceil": lambda values: Fraction(math.ceil(values[0])),
    "max": max,
    "min": min,
    "mod": _remainder,
}
