"""A constraint as it is compared with others: its numbers, what it wants to be said, and itself in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from checkers import params
from checkers.params import BadParams
from checkers.trace import Constraint

_MOST_SHOWN = 60
_COUNTED: Mapping[str, tuple[str, str]] = {
    "length.words": ("word", "words"),
    "length.sentences": ("sentence", "sentences"),
    "length.paragraphs": ("paragraph", "paragraphs"),
    "length.characters": ("character", "characters"),
    "letter_case.capital_words": ("word in capitals", "words in capitals"),
    "markup.bullets": ("bullet point", "bullet points"),
    "markup.highlights": ("highlighted part", "highlighted parts"),
    "markup.placeholders": ("placeholder", "placeholders"),
    "markup.sections": ("section", "sections"),
}
_PLAIN: Mapping[str, str] = {
    "letter_case.upper": "capital letters only",
    "letter_case.lower": "small letters only",
    "json_shape.valid": "JSON and nothing else",
    "boundary.quoted": "quotation marks around the whole",
    "markup.title": "a title in double angular brackets",
    "markup.postscript": "a postscript",
    "repeats.text_first": "the request to be repeated first",
    "repeats.responses": "several responses",
}


@dataclass(frozen=True)
class Wish:
    """One constraint of ours with its place among those that were given."""

    index: int
    own: Constraint

    @property
    def name(self) -> str:
        """The name of its rule."""
        return self.own.name

    @cached_property
    def range(self) -> tuple[int, int | None] | None:
        """The least and the most of what it counts; None where it counts nothing or its numbers cannot be read."""
        try:
            if self.name == "boundary.paragraph":
                many = params.count(self.own, "paragraphs")
                return None if many is None else (many, many)
            if self.name == "keywords.include":
                return params.count(self.own, "min") or 1, None
            if self.name not in _COUNTED and self.name not in ("keywords.frequency", "letters.frequency"):
                return None
            if params.share(self.own, "tolerance_percent"):
                return None
            least, most = params.bounds(self.own)
        except BadParams:
            return None
        return least or 0, most

    @cached_property
    def measure(self) -> tuple[str, str] | None:
        """What it counts, so that two of one measure can be compared."""
        if self.range is None or self.name == "keywords.include":
            return None
        of = {"keywords.frequency": "word", "letters.frequency": "letter", "markup.sections": "marker"}.get(self.name)
        if self.name == "boundary.paragraph":
            return "length.paragraphs", ""
        said = self.text("divider" if self.name == "length.paragraphs" else of or "")
        return self.name, said.casefold().strip()

    @property
    def least(self) -> int:
        """Of what it counts; 0 where it counts nothing."""
        return self.range[0] if self.range is not None else 0

    @property
    def most(self) -> int | None:
        """Of what it counts; None for no bound."""
        return self.range[1] if self.range is not None else None

    def text(self, name: str) -> str:
        """A parameter that is a text; empty where it is none."""
        value = self.own.params.get(name)
        return value if isinstance(value, str) else ""

    def listed(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of texts; empty where it is none."""
        try:
            return params.words(self.own, name)
        except BadParams:
            return ()

    @cached_property
    def wants_said(self) -> tuple[str, ...]:
        """Texts that must stand in the response, whatever their case."""
        match self.name:
            case "keywords.include":
                return self.listed("words")
            case "keywords.frequency":
                return (self.text("word"),) if self.least and self.text("word") else ()
            case "boundary.start" | "boundary.end":
                return tuple(filter(None, [self.text("phrase").strip()]))
            case "boundary.paragraph":
                return tuple(filter(None, [self.text("word").strip()]))
            case "repeats.text_first":
                return tuple(filter(None, [self.text("text").strip()]))
        return ()

    @cached_property
    def said(self) -> str:
        """The constraint in plain words, as they follow `asks for`."""
        if self.name in _COUNTED and self.range is not None:
            one, many = _COUNTED[self.name]
            return f"{_amount(self.least, self.most)} {one if (self.most or self.least) == 1 else many}"
        tell = _TOLD.get(self.name)
        return tell(self) if tell is not None else _PLAIN.get(self.name, self.name)


def _of_words(wish: Wish) -> str:
    words = ", ".join(f"“{_short(word)}”" for word in wish.listed("words")[:5])
    return words if wish.name == "keywords.include" else f"no {words}"


def _of_times(wish: Wish) -> str:
    amount = f"{_amount(wish.least, wish.most)} times".replace(" 1 times", " 1 time")
    return f"“{_short(wish.text('word') or wish.text('letter'))}” {amount}"


def _of_edge(wish: Wish) -> str:
    return f"“{_short(wish.text('phrase'))}” at the {wish.name.removeprefix('boundary.')}"


def _of_paragraph(wish: Wish) -> str:
    many = "" if wish.most is None else f" of {wish.most}"
    return f"“{_short(wish.text('word'))}” as the first word of paragraph {wish.own.params.get('nth')}{many}"


def _of_options(wish: Wish) -> str:
    return "one of its options alone" if wish.own.params.get("alone") is True else "one of its options"


_TOLD: Mapping[str, Callable[[Wish], str]] = {
    "keywords.include": _of_words,
    "keywords.exclude": _of_words,
    "keywords.frequency": _of_times,
    "letters.frequency": _of_times,
    "boundary.start": _of_edge,
    "boundary.end": _of_edge,
    "boundary.paragraph": _of_paragraph,
    "punctuation.without": lambda wish: "no " + ", ".join(f"“{mark}”" for mark in wish.listed("marks")[:5]),
    "language.whole": lambda wish: f"the language “{_short(wish.text('language'))}”",
    "choice.one_of": _of_options,
}


def words_in(text: str) -> int:
    """How many words stand between its blanks."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def times(word: str, text: str) -> int:
    """How often the word or phrase stands in the text, as a whole word and whatever its case."""
    parts = word.split()
    if not parts:
        return 0
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    found = re.finditer(before + r"\s+".join(map(re.escape, parts)) + after, text, re.IGNORECASE)
    return sum(1 for _ in found)


def _amount(least: int, most: int | None) -> str:
    if most is None:
        return f"at least {least:,}"
    if least == most:
        return f"exactly {least:,}"
    return f"{least:,} to {most:,}" if least else f"at most {most:,}"


def _short(said: str) -> str:
    text = " ".join(said.split())
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
