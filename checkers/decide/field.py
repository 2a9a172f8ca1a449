"""The walk over a formula that all tiers share; each brings its own kind of numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Generic, TypeVar

from checkers.decide.decision import TooLarge, Unsupported
from checkers.decide.survey import Below
from checkers.formula.tree import (
    Call,
    Degrees,
    Group,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    Power,
    Product,
    Series,
    Sum,
)
from checkers.limits import Work

V = TypeVar("V")
MAX_TURNS = 1_000
"""Of a sum with bounds."""
MAX_ROWS = 6
"""Of a determinant."""


class Field(ABC, Generic[V]):
    """Numbers of one kind, and the value of a formula in them at one point."""

    def __init__(self, point: Mapping[str, V], work: Work, below: Below | None = None) -> None:
        self.point = dict(point)
        self.work = work
        self.below = below or Below()

    @abstractmethod
    def number(self, value: Fraction) -> V:
        """The value of a written number."""

    @abstractmethod
    def add(self, one: V, other: V) -> V:
        """The sum of two."""

    @abstractmethod
    def times(self, one: V, other: V) -> V:
        """The product of two."""

    @abstractmethod
    def over(self, one: V, other: V) -> V:
        """One divided by the other; raises Undefined when that is zero."""

    @abstractmethod
    def power(self, base: V, exponent: Node) -> V:
        """The base raised to what the exponent is."""

    @abstractmethod
    def call(self, name: str, args: Sequence[Node]) -> V:
        """A function of formulas."""

    @abstractmethod
    def whole(self, node: Node) -> int:
        """The value of a formula that has to be a whole number, as a bound of a sum."""

    def negative(self, value: V) -> V:
        """The opposite."""
        return self.times(self.number(Fraction(-1)), value)

    def degrees(self, value: V) -> V:
        """An angle in degrees as a plain number."""
        raise Unsupported("degrees")

    def named(self, name: str) -> V:
        """The value of a name at this point."""
        if name not in self.point:
            raise Unsupported(f"no value for {name}")
        return self.point[name]

    def value(self, node: Node) -> V:
        """The value of a formula at this point."""
        self.work.spend()
        match node:
            case Number(value=value):
                return self.number(value)
            case Name(name=name):
                return self.named(name)
            case Group(inside=of):
                return self.value(of)
            case Negative(of=of):
                return self.negative(self.value(of))
            case Percent(of=of):
                return self.times(self.number(Fraction(1, 100)), self.value(of))
            case Degrees(of=of):
                return self.degrees(self.value(of))
            case _:
                return self._value_of_many(node)

    def _value_of_many(self, node: Node) -> V:
        match node:
            case Sum():
                return self._sum(node)
            case Product():
                return self._product(node)
            case Power(base=base, exponent=exponent):
                return self.power(self.value(base), exponent)
            case Call(name="det", args=(Matrix(rows=rows),)):
                return self._determinant([[self.value(cell) for cell in row] for row in rows])
            case Call(name=name, args=args):
                return self.call(name, args)
            case Series():
                return self._series(node)
            case _:
                raise Unsupported(f"a {type(node).__name__.lower()} has no single value")

    def _sum(self, node: Sum) -> V:
        total: V | None = None
        for term, minus in zip(node.terms, node.minus, strict=True):
            value = self.negative(self.value(term)) if minus else self.value(term)
            total = value if total is None else self.add(total, value)
        return self.number(Fraction(0)) if total is None else total

    def _product(self, node: Product) -> V:
        total: V | None = None
        for factor, under in zip(node.factors, node.under, strict=True):
            value = self.value(factor)
            if total is None:
                total = self.over(self.number(Fraction(1)), value) if under else value
            else:
                total = self.over(total, value) if under else self.times(total, value)
        return self.number(Fraction(1)) if total is None else total

    def _series(self, node: Series) -> V:
        first, last = self.whole(node.first), self.whole(node.last)
        if last - first >= MAX_TURNS:
            raise TooLarge("a sum has too many terms")
        outer = self.point.get(node.index)
        total = self.number(Fraction(int(node.kind == "prod")))
        for turn in range(first, last + 1):
            self.point[node.index] = self.number(Fraction(turn))
            value = self.value(node.body)
            total = self.times(total, value) if node.kind == "prod" else self.add(total, value)
        self.point.pop(node.index, None)
        if outer is not None:
            self.point[node.index] = outer
        return total

    def _determinant(self, rows: list[list[V]]) -> V:
        if len(rows) != len(rows[0]) or len(rows) > MAX_ROWS:
            raise Unsupported("a determinant of this shape")
        self.work.spend(len(rows) ** 3)
        if len(rows) == 1:
            return rows[0][0]
        total = self.number(Fraction(0))
        for column, cell in enumerate(rows[0]):
            minor = [row[:column] + row[column + 1 :] for row in rows[1:]]
            part = self.times(cell, self._determinant(minor))
            total = self.add(total, self.times(self.number(Fraction((-1) ** column)), part))
        return total
