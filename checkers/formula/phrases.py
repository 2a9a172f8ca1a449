"""Words beside the signs of mathematics: units of a number, values that are told in words, and `about`."""

from __future__ import annotations

from collections.abc import Sequence

from checkers.formula.lexicon import APPROXIMATE, CONNECTING, COUNTING
from checkers.formula.tokens import Kind, Token, touches

MAX_UNIT = 5
"""Words of a unit, `square feet per person`."""
MAX_SHOWN = 100
WORDS = frozenset({Kind.WORD, Kind.UNIT})
"""What the words of a text are among its tokens."""
_SIGNS = frozenset({Kind.OPERATOR, Kind.RELATION})
_VALUES = frozenset({Kind.NUMBER, Kind.FRACTION, Kind.PERCENT, Kind.CLOSE, Kind.SUPERSCRIPT})
_APART = frozenset({Kind.BREAK, Kind.COMMA, Kind.OTHER})
_EDGES = frozenset({Kind.BREAK, Kind.CLOSE, Kind.COMMA, Kind.MARK})
_STOPS = frozenset({".", ":", "?", ";"})


def phrased(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with one for the words that are one unit, one for those that stand for a value, `≈` for `= about`."""
    found: list[Token] = []
    at, end = 0, len(tokens)
    while at < end:
        if tokens[at].kind not in WORDS:
            found.append(tokens[at])
            at += 1
            continue
        first, measures = at, bool(found) and _measures(found)
        while at < end and (tokens[at].kind in WORDS or (measures and _is_rate(tokens, at))):
            at += 1
        if measures or (found and found[-1].kind in _SIGNS) or (at < end and tokens[at].kind in _SIGNS):
            _add(found, tokens[first:at], tokens[at : at + 2])
        else:
            found.extend(tokens[first:at])
    return tuple(found)


def _measures(found: Sequence[Token]) -> bool:
    """Whether a value stands right before, or a value and the line of a rate, `$3/`."""
    return _is_value(found[-1]) or _is_line(found)


def _is_value(token: Token) -> bool:
    return token.kind in _VALUES


def _is_line(found: Sequence[Token]) -> bool:
    return len(found) > 1 and found[-1].text == "/" and _is_value(found[-2]) and touches(found[-2], found[-1])


def _is_rate(tokens: Sequence[Token], at: int) -> bool:
    """Whether a line between two words stands there, `miles/hour`."""
    if tokens[at].text != "/" or at + 1 == len(tokens) or tokens[at + 1].kind not in WORDS:
        return False
    return touches(tokens[at - 1], tokens[at]) and touches(tokens[at], tokens[at + 1])


def _add(found: list[Token], run: Sequence[Token], after: Sequence[Token]) -> None:
    before = found[-1] if found else None
    is_signed = before is not None and before.kind in _SIGNS and not _is_bullet(found)
    if before is not None and before.text == "=" and len(run) == 1 and _is_approximate(run[0], after):
        found[-1] = before._replace(text="≈")
    elif before is not None and _is_line(found) and touches(before, run[0]):
        found[-1] = _one(Kind.UNIT, (before, *run))
    elif is_operand(run, before, after) and (before is None or before.kind in _APART or is_signed):
        found.extend(run)
    elif before is not None and _is_unit(run, before, after):
        found.append(_one(Kind.UNIT, run))
    elif _is_phrase(run, is_signed=is_signed, after=after):
        found.append(_one(Kind.PHRASE, run))
    else:
        found.extend(run)


def _is_approximate(word: Token, after: Sequence[Token]) -> bool:
    return word.text.casefold() in APPROXIMATE and bool(after) and after[0].kind in (*_VALUES, Kind.CURRENCY, Kind.OPEN)


def is_operand(run: Sequence[Token], before: Token | None, after: Sequence[Token]) -> bool:
    """Whether it is one word that stands for a value, with a sign on either side or at the edge of its line."""
    near = [token for token in (before, *after[:1]) if token is not None and token.kind not in _APART]
    is_long = run[0].kind is Kind.UNIT or len(run[0].text) >= 4 or run[0].text.istitle()
    return len(run) == 1 and is_long and bool(near) and all(token.kind in _SIGNS for token in near)


def _is_unit(run: Sequence[Token], before: Token, after: Sequence[Token]) -> bool:
    if not _is_value(before):
        return False
    if len(run) == 1 and run[0].kind is Kind.UNIT:
        return True
    words = {word for token in run for word in token.text.casefold().split()}
    return _goes_on(after) and len(run) <= MAX_UNIT and words.isdisjoint(CONNECTING) and words.isdisjoint(COUNTING)


def _goes_on(after: Sequence[Token]) -> bool:
    if not after or after[0].kind not in _SIGNS:
        return False
    return after[0].kind is Kind.RELATION or (len(after) > 1 and after[1].kind not in WORDS)


def _is_phrase(run: Sequence[Token], *, is_signed: bool, after: Sequence[Token]) -> bool:
    if after and after[0].kind in _SIGNS:
        return True
    return is_signed and (not after or after[0].kind in _EDGES or after[0].text in _STOPS)


def _one(kind: Kind, run: Sequence[Token]) -> Token:
    if len(run) == 1 and kind is run[0].kind:
        return run[0]
    said = " ".join(token.text for token in run).replace(" / ", "/")
    return Token(kind, said.replace("/ ", "/")[:MAX_SHOWN], run[0].start, run[-1].end)


def _is_bullet(found: Sequence[Token]) -> bool:
    opens = len(found) == 1 or found[-2].text == "\n"
    return opens and found[-1].text in ("-", "*")
