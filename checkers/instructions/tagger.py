"""The tag of a text's first word, by the averaged perceptron that NLTK ships (Honnibal 2013).

Only what a first word can need of the model is kept: what came before it is always the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checkers.instructions.vendored import vendored

LOOKS_AT = 3
"""Tokens that have a say in the tag of the first."""

_ENDS = ("-END-", "-END2-")

_Weights = Sequence[int]
"""Label, weight, label, weight …; in thousandths."""


@dataclass(frozen=True, slots=True)
class _Model:
    labels: tuple[str, ...]
    known: Mapping[str, int]
    """Words that have one tag."""
    always: tuple[_Weights, ...]
    """The weights of what is the same before every first word."""
    features: Mapping[str, Mapping[str, _Weights]]


def tag_of_first(tokens: Sequence[str]) -> str:
    """The Penn Treebank tag of the first of the tokens; empty where there is none."""
    if not tokens:
        return ""
    model = _model()
    if tokens[0] in model.known:
        return model.labels[model.known[tokens[0]]]
    scores = [0] * len(model.labels)
    for weights in (*model.always, *_weights(model, tokens)):
        for label, weight in zip(weights[::2], weights[1::2], strict=True):
            scores[label] += weight
    # Of equal scores the label last in the alphabet, as in NLTK; the labels are in order.
    return model.labels[max(range(len(scores)), key=lambda label: (scores[label], label))]


def sole_tag(word: str) -> str:
    """The tag of a word that nearly always has the same; empty for any other."""
    model = _model()
    return model.labels[model.known[word]] if word in model.known else ""


def _weights(model: _Model, tokens: Sequence[str]) -> Iterator[_Weights]:
    said = tokens[0]
    word, following, second = (*(_normal(token) for token in tokens[:LOOKS_AT]), *_ENDS)[:LOOKS_AT]
    seen = {
        "suffix": said[-3:],
        "first": said[0],
        "word": word,
        "opening": word,
        "next_word": following,
        "next_suffix": following[-3:],
        "second_word": second,
    }
    for feature, value in seen.items():
        yield model.features[feature].get(value, ())


def _normal(word: str) -> str:
    if "-" in word and word[0] != "-":
        return "!HYPHEN"
    if word.isdigit() and len(word) == 4:
        return "!YEAR"
    return "!DIGITS" if word[0].isdigit() else word.lower()


@cache
def _model() -> _Model:
    data = vendored("tagger.json.gz")
    features = {name: value for name, value in data.items() if name not in ("labels", "known", "always")}
    return _Model(tuple(data["labels"]), data["known"], tuple(data["always"]), features)
