"""A place in the tokens of a formula, how tightly each sign binds, and the one loop that puts operands together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from checkers.formula.tokens import Kind, Token, touches
from checkers.formula.tree import (
    Call,
    Degrees,
    Group,
    Measured,
    Name,
    Negative,
    Node,
    Number,
    Percent,
    PlusMinus,
    Power,
    Product,
    Sum,
)

MAX_DEPTH = 40
"""Brackets and the like inside one another; the reader calls itself so often and no oftener."""
MAX_DIGITS = 1_000
MAX_KNOWN = 8
"""Characters of the numbers that are met again and again."""
MAX_EXPONENT = 300
"""Of ten, in `1e300`."""

SUM, PRODUCT, IMPLIED, UNIT, POWER, AFTER = 10, 20, 25, 35, 40, 50
_BINDS = {"+": SUM, "-": SUM, "±": SUM, "∓": SUM, "∪": SUM, "∖": SUM, "∩": PRODUCT, "*": PRODUCT, "/": PRODUCT}
_STARTS = frozenset({Kind.NAME, Kind.FUNCTION, Kind.FRACTION, Kind.WRAPPER, Kind.DOTS})
_CONGRUENCES = frozenset({"≡", "≢", "≅"})
_VECTORS = ("mathbf", "vec", "bold", "overrightarrow")
_GROUPING = re.compile(r",\\!|\\,|[,{}]")
_SCIENTIFIC = re.compile(r"([0-9.]+)[eE]([-+−]?[0-9]+)")

Family: TypeAlias = "Callable[[Reader, Token, int], Node]"


class Stop(Exception):
    """The formula cannot be read; its text says why. Only for the inside of this room."""


class Reader:
    """The tokens from one place on; `families` say how an operand of each kind is read."""

    def __init__(self, tokens: Sequence[Token], families: Mapping[Kind, Family]) -> None:
        self.tokens = tokens
        self.families = families
        self.at = 0
        self.bars = 0
        """Bars `|` that are open inside the innermost bracket."""
        self.bare = 0
        """Functions whose argument stands without brackets and is being read."""
        self._said = {token.text for token in tokens}
        self._has_vectors = any(text.startswith(_VECTORS) for text in self._said)
        self._brackets: dict[int, int] | None = None

    def bracket_end(self, opening: int) -> int:
        """The place of the bracket that closes the one there; behind the end when none does."""
        if self._brackets is None:
            self._brackets = dict(pairs(self.tokens))
        return self._brackets.get(opening, len(self.tokens))

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one further on; None behind the end."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def take(self) -> Token:
        """The next token, which is then behind us."""
        token = self.peek()
        if token is None:
            raise Stop("it ends too early")
        self.at += 1
        return token

    def meets(self, kind: Kind, text: str | None = None) -> bool:
        """Whether the next token is of that kind, and says that."""
        token = self.peek()
        return token is not None and token.kind is kind and (text is None or token.text == text)

    def closing(self, text: str) -> Token:
        """The bracket that has to stand here."""
        token = self.peek()
        if token is None or token.kind is not Kind.CLOSE or token.text != text:
            raise Stop("a bracket is not closed")
        return self.take()

    def expression(self, binding: int, depth: int) -> Node:
        """Everything from here on that binds more tightly than `binding`."""
        first = self.at
        return self._with_all(self.operand(depth), binding, first, depth)

    def _with_all(self, node: Node, binding: int, first: int, depth: int) -> Node:
        """The operand, which began at `first`, with all that binds to it more tightly than `binding`."""
        while (token := self.peek()) is not None:
            strength = self._strength(node, token)
            if strength <= binding:
                break
            if strength == IMPLIED and first and self.tokens[first - 1].text == "/":
                raise Stop("a division before a product without a sign can be read in two ways")
            node = self._extended(node, token, strength, depth)
        return node

    def operand(self, depth: int) -> Node:
        """A number, a name, a function, something in brackets, or one of them with a sign."""
        if depth > MAX_DEPTH:
            raise Stop("its brackets are nested too deep")
        token = self.take()
        if token.kind is Kind.OPERATOR and token.text in "-+±∓":
            return _signed(token, self.expression(PRODUCT, depth + 1))
        family = self.families.get(token.kind)
        if family is None:
            raise Stop(f"{shown(token)} has no place here")
        return family(self, token, depth)

    def _strength(self, node: Node, token: Token) -> int:
        if token.kind is Kind.OPERATOR:
            return POWER if token.text == "^" else _BINDS[token.text]
        if token.kind in (Kind.PERCENT, Kind.SUPERSCRIPT, Kind.DEGREE):
            return AFTER
        if token.kind is Kind.UNIT:
            return UNIT
        if token.kind is Kind.BANG:
            return AFTER if touches(self.tokens[self.at - 1], token) else 0
        if token.kind is Kind.COMMAND and token.text == "mod":
            return PRODUCT if not self.is_congruence() else 0
        return IMPLIED if self._is_factor(node, token) else 0

    def is_congruence(self) -> bool:
        """Whether a `mod` here tells the modulus of a congruence: `\\pmod 7`, `(mod 7)`."""
        before = self.tokens[self.at - 1]
        return before.text == "(" or not self._said.isdisjoint(_CONGRUENCES)

    def _is_factor(self, node: Node, token: Token) -> bool:
        if token.kind is Kind.BAR:
            return not self.bars
        if token.kind is Kind.FUNCTION and self.bare:
            return False
        if token.kind is Kind.OPEN:
            if self.bare and token.text in "([":
                raise Stop("a function without brackets before a bracket can be read in two ways")
            after = self.peek(1)
            return token.text in "([{⌊⌈" and (after is None or after.text != "mod")
        if token.kind is Kind.FENCE:
            return token.text.startswith("begin")
        if token.kind is Kind.NUMBER:
            return _takes_number(node, self.tokens[self.at - 1], token)
        return token.kind in _STARTS

    def _extended(self, node: Node, token: Token, strength: int, depth: int) -> Node:
        if strength == AFTER:
            return _after(node, self.take())
        if strength == UNIT:
            return self._measured(node)
        if strength == IMPLIED:
            return self._implied_product(node, token, depth)
        self.take()
        return self._power(node, depth) if strength == POWER else self._with_sign(node, token, strength, depth)

    def _with_sign(self, node: Node, token: Token, strength: int, depth: int) -> Node:
        right = self.expression(strength, depth + 1)
        span = (node.span[0], right.span[1])
        if token.text in "±∓":
            return PlusMinus(span, node, right, token.text == "∓")
        if token.text in ("∩", "mod") and isinstance(right, Product):
            raise Stop("a sign before a product can be read in two ways")
        if token.text in ("∪", "∩", "∖", "mod"):
            return Call(span, {"∪": "cup", "∩": "cap", "∖": "setminus"}.get(token.text, token.text), (node, right))
        if strength == PRODUCT:
            return self._product(node, right, second=token.text == "/")
        return joined(node, right, second=token.text == "-", is_sum=True)

    def _measured(self, node: Node) -> Node:
        """The value with its unit, `5 cm`, `5 cm^2`."""
        unit = self.take()
        said, end = unit.text, unit.end
        if said in ("degrees", "degree"):
            return Degrees((node.span[0], end), node)
        if said == "percent":
            return Percent((node.span[0], end), node)
        if self.meets(Kind.OPERATOR, "^"):
            self.take()
            if not self.meets(Kind.NUMBER):
                raise Stop("a unit has a power that is no number")
            said, end = f"{said}^{self.tokens[self.at].text}", self.take().end
        elif self.meets(Kind.SUPERSCRIPT):
            said, end = f"{said}^{self.tokens[self.at].text}", self.take().end
        return Measured((node.span[0], end), node, said)

    def _implied_product(self, node: Node, token: Token, depth: int) -> Node:
        # 1/2x and 6/2(3) have two readings each, and 1.5(3) may be a repeating decimal.
        if isinstance(node, Product) and node.under[-1]:
            raise Stop("a division before a product without a sign can be read in two ways")
        if isinstance(node, Number) and node.places and token.text == "(" and self._holds_digits():
            raise Stop("a decimal before a bracket can be read in two ways")
        if isinstance(node, Number) and token.kind is Kind.FRACTION and token.text != "binom":
            return self._mixed(node, depth)
        return self._product(node, self.expression(IMPLIED, depth + 1), second=False)

    def _product(self, left: Node, right: Node, *, second: bool) -> Node:
        # The product of two vectors or matrices is not that of numbers.
        if (
            self._has_vectors
            and _is_vector(left.factors[-1] if isinstance(left, Product) else left)
            and _is_vector(right)
        ):
            raise Stop("a product of vectors or matrices can be read in two ways")
        return joined(left, right, second=second, is_sum=False)

    def _holds_digits(self) -> bool:
        inside, closing = self.peek(1), self.peek(2)
        return inside is not None and inside.kind is Kind.NUMBER and closing is not None and closing.text == ")"

    def _mixed(self, whole: Number, depth: int) -> Node:
        """`3\\frac12` is a mixed number, `3\\frac{x}2` a product, and `3\\frac72` could be either."""
        first = self.at
        part = self.operand(depth + 1)
        value = _proper(part)
        if value is None:
            return joined(whole, self._with_all(part, IMPLIED, first, depth + 1), second=False, is_sum=False)
        if self.meets(Kind.OPERATOR, "^") or self.meets(Kind.SUPERSCRIPT):
            raise Stop("a power of a mixed number can be read in two ways")
        if value >= 1 or whole.value.denominator != 1 or whole.value == 0:
            raise Stop("a number before a fraction can be read in two ways")
        both = Sum((whole.span[0], part.span[1]), (whole, part), (False, False))
        return Group(both.span, both)

    def _power(self, base: Node, depth: int) -> Node:
        if isinstance(base, Power):
            raise Stop("a power of a power can be read in two ways")
        if self.meets(Kind.DEGREE):
            return Degrees((base.span[0], self.take().end), base)
        following = self.peek(1)
        if self.meets(Kind.OPEN, "{") and following is not None and following.kind is Kind.DEGREE:
            self.at += 2
            return Degrees((base.span[0], self.closing("}").end), base)
        minus = self.take() if self.meets(Kind.OPERATOR, "-") else None
        sign = self.tokens[self.at - 1]
        exponent = self.expression(POWER - 1, depth + 1)
        if isinstance(exponent, Power) and minus is None and sign.end - sign.start == 1:
            raise Stop("a power of a power can be read in two ways")  # 2^3^2; programs agree about 2**3**2
        if minus is not None:
            exponent = Negative((minus.start, exponent.span[1]), exponent)
        return Power((base.span[0], exponent.span[1]), base, exponent)


def joined(left: Node, right: Node, *, second: bool, is_sum: bool) -> Node:
    """The sum or product of two, flat; `second` says that the right one is taken away or divides."""
    span = (left.span[0], right.span[1])
    if is_sum:
        terms, minus = (left.terms, left.minus) if isinstance(left, Sum) else ((left,), (False,))
        return Sum(span, (*terms, right), (*minus, second))
    factors, under = (left.factors, left.under) if isinstance(left, Product) else ((left,), (False,))
    if isinstance(right, Product) and not second:
        return Product(span, (*factors, *right.factors), (*under, *right.under))
    return Product(span, (*factors, right), (*under, second))


def pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of the brackets that open and close together, inner ones first."""
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            waiting.append(at)
        elif token.kind is Kind.CLOSE and waiting:
            yield waiting.pop(), at


def _is_vector(node: Node) -> bool:
    last = node.factors[0] if isinstance(node, Product) else node
    while isinstance(last, Group | Negative | Power):
        last = last.base if isinstance(last, Power) else last.inside if isinstance(last, Group) else last.of
    if isinstance(last, Sum):
        return any(map(_is_vector, last.terms))
    if isinstance(last, Product):
        return any(map(_is_vector, last.factors))
    return isinstance(last, Name) and last.name.startswith(_VECTORS)


def _takes_number(node: Node, before: Token, token: Token) -> bool:
    """Whether a number may follow as a factor: behind a factorial, `4!3!`, or a power, `2^{3}5^{2}`, `2^3 5^2`."""
    last = node.factors[-1] if isinstance(node, Product) else node
    if before.kind is Kind.BANG:
        return True
    if isinstance(last, Power):
        return before.text == "}" or not touches(before, token)
    return before.text == "}" and isinstance(last, Group | Call) and not touches(before, token)


def number(token: Token) -> Number:
    """The written number, exactly; refused before it is built when it has too many digits."""
    written = token.text
    value, places, grouped = _known(written) if len(written) <= MAX_KNOWN else _value(written)
    return Number((token.start, token.end), value, places, grouped)


def _value(written: str) -> tuple[Fraction, int, bool]:
    """The value, its decimal places, and whether its thousands are set apart."""
    if written.isdigit():
        return Fraction(digits(written)), 0, False
    scientific = _SCIENTIFIC.fullmatch(written)
    if scientific is not None:
        return _scientific(scientific[1], scientific[2].replace("−", "-"))
    plain = _GROUPING.sub("", written)
    whole, _, places = plain.partition(".")
    value = Fraction(digits(whole + places), 10 ** len(places))
    return value, len(places), plain != written


_known = lru_cache(maxsize=4_096)(_value)


def digits(written: str) -> int:
    """A whole number, unless it has too many digits."""
    if len(written) > MAX_DIGITS:
        raise Stop("it has a number with too many digits")
    return int(written)


def shown(token: Token) -> str:
    """The token as a reason quotes it."""
    return repr(token.text[:20])


def _scientific(mantissa: str, exponent: str) -> tuple[Fraction, int, bool]:
    if len(exponent) > 5 or abs(int(exponent)) > MAX_EXPONENT:
        raise Stop("its power of ten is too large")
    whole, _, places = mantissa.partition(".")
    power = int(exponent) - len(places)
    return digits(whole + places) * Fraction(10) ** power, max(0, -power), False


def _signed(sign: Token, of: Node) -> Node:
    """An operand with its sign, which belongs to the first factor of a product."""
    if isinstance(of, Product):
        first = _signed(sign, of.factors[0])
        return Product((sign.start, of.span[1]), (first, *of.factors[1:]), of.under)
    span = (sign.start, of.span[1])
    if sign.text == "+":
        return of
    return Negative(span, of) if sign.text == "-" else PlusMinus(span, None, of, sign.text == "∓")


def _after(node: Node, token: Token) -> Node:
    span = (node.span[0], token.end)
    if isinstance(node, Power):
        raise Stop("a sign behind a power can be read in two ways")
    match token.kind:
        case Kind.PERCENT:
            return Percent(span, node)
        case Kind.DEGREE:
            return Degrees(span, node)
        case Kind.BANG:
            if isinstance(node, Call) and node.name == "factorial":
                raise Stop("two exclamation marks can be read in two ways")
            return Call(span, "factorial", (node,))
        case _:
            value = Number((token.start, token.end), Fraction(digits(token.text.removeprefix("-"))))
            exponent = Negative(value.span, value) if token.text.startswith("-") else value
            return Power(span, node, exponent)


def _proper(part: Node) -> Fraction | None:
    """The value of a fraction of two whole numbers."""
    inside = part.inside if isinstance(part, Group) else part
    if not isinstance(inside, Product) or inside.under != (False, True):
        return None
    above, under = (each.inside if isinstance(each, Group) else each for each in inside.factors)
    if not isinstance(above, Number) or not isinstance(under, Number) or not under.value:
        return None
    return above.value / under.value
