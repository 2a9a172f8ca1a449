"""A Pratt parser for plain arithmetic: tokens in, a tree or the reason why not out. Bounded in length and depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from checkers.formula.tokens import Kind, Token, tokens_of, touches
from checkers.formula.tree import Group, Negative, Node, Number, Percent, Power, Product, Sum, Unreadable

MAX_TOKENS = 500
MAX_DEPTH = 40
MAX_DIGITS = 1_000

_SUM, _PRODUCT, _SIGN, _POWER, _AFTER = 10, 20, 30, 40, 50
_BINDS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_GROUPING = re.compile(r",\\!|\\,|[,{}]")


class _Stop(Exception):
    """The formula cannot be read; only for the inside of this module."""


def parse_text(text: str) -> Node | Unreadable:
    """The tree of a text that is a formula and nothing else."""
    if len(text) > 8 * MAX_DIGITS:
        return Unreadable("it is too long")
    return parse(tokens_of(text))


def parse(tokens: Sequence[Token]) -> Node | Unreadable:
    """The tree of these tokens, all of them, or the reason why there is none."""
    if not tokens:
        return Unreadable("there is nothing to read")
    if len(tokens) > MAX_TOKENS:
        return Unreadable("it is too long")
    reader = _Reader(tokens)
    try:
        node = reader.expression(0, 0)
    except _Stop as stop:
        return Unreadable(str(stop))
    left = reader.peek()
    return node if left is None else Unreadable(f"{_shown(left)} has no place here")


class _Reader:
    """A place in the tokens, and one method for each thing that may stand there."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise _Stop("it ends too early")
        self.at += 1
        return token

    def expression(self, binding: int, depth: int) -> Node:
        """Everything from here on that binds more tightly than `binding`."""
        if depth > MAX_DEPTH:
            raise _Stop("its brackets are nested too deep")
        node = self.operand(depth)
        while (token := self.peek()) is not None:
            strength = self._strength(token)
            if strength <= binding:
                break
            node = self._extended(node, token, strength, depth)
        return node

    def operand(self, depth: int) -> Node:
        """A number, something in brackets, a fraction, or one of them with a sign."""
        token = self.take()
        if token.kind is Kind.NUMBER:
            return _number(token)
        if token.kind is Kind.CURRENCY:
            return self._money(token)
        if token.kind is Kind.OPEN:
            return self._group(token, depth)
        if token.kind is Kind.FRACTION:
            return self._fraction(token, depth)
        if token.text == "-" and token.kind is Kind.OPERATOR:
            of = self.expression(_SIGN, depth + 1)
            return Negative((token.start, of.span[1]), of)
        raise _Stop(f"{_shown(token)} is not a number")

    def _strength(self, token: Token) -> int:
        if token.kind is Kind.OPERATOR:
            return _BINDS[token.text]
        if token.kind in (Kind.PERCENT, Kind.SUPERSCRIPT):
            return _AFTER
        before = self.tokens[self.at - 1]
        if token.kind is Kind.OPEN and token.text == "(" and touches(before, token):
            return _PRODUCT
        return 0

    def _extended(self, node: Node, token: Token, strength: int, depth: int) -> Node:
        if token.kind is Kind.PERCENT:
            self.take()
            return Percent((node.span[0], token.end), node)
        if token.kind is Kind.SUPERSCRIPT:
            self.take()
            exponent = Number((token.start, token.end), Fraction(_whole(token.text.translate(_SUPERSCRIPTS))))
            return Power((node.span[0], token.end), node, exponent)
        if token.kind is Kind.OPEN:
            return self._implied_product(node, depth)
        self.take()
        if strength == _POWER:
            exponent_node = self.expression(_POWER - 1, depth + 1)
            return Power((node.span[0], exponent_node.span[1]), node, exponent_node)
        right = self.expression(strength, depth + 1)
        return _joined(node, right, second=token.text in "-/", is_sum=strength == _SUM)

    def _implied_product(self, node: Node, depth: int) -> Node:
        # 6/2(3) has two readings, and 1.5(3) may be a repeating decimal.
        if isinstance(node, Product) and any(node.under):
            raise _Stop("a division before a bracket can be read in two ways")
        if isinstance(node, Number) and node.places:
            raise _Stop("a decimal before a bracket can be read in two ways")
        return _joined(node, self.expression(_PRODUCT, depth + 1), second=False, is_sum=False)

    def _money(self, sign: Token) -> Node:
        number = self.take()
        if number.kind is not Kind.NUMBER:
            raise _Stop(f"{_shown(sign)} stands before no number")
        read = _number(number)
        return Number((sign.start, read.span[1]), read.value, read.places, read.grouped, sign.text[-1])

    def _group(self, opening: Token, depth: int) -> Node:
        inside = self.expression(0, depth + 1)
        closing = self.take()
        if closing.kind is not Kind.CLOSE or closing.text != _CLOSES[opening.text]:
            raise _Stop("a bracket is not closed")
        return Group((opening.start, closing.end), inside)

    def _fraction(self, command: Token, depth: int) -> Node:
        digits = self.peek()
        if digits is not None and digits.kind is Kind.NUMBER and re.fullmatch("[0-9]{2}", digits.text):
            self.take()
            middle = digits.start + 1
            above: Node = Number((digits.start, middle), Fraction(int(digits.text[0])))
            under: Node = Number((middle, digits.end), Fraction(int(digits.text[1])))
        else:
            above, under = self._argument(depth), self._argument(depth)
        whole = Product((command.start, under.span[1]), (above, under), (False, True))
        return Group(whole.span, whole)

    def _argument(self, depth: int) -> Node:
        token = self.take()
        if token.kind is Kind.OPEN and token.text == "{":
            return self._group(token, depth)
        if token.kind is Kind.NUMBER and len(token.text) == 1:
            return _number(token)
        raise _Stop("a fraction has no clear parts")


def _joined(left: Node, right: Node, *, second: bool, is_sum: bool) -> Node:
    span = (left.span[0], right.span[1])
    if is_sum:
        terms, minus = (left.terms, left.minus) if isinstance(left, Sum) else ((left,), (False,))
        return Sum(span, (*terms, right), (*minus, second))
    factors, under = (left.factors, left.under) if isinstance(left, Product) else ((left,), (False,))
    return Product(span, (*factors, right), (*under, second))


def _number(token: Token) -> Number:
    plain = _GROUPING.sub("", token.text)
    whole, _, places = plain.partition(".")
    value = Fraction(_whole(whole + places), 10 ** len(places))
    return Number((token.start, token.end), value, len(places), grouped=plain != token.text)


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _Stop("it has a number with too many digits")
    return int(digits)


def _shown(token: Token) -> str:
    return repr(token.text[:20])
