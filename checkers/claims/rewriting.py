"""Which two sides of a relation are meant as one expression, written in two ways."""

from __future__ import annotations

import re

from checkers.claims.statement import Relation, Statement
from checkers.decide.polynomial import Polynomial
from checkers.formula.tree import Call, Group, Name, Negative, Node, Number, Percent, Power, Product, Sum, names

_PLAIN = (Number, Group, Percent, Negative, Power, Sum, Product, Name)
_OTHER_THINGS = re.compile(
    r"\b(?:mod(?:ulo)?|unity|vectors?|matri(?:x|ces)|digits?|sets?|groups?|rings?|operat(?:or|ion)s?|boolean|xor|"
    r"derivative|differentia\w+|integra\w+|cross product|dot product)\b|\\(?:vec|mathbf|overline|overrightarrow)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\b(?:factor(?:s|ed|ing|ize[sd]?|izing)?|expand(?:s|ed|ing)?|distribut(?:e[sd]?|ing)|"
    r"complet(?:e|es|ed|ing) the square|multipl(?:y|ying) (?:it |this )?out|simplify(?:ing)? the expression|"
    r"combin(?:e|ing) (?:the )?like terms|(?:expression|polynomial|left(?:-hand)? side|right(?:-hand)? side) "
    r"(?:can be |is )?(?:re)?written as)\b",
    re.IGNORECASE,
)
_OF_EQUATIONS = re.compile(
    r"\b(?:both sides|equations?|equality|set(?:ting)?|equal to|if|when|where|substitut\w+)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?](?=\s)|\n\n")


def has_other_things(text: str) -> bool:
    """Whether the text speaks of things that are not plain numbers, so that letters side by side may be no product."""
    return _OTHER_THINGS.search(text) is not None


def is_rational(node: Node) -> bool:
    """Whether names are only added, multiplied, divided and raised to numbers in it."""
    if not names(node) - {"pi"}:
        return True
    match node:
        case Power(base=base, exponent=exponent):
            return not names(exponent) and is_rational(base)
        case Group(inside=of) | Negative(of=of) | Percent(of=of):
            return is_rational(of)
        case Sum(terms=parts) | Product(factors=parts):
            return all(map(is_rational, parts))
        case _:
            return isinstance(node, Name)


def is_worked_out(node: Node) -> bool:
    """Whether nothing is left to do in it: a sum of different powers, each with one number before it."""
    node = _bare(node)
    terms = node.terms if isinstance(node, Sum) else (node,)
    kinds = [_kind(term) for term in terms]
    return None not in kinds and len(set(kinds)) == len(kinds)


def _kind(term: Node) -> tuple[tuple[str, str], ...] | None:
    """The names of a term with their powers; None for what could be worked out."""
    term = _bare(term)
    if isinstance(term, Negative):
        return _kind(term.of)
    factors = term.factors if isinstance(term, Product) else (term,)
    found: dict[str, str] = {}
    count = 0
    for factor, under in zip(factors, getattr(term, "under", (False,) * len(factors)), strict=True):
        factor = _bare(factor)
        base, power = (_bare(factor.base), repr(_bare(factor.exponent))) if isinstance(factor, Power) else (factor, "1")
        if isinstance(base, Name) and not under and base.name not in found:
            found[base.name] = power if power == "1" else str(getattr(_bare(factor.exponent), "value", power))  # type: ignore[union-attr]
        elif names(factor) or isinstance(factor, Sum | Power | Call):
            return None
        else:
            count += 1
    return tuple(sorted(found.items())) if count <= 2 else None


def _bare(node: Node) -> Node:
    while isinstance(node, Group):
        node = node.inside
    return node


def is_near(left: Polynomial, right: Polynomial) -> bool:
    """Whether two expressions agree in most of their terms, as one does with its own miscopied form."""
    parts = {*left.terms, *right.terms}
    same = {monomial for monomial in parts if left.terms.get(monomial) == right.terms.get(monomial)}
    degree = max(left.degree(), right.degree())
    leads = {monomial for monomial in parts if sum(times for _, times in monomial) == degree}
    return len(same - {()}) >= 2 and len(parts - same) <= 2 and leads <= same


def is_claimed(relation: Relation) -> bool:
    """Whether both sides have the same names and one of them is not worked out, so that rewriting has a point."""
    left, right = names(relation.left) - {"pi"}, names(relation.right) - {"pi"}
    if relation.op != "=" or not left or left != right or "i" in left or relation.modulus is not None:
        return False
    is_plain = is_worked_out(relation.left) and is_worked_out(relation.right)
    return is_rational(relation.left) and is_rational(relation.right) and not is_plain


def goes_on(statement: Statement, at: int) -> bool:
    """Whether the relation with that number only rewrites what the chain is about: `y = A = B`.

    In `A = B = C` over the same names, all three may be set equal; a part without names sets them equal to a number.
    """
    if not at or not all(names(part) - {"pi"} for part in statement.parts[: at + 2]):
        return False
    head = _bare(statement.parts[0])
    return isinstance(head, Name | Call) or names(head) != names(statement.parts[at])


def is_announced(before: str) -> bool:
    """Whether the words in front of a relation say that an expression is rewritten, and not an equation."""
    sentence = _SENTENCE.split(before)[-1]
    return _ANNOUNCED.search(sentence) is not None and _OF_EQUATIONS.search(sentence) is None
