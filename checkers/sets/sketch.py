"""Sketches of texts, by which those that are much alike are found without comparing all with all."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from checkers.sets.shingles import Shingles, figures, mark, tokens

ALIKE = 0.7
"""Jaccard's index of their shingles from which two texts count as near duplicates."""
METHOD = "minhash-1"
"""Changes whenever the same text gets other bands; bands of different methods are never compared."""

_SLOTS, _BANDS, _ROWS, _SEED = 128, 25, 5, 1
_BAND = struct.Struct(f"<B{_ROWS}I")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text in order to find those that are like it."""

    shingles: Shingles
    bands: tuple[int, ...]
    """Numbers below 2^63; two texts that are near duplicates share one, but for 1 in 100 of those that are just so."""


def sketches(texts: Sequence[str]) -> list[Sketch]:
    """A sketch of each text, the same on every machine; one without any word has no bands and is like nothing.

    Bands of MinHash signatures (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4): 25 of
    5 slots. Texts with other numbers or signs of reckoning share no band: they are two problems.
    """
    if not texts:
        return []
    from rensa import RMinHash  # only here: checks of single traces do not load it

    found = [tokens(text) for text in texts]
    sets = [Shingles.of(each) for each in found]
    signatures = RMinHash.digest_matrix_from_token_hash_sets([each.numbers.tolist() for each in sets], _SLOTS, _SEED)
    return [
        Sketch(shingles, _bands(signature, mark(*figures(each))) if each else ())
        for each, shingles, signature in zip(found, sets, signatures.to_rows(), strict=True)
    ]


def _bands(signature: Sequence[int], amounts: bytes) -> tuple[int, ...]:
    found = []
    for band in range(_BANDS):
        body = _BAND.pack(band, *signature[band * _ROWS : (band + 1) * _ROWS]) + amounts
        found.append(int.from_bytes(hashlib.blake2b(body, digest_size=8).digest(), "little") >> 1)
    return tuple(found)
