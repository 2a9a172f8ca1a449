"""Seeded kwargs for every instruction: near what a response has, so that both verdicts come up."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_RELATIONS = ("less than", "at least")
_LANGUAGES = ("en", "en", "de", "fr", "hi", "ja", "sw", "vi")


def kwargs_of(names: Sequence[str], text: str, seed: str) -> Mapping[str, Any]:
    """A value for each of the parameter names, drawn for this text under this seed; the same on every machine."""
    draw = random.Random(seed)
    found: dict[str, Any] = {}
    for name in names:
        found[name] = _MADE[name](draw, text, found)
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]{3,}", text) or ["nothing"]


def _word(draw: random.Random, text: str, found: Mapping[str, Any]) -> str:
    return draw.choice([draw.choice(_words(text)), draw.choice(_words(text)).lower(), "zebra"])


def _some_words(draw: random.Random, text: str, found: Mapping[str, Any]) -> list[str]:
    return [_word(draw, text, found) for _ in range(draw.randint(1, 3))]


def _near(count: Callable[[str], int]) -> Callable[[random.Random, str, Mapping[str, Any]], int]:
    return lambda draw, text, found: max(1, count(text) + draw.choice((-40, -3, -1, 0, 0, 1, 2, 30)))


def _up_to(most: int) -> Callable[[random.Random, str, Mapping[str, Any]], int]:
    return lambda draw, text, found: draw.randint(1, most)


def _one_of(values: Sequence[Any]) -> Callable[[random.Random, str, Mapping[str, Any]], Any]:
    return lambda draw, text, found: draw.choice(values)


def _first_word(draw: random.Random, text: str, found: Mapping[str, Any]) -> str:
    starts = [part.split()[0] for part in text.split("\n\n") if part.split()]
    return draw.choice([*starts, "the"]).strip(string.punctuation).lower()[:30] or "the"


def _piece(draw: random.Random, text: str, found: Mapping[str, Any]) -> str:
    parts = text.split()
    cut = draw.choice((3, 12, len(parts)))
    return " ".join(parts[:cut]) if draw.random() < 0.5 else text[: max(20, len(text) // draw.choice((1, 2, 4)))]


def _ending(draw: random.Random, text: str, found: Mapping[str, Any]) -> str:
    return draw.choice([" ".join(text.split()[-3:]) or "end", "Any other questions?", text.strip()[-8:] or "end"])


def _most(draw: random.Random, text: str, found: Mapping[str, Any]) -> int:
    return int(found["min_words"]) + draw.choice((5, 20, 60))


def _letter(draw: random.Random, text: str, found: Mapping[str, Any]) -> str:
    return draw.choice(string.ascii_lowercase + "AEQ")


def _count_words(text: str) -> int:
    return len(re.findall(r"\w+", text))


_MADE: dict[str, Callable[[random.Random, str, Mapping[str, Any]], Any]] = {
    "keywords": _some_words,
    "forbidden_words": _some_words,
    "keyword": _word,
    "word": _word,
    **{f"keyword{place}": _word for place in range(1, 6)},
    "frequency": _up_to(5),
    "relation": _one_of(_RELATIONS),
    "let_relation": _one_of(_RELATIONS),
    "capital_relation": _one_of(_RELATIONS),
    "letter": _letter,
    "let_frequency": _up_to(30),
    "capital_frequency": _up_to(8),
    "language": _one_of(_LANGUAGES),
    "num_sentences": _near(lambda text: len(re.findall(r"[.!?](?:\s|$)", text))),
    "num_paragraphs": _near(lambda text: len(re.split(r"\s?\*\*\*\s?|\n\n", text))),
    "nth_paragraph": _up_to(3),
    "first_word": _first_word,
    "num_words": _near(_count_words),
    "min_words": _near(_count_words),
    "max_words": _most,
    "num_placeholders": _up_to(3),
    "postscript_marker": _one_of(("P.S.", "P.P.S", "PS:")),
    "num_bullets": _near(lambda text: len(re.findall(r"^\s*[-*] ", text, re.M))),
    "num_highlights": _up_to(4),
    "section_spliter": _one_of(("Section", "SECTION", "Day", "PARAGRAPH")),
    "num_sections": _up_to(4),
    "prompt_to_repeat": _piece,
    "end_phrase": _ending,
    "N": _one_of((1, 2, 3, 5, 10, 40, 120)),
    "small_n": _up_to(6),
    "percentage": _one_of((5, 20, 35, 45, 60, 90)),
    "reference_text": _piece,
    "options": _one_of(("yes/no/maybe", "I know or I don't know", "a), b), c), d)", "A/B/C")),
    "sep": _one_of(("...", "SEPARATOR", "!?!?", "-", "*")),
    "n": _up_to(4),
    "m": _up_to(6),
    "n_start": _up_to(5),
    "n_end": _one_of((6, 9, 14)),
}
