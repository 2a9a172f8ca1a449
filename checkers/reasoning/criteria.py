"""What a judgement of responses may go by: criteria, and the words that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_FLAGS = re.IGNORECASE
_WORDS: Mapping[str, str] = {
    "correctness": r"(?:in|un)?correct(?:ly|ness)?|wrong(?:ly)?|errors?|mistakes?|mistaken|(?:in)?accura\w+|"
    r"factual(?:ly)?|facts?|false|untrue|true|hallucinat\w+|made[- ]up|mis(?:calculat|count|read|state|quot)\w*|"
    r"contradict\w*|fallac\w+|(?:in)?valid|unsound",
    "instructions": r"instructions?|constraints?|requirements?|follow(?:s|ed|ing)?|obey(?:s|ed)?|ignor\w+|"
    r"asked(?:\s+for)?|requested|prompt\s+(?:asks|wants|demands)|word\s+(?:limit|count)|format(?:ting|ted)?|"
    r"too\s+(?:long|short)",
    "completeness": r"(?:in)?complete(?:ly|ness)?|omit(?:s|ted)?|omission|leaves?\s+out|left\s+out|"
    r"miss(?:es|ed|ing)|cover(?:s|ed|age)?|skip(?:s|ped)?|forget(?:s)?|forgot|unanswered|cut\s+off|truncated|"
    r"unfinished|lacks?|lacking",
    "clarity": r"(?:un)?clear(?:er|est|ly|ness)?|clarity|confus(?:es|ing|ed)|(?:un)?readab\w+|structur\w+|"
    r"(?:dis)?organi[sz]\w+|ambigu\w+|vague|grammar|grammatical\w*|typos?|spelling|coheren\w+|incoheren\w+|"
    r"easier\s+to\s+(?:read|follow|understand)|hard(?:er)?\s+to\s+(?:read|follow|understand)|fluen\w+|"
    r"well[- ]written",
    "concision": r"concis\w+|brief|brevity|verbos\w+|wordy|wordiness|long[- ]winded|repeats?|repetiti\w+|"
    r"redundan\w+|padding|filler|rambl\w+|to\s+the\s+point",
    "relevance": r"(?:ir)?relevan\w+|off[- ]topic|on[- ]topic|beside\s+the\s+point|unrelated|digress\w+",
    "depth": r"detail(?:s|ed)?|depth|deeper|in-depth|thorough\w*|superficial\w*|shallow|examples?|explain(?:s|ed)?|"
    r"explanations?|reason(?:s|ing)|justif\w+|derivation|shows?\s+(?:its|the|all|every)\s+(?:work|steps?)|"
    r"specific(?:s|ally)?|generic",
    "safety": r"harm(?:s|ful)?|(?:un)?safe(?:r|ty)?|danger(?:ous)?|toxic\w*|offensive|bias(?:ed)?|discriminat\w+|"
    r"refus(?:es|ed|al)|illegal|privacy|stereotyp\w+",
    "tone": r"tone|polite(?:ly|ness)?|rude|friendl\w+|formal(?:ity)?|informal|respectful|condescending|empath\w+|"
    r"register|preachy|style|patroni[sz]ing",
    "sources": r"cit(?:es|ed|ations?)|sources?|references?|unsupported|evidence|quot(?:es|ed|ations?)|attribut\w+",
    "originality": r"creativ\w+|original(?:ity)?|imaginat\w+|clich[eé]\w*|vivid|boring|humou?r(?:ous)?|funny",
    "code": r"compil(?:es|ed|e|ation)|runs?|crash(?:es|ed)?|bugs?|buggy|efficien\w+|inefficien\w+|edge\s+cases?|"
    r"complexity|syntax|idiomatic|tests?|deprecated",
    "language": r"(?:wrong|same|right|another|mixed)\s+languages?|translat\w+|idioms?|literal(?:ly)?",
}
CRITERIA = tuple(_WORDS)


def criteria_in(text: str) -> tuple[str, ...]:
    """The criteria that a text names, in a fixed order: `correctness`, `clarity`; "better" and "good" name none."""
    return tuple(name for name, pattern in _patterns().items() if pattern.search(text))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    # Not at import: whoever checks a trace has no use for them.
    return {name: re.compile(rf"\b(?:{words})\b", _FLAGS) for name, words in _WORDS.items()}
