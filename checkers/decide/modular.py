"""The second tier: random points modulo a large prime, which settle identities of rational functions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction

from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.exact import Exact
from checkers.decide.field import Field
from checkers.decide.survey import Below
from checkers.formula.tree import Node
from checkers.limits import Work

PRIMES = (2**61 - 1, 2**89 - 1, 2**107 - 1, 2**127 - 1)
"""Mersenne primes; one false identity of degree d passes one of them with probability d/p at most."""
RANDOM = 2**40
"""Residues from here on are random; smaller ones are numbers of the formula."""
MAX_EXPONENT = 10_000


class Modular(Field[int]):
    """Residues modulo one prime. What is no rational function counts as an unknown value of its arguments."""

    def __init__(self, point: Mapping[str, int], work: Work, *, prime: int, below: Below | None = None) -> None:
        super().__init__(point, work, below)
        self.prime = prime
        self.opaque = False
        """Whether a value was taken that stands for a function: then only equality proves anything."""

    def number(self, value: Fraction) -> int:
        """The residue of a fraction."""
        return self.over(value.numerator % self.prime, value.denominator % self.prime)

    def add(self, one: int, other: int) -> int:
        """The sum of residues."""
        return (one + other) % self.prime

    def times(self, one: int, other: int) -> int:
        """The product of residues."""
        return one * other % self.prime

    def over(self, one: int, other: int) -> int:
        """The quotient of residues."""
        if other == 0:
            raise Undefined("it divides by zero")
        if other == 1:
            return one
        self.work.spend(5)
        return one * pow(other, -1, self.prime) % self.prime

    def power(self, base: int, exponent: Node) -> int:
        """A whole power; any other is a function of base and exponent."""
        try:
            times = self._exact(exponent)
        except (Unsupported, Undefined):
            return self._unknown("power", (base, self.value(exponent)))
        if times.denominator != 1:
            return self._unknown("power", (base, self.number(times)))
        if abs(times) > MAX_EXPONENT:
            raise TooLarge("an exponent is too large")
        if times <= 0 and base == 0:
            raise Undefined("zero to the power of zero or less has no value")
        return pow(base, times.numerator, self.prime)

    def call(self, name: str, args: Sequence[Node]) -> int:
        """The exact value of a function of numbers where it has one; else an unknown value of its arguments."""
        try:
            return self.number(self._exactly(args).call(name, args))
        except (Unsupported, Undefined):
            return self._unknown(name, tuple(self.value(arg) for arg in args))

    def whole(self, node: Node) -> int:
        """A bound that has no names."""
        value = self._exact(node)
        if value.denominator != 1:
            raise Undefined("a whole number belongs here")
        return value.numerator

    def degrees(self, value: int) -> int:
        """An unknown value of the angle."""
        return self._unknown("degrees", (value,))

    def _exact(self, node: Node) -> Fraction:
        return self._exactly((node,)).value(node)

    def _exactly(self, nodes: Sequence[Node]) -> Exact:
        self.work.spend(5)
        # The index of a sum is a number inside of it, and small; a random value is not.
        free = frozenset[str]().union(*map(self.below.names, nodes))
        inside = {name: Fraction(self.point[name]) for name in free if self.point.get(name, RANDOM) < RANDOM}
        return Exact(inside, self.work, bits=2_048, below=self.below)

    def _unknown(self, name: str, args: tuple[int, ...]) -> int:
        self.opaque = True
        self.work.spend(2)
        said = repr((name, args, self.prime)).encode()
        return int.from_bytes(hashlib.sha256(said).digest(), "big") % self.prime
