"""IFBench's `ratio:` kinds: shares of words and sentences."""

from __future__ import annotations

from checkers.finding import Json
from checkers.instructions.ifbench.plain_words import drawn, word_runs
from checkers.instructions.ifbench.splitting import reference_sentences
from checkers.instructions.instruction import instruction
from checkers.instructions.tokenised import stop_words as listed
from checkers.trace import Constraint


def _stop_words(*, percentage: Json = None) -> Constraint:
    return Constraint("vocabulary.stop_words", {"max_percent": percentage})


@instruction(
    "ifbench/ratio:stop_words",
    means=_stop_words,
    differs="An apostrophe parts a word: “it's” is two stop words, and “can't” is “can” and “t”.",
)
def stop_words(text: str, *, percentage: float | None = None) -> bool:
    """Of the runs of letters and digits at most that share are in NLTK's list; a text without any fails."""
    most = drawn(percentage, "the percentage")
    words, stop = word_runs(text), listed()
    return bool(words) and sum(word.lower() in stop for word in words) / len(words) * 100 <= most


def _sentence_type() -> Constraint:
    return Constraint("sentence_form.ratio", {"declarative": 2, "interrogative": 1})


@instruction(
    "ifbench/ratio:sentence_type",
    means=_sentence_type,
    differs="It takes any text without full stops and question marks, and stops of abbreviations and lists count.",
)
def sentence_type(text: str) -> bool:
    """Twice as many pieces that end with a full stop as with a question mark."""
    stops, questions, _ = _ends(text)
    return stops == 2 * questions


def _sentence_balance() -> Constraint:
    return Constraint("sentence_form.ratio", {"declarative": 1, "interrogative": 1, "exclamatory": 1})


@instruction(
    "ifbench/ratio:sentence_balance",
    means=_sentence_balance,
    differs="It takes any text without stops at all, and the stops of abbreviations and list numbers count.",
)
def sentence_balance(text: str) -> bool:
    """As many pieces that end with a full stop as with a question mark and with an exclamation mark."""
    return len(set(_ends(text))) == 1


def _ends(text: str) -> tuple[int, int, int]:
    found = reference_sentences(text)
    stops, questions, calls = (sum(said.endswith(sign) for said in found) for sign in ".?!")
    return stops, questions, calls


def _overlap(*, reference_text: Json = None, percentage: Json = None) -> Constraint:
    given = {"text": reference_text, "percent": percentage, "within": 2, "size": 3}
    return Constraint("vocabulary.overlap", given)


@instruction(
    "ifbench/ratio:overlap",
    means=_overlap,
    differs="The trigrams are of characters, not of words: any English text shares a good part with any other.",
)
def overlap(text: str, *, reference_text: str = "", percentage: float | None = None) -> bool:
    """Of the different runs of three characters, the share that the other text has too, is within 2 points."""
    wanted = drawn(percentage, "the percentage")
    mine, theirs = _trigrams(text), _trigrams(reference_text)
    return bool(mine) and wanted - 2 <= len(mine & theirs) / len(mine) * 100 <= wanted + 2


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def _sentence_words() -> Constraint:
    return Constraint("sentence_form.same_length", {"sentences": 3, "different_words": True})


@instruction(
    "ifbench/ratio:sentence_words",
    means=_sentence_words,
    differs="It never looks at the words, which may be the same.",
)
def sentence_words(text: str) -> bool:
    """Three pieces with the same number of characters."""
    found = reference_sentences(text)
    return len(found) == 3 and len({len(said) for said in found}) == 1
