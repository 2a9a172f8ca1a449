"""How a response, or one of its paragraphs, starts and ends."""

from __future__ import annotations

import re

from checkers import params
from checkers.finding import Finding, Json, Verdict, fails, holds, unknown
from checkers.params import BadParams, Impossible
from checkers.registry import constraint
from checkers.text.paragraph import paragraph_counts, paragraph_spans
from checkers.text.phrase import loosely
from checkers.trace import Constraint, Trace

MAX_PHRASE = 2_000
_OPENERS = " \t\n\"'“‘«„`*_#>(["
_CLOSERS = " \t\n\"'”’»`*_)]"
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "«": "»", "「": "」"}
_FIRST_WORD = re.compile(r"[^\W_](?:[^\s—]*[^\W_])?")


@constraint(version=1)
def start(trace: Trace, asked: Constraint) -> Finding:
    """The response starts with `phrase`, whatever its case; quotation marks or emphasis may stand before it."""
    phrase, text = _phrase(asked), trace.text
    at = len(text) - len(text.lstrip(_OPENERS if phrase[0].isalnum() else None))
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    match = re.compile(loosely(phrase) + after, re.IGNORECASE).match(text, at)
    if match:
        return holds((0, len(text)), "It starts as asked.", spans=[list(match.span())])
    stop = text.find("\n", at)
    line = (0, len(text) if stop < 0 else stop)
    return fails(line, f"It should start with “{phrase[:200]}”.", wanted=phrase)


@constraint(version=1)
def end(trace: Trace, asked: Constraint) -> Finding:
    """The response ends with `phrase`, whatever its case; only closing marks may follow it.

    Closing marks are quotation marks, brackets and emphasis, and a full stop where the phrase ends in a word.
    """
    phrase, text = _phrase(asked), trace.text
    ends_in_word = phrase[-1].isalnum()
    last = text.rstrip(_CLOSERS + ".!" if ends_in_word else _CLOSERS) if phrase[-1] not in _CLOSERS else text.rstrip()
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    found = re.compile(before + loosely(phrase) + r"\Z", re.IGNORECASE)
    match = found.search(last, max(0, len(last) - _reach(phrase)))
    if match:
        return holds((0, len(text)), "It ends as asked.", spans=[list(match.span())])
    repair = f"{text.rstrip()}\n\n{phrase}" if text.strip() else phrase
    return fails((0, len(text)), f"It should end with “{phrase[:200]}”.", repair=repair, wanted=phrase)


@constraint(version=1)
def paragraph(trace: Trace, asked: Constraint) -> Finding:
    """Paragraph `nth` (from 1) starts with `word`, whatever its case, and there are `paragraphs` of them if given.

    Blank lines part paragraphs; quotation marks and emphasis before the word do not count. Headings, lists and dividers
    may be counted or not; when that leads to different verdicts it is unknown.
    """
    params.refuse_unknown(asked, "nth", "word", "paragraphs")
    nth, word, many = params.count(asked, "nth"), params.text(asked, "word"), params.count(asked, "paragraphs")
    if not nth or word is None:
        raise BadParams("'nth' counts from 1, and 'word' is a word")
    if many is not None and nth > many:
        raise Impossible("'nth' is larger than 'paragraphs'")
    found = _placed(trace.text, nth, word, many)
    if found.verdict is Verdict.FAILS and _may_stand(trace.text, nth, word, many):
        message = "Which paragraph this is depends on whether headings, lists and dividers are counted."
        return unknown((0, len(trace.text)), message, reason="several counts", wanted=found.evidence["wanted"])
    return found


def _placed(text: str, nth: int, word: str, many: int | None) -> Finding:
    spans = paragraph_spans(text)
    wanted: dict[str, Json] = {"nth": nth, "word": word, "paragraphs": many}
    whole = (0, len(text))
    if nth > len(spans) or (many is not None and len(spans) != many):
        message = f"{len(spans):,} paragraph{'s'[: len(spans) != 1]}, " + (
            f"not {many:,}." if many else f"no {nth:,}th."
        )
        return fails(whole, message, measured=len(spans), wanted=wanted)
    at, stop = spans[nth - 1]
    first = _FIRST_WORD.search(text, at, stop)
    said = first[0] if first else ""
    if first and said.lower() == word.strip().lower():
        return holds(whole, f"That paragraph starts with “{word}”.", measured=said, wanted=wanted)
    place = first.span() if first else (at, stop)
    return fails(place, f"Paragraph {nth:,} should start with “{word}”.", measured=said[:80], wanted=wanted)


def _may_stand(text: str, nth: int, word: str, many: int | None) -> bool:
    """Whether it holds perhaps where headings and the like are no paragraphs."""
    fewest, spans = paragraph_counts(text)[0], paragraph_spans(text)
    if fewest == len(spans) or len(spans) < nth or not (many is None or fewest <= many <= len(spans)):
        return False
    firsts = (_FIRST_WORD.search(text, *span) for span in spans)
    return any(first is not None and first[0].lower() == word.strip().lower() for first in firsts)


@constraint(version=1)
def quoted(trace: Trace, asked: Constraint) -> Finding:
    """The whole response stands in one pair of double quotation marks, straight or curly."""
    params.refuse_unknown(asked)
    text = trace.text
    said = text.strip()
    whole = (0, len(text))
    if len(said) < 3 or said[-1] != _QUOTES.get(said[0]):
        repair = f'"{said}"' if said and not any(sign in said for sign in _QUOTES) else None
        return fails(whole, "It does not stand in double quotation marks.", repair=repair)
    if _closes_early(said):
        message = "It starts and ends with quotation marks, but others in it may close them early."
        return unknown(whole, message, reason="several readings")
    return holds(whole, "It stands in quotation marks.")


def _closes_early(said: str) -> bool:
    """Whether the next such mark inside looks like the end of the first: behind a word, and before a blank."""
    if said[0] == said[-1]:
        at = said.find(said[0], 1)
        return at < len(said) - 1 and not said[at - 1].isspace() and not said[at + 1].isalnum()
    return said.find(said[-1]) < len(said) - 1 and said.count(said[0]) == said.count(said[-1]) == 2


def _phrase(asked: Constraint) -> str:
    params.refuse_unknown(asked, "phrase")
    phrase = params.text(asked, "phrase", most=MAX_PHRASE)
    if phrase is None:
        raise BadParams("the parameter 'phrase' is missing")
    return phrase.strip()


def _reach(phrase: str) -> int:
    """How far from the end the phrase may start: each gap in it may be some blanks wide."""
    return len(phrase) + 8 * len(phrase.split()) + 1
