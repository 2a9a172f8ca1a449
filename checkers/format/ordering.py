"""Numbers, names, lines and sentences that are to stand in an order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.word import is_unspaced
from checkers.trace import Constraint, Trace

MAX_MULTIPLES = 10_000

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NUMBERING = re.compile(r"[ \t]*[*_]{0,2}([0-9]{1,4})[.)][*_]{0,2}[ \t]+(?=\S)")
_BULLET = re.compile(r"[ \t]*[-*•+][ \t]+(?=\S)")
_SIGNS = re.compile(r"[\W_]+")


@constraint(version=1)
def multiples(trace: Trace, asked: Constraint) -> Finding:
    """The numbers in the response are the multiples of `of` from `from` to `to`, in this order and no others.

    Numbers that only number the lines of a list are left out.
    """
    params.refuse_unknown(asked, "of", "from", "to")
    of, first, last = (params.count(asked, name) for name in ("of", "from", "to"))
    if not of or first is None or last is None or not 0 <= (last - first) // of <= MAX_MULTIPLES:
        raise BadParams(f"'of', 'from' and 'to' must give 1 to {MAX_MULTIPLES:,} multiples")
    wanted = [str(number) for number in range(-(-first // of) * of, last + 1, of)]
    found = _numbers(trace.text)
    said = [trace.text[start:end].lstrip("0") or "0" for start, end in found]
    whole = (0, len(trace.text))
    if said == wanted:
        message = f"{amount(len(said), 'multiple')} of {of:,}."
        return holds(whole, message, measured=len(said), wanted=len(wanted), spans=spans_of(found))
    strange = [span for span, number in zip(found, said, strict=True) if number not in set(wanted)]
    missing = [number for number in wanted if number not in set(said)]
    message = "They are not in order, each once."
    if strange or missing:
        message = f"{len(strange):,} that should not be there, {len(missing):,} missing."
    measured, repair = {"strange": len(strange), "missing": len(missing)}, ", ".join(wanted)
    return fails(whole, message, repair=repair, measured=measured, wanted=len(wanted), spans=spans_of(strange))


@constraint(version=1)
def lines(trace: Trace, asked: Constraint) -> Finding:
    """There are at least `min` lines, in alphabetical order or, with `order: descending`, the other way round.

    With `start` the list begins at the first line with it in front, or else anywhere in it. Numbers, bullets, case,
    accents and a “the” in front are no matter.
    """
    params.refuse_unknown(asked, "order", "min", "start")
    descending = params.choice(asked, "order", ("ascending", "descending")) == "descending"
    least, start = params.count(asked, "min") or 2, params.text(asked, "start")
    found = _items(trace.text)
    if start is not None:
        found = found[_beginning([trace.text[begin:end] for begin, end in found], start) :]
    keys = [_folded(trace.text[begin:end]) for begin, end in found]
    whole = (found[0][0], found[-1][1]) if found else (0, len(trace.text))
    if len(found) < least:
        behind = "" if start is None else f" from “{start}” on"
        message = f"{amount(len(found), 'line')}{behind}, at least {least:,}."
        return fails(whole, message, measured=len(found), wanted={"min": least})
    if is_unspaced(trace.text):
        return unknown(whole, "This script has no one alphabetical order.", reason="no alphabet")
    broken = [found[at] for at in range(1, len(found)) if not _in_order(keys[at - 1], keys[at], descending=descending)]
    if not broken:
        return holds(whole, f"{amount(len(found), 'line')} in order.", measured=len(found), wanted={"min": least})
    said = trace.text[broken[0][0] : broken[0][1]]
    message = f"“{said[:40]}{'…' if len(said) > 40 else ''}” does not belong behind the line above."
    return fails(broken[0], message, measured=len(broken), wanted=0, spans=spans_of(broken))


@constraint(version=1)
def given(trace: Trace, asked: Constraint) -> Finding:
    """The response is `items` in their order and nothing else, parted by `separator` (a comma unless given).

    Case, accents, a full stop at the end and an "and" before the last are no matter. Those of `optional` may be left
    out; an item with several names has them parted by a bar: "Bern|Berne".
    """
    params.refuse_unknown(asked, "items", "optional", "separator")
    items = params.words(asked, "items")
    optional = set(params.words(asked, "optional")) if asked.params.get("optional") else set[str]()
    separator = params.text(asked, "separator") or ","
    found = _parted(trace.text, separator)
    at, wrong = 0, None
    for span in found:
        said = _folded(trace.text[span[0] : span[1]]).removeprefix("and ")
        while at < len(items) and said not in _names(items[at]) and items[at] in optional:
            at += 1
        if at == len(items) or said not in _names(items[at]):
            wrong = span
            break
        at += 1
    left = [item for item in items[at:] if item not in optional]
    return _in_full(trace, found, wrong, left)


def _in_full(trace: Trace, found: Sequence[Span], wrong: Span | None, left: Sequence[str]) -> Finding:
    whole, named = (0, len(trace.text)), [item.split("|")[0] for item in left]
    if wrong is not None:
        said = trace.text[wrong[0] : wrong[1]]
        shown = f"“{said[:40]}{'…' if len(said) > 40 else ''}”"
        wanted = f"in place of “{named[0]}”" if named else "behind the last one"
        return fails(wrong, f"{shown} stands {wanted}.", measured=said[:40], wanted=named[0] if named else None)
    if left:
        return fails(whole, f"{amount(len(left), 'item')} missing: {', '.join(named[:5])}.", missing=list(named))
    return holds(whole, f"{amount(len(found), 'item')} in order.", measured=len(found))


def _numbers(text: str) -> list[Span]:
    """The numbers of the text but those that count its lines from 1 on."""
    numbering, start = [], 0
    for line in text.split("\n"):
        match = _NUMBERING.match(line)
        if match:
            numbering.append((start + match.start(1), int(match[1])))
        start += len(line) + 1
    counts = len(numbering) > 1 and [number for _, number in numbering] == list(range(1, len(numbering) + 1))
    skipped = {at for at, _ in numbering} if counts else set[int]()
    return [match.span() for match in _NUMBER.finditer(text) if match.start() not in skipped]


def _items(text: str) -> list[Span]:
    """The lines that say something, without their bullet or number."""
    found, start = [], 0
    for line in text.split("\n"):
        mark = _NUMBERING.match(line) or _BULLET.match(line)
        if any(map(str.isalnum, line)):
            found.append((start + (mark.end() if mark else 0), start + len(line)))
        start += len(line) + 1
    return found


def _beginning(said: Sequence[str], start: str) -> int:
    """Which line the list begins at: an introduction may name its first item too."""
    with_it = [at for at, line in enumerate(said) if start in line]
    in_front = (at for at in with_it if said[at].lstrip("*_ \"'“").startswith(start))
    return next(in_front, with_it[0] if with_it else len(said))


def _parted(text: str, separator: str) -> list[Span]:
    """What stands between the separators, without blanks and signs around, the empty left out."""
    found, start = [], 0
    for part in text.split(separator):
        if any(map(str.isalnum, part)):
            found.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
        start += len(part) + len(separator)
    return found


def _names(item: str) -> list[str]:
    return [_folded(name) for name in item.split("|")]


def _folded(said: str) -> str:
    """Letters and digits with one blank between words, without case and accents."""
    bare = said.casefold()
    if not bare.isascii():
        # Sign by sign: heaps of marks on one letter take quadratic time to order, and are dropped all the same.
        apart = "".join(unicodedata.normalize("NFKD", sign) for sign in bare)
        bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _SIGNS.sub(" ", bare).strip()


def _in_order(above: str, below: str, *, descending: bool) -> bool:
    """Whether any of the usual ways to sort has it so: by words, by letters, or without a "the" in front."""
    first, second = (below, above) if descending else (above, below)
    return (
        first <= second
        or first.replace(" ", "") <= second.replace(" ", "")
        or first.removeprefix("the ") <= second.removeprefix("the ")
    )
