"""The sources of an item, found by what a citation calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from checkers.facts.citing import Citation, Form
from checkers.limits import OverLimit
from checkers.trace import Source

MAX_TEXT = 1_000_000
"""Characters of all sources together that a rule reads."""
MAX_STRANGE = 200
"""Keys of unknown sources that are compared with the ids."""
MAX_COMPARED = 200
"""Ids that such a key is compared with."""
MENTIONS = 1_000
"""Characters of a sentence in which titles are looked for."""
_SCHEME = re.compile(r"\A(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_LEAST_TITLE = 4
"""Characters of a title that names its source when it stands in a text."""
_SHAPE = str.maketrans(dict.fromkeys("0123456789", "0"))


@dataclass(frozen=True)
class Shelf:
    """Sources, and the references that a response lists itself."""

    sources: tuple[Source, ...]
    notes: tuple[tuple[str, str], ...] = ()
    _looked_up: dict[str, Source | None] = field(default_factory=dict, repr=False, compare=False)
    _compared: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, key: str) -> Source | None:
        """The source that the key names by id, title, address or number; None where none does."""
        key = key.removeprefix("^").strip()
        if key not in self._looked_up:
            self._looked_up[key] = self._find(key)
        return self._looked_up[key]

    def named(self, words: str) -> Source | None:
        """The source whose title or id has these words in a row: for `(Almanac, 1920)`."""
        wanted = f" {_plain(words)} "
        return next((source for source, title, own in self._names if wanted in f" {title} {own} "), None)

    def of(self, citation: Citation) -> list[Source]:
        """The sources that a citation names, without the keys that name none."""
        look = self.named if citation.form is Form.YEAR else self.find
        return [source for key in citation.keys if (source := look(key)) is not None]

    def mentioned(self, text: str) -> list[Source]:
        """The sources whose titles stand in the front of the text, `as the Coast almanac says`."""
        if not self._names:
            return []
        said = f" {_plain(text[:MENTIONS])} "
        return [source for source, title, _ in self._names if len(title) >= _LEAST_TITLE and f" {title} " in said]

    def near(self, key: str) -> list[str]:
        """The ids that are spelled almost so; raises OverLimit when it is asked for too many keys."""
        key = key[:80].removeprefix("^")
        if key not in self._compared:
            if len(self._compared) == MAX_STRANGE:
                raise OverLimit(f"more than {MAX_STRANGE:,} citations of unknown sources")
            ids = [source.id for source in self.sources[:MAX_COMPARED]]
            self._compared[key] = get_close_matches(key, ids, n=3, cutoff=0.6)
        return self._compared[key]

    def is_like(self, key: str) -> bool:
        """Whether the key is made as the ids are: `s9` beside `s1` and `s2`."""
        shape = key.casefold().translate(_SHAPE)
        return "0" in shape and shape in self._shapes

    def _find(self, key: str) -> Source | None:
        noted = self._notes.get(key)
        if noted is not None and (told := self._told(noted)) is not None:
            return told
        own = self._keys.get(key.casefold()) or (self._addresses.get(_address(key)) if "/" in key else None)
        return own or (self._numbered(key) if noted is None else None)

    def _told(self, noted: str) -> Source | None:
        """The source that an entry of the response's own list means: by its address, its title or its id."""
        said, folded = f" {_plain(noted)} ", noted.casefold()
        for source, title, own in self._names:
            address = _address(source.url)
            if (address and address in folded) or any(name and f" {name} " in said for name in (title, own)):
                return source
        return None

    def _numbered(self, key: str) -> Source | None:
        """The first, second, … source, where their ids are not numbers themselves."""
        if not (key.isascii() and key.isdigit() and len(key) <= 4) or self._has_numbers:
            return None
        return self.sources[int(key) - 1] if 0 < int(key) <= len(self.sources) else None

    @cached_property
    def _notes(self) -> Mapping[str, str]:
        """What the response's own list says of a key; the first entry counts."""
        return dict(reversed(self.notes))

    @cached_property
    def _names(self) -> Sequence[tuple[Source, str, str]]:
        return [(source, _plain(source.title), _plain(source.id)) for source in self.sources]

    @cached_property
    def _keys(self) -> Mapping[str, Source]:
        titles = {source.title.casefold(): source for source in reversed(self.sources) if source.title}
        return titles | {source.id.casefold(): source for source in reversed(self.sources)}

    @cached_property
    def _addresses(self) -> Mapping[str, Source]:
        return {_address(source.url): source for source in reversed(self.sources) if source.url}

    @cached_property
    def _shapes(self) -> frozenset[str]:
        return frozenset(source.id.casefold().translate(_SHAPE) for source in self.sources)

    @cached_property
    def _has_numbers(self) -> bool:
        return any(source.id.isdigit() for source in self.sources)


def refuse_long(sources: Sequence[Source]) -> None:
    """Raise OverLimit when the sources are longer than a rule reads."""
    if sum(len(source.text) for source in sources) > MAX_TEXT:
        raise OverLimit(f"sources of more than {MAX_TEXT:,} characters")


def _address(url: str) -> str:
    return _SCHEME.sub("", url.split("#", 1)[0]).rstrip("/").casefold()


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
