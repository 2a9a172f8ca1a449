"""Which equation is said to follow from the one before it, and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkers.claims.statement import Statement
from checkers.claims.statements import statements
from checkers.claims.trial import shape
from checkers.trace import Trace

MAX_GAP = 240
"""Characters between two equations, beyond which something else may have been said."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MARKS = re.compile(
    r"\\(?:begin|end)\s?\{[a-z]{1,16}\*?\}(?:\{[^{}]{0,20}\})?|\\(?:quad|qquad|displaystyle|text|left|right|tag|label)"
    r"(?![A-Za-z])|\\[\[\]();,!\\ ]|[$&*#{}]|^\s*(?:step\s+)?[0-9]{1,2}[.):]|\bstep\s+[0-9]{1,2}\s*:",
    re.MULTILINE | re.IGNORECASE,
)
_ARROW = re.compile(
    r"\\(?:(?:long)?rightarrow|implies|iff|to|Longrightarrow|Rightarrow|Leftrightarrow|therefore)(?![A-Za-z])|"
    r"[⇒→⟹⇔⟺∴]|[-=]+>"
)
_RELATION = re.compile(r"[=<>≤≥≠≈≡]|\\(?:leq?|geq?|neq?|approx|equiv|lt|gt|in)(?![A-Za-z])")
_LEADS = re.compile(
    r"(?:so|thus|hence|therefore|then|which|gives?|giving|get|gets|getting|have|becomes?|simplif\w+|rearrang\w+|expand\w*|"
    r"factor\w*|divid\w+|multipl\w+|subtract\w*|adding|add|combin\w+|yield\w*|obtain\w*|impl(?:y|ies)|isolat\w+|"
    r"equivalent(?:ly)?|reduc\w+|cancel\w*|distribut\w+|moving|bring\w*|collect\w*|rewrit\w+|means|solv(?:e|ing)|leaves|"
    r"follows|cross|find|taking)\Z"
)
# Whatever else is said may bring in something new, from which the second equation may follow as well.
_PLAIN_WORDS = _words(
    "a add adding addition again algebra algebraically all an and are arrive as at back be become becomes both "
    "brackets bring bringing by can cancel canceling cancelling cancels clear clearing coefficient coefficients "
    "collect collecting combine combined combines combining common completely constant constants continue "
    "continuing cross cross-multiplication cross-multiply cross-multiplying cube cubic denominator denominators "
    "distribute distributing distributive divide divided dividing division do each eliminate equal equals "
    "equation equivalent equivalently expand expanded expanding expands expression factor factored factoring "
    "factorise factorising factorization factorize factorizing factors finally find finds follow follows for form "
    "found fraction fractions from fully further get gets getting give gives giving got had hand has have hence "
    "here i implies imply implying in into is isolate isolating it just leading leads leave leaves leaving left "
    "left-hand left-side let let's lets let’s like linear means more move moving multiplication multiplied "
    "multiply multiplying must need negative next now numerator obtain obtained obtains of on once operation "
    "operations order other our out parentheses polynomial powers proceed property proportion quadratic rearrange "
    "rearranged rearranges rearranging reduce reduces reducing result resulting rewrite rewriting rewritten right "
    "right-hand right-side root roots should side sides sign simplest simplification simplified simplifies "
    "simplify simplifying simply so solution solve solving square standard step subtract subtracting subtraction "
    "take taking term terms that the then therefore this through thus to together unknown us value variable want "
    "we which will written yield yielding yields you zero"
)
_LINES = ("\n", "\\\\", "\\] \\[", "$$ $$")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z][A-Za-z'’-]+")


@dataclass(frozen=True, slots=True)
class Following:
    """An equation and the one that is said to follow from it."""

    before: Statement
    after: Statement
    said: str
    """The words between them, in small letters; empty when they only stand in lines one below the other."""


def followings(trace: Trace) -> tuple[Following, ...]:
    """Every two neighbours of which the second is said to follow from the first; ask by `trace.once(followings)`."""
    texts = dict(trace.pieces())
    written = [each for each in trace.once(statements) if each.written]
    return tuple(_followings(written, texts))


def is_one_of_many(text: str, statement: Statement) -> bool:
    """Whether the statement is joined to one before it by a comma, "or" or "and"."""
    before = _MARKS.sub(" ", text[max(0, statement.span[0] - 30) : statement.span[0]])
    return before.rstrip(" {}").casefold().endswith((",", " or", " and"))


def _followings(written: Sequence[Statement], texts: Mapping[int | None, str]) -> Iterator[Following]:
    for before, after in zip(written, written[1:], strict=False):
        if before.step == after.step:
            between = texts[before.step][before.span[1] : after.span[0]]
        elif before.step is not None and after.step == before.step + 1:
            between = texts[before.step][before.span[1] :] + "\n" + texts[after.step][: after.span[0]]
        else:
            continue
        said = words_of(between)
        if said is not None and not before.is_cut and not _is_chain(before, after):
            yield Following(before, after, said)


def _is_chain(before: Statement, after: Statement) -> bool:
    """Whether the second goes on from the end of the first, `x + 5x + 2 = 7x + 2` and `7x + 2 = 42`: a rewriting."""
    last, first = shape(before.parts[-1]), shape(after.parts[0])
    return last == first and shape(before.parts[0]) != shape(after.parts[-1]) and bool(before.free[-1])


def words_of(between: str) -> str | None:
    """The words of what stands between two equations; None when the second may come from elsewhere."""
    if len(between) > MAX_GAP:
        return None
    arrows = _ARROW.search(between) is not None
    plain = " ".join(_MARKS.sub(" ", _ARROW.sub(" ", between)).split())
    if _RELATION.search(plain) is not None or "?" in plain:
        return None
    words = [word.casefold() for word in _WORD.findall(plain)]
    if any(word not in _PLAIN_WORDS for word in words):
        return None
    if words:
        return " ".join(words) if arrows or any(map(_LEADS.match, words)) else None
    is_bare = not plain.strip(" .,;:")
    return "" if is_bare and (arrows or any(line in between for line in _LINES)) else None
