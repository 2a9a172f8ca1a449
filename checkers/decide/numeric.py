"""The third tier: real and complex numbers of many digits, for roots, angles and logarithms."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

from checkers.decide.decision import TooLarge, Undefined, Unsupported
from checkers.decide.exact import MAX_INDEX, Exact
from checkers.decide.field import Field
from checkers.decide.manner import Manner, is_bare_angle
from checkers.decide.survey import Below
from checkers.formula.tree import Name, Node
from checkers.limits import Budget, Late, Work

ONE_AT_A_TIME = threading.Lock()
"""mpmath keeps constants and its precision in places that threads share."""
MAX_MAGNITUDE = 12_000
"""Of a power of two."""
MAX_ANGLE = 60
"""The same, of an argument of a periodic function."""
NOTHING = 120
"""Bits below which a divisor counts as zero."""
_COMPLEX = frozenset({"sin", "cos", "tan", "exp"})
_LARGEST = {"exp": 10, "sinh": 10, "cosh": 10, "tanh": 5}
"""A power of two, of the arguments of functions that grow fast, or come near to one so fast that it is lost."""
STEP, CALL = 2, 20
"""What an operation, and a function or a power, cost more than they would with fractions."""
DIGITS = (50, 100)
MAX_WIDTH = 100
"""Of a power of two: beside a larger or smaller value than that, what makes two sides differ may be lost."""
MAX_COMPARED = 10**20
"""Larger values, and smaller differences, are not told apart."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether two values are the same to all their digits; None between yes and no."""

    same: bool | None
    left: str
    right: str
    order: int = 0
    """-1 or 1 when both are real and the left one is the smaller or larger."""


class Numeric(Field[Any]):
    """Numbers of one precision; hold ONE_AT_A_TIME around all of its use."""

    def __init__(
        self, point: Mapping[str, Fraction], work: Work, *, digits: int, manner: Manner, below: Below | None = None
    ) -> None:
        super().__init__({}, work, below)
        self.context = _CONTEXT
        self.context.dps = digits
        self.manner = manner
        self.is_closed = not point
        self.is_wide = False
        """Whether a value was larger or smaller than MAX_WIDTH; what rounding leaves of nothing is not one."""
        self.point = {name: self.number(value) for name, value in point.items()}

    def number(self, value: Fraction) -> Any:
        """The number to as many digits as there are."""
        return self._kept(self.context.mpf(value.numerator) / value.denominator)

    def named(self, name: str) -> Any:
        """The value of a name, or of a constant."""
        if name in self.point:
            return self.point[name]
        constants = {"pi": self.context.pi, "e": self.context.e, "i": self.context.j}
        if name not in constants:
            raise Unsupported(f"no value for {name}")
        return +constants[name]

    def add(self, one: Any, other: Any) -> Any:
        """The sum."""
        return self._kept(one + other, is_rest=True)

    def times(self, one: Any, other: Any) -> Any:
        """The product."""
        return self._kept(one * other, is_rest=self._is_nothing(one) or self._is_nothing(other))

    def over(self, one: Any, other: Any) -> Any:
        """The quotient."""
        self._refuse_nothing(other)
        return self._kept(one / other, is_rest=self._is_nothing(one))

    def power(self, base: Any, exponent: Node) -> Any:
        """A power; of a negative base only a whole one, for any other has two readings."""
        times = self._exact(exponent)
        if times is not None and times.denominator == 1:
            self.work.spend(times.numerator.bit_length())
            if times <= 0:
                self._refuse_nothing(base)
            self._refuse_large(self.context.mag(base) * abs(int(times)) if base else 0)
            return self._kept(base ** int(times), is_rest=self._is_nothing(base))
        self.work.spend(2 * CALL)
        raised = self.value(exponent)
        if not base and _is_real(raised) and raised > 0:
            return base
        self._refuse_nothing(base)
        if not _is_real(base) or base.real < 0:
            raise Undefined("a power of a negative number can be read in two ways")
        self._refuse_large(abs(raised * self.context.log(abs(base))))
        return self._kept(base**raised)

    def call(self, name: str, args: Sequence[Node]) -> Any:
        """A function of real numbers, and the ones that have a single complex value too."""
        self.work.spend(CALL)
        if name == "root":
            return self._root(self.value(args[0]), self.whole(args[1]))
        if name in ("log", "ln"):
            return self._logarithm(name, args)
        if name not in _FUNCTIONS:
            return self.number(self._closed(name, args))
        value = self.value(args[0])
        if self.manner.in_degrees and is_bare_angle(name, args, self.below):
            value = self.degrees(value)
        if not _is_real(value) and name not in _COMPLEX:
            raise Undefined(f"{name} of a complex number")
        if self.context.mag(value) > _LARGEST.get(name, MAX_ANGLE):
            raise TooLarge(f"{name} of too large a number")
        return self._kept(_FUNCTIONS[name](self.context, value), is_rest=name != "exp")

    def whole(self, node: Node) -> int:
        """A bound of a sum, exactly."""
        value = self._exact(node)
        if value is None or value.denominator != 1:
            raise Unsupported("a whole number belongs here")
        return int(value)

    def degrees(self, value: Any) -> Any:
        """The angle in radians."""
        return value * self.context.pi / 180

    def _root(self, value: Any, index: int) -> Any:
        if not 2 <= index <= MAX_INDEX:
            raise Unsupported("a root of another kind")
        self.work.spend(index // 2)
        if _is_real(value) and value.real >= 0:
            return self.context.root(value.real, index)
        if _is_real(value) and index % 2:
            return -self.context.root(-value.real, index)
        if index == 2 and self.is_closed:
            return self.context.sqrt(value)
        raise Undefined("a root of a negative number")

    def _logarithm(self, name: str, args: Sequence[Node]) -> Any:
        value = self._positive(args[0])
        if len(args) > 1:
            base = self._positive(args[1])
        elif name == "ln" or self.manner.log_base is None:
            return self.context.log(value)
        else:
            base = self.context.mpf(self.manner.log_base)
        return self.over(self.context.log(value), self.context.log(base))

    def _positive(self, node: Node) -> Any:
        value = self.value(node)
        self._refuse_nothing(value)
        if not _is_real(value) or value.real <= 0:
            raise Undefined("a logarithm of a negative number")
        return value.real

    def _closed(self, name: str, args: Sequence[Node]) -> Fraction:
        if any(map(self.below.names, args)):
            raise Unsupported(f"{name} of a name")
        return Exact({}, self.work, bits=8_192, below=self.below).call(name, args)

    def _exact(self, node: Node) -> Fraction | None:
        # The index of a sum is whole inside of it; a point is not.
        here = {name: self.point[name] for name in self.below.names(node) if name in self.point}
        whole = {name: Fraction(int(value)) for name, value in here.items() if _is_real(value) and not value % 1}
        if isinstance(node, Name) and node.name not in whole:
            return None
        try:
            return Exact(whole, self.work, bits=8_192, below=self.below).value(node)
        except (Unsupported, Undefined):
            return None

    def _kept(self, value: Any, *, is_rest: bool = False) -> Any:
        """The value, when it is one; `is_rest` where it may be all that rounding left of nothing."""
        self.work.spend(STEP)
        if not self.context.isfinite(value):
            raise Undefined("a value is not finite")
        if value:
            magnitude = self.context.mag(value)
            self._refuse_large(abs(magnitude))
            if abs(magnitude) > MAX_WIDTH and not (is_rest and magnitude < 0):
                self.is_wide = True
        return value

    def _refuse_large(self, magnitude: Any) -> None:
        if magnitude > MAX_MAGNITUDE:
            raise TooLarge("its value is too large")

    def _refuse_nothing(self, value: Any) -> None:
        if self._is_nothing(value):
            raise Undefined("it divides by zero")

    def _is_nothing(self, value: Any) -> bool:
        return not value or self.context.mag(value) < -NOTHING


def _is_real(value: Any) -> bool:
    # What rounding leaves of an imaginary part is none.
    return not value.imag or abs(value.imag) * 2**NOTHING < 1


def _within_one(function: str) -> Callable[[Any, Any], Any]:
    def call(context: Any, value: Any) -> Any:
        if abs(value.real) > 1:
            raise Undefined(f"{function} has no value here")
        return getattr(context, function)(value.real)

    return call


def _under(function: str) -> Callable[[Any, Any], Any]:
    def call(context: Any, value: Any) -> Any:
        below = getattr(context, function)(value)
        if not below or context.mag(below) < -NOTHING:
            raise Undefined("it divides by zero")
        return 1 / below

    return call


def _steps(function: str) -> Callable[[Any, Any], Any]:
    def call(context: Any, value: Any) -> Any:
        if abs(value.real - context.nint(value.real)) * 2**NOTHING < 1:
            raise Undefined("too close to a whole number to tell")
        return getattr(context, function)(value.real)

    return call


def agreement(
    left: Node, right: Node, point: Mapping[str, Fraction], work: Work, *, manner: Manner, below: Below
) -> Agreement:
    """Whether two formulas agree at a point, seen at two precisions; raises as a walk does."""
    with _turn(work.budget):
        pairs, is_wide = [], False
        for digits in DIGITS:
            field = Numeric(point, work, digits=digits, manner=manner, below=below)
            pairs.append((field.value(left), field.value(right)))
            is_wide = is_wide or field.is_wide
        same, (one, other) = _same(pairs), pairs[-1]
        if same and is_wide:
            same = None
        is_ordered = same is False and _is_real(one) and _is_real(other)
        return Agreement(same, _short(one), _short(other), _order(one.real - other.real) if is_ordered else 0)


def real_value(node: Node, work: Work, *, digits: int, manner: Manner, below: Below) -> Fraction:
    """The value of a formula without names to that many digits; raises Unsupported when it is not real.

    Raises Undefined where its parts are so large or so small that digits of them were lost.
    """
    with _turn(work.budget):
        field = Numeric({}, work, digits=digits, manner=manner, below=below)
        value = field.value(node)
        if field.is_wide:
            raise Undefined("its digits are not certain")
        if not _is_real(value):
            raise Unsupported("it is no real number")
        sign, mantissa, exponent, _ = _CONTEXT.mpf(value.real)._mpf_  # noqa: SLF001  (the exact value has no other door)
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


@contextmanager
def _turn(budget: Budget) -> Iterator[None]:
    """Hold ONE_AT_A_TIME; raises Late when others held it until this check's time was over."""
    if not ONE_AT_A_TIME.acquire(timeout=min(budget.seconds, threading.TIMEOUT_MAX)):
        raise Late
    try:
        yield
    finally:
        ONE_AT_A_TIME.release()


def _order(difference: Any) -> int:
    return int(difference > 0) - int(difference < 0)


def _same(pairs: Sequence[tuple[Any, Any]]) -> bool | None:
    scale = max(1, *(abs(value) for value in pairs[-1]))
    if scale > MAX_COMPARED:
        return None
    misses = [abs(one - other) / scale for one, other in pairs]
    if all(miss < _CONTEXT.mpf(10) ** (15 - digits) for miss, digits in zip(misses, DIGITS, strict=True)):
        return True
    is_steady = abs(misses[0] - misses[1]) * 1_000 < misses[1]
    return False if is_steady and misses[1] > 1 / _CONTEXT.mpf(MAX_COMPARED) else None


def _short(value: Any) -> str:
    number = complex(value)
    return f"{number.real:.10g}" if not number.imag else f"{number.real:.10g}{number.imag:+.10g}i"


_CONTEXT = mpmath.MPContext()
_FUNCTIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "sin": lambda context, value: context.sin(value),
    "cos": lambda context, value: context.cos(value),
    "tan": lambda context, value: context.tan(value),
    "exp": lambda context, value: context.exp(value),
    "sinh": lambda context, value: context.sinh(value),
    "cosh": lambda context, value: context.cosh(value),
    "tanh": lambda context, value: context.tanh(value),
    "abs": lambda context, value: abs(value),
    "arctan": lambda context, value: context.atan(value.real),
    "arcsin": _within_one("asin"),
    "arccos": _within_one("acos"),
    "cot": _under("tan"),
    "sec": _under("cos"),
    "csc": _under("sin"),
    "floor": _steps("floor"),
    "ceil": _steps("ceil"),
}
