"""Whether two answers are the same, whatever they are written as."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from checkers.answers.amounts import same_amounts
from checkers.answers.bare import MAX_DIGITS, bare_number, same_decimals
from checkers.answers.judge import MAX_WORK, Judge
from checkers.answers.kinds import Amount, Several
from checkers.answers.pairs import same_kinds
from checkers.answers.side import Side, side_of
from checkers.answers.words import same_words
from checkers.finding import Verdict
from checkers.formula.tree import Name
from checkers.limits import Work, taking


def same_answer(
    gold: str, answer: str, *, tolerance: Fraction | int | float | None = None, work: Work | None = None
) -> Verdict:
    """HOLDS when both are the same answer, FAILS when they differ, UNKNOWN where a person could argue; symmetric.

    Either may be a whole solution: then what it states as its answer is compared. Numbers are compared exactly. A
    decimal of two or more places is the same as a fraction, root or multiple of pi that rounds to it. With a
    tolerance, numbers are the same when they differ by that much at most; ValueError when it is negative or no number.
    It takes what it needs of `work`, and raises Late where the time is over of the check to which that belongs.
    """
    # Most answers are whole numbers, and most of their cost would be finding out what else they could be.
    if tolerance is None and gold.isdecimal() and answer.isdecimal() and len(gold + answer) <= MAX_DIGITS:
        return Verdict.HOLDS if int(gold) == int(answer) else Verdict.FAILS
    if tolerance is None and (found := same_decimals(gold, answer)) is not None:
        return found
    with taking(work, at_most=MAX_WORK) as mine:
        judge = Judge(mine, tolerance=_allowed(tolerance))
        first, second = bare_number(gold), bare_number(answer)
        if first is not None and second is not None:
            return same_amounts(first, second, judge)
        # In one order, so that both orders do the same work and say the same.
        one, other = (side_of(text, judge) for text in sorted((gold, answer)))
        return _same_sides(one, other, judge)


def _allowed(tolerance: Fraction | int | float | None) -> Fraction | None:
    if tolerance is None:
        return None
    if not math.isfinite(tolerance) or tolerance < 0:
        raise ValueError("a tolerance is a number, and not negative")
    return Fraction(tolerance)


def _same_sides(one: Side, other: Side, judge: Judge) -> Verdict:
    if one.letter and other.letter:
        return Verdict.HOLDS if one.letter == other.letter else Verdict.FAILS
    if one.letter or other.letter:
        if not (one.rest or other.rest):
            return _one_of_several(one, other)
        one, other = replace(one, letter=""), replace(other, letter="")
    if not one.words or not other.words:
        return Verdict.UNKNOWN
    if one.words == other.words:
        return Verdict.HOLDS
    if one.kind is None or other.kind is None:
        return same_words(one.words, other.words)
    found = same_kinds(one.kind, other.kind, judge)
    if found is Verdict.FAILS and not (one.is_formula and other.is_formula):
        return same_words(one.words, other.words)
    return found


def _one_of_several(one: Side, other: Side) -> Verdict:
    """One letter is not all of `A, C`; beside anything else it may be its letter."""
    kind = one.kind or other.kind
    if not isinstance(kind, Several) or kind.bracket or len(kind.items) < 2:
        return Verdict.UNKNOWN
    trees = [item.tree for item in kind.items if isinstance(item, Amount)]
    is_letters = len(trees) == len(kind.items) and all(isinstance(tree, Name) for tree in trees)
    return Verdict.FAILS if is_letters else Verdict.UNKNOWN
