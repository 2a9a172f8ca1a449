"""Matrices, and what sums and multiples of them come to."""

from __future__ import annotations

from collections.abc import Callable

from checkers.answers.trees import NOWHERE, product
from checkers.formula.tree import Matrix, Negative, Node, Product, Sum, bare, has

MAX_CELLS = 64
Rows = tuple[tuple[Node, ...], ...]


def grid_of(node: Node) -> Rows | None:
    """The cells of a matrix or of a sum, difference or multiple of matrices; None for anything else."""
    node = bare(node)
    match node:
        case Matrix(rows=rows):
            return rows if len(rows) * len(rows[0]) <= MAX_CELLS else None
        case Negative(of=of):
            rows = grid_of(of) or ()
            return _each(rows, lambda cell: Negative(NOWHERE, cell)) if rows else None
        case Sum(terms=terms, minus=minus):
            return _sum([grid_of(term) for term in terms], minus)
        case Product(factors=factors, under=under):
            return _multiple(factors, under)
        case _:
            return None


def _sum(found: list[Rows | None], minus: tuple[bool, ...]) -> Rows | None:
    grids = [rows for rows in found if rows is not None]
    if len(grids) != len(found) or len({(len(rows), len(rows[0])) for rows in grids}) != 1:
        return None
    return tuple(
        tuple(Sum(NOWHERE, cells, minus) for cells in zip(*rows, strict=True)) for rows in zip(*grids, strict=True)
    )


def _multiple(factors: tuple[Node, ...], under: tuple[bool, ...]) -> Rows | None:
    grids = [
        (grid_of(factor), is_under) for factor, is_under in zip(factors, under, strict=True) if has(factor, Matrix)
    ]
    if len(grids) != 1 or grids[0][0] is None or grids[0][1]:
        return None
    others = [(factor, is_under) for factor, is_under in zip(factors, under, strict=True) if not has(factor, Matrix)]
    if not others:
        return grids[0][0]
    scale = Product(NOWHERE, tuple(factor for factor, _ in others), tuple(is_under for _, is_under in others))
    if scale.under[0]:
        return None
    return _each(grids[0][0], lambda cell: product(scale, cell))


def _each(rows: Rows, change: Callable[[Node], Node]) -> Rows:
    return tuple(tuple(map(change, row)) for row in rows)
