"""A tree as text that reads as the same tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from checkers.formula.lexicon import COMMANDS, GREEK, OF_MANY, TRIGONOMETRY, UNKNOWN
from checkers.formula.tokens import Kind
from checkers.formula.tree import (
    Call,
    Chain,
    Collection,
    Degrees,
    Group,
    Interval,
    Matrix,
    Measured,
    Name,
    Negative,
    Node,
    Number,
    Opaque,
    Percent,
    PlusMinus,
    Power,
    Product,
    Series,
    Sum,
)
from checkers.formula.written import decimal

_RELATIONS = {"≡": "\\equiv", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx"}
_PAIRS = {"set": ("\\{", "\\}"), "tuple": ("(", ")"), "list": ("[", "]"), "several": ("", "")}
_SCRIPTS = frozenset(name for name, (kind, _) in COMMANDS.items() if kind is Kind.WRAPPER)
_LABEL = re.compile(r"[^\w']|^[a-z]{2,3}$(?<!pi)(?<!mu)(?<!nu)(?<!xi)")
"""What has to be written as a name in words."""
_BETWEEN = {"mod": "\\bmod", "cup": "\\cup", "cap": "\\cap", "setminus": "\\setminus"}


def written(node: Node) -> str:
    """LaTeX that `read` reads as a tree of the same shape, for trees that `read` gave; what is opaque is in `[]`."""
    match node:
        case Number():
            return _number(node)
        case Name(name=name):
            return _name(name)
        case Group(inside=inside):
            return _grouped(inside)
        case Percent(of=of):
            return f"{written(of)}\\%"
        case Degrees(of=of):
            return f"{written(of)}^{{\\circ}}"
        case Measured(of=of, unit=unit):
            return f"{written(of)}\\text{{ {unit} }}"
        case Negative(of=of):
            return f"- {written(of)}"
        case _:
            return _of_many(node)


def same_shape(one: Node, other: Node) -> bool:
    """Whether two trees are the same but for where they stood."""
    return _bare(one) == _bare(other)


def _of_many(node: Node) -> str:
    match node:
        case Power(base=base, exponent=exponent):
            return _power(base, exponent)
        case Sum(terms=parts, minus=marked):
            return _strung(parts, marked, " + ", " - ")
        case Product(factors=parts, under=marked):
            return _strung(parts, marked, " \\cdot ", " / ")
        case PlusMinus(left=left, right=right, swapped=swapped):
            sign = "\\mp" if swapped else "\\pm"
            return f"{'' if left is None else written(left)} {sign} {written(right)}"
        case Call(name=name, args=args):
            return _call(name, args)
        case Series(kind=kind, index=index, first=first, last=last, body=body):
            return f"\\{kind}_{{{_name(index)} = {written(first)}}}^{{{written(last)}}} {written(body)}"
        case _:
            return _of_parts(node)


def _of_parts(node: Node) -> str:
    match node:
        case Collection(kind=kind, items=items):
            opening, closing = _PAIRS[kind]
            return opening + ", ".join(map(written, items)) + closing
        case Interval(first=first, last=last, open_first=open_first, open_last=open_last):
            return f"{'[('[open_first]}{written(first)}, {written(last)}{'])'[open_last]}"
        case Matrix():
            return _matrix(node, "pmatrix")
        case Chain(parts=parts, ops=ops, modulus=modulus):
            said = written(parts[0])
            for op, part in zip(ops, parts[1:], strict=True):
                said += f" {_RELATIONS.get(op, op)} {written(part)}"
            return said if modulus is None else f"{said} (\\mod {written(modulus)})"
        case Opaque(what=what):
            return f"[{what}]"
        case _:
            raise TypeError(f"no way to write a {type(node).__name__}")


def _grouped(inside: Node) -> str:
    if isinstance(inside, Chain):
        return f"\\boxed{{{written(inside)}}}"
    # A thousand with its comma in round brackets could be a pair.
    is_thousand = isinstance(inside, Number) and inside.grouped
    return f"{{{written(inside)}}}" if is_thousand else f"({written(inside)})"


def _number(node: Number) -> str:
    digits = decimal(node.value, node.places)
    if node.grouped:
        whole, point, places = digits.partition(".")
        digits = f"{int(whole):,}".replace(",", "{,}") + point + places
    return f"\\{node.currency}{digits}" if node.currency == "$" else node.currency + digits


def _name(name: str) -> str:
    script, _, letters = name.partition(" ")
    if script not in _SCRIPTS:
        script, letters = "", name
    if not script and (not name[0].isalpha() or _LABEL.search(name.partition("_")[0])) and name not in ("∞", "∅"):
        return f"\\text{{{name}}}"
    head, below, rest = letters.partition("_")
    head, primes = head.rstrip("'"), letters[len(letters.rstrip("'")) :]
    letter = head
    head = f"\\{letter}" if letter in GREEK else letter
    if script:
        head = f"\\{script} {letter}" if script in ("angle", "triangle") else f"\\{script}{{{head}}}"
    return (head + (f"_{{{rest.rstrip(chr(39))}}}" if below else "") + primes) + (" " if letter in GREEK else "")


def _power(base: Node, exponent: Node) -> str:
    if isinstance(base, Call) and base.name in TRIGONOMETRY | {"log", "ln"}:
        subscript = f"_{{{written(base.args[1])}}}" if len(base.args) > 1 else ""
        return f"\\{base.name}{subscript}^{{{written(exponent)}}}({written(base.args[0])})"
    minus = "-" if isinstance(exponent, Negative) else ""
    raised = exponent.of if isinstance(exponent, Negative) else exponent
    return f"{written(base)}^{minus}{written(raised)}"


def _strung(parts: Sequence[Node], marked: Sequence[bool], plain: str, other: str) -> str:
    said = written(parts[0])
    for part, is_marked in zip(parts[1:], marked[1:], strict=True):
        said += (other if is_marked else plain) + written(part)
    return said


def _call(name: str, args: Sequence[Node]) -> str:
    said = [written(arg) for arg in args]
    match name:
        case "root":
            return f"\\sqrt[{said[1]}]{{{said[0]}}}"
        case "factorial":
            return f"{said[0]}!"
        case "abs":
            return f"\\operatorname{{abs}}({said[0]})"
        case "binom":
            return f"\\binom{{{said[0]}}}{{{said[1]}}}"
        case "det":
            return said[0].replace("pmatrix", "vmatrix")
        case "log" if len(said) == 2:
            return f"\\log_{{{said[1]}}}({said[0]})"
        case _:
            return _named_call(name, said)


def _named_call(name: str, said: Sequence[str]) -> str:
    if name in _BETWEEN:
        return f"{said[0]} {_BETWEEN[name]} {said[1]}"
    if name in OF_MANY | TRIGONOMETRY | UNKNOWN | {"floor", "ceil", "ln", "log", "lg", "exp"}:
        return f"\\operatorname{{{name}}}({', '.join(said)})"
    return f"{_name(name).rstrip()}({', '.join(said)})"


def _matrix(node: Matrix, kind: str) -> str:
    rows = " \\\\ ".join(" & ".join(map(written, row)) for row in node.rows)
    return f"\\begin{{{kind}}}{rows}\\end{{{kind}}}"


def _bare(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if isinstance(value, Node):
        return type(value), *(_bare(getattr(value, each.name)) for each in fields(value) if each.name != "span")
    return value
