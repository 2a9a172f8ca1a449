"""IFBench, group `custom`, first half: what is to stand in an order or the wrong way round."""

from __future__ import annotations

import re
import string
import unicodedata

from checkers.finding import Json
from checkers.instructions.ifbench.splitting import reference_sentences
from checkers.instructions.instruction import instruction
from checkers.trace import Constraint

# By latitude from north to south. The list of the reference leaves Kyiv out.
_NORTH_TO_SOUTH = """
Reykjavik Helsinki Oslo Tallinn Stockholm Riga Moscow Copenhagen Vilnius Minsk Dublin Berlin Amsterdam Warsaw London
Brussels Prague Luxembourg Paris Vienna Bratislava Budapest Vaduz Chisinau Bern Ljubljana Zagreb
"""
CAPITALS = _NORTH_TO_SOUTH.split()
_OTHER_NAMES = {"Luxembourg": "Luxembourg|Luxembourg City", "Bern": "Bern|Berne", "Chisinau": "Chisinau|Kishinev"}
_ITEMS: list[Json] = [_OTHER_NAMES.get(name, name) for name in CAPITALS]
_KYIV = "Kyiv|Kiev"
_ITEMS.insert(CAPITALS.index("Prague"), _KYIV)
_AROUND = string.punctuation + " "
_NO_SIGNS = str.maketrans("", "", string.punctuation)
_NUMBERED_QUESTION = re.compile(r"Question \d+[.|):;]?")
_OPTION = re.compile(r"[A-Ea-e][.|)]\s*\w")


@instruction(
    "ifbench/custom:multiples",
    means=lambda: Constraint("ordering.multiples", {"of": 7, "from": 10, "to": 50}),
    differs="The reference takes every run of digits for a number that is printed, those that only number the lines "
    "of a list too.",
)
def multiples(text: str) -> bool:
    """The runs of digits in the text are 14, 21, 28, 35, 42 and 49, in this order."""
    return re.findall(r"\d+", text) == ["14", "21", "28", "35", "42", "49"]


@instruction(
    "ifbench/custom:mcq_count_length",
    means=lambda: Constraint("questions.multiple_choice", {"min": 4, "max": 4, "options": 5, "growing": True}),
    differs="The reference wants a number behind “Question” and options from A to E; emphasis around the label and "
    "options with numbers are questions all the same.",
)
def mcq_count_length(text: str) -> bool:
    """The text begins with “Question” and has four parts behind “Question” and a number, each longer than the last.

    Each has five lines that begin with a letter from A to E and a sign; what stands in front of them has the length.
    """
    if not text.startswith("Question"):
        return False
    parts = [part.strip() for part in _NUMBERED_QUESTION.split(text) if part.strip()]
    lengths = []
    for part in parts:
        lines = [line.strip() for line in part.split("\n")]
        options = [at for at, line in enumerate(lines) if _OPTION.match(line)]
        if len(options) != 5:
            return False
        lengths.append(len(" ".join(lines[: options[0]]).strip()))
    return len(parts) == 4 and all(shorter < longer for shorter, longer in zip(lengths, lengths[1:], strict=False))


@instruction(
    "ifbench/custom:reverse_newline",
    means=lambda: Constraint("ordering.lines", {"order": "descending", "start": "Zimbabwe", "min": 52}),
    differs="The reference sorts by the bare characters, so that numbers in front of the lines and small letters "
    "change their order; which countries there are it does not know, nor does the rule.",
)
def reverse_newline(text: str) -> bool:
    """From the first line with “Zimbabwe” on there are 52 lines or more, in falling order of their characters."""
    lines = [line.strip(_AROUND) for line in text.split("\n")]
    lines = [line for line in lines if line]
    start = next((at for at, line in enumerate(lines) if "Zimbabwe" in line), len(lines))
    listed = [_in_ascii(line) for line in lines[start:]]
    return len(listed) >= 52 and all(above >= below for above, below in zip(listed, listed[1:], strict=False))


@instruction(
    "ifbench/custom:word_reverse",
    means=lambda: Constraint("reversal.words", {"phrase": "bald eagle"}),
    differs="The reference is content when “eagle bald” stands somewhere; a response that also says it the right way "
    "round is not reversed.",
)
def word_reverse(text: str) -> bool:
    """Read from the last word to the first, without ASCII punctuation, the text says “bald eagle”."""
    words = text.lower().translate(_NO_SIGNS).split()
    return "bald eagle" in " ".join(reversed(words))


@instruction(
    "ifbench/custom:character_reverse",
    means=lambda: Constraint("reversal.letters", {"phrase": "bald eagle"}),
    differs="The reference is content when “elgae dlab” stands somewhere; a response that also says it the right way "
    "round is not reversed.",
)
def character_reverse(text: str) -> bool:
    """The text says “elgae dlab”, whatever the case."""
    return "elgae dlab" in text.lower()


@instruction(
    "ifbench/custom:sentence_alphabet",
    means=lambda: Constraint("alphabet.sentences"),
    differs="The reference ends a sentence at every stop, also within direct speech, and takes a quote sign in front "
    "of a sentence for its first letter.",
)
def sentence_alphabet(text: str) -> bool:
    """There are 26 sentences, and the first characters of their first words are the letters from a to z in order.

    With a sentence that is empty, on which the reference crashes, it counts as failing.
    """
    sentences = [sentence.split() for sentence in reference_sentences(text)]
    if len(sentences) != 26 or not all(sentences):
        return False
    return [words[0].lower()[0] for words in sentences] == list(string.ascii_lowercase)


@instruction(
    "ifbench/custom:european_capitals_sort",
    means=lambda: Constraint("ordering.given", {"items": _ITEMS, "optional": [_KYIV]}),
    differs="The reference wants its own list of 27 to the letter; case, accents, a full stop at the end and “and” "
    "are no matter, and Kyiv, which lies north enough, may be there. Which capitals there are is the reference's list.",
)
def european_capitals_sort(text: str) -> bool:
    """Cut at commas, and without accents, the text is the list of 27 capitals from Reykjavik to Zagreb."""
    return [part.strip() for part in _in_ascii(text).split(",") if part.strip()] == CAPITALS


def _in_ascii(text: str) -> str:
    # Sign by sign: to order heaps of marks takes quadratic time, and none of them is ASCII.
    apart = text if text.isascii() else "".join(unicodedata.normalize("NFKD", sign) for sign in text)
    return apart.encode("ascii", "ignore").decode("ascii")
