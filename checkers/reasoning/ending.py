"""How a text ends: whether it comes to its end or breaks off."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from checkers.finding import Span

SHOWN = 80
"""Characters of the end that are pointed at."""
MOST_READ = 600
"""Characters of the end in which a bracket is looked for."""
LONG_LINE = 12
"""Words of a line that is prose and no heading."""
LONG_TAIL = 4
"""Words behind the last stop that are a sentence begun, and no signature."""
LEAST_STOPS = 2
_FENCE = re.compile(r"^[ \t]{0,3}(?:```|~~~)", re.MULTILINE)
_BEGIN = re.compile(r"\\(begin|end)\{([A-Za-z]{1,30}\*?)\}")
_DISPLAY = re.compile(r"(?<!\\)\\([\[\]()])")
_DOLLARS = re.compile(r"(?<!\\)\$\$")
_DOLLAR = re.compile(r"(?<![\\$])\$(?!\$)")
_PRICE = re.compile(r"(?<!\\)\$[ ]?(?:[0-9]|<<)|\\\$|[A-Z]{2}\$")
"""An amount of money, of which a `$` stands alone; in doubt there is one."""
_SAD = re.compile(r"[:;]-?[(\[]\Z")
_OPEN_END = re.compile(
    r"(?:(?<![:;-])[(\[]|[,=≈<≤≥–—]|(?<=\s)[-+*/×÷]|\\(?:times|cdot|frac|le|ge|leq|geq|approx|div|left))\s*\Z"
)
_LEADS_ON = re.compile(
    r"(?:\A|[\s(])(?:the|a|an|of|to|and|or|with|by|from|for|in|on|at|is|are|was|were|be|that|which|than|as|into|if|"
    r"because|since|so|but|we|its|their|his|her|our|your|this|these|those|will|would|can|could|should|must|has|have)\s*\Z"
)
"""Words of which no English sentence is the end; some may end one in capitals, as in a label."""
_ANNOUNCED = re.compile(
    r"\b(?:answer|result|solution|conclusion)(?:[ \t]+(?:is|are|was|equals))?[ \t]*[*_]{0,3}[:=]?[*_]{0,3}\s*\Z|"
    r"####\s*\Z|\\boxed\{[^{}\n]{0,80}\Z",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:[:=]|\b(?:is|are|was|equals))[ \t]*[*_]{0,3}\s*\Z|####\s*\Z|\\boxed\{[^{}\n]{0,80}\Z", re.IGNORECASE
)
_STOPS = re.compile(r"[.!?…。！？](?=[\s\"'”’)\]*_]|\Z)")
_END_MARKS = ".!?…。！？:;)]}>\"'”’»*_`|$%#~0123456789"
_PLAIN_LINE = re.compile(r"[^\s#>|*+\-0-9`$\\]")


@dataclass(frozen=True, slots=True)
class CutOff:
    """How a text breaks off, in words, and its last part."""

    kind: str
    """`fence`, `formula`, `announced`, `sentence`."""
    message: str
    span: Span


def cut_off(text: str, *, has_answer: bool, whole: str) -> CutOff | None:
    """How the text breaks off, None where it does not; `whole` is the response that it is the last part of.

    `has_answer` says that an answer stands behind it, which its last words may lead on to.
    """
    end = len(text.rstrip())
    if not end:
        return None
    span = (max(0, end - SHOWN), end)
    for kind, message, is_so in _WAYS:
        if has_answer and kind in ("announced", "sentence"):
            continue
        if is_so(whole if kind == "fence" else text[:end]):
            return CutOff(kind, message, span)
    return None


def _has_open_fence(text: str) -> bool:
    fences = [match.end() for match in _FENCE.finditer(text)]
    return len(fences) % 2 == 1 and bool(text[fences[-1] :].strip())


def _has_open_formula(text: str) -> bool:
    """Whether LaTeX that was begun last is not ended; what is only out of order is another matter."""
    text = _without_code(text)
    opened: list[str] = []
    for match in _BEGIN.finditer(text):
        if match[1] == "begin":
            opened.append(match[2])
        elif opened and opened[-1] == match[2]:
            opened.pop()
    last = None
    for match in _DISPLAY.finditer(text):
        last = match[1]
    is_display = bool(opened) or last in ("[", "(") or len(_DOLLARS.findall(text)) % 2 == 1
    return is_display or _has_open_dollar(text)


def _without_code(text: str) -> str:
    """What stands outside of blocks of code, the last of which may be open."""
    places = [match.start() for match in _FENCE.finditer(text)]
    bounds = [0, *places, len(text)]
    return "".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=False))


def _has_open_dollar(text: str) -> bool:
    """Whether the last paragraph begins a formula behind a `$` that is no price."""
    signs = [match.start() for match in _DOLLAR.finditer(text[text.rfind("\n\n") + 1 :])]
    return len(signs) % 2 == 1 and _PRICE.search(text) is None


def _announces_in_vain(text: str) -> bool:
    return _ANNOUNCED.search(text[-200:]) is not None and _ANNOUNCES.search(text[-200:]) is not None


def _stops_in_a_sentence(text: str) -> bool:
    if text.endswith("```"):
        return False
    text = _without_code(text).rstrip()
    return bool(text) and (
        _OPEN_END.search(text[-40:]) is not None
        or _LEADS_ON.search(text[-40:]) is not None
        or _has_open_bracket(text)
        or _lacks_its_stop(text)
    )


def _has_open_bracket(text: str) -> bool:
    """Whether the last sentence opens more brackets than it closes; `[0, 1)` is closed."""
    last = text[-MOST_READ:]
    stops = [match.end() for match in _STOPS.finditer(last, 0, len(last) - 1)]
    depth = 0
    for sign in last[stops[-1] :] if stops else last if len(text) <= MOST_READ else "":
        depth = max(0, depth + (sign in "([") - (sign in ")]"))
    return depth > 0 and _SAD.search(text[-4:]) is None


def _lacks_its_stop(text: str) -> bool:
    """Whether the last line goes on behind a stop and has none at its end, in a text whose other lines all have one."""
    *before, last = [line.strip() for line in text.split("\n") if line.strip()]
    stops = [match.end() for match in _STOPS.finditer(last)]
    if last[-1] in _END_MARKS or last.split()[-1][0] in "#@" or not stops or _PLAIN_LINE.match(last) is None:
        return False
    if len(last[stops[-1] :].split()) < LONG_TAIL or len(_STOPS.findall(text)) < LEAST_STOPS:
        return False
    return all(line[-1] in _END_MARKS for line in before if len(line.split()) >= LONG_LINE)


_WAYS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("fence", "This breaks off: a block of code is not closed.", _has_open_fence),
    ("formula", "This breaks off: a formula is not closed.", _has_open_formula),
    ("announced", "An answer is announced, and none follows.", _announces_in_vain),
    ("sentence", "This breaks off in the middle of a sentence.", _stops_in_a_sentence),
)
