"""Operands: numbers, money, names with subscripts, fractions, functions and their arguments, sums with bounds."""

from __future__ import annotations

from fractions import Fraction

from checkers.formula.lexicon import OF_MANY, TRIGONOMETRY, VULGAR
from checkers.formula.opaque import rest_of_bracket, rest_of_side
from checkers.formula.reader import MAX_DEPTH, PRODUCT, SUM, Reader, Stop, digits, number, shown
from checkers.formula.tokens import Kind, Token, touches
from checkers.formula.tree import Call, Group, Name, Node, Number, Power, Product, Series

APPLIED = frozenset("fgFGhH")
"""Letters before a bracket that are functions; of other letters it may be a product."""
_FACTORS = frozenset({"x", "y", "z", "e", "i", "pi"})
"""Letters that are factors more often than functions."""
_SAYING = frozenset({Kind.RELATION, Kind.WORD, Kind.UNIT, Kind.PHRASE, Kind.BAR})
"""What stands in the brackets of a probability and in no argument that is a value."""
_ENDS = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}


def read_number(reader: Reader, token: Token, depth: int) -> Node:
    """A number, or one with a period behind it: `0.1\\overline{6}`."""
    read = number(token)
    following = reader.peek()
    if following is None or following.text != "overline" or not touches(token, following):
        return read
    reader.take()
    period = _argument(reader, depth)
    inside = period.inside if isinstance(period, Group) else period
    if not isinstance(inside, Number) or inside.places or inside.grouped or "." not in token.text:
        raise Stop("a line above it can be read in two ways")
    length = inside.span[1] - inside.span[0]
    value = read.value + inside.value / (10**read.places * (10**length - 1))
    span = (token.start, period.span[1])
    above, under = Number(span, Fraction(value.numerator)), Number(span, Fraction(value.denominator))
    return Group(span, Product(span, (above, under), (False, True)))


def read_money(reader: Reader, sign: Token, depth: int) -> Node:
    """A number with its sign of money before it."""
    following = reader.take()
    if following.kind is not Kind.NUMBER:
        raise Stop(f"{shown(sign)} stands before no number")
    read = number(following)
    return Number((sign.start, read.span[1]), read.value, read.places, read.grouped, sign.text[-1])


def read_name(reader: Reader, token: Token, depth: int) -> Node:
    """A name with its subscript and primes, or a function that the text names, `f(x)`."""
    if token.text == "C" and _is_choice(reader, token):
        raise Stop("a number of choices is written as a product")
    following = reader.peek()
    if token.text == "m" and following is not None and following.text == "angle" and touches(token, following):
        return reader.operand(depth + 1)
    return named(reader, Name((token.start, token.end), token.text), depth)


def named(reader: Reader, name: Name, depth: int) -> Node:
    """The name with what belongs to it behind: a subscript, primes, an argument in brackets."""
    said, (start, end) = name.name, name.span
    if reader.meets(Kind.BELOW):
        below, end = _subscript(reader, depth)
        said += f"_{below}"
    while reader.meets(Kind.PRIME) and len(said) < 40:
        said, end = said + "'", reader.take().end
    following = reader.peek()
    if following is None or not touches(reader.tokens[reader.at - 1], following):
        return Name((start, end), said)
    if following.kind is Kind.NUMBER:
        raise Stop("a number behind a letter can be read in two ways")
    if following.kind is Kind.OPEN and following.text == "[" and said.endswith("E"):
        return _of_event(reader, Name((start, end), said))
    if following.kind is Kind.OPEN and following.text == "(":
        return _applied(reader, Name((start, end), said), depth)
    return Name((start, end), said)


def _is_choice(reader: Reader, token: Token) -> bool:
    """Whether it is the letter between two numbers that tells a binomial, `8C3`."""
    before, after = reader.tokens[reader.at - 2] if reader.at > 1 else None, reader.peek()
    numbers = before is not None and before.kind is Kind.NUMBER and after is not None and after.kind is Kind.NUMBER
    return numbers and before is not None and after is not None and touches(before, token) and touches(token, after)


def read_word(reader: Reader, token: Token, depth: int) -> Node:
    """A word that stands for a value, alone between signs: `speed = distance / time`."""
    following = reader.peek()
    if len(token.text) < 4 or (following is not None and following.kind in (Kind.WORD, Kind.NUMBER, Kind.NAME)):
        raise Stop(f"{shown(token)} is a word")
    return Name((token.start, token.end), token.text)


def _applied(reader: Reader, name: Name, depth: int) -> Node:
    """`f(x)`, `P(A, B)` are functions of something; `x(x + 1)` is left to be a product."""
    inside = reader.tokens[reader.at + 1 : reader.bracket_end(reader.at)]
    if inside and not _SAYING.isdisjoint(token.kind for token in inside):
        return _of_event(reader, name)
    letter = name.name.rpartition(" ")[2][0]
    commas = any(token.kind is Kind.COMMA for token in inside)
    is_function = letter in APPLIED or "'" in name.name or name.name.startswith("operatorname ")
    if not is_function and not (commas and _has_comma(reader)) and len(inside) != 1:
        return name
    if not is_function and not commas and not letter.isupper() and not _is_plain_function(reader, name, inside[0]):
        raise Stop("a letter before a bracket can be a factor or a function")
    reader.take()
    found = listed(reader, depth)
    return Call((name.span[0], reader.closing(")").end), name.name, found)


def _of_event(reader: Reader, name: Name) -> Node:
    """`P(X = 2)`, `P(A | B)`, `P(\\text{both are red})`: what stands in the brackets is no value."""
    if not name.name.rpartition(" ")[2][0].isupper():
        raise Stop("a statement stands where a value belongs")
    opening = reader.take()
    event = rest_of_bracket(reader, opening, "an event")
    return Call((name.span[0], reader.closing(_ENDS[opening.text]).end), name.name, (event,))


def _is_plain_function(reader: Reader, name: Name, argument: Token) -> bool:
    """Whether it is `p(n)`, a letter of one letter alone; `x(y)` and `ab(c)` may well be products."""
    at = next((at for at in range(reader.at - 1, -1, -1) if reader.tokens[at].start == name.span[0]), 0)
    before = reader.tokens[at - 1] if at else None
    is_alone = before is None or not (before.kind in (Kind.NAME, Kind.NUMBER) and before.end == name.span[0])
    return is_alone and argument.kind is Kind.NAME and argument.text != name.name and name.name not in _FACTORS


def _has_comma(reader: Reader) -> bool:
    """Whether a comma stands in the bracket that is next, and in no other inside of it."""
    opened, end = 0, reader.bracket_end(reader.at)
    for token in reader.tokens[reader.at : end]:
        opened += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if token.kind is Kind.COMMA and opened == 1:
            return True
    return False


def _subscript(reader: Reader, depth: int) -> tuple[str, int]:
    sign = reader.take()
    if sign.text != "_":
        return sign.text, sign.end
    first = reader.take()
    if first.text != "{":
        if first.kind not in (Kind.NAME, Kind.NUMBER, Kind.UNIT):
            raise Stop(f"{shown(first)} is no subscript")
        return first.text, first.end
    said: list[str] = []
    while not reader.meets(Kind.CLOSE, "}"):
        said.append(reader.take().text)
        if len(said) > 8:
            raise Stop("a subscript is too long")
    return "".join(said)[:30], reader.take().end


def listed(reader: Reader, depth: int) -> tuple[Node, ...]:
    """The parts with commas between them from here to a closing bracket, which is left standing."""
    bars, bare, reader.bars, reader.bare = reader.bars, reader.bare, 0, 0
    found = [reader.expression(0, depth + 1)]
    while reader.meets(Kind.COMMA):
        reader.take()
        found.append(reader.expression(0, depth + 1))
    reader.bars, reader.bare = bars, bare
    return tuple(found)


def _argument(reader: Reader, depth: int) -> Node:
    """What stands in braces, or one digit or letter."""
    if depth > MAX_DEPTH:
        raise Stop("its brackets are nested too deep")
    token = reader.take()
    if token.kind is Kind.OPEN and token.text == "{":
        inside = listed(reader, depth)
        closing = reader.closing("}")
        if len(inside) > 1:
            raise Stop("a comma stands where one value belongs")
        return Group((token.start, closing.end), inside[0])
    if token.kind is Kind.NUMBER and len(token.text) == 1:
        return number(token)
    if token.kind is Kind.NAME:
        return Name((token.start, token.end), token.text)
    if token.kind is Kind.FRACTION or token.text in ("sqrt", "pi"):
        return reader.families[token.kind](reader, token, depth + 1)
    raise Stop("a command has no clear arguments")


def read_fraction(reader: Reader, command: Token, depth: int) -> Node:
    """`\\frac{a}{b}`, `\\frac12`, `\\binom nk` or a sign such as ½."""
    if command.text in VULGAR:
        span = (command.start, command.end)
        high, low = (Number(span, Fraction(part)) for part in VULGAR[command.text])
        return Group(span, Product(span, (high, low), (False, True)))
    above, under = _two_digits(reader) or (_argument(reader, depth), _argument(reader, depth))
    span = (command.start, under.span[1])
    if command.text == "binom":
        return Call(span, "binom", (_opened(above), _opened(under)))
    if _is_differential(above) and _is_differential(under):
        return rest_of_side(reader, command, "a derivative")
    return Group(span, Product(span, (above, under), (False, True)))


def _opened(node: Node) -> Node:
    """What stands in the braces of a command; brackets inside of them are the author's and stay."""
    return node.inside if isinstance(node, Group) else node


def _two_digits(reader: Reader) -> tuple[Node, Node] | None:
    token = reader.peek()
    if token is None or token.kind is not Kind.NUMBER or len(token.text) != 2 or not token.text.isdigit():
        return None
    reader.take()
    middle = token.start + 1
    first, second = (Fraction(digits(digit)) for digit in token.text)
    return Number((token.start, middle), first), Number((middle, token.end), second)


def _is_differential(part: Node) -> bool:
    inside = _opened(part)
    first = inside.factors[0] if isinstance(inside, Product) else inside
    return isinstance(first, Name) and first.name in ("d", "partial")


def read_function(reader: Reader, token: Token, depth: int) -> Node:
    """A named function with its power, base and argument: `\\sin^2 x`, `\\log_2 8`, `\\sqrt[3]{x}`, `\\sum_{k=1}^n`."""
    if token.text in ("sum", "prod"):
        return _series(reader, token, depth)
    if token.text in ("sqrt", "cbrt"):
        return _root(reader, token, depth)
    base = _base(reader, token, depth)
    power = _function_power(reader, token)
    name, args = token.text, _arguments(reader, token, depth)
    if power == -1:
        name, power = f"arc{name}", None
    span = (token.start, reader.tokens[reader.at - 1].end)
    if base is not None:
        args = (*args, base)
    if name == "mod" and len(args) != 2:
        raise Stop("a remainder needs two numbers")
    call = Call(span, name, args)
    return call if power is None else Power(span, call, Number(span, Fraction(power)))


def _base(reader: Reader, token: Token, depth: int) -> Node | None:
    if not reader.meets(Kind.BELOW):
        return None
    sign = reader.take()
    if token.text != "log":
        raise Stop(f"a subscript of {token.text} can be read in two ways")
    if sign.text != "_":
        return Number((sign.start, sign.end), Fraction(digits(sign.text)))
    following = reader.peek()
    if following is not None and following.kind is Kind.NUMBER:
        return number(reader.take())
    return _opened(_argument(reader, depth))


def _function_power(reader: Reader, token: Token) -> int | None:
    """The whole power between a function and its argument; -1 is the inverse."""
    if reader.meets(Kind.SUPERSCRIPT):
        value = int(reader.take().text[:4])
    elif reader.meets(Kind.OPERATOR, "^"):
        reader.take()
        value = _plain_exponent(reader)
    else:
        return None
    if token.text not in TRIGONOMETRY | {"log", "ln"} or value == 0 or value < -1 or abs(value) > 100:
        raise Stop("a power of a function can be read in two ways")
    if value == -1 and token.text not in ("sin", "cos", "tan"):
        raise Stop("a power of a function can be read in two ways")
    return value


def _plain_exponent(reader: Reader) -> int:
    braced = reader.meets(Kind.OPEN, "{")
    if braced:
        reader.take()
    minus = reader.meets(Kind.OPERATOR, "-")
    if minus:
        reader.take()
    token = reader.take()
    if token.kind is not Kind.NUMBER or not token.text.isdigit() or len(token.text) > 3:
        raise Stop("a power of a function can be read in two ways")
    if braced:
        reader.closing("}")
    return -int(token.text) if minus else int(token.text)


def _arguments(reader: Reader, token: Token, depth: int) -> tuple[Node, ...]:
    opening = reader.peek()
    if opening is not None and opening.kind is Kind.OPEN and opening.text in _ENDS:
        reader.take()
        inside = listed(reader, depth)
        reader.closing(_ENDS[opening.text])
        if reader.meets(Kind.OPERATOR, "^") or reader.meets(Kind.SUPERSCRIPT):
            _refuse_power(token)
        if len(inside) > 1 and token.text not in OF_MANY:
            raise Stop(f"{token.text} has more than one argument")
        return _apart(inside) if token.text in OF_MANY else inside
    if token.text in OF_MANY | {"abs", "floor", "ceil"}:
        raise Stop(f"{token.text} has no argument in brackets")
    reader.bare += 1
    inside_bare = reader.expression(PRODUCT, depth + 1)
    reader.bare -= 1
    if reader.meets(Kind.OPERATOR, "/"):
        raise Stop("a function without brackets before a division can be read in two ways")
    return (inside_bare,)


def _apart(inside: tuple[Node, ...]) -> tuple[Node, ...]:
    """Arguments among which none may be two: in `gcd(378,315)` the comma sets no thousands apart."""
    if any(isinstance(each, Number) and each.grouped for each in inside):
        raise Stop("a comma between digits can be read in two ways")
    return inside


def _refuse_power(token: Token) -> None:
    # sin(x)^2 may be the square of the sine or the sine of the square.
    if token.text in TRIGONOMETRY | {"log", "ln"}:
        raise Stop("a power behind the argument of a function can be read in two ways")


def _root(reader: Reader, token: Token, depth: int) -> Node:
    index: Node = Number((token.start, token.end), Fraction(3 if token.text == "cbrt" else 2))
    if token.text == "sqrt" and reader.meets(Kind.OPEN, "["):
        reader.take()
        index = reader.expression(0, depth + 1)
        reader.closing("]")
    opening = reader.peek()
    if opening is not None and opening.kind is Kind.OPEN and opening.text in "({":
        reader.take()
        inside = listed(reader, depth)
        end = reader.closing(_ENDS[opening.text]).end
        if len(inside) > 1:
            raise Stop("a root has more than one argument")
        return Call((token.start, end), "root", (inside[0], index))
    of = reader.operand(depth + 1)
    after = reader.peek()
    is_tight = after is not None and after.kind is Kind.OPERATOR and touches(reader.tokens[reader.at - 1], after)
    if is_tight and token.end - token.start == 1:  # the sign √ alone: how far it reaches cannot be seen
        raise Stop("a root sign before a calculation can be read in two ways")
    return Call((token.start, of.span[1]), "root", (of, index))


def _series(reader: Reader, token: Token, depth: int) -> Node:
    if not _has_bounds(reader):
        return rest_of_side(reader, token, "a sum without clear bounds")
    reader.at += 2
    index = reader.take()
    reader.take()
    first = reader.expression(0, depth + 1)
    reader.closing("}")
    reader.take()
    last = _opened(reader.operand(depth + 1))
    body = reader.expression(SUM, depth + 1)
    return Series((token.start, body.span[1]), token.text, index.text, first, last, body)


def _has_bounds(reader: Reader) -> bool:
    """Whether `_{k=1}^` or the like follows."""
    if not reader.meets(Kind.BELOW, "_") or reader.at + 4 > len(reader.tokens):
        return False
    opening, index, equals = reader.tokens[reader.at + 1 : reader.at + 4]
    end = reader.bracket_end(reader.at + 1)
    above = reader.tokens[end + 1] if end + 1 < len(reader.tokens) else None
    is_clear = opening.text == "{" and index.kind is Kind.NAME and equals.text == "="
    return is_clear and above is not None and above.text == "^"
