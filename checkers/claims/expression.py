"""How an expression is built: whether it is multiplied out, a product of sums, or more than a rational function."""

from __future__ import annotations

from checkers.formula.tree import Call, Group, Name, Negative, Node, Number, Percent, Power, Product, Sum, bare, names


def free_names(node: Node) -> frozenset[str]:
    """Its names but for pi."""
    return names(node) - {"pi"}


def is_rational(node: Node) -> bool:
    """Whether names are only added, multiplied, divided and raised to numbers in it."""
    return _is_made_of(node, may_be_raised=False)


def is_algebraic(node: Node) -> bool:
    """The same, or a number is raised to something with names."""
    return _is_made_of(node, may_be_raised=True)


def _is_made_of(node: Node, *, may_be_raised: bool) -> bool:
    if not free_names(node):
        return True
    match node:
        case Power(base=base, exponent=exponent) if free_names(exponent):
            return may_be_raised and not free_names(base) and is_algebraic(exponent)
        case Power(base=base):
            return _is_made_of(base, may_be_raised=may_be_raised)
        case Group(inside=of) | Negative(of=of) | Percent(of=of):
            return _is_made_of(of, may_be_raised=may_be_raised)
        case Sum(terms=parts) | Product(factors=parts):
            return all(_is_made_of(part, may_be_raised=may_be_raised) for part in parts)
        case _:
            return isinstance(node, Name)


def is_product_of_sums(node: Node) -> bool:
    """Whether something is left to expand: a sum that is a factor, or raised to a power."""
    node = bare(node)
    match node:
        case Sum(terms=parts):
            return any(map(is_product_of_sums, parts))
        case Negative(of=of):
            return is_product_of_sums(of) or isinstance(bare(of), Sum)
        case Power(base=base):
            return isinstance(bare(base), Sum) and bool(free_names(base))
        case Product(factors=parts):
            return any(bool(free_names(part)) and isinstance(_base(part), Sum) for part in parts)
        case _:
            return False


def is_spread(node: Node) -> bool:
    """Whether it is a sum of products of numbers and names, like ones perhaps not yet collected."""
    return all(_kind(term) is not None for term in _terms(node))


def is_worked_out(node: Node) -> bool:
    """Whether nothing is left to do in it: a sum of different powers, each with one number before it."""
    kinds = [_kind(term) for term in _terms(node)]
    return None not in kinds and len(set(kinds)) == len(kinds)


def _terms(node: Node) -> tuple[Node, ...]:
    node = bare(node)
    return node.terms if isinstance(node, Sum) else (node,)


def _kind(term: Node) -> tuple[tuple[str, str], ...] | None:
    """The names of a term with their powers; None for what could be worked out."""
    term = bare(term)
    if isinstance(term, Negative):
        return _kind(term.of)
    factors = term.factors if isinstance(term, Product) else (term,)
    under = term.under if isinstance(term, Product) else (False,)
    found: dict[str, str] = {}
    count = 0
    for factor, divides in zip(factors, under, strict=True):
        base, power = _raised(factor)
        if isinstance(base, Name) and not divides and base.name not in found:
            found[base.name] = power
        elif names(factor) or isinstance(bare(factor), Sum | Power | Call):
            return None
        else:
            count += 1
    return tuple(sorted(found.items())) if count <= 2 else None


def _base(node: Node) -> Node:
    node = bare(node)
    return bare(node.base) if isinstance(node, Power) else node


def _raised(node: Node) -> tuple[Node, str]:
    node = bare(node)
    if not isinstance(node, Power):
        return node, "1"
    exponent = bare(node.exponent)
    return bare(node.base), str(exponent.value) if isinstance(exponent, Number) else repr(exponent)
