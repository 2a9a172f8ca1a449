"""What a prompt asks for in words that a rule can decide, as constraints with the place they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from checkers.demands import (
    capitals,
    decor,
    echo,
    lengths,
    linework,
    marks,
    mentions,
    offered,
    openings,
    shapes,
    tongue,
    wordgames,
)
from checkers.demands.asking import Phrase
from checkers.demands.request import MAX_PROMPT, Request
from checkers.finding import Json
from checkers.trace import Constraint

MOST_DEMANDS = 100
FAMILIES = (lengths, mentions, capitals, marks, openings, decor, tongue, echo, offered, shapes, wordgames, linework)

_DIVIDED = re.compile(
    r"\b(?:separat|divid|split)\w{0,4}\b[^.\n]{0,80}?(?:\n\s{0,4})?(?<!\*)\*{3}(?!\*)|\bmarkdown\s{1,4}divider",
    re.IGNORECASE,
)


def read(prompt: str) -> tuple[Constraint, ...]:
    """What `checkers.demands_in` gives."""
    if len(prompt) > MAX_PROMPT:
        return ()
    request = Request.of(prompt)
    heard = [(each, phrase.covers) for phrase in _phrases() for each in phrase.demands(request)]
    covering = [each for each, covers in heard if covers]
    found = [each for each, covers in heard if covers or not any(_overlap(each, other) for other in covering)]
    found.sort(key=lambda each: (each.span or (0, 0), each.name))
    return tuple(_joined(request, _without_repeats(found)))[:MOST_DEMANDS]


@cache
def _phrases() -> tuple[Phrase, ...]:
    return tuple(phrase for family in FAMILIES for phrase in family.TABLE)


def _without_repeats(found: Iterable[Constraint]) -> list[Constraint]:
    """Each demand once; of two that were read from the same words the one with more of them."""
    kept: list[Constraint] = []
    for each in found:
        same = next((at for at, other in enumerate(kept) if _is_same(each, other)), None)
        if same is None:
            kept.append(each)
        elif _size(each) > _size(kept[same]):
            kept[same] = each
    return kept


def _is_same(each: Constraint, other: Constraint) -> bool:
    if each.name != other.name:
        return False
    return dict(each.params) == dict(other.params) or _overlap(each, other)


def _overlap(each: Constraint, other: Constraint) -> bool:
    (start, end), (begin, stop) = each.span or (0, 0), other.span or (0, 0)
    return start < stop and begin < end


def _size(each: Constraint) -> int:
    start, end = each.span or (0, 0)
    return end - start


def _joined(request: Request, found: list[Constraint]) -> Iterator[Constraint]:
    """Demands that are one together, as a count of paragraphs is with its divider and with the word one starts with."""
    nths = [each for each in found if each.name == "boundary.paragraph"]
    exact = next((each.params["min"] for each in found if _is_exact_paragraphs(each)), None)
    divider = "***" if _DIVIDED.search(request.prompt) else None
    frequent = {str(each.params["word"]).lower() for each in found if each.name == "keywords.frequency"}
    for each in found:
        if each.name == "boundary.paragraph" and exact is not None:
            yield _with(each, {"paragraphs": exact})
        elif _is_exact_paragraphs(each) and nths:
            continue
        elif each.name == "length.paragraphs" and divider:
            yield _with(each, {"divider": divider})
        elif each.name == "keywords.include" and frequent & {str(one).lower() for one in _listed(each)}:
            rest: list[Json] = [one for one in _listed(each) if str(one).lower() not in frequent]
            if rest:
                yield _with(each, {"words": rest})
        else:
            yield each


def _listed(each: Constraint) -> list[Json]:
    words = each.params.get("words")
    return list(words) if isinstance(words, list) else []


def _is_exact_paragraphs(each: Constraint) -> bool:
    return (
        each.name == "length.paragraphs"
        and each.params.get("min") is not None
        and each.params.get("min") == each.params.get("max")
    )


def _with(each: Constraint, params: Mapping[str, Json]) -> Constraint:
    return replace(each, params={**each.params, **params})
