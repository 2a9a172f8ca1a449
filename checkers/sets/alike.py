"""Groups of texts that are near duplicates of one another: candidates by their bands, each compared exactly."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from checkers.limits import OverLimit
from checkers.sets.scratch import Scratch
from checkers.sets.shingles import Shingles
from checkers.sets.sketch import ALIKE, sketches

_BATCH = 128
_NEIGHBOURS = 20
"""Texts before it in its band with which a text is compared, so that a band of a million is read in one go."""
_COMPARED = 200


class Alike:
    """Texts by number, and after `join` for each one that has a near duplicate: the nearest found, and its group.

    What it finds depends on the texts alone and not on their order. Memory: 24 bytes a text, and some MiB.
    """

    def __init__(self, scratch: Scratch, *, compared: int = _COMPARED) -> None:
        """`compared` texts for each one, on average, before the search is given up."""
        self._compared = compared
        self._scratch = scratch
        self._waiting: dict[int, str] = {}
        self._keys: array[int] = array("q")
        self._roots: array[int] = array("q")
        scratch.run("CREATE TABLE alike_text (key INTEGER PRIMARY KEY, shingles BLOB)")
        scratch.run("CREATE TABLE alike_band (band INTEGER, key INTEGER)")
        scratch.run("CREATE TABLE alike_pair (key INTEGER PRIMARY KEY, other INTEGER, alike REAL)")

    def put(self, key: int, text: str) -> None:
        """Take the text in under a number that all texts like it to the letter share."""
        self._waiting[key] = text
        if len(self._waiting) >= _BATCH:
            self._sketch()

    def join(self) -> None:
        """Compare what may be alike; raises OverLimit for a set that takes too much work."""
        self._sketch()
        self._keys = array("q", (key for (key,) in self._scratch.each("SELECT key FROM alike_text ORDER BY key")))
        self._roots = array("q", range(len(self._keys)))
        left = self._compared * len(self._keys)
        alike = lru_cache(maxsize=8_192)(self._alike)
        for first, second in self._candidates():
            left -= 1
            if left < 0:
                raise OverLimit("too many texts of the set resemble one another")
            likeness = alike(first, second)
            if likeness >= ALIKE:
                self._unite(first, second, likeness)

    def nearest(self, key: int) -> tuple[int, float] | None:
        """The text that is most like this one, of those that it was compared with, and Jaccard's index."""
        return self._scratch.row("SELECT other, alike FROM alike_pair WHERE key = ?", key)

    def group(self, key: int) -> int:
        """The number of its group: the smallest of the keys in it."""
        return self._keys[self._root(bisect_left(self._keys, key))]

    def paired(self) -> Iterator[int]:
        """Every text that has a near duplicate."""
        return (key for (key,) in self._scratch.each("SELECT key FROM alike_pair ORDER BY key"))

    def _sketch(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for key, sketch in zip(waiting, sketches(list(waiting.values())), strict=True):
            if sketch.bands:
                self._scratch.add("INSERT OR IGNORE INTO alike_text VALUES (?, ?)", key, sketch.shingles.pack())
            for band in sketch.bands:
                self._scratch.add("INSERT INTO alike_band VALUES (?, ?)", band, key)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs that share a band and are not yet in one group."""
        rows = self._scratch.each("SELECT DISTINCT band, key FROM alike_band ORDER BY band, key")
        for _, bucket in groupby(rows, key=itemgetter(0)):
            before: deque[int] = deque(maxlen=_NEIGHBOURS)
            for _, key in bucket:
                yield from ((other, key) for other in before if self.group(other) != self.group(key))
                before.append(key)

    def _alike(self, first: int, second: int) -> float:
        return self._shingles(first).alike(self._shingles(second))

    def _shingles(self, key: int) -> Shingles:
        row = self._scratch.row("SELECT shingles FROM alike_text WHERE key = ?", key)
        return Shingles.packed(row[0] if row else b"\0")

    def _unite(self, first: int, second: int, likeness: float) -> None:
        for key, other in ((first, second), (second, first)):
            self._scratch.add(
                "INSERT INTO alike_pair VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET other = ?2, alike = ?3 "
                "WHERE ?3 > alike OR (?3 = alike AND ?2 < other)",
                key,
                other,
                likeness,
            )
        roots = sorted(self._root(bisect_left(self._keys, key)) for key in (first, second))
        self._roots[roots[1]] = roots[0]

    def _root(self, node: int) -> int:
        while self._roots[node] != node:
            self._roots[node] = self._roots[self._roots[node]]
            node = self._roots[node]
        return node
