"""The grammatical person in which a response is written; what is quoted and code do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkers import params
from checkers.counted import spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.text.quoted import without_quotations
from checkers.trace import Constraint, Trace

USES = ("required", "forbidden")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?:War|Part|Chapter|Volume|Act|Phase|Type|Class|Section|Book|Elizabeth|Charles|James|William) \Z")


_IN_NAME = re.compile(r" [A-Z]")
_IN_SENTENCE = re.compile(r"[^\W_],? [*_]{0,2}\Z")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one person in one language."""

    sure: frozenset[str]
    doubtful: frozenset[str] = frozenset()
    """Words that may be another: `mine`, `ihr`."""


def _words(sure: str, doubtful: str = "") -> _Words:
    return _Words(frozenset(sure.split()), frozenset(doubtful.split()))


_FIRST = {
    "en": _words("i me my myself we us our ours ourselves", "mine"),
    "fr": _words("je j me m moi nous notre nos", "mon ma mes mien mienne"),
    "de": _words(
        "ich mich mir mein meine meinen meinem meiner meines wir uns unser unsere unseren unserem unserer unseres"
    ),
    "es": _words("yo mí conmigo nosotros nosotras nuestro nuestra nuestros nuestras", "me mi mis nos"),
}
_SECOND = {
    "en": _words("you your yours yourself yourselves"),
    "fr": _words("tu toi vous votre vos", "te t ton ta tes"),
    "de": _words(
        "du dich dir dein deine deinen deinem deiner deines euch euer eure euren eurem eurer", "ihr Sie Ihr Ihnen Ihre"
    ),
    "es": _words("tú ti contigo usted ustedes vosotros vosotras vuestro vuestra vuestros vuestras", "te tu tus os"),
}


@constraint(version=1)
def first(trace: Trace, asked: Constraint) -> Finding:
    """The response speaks of `I` or `we` (`use: required`, as it is unless given), or never does (`forbidden`).

    Words of the first person in English, French, German or Spanish; other languages are open, and so is a Spanish
    text without any, since Spanish leaves them out. What is quoted and code do not count.
    """
    return _one(trace, asked, _FIRST, "first")


@constraint(version=1)
def second(trace: Trace, asked: Constraint) -> Finding:
    """The response addresses `you` (`use: required`, as it is unless given), or never does (`forbidden`).

    As for `person.first`; a German “Sie” or “ihr” may be of the third person and is open.
    """
    return _one(trace, asked, _SECOND, "second")


@constraint(version=1)
def third(trace: Trace, asked: Constraint) -> Finding:
    """The response is in the third person: nobody is `I`, `we` or `you` in it; with `use: forbidden` somebody is."""
    use = _use(asked)
    found = [_found(trace, words) for words in (_FIRST, _SECOND)]
    if any(each is None for each in found):
        return _no_words(trace)
    sure = sorted(span for each in found if each for span in each[0])
    doubtful = sorted(span for each in found if each for span in each[1])
    is_third = "forbidden" if use == "required" else "required"
    return _decided(trace, (sure, doubtful), is_third, "first or second")


def _use(asked: Constraint) -> str:
    params.refuse_unknown(asked, "use")
    return params.choice(asked, "use", USES) or "required"


def _one(trace: Trace, asked: Constraint, words: dict[str, _Words], person: str) -> Finding:
    use = _use(asked)
    found = _found(trace, words)
    return _no_words(trace) if found is None else _decided(trace, found, use, person)


def _decided(trace: Trace, found: tuple[list[Span], list[Span]], use: str, person: str) -> Finding:
    sure, doubtful = found
    whole, wanted = (0, len(trace.text)), use
    if sure:
        said = f"“{trace.text[slice(*sure[0])]}” is of the {person} person."
        if use == "required":
            return holds(whole, said, measured=len(sure), wanted=wanted, spans=spans_of(sure))
        return fails(sure[0], said, measured=len(sure), wanted=wanted, spans=spans_of(sure))
    if doubtful:
        said = f"“{trace.text[slice(*doubtful[0])]}” may be of the {person} person or another word."
        return unknown(doubtful[0], said, reason="doubtful words", spans=spans_of(doubtful))
    if _language(trace) == "es":
        return unknown(whole, "Spanish may leave such words out.", reason="pronouns left out", wanted=wanted)
    said = f"No word is of the {person} person."
    decided = holds if use == "forbidden" else fails
    return decided(whole, said, measured=0, wanted=wanted)


def _found(trace: Trace, words: dict[str, _Words]) -> tuple[list[Span], list[Span]] | None:
    """Where surely and where perhaps a word of that person stands; None where its words are not known."""
    known = words.get(_language(trace))
    if known is None:
        return None
    sure, doubtful = list[Span](), list[Span]()
    plain = without_quotations(without_code(trace.text))
    for match in _WORD.finditer(plain):
        said = match[0]
        if said in known.doubtful or said.lower() in known.doubtful or _is_other(plain, match, known):
            doubtful.append(match.span())
        elif said.lower() in known.sure and not (said == "US" and "us" in known.sure):
            sure.append(match.span())
    return sure, doubtful


def _is_other(text: str, match: re.Match[str], known: _Words) -> bool:
    """Whether it only looks like the word: `World War I`, `I.`, a single `m`, a word of a name as `My Fair Lady`."""
    if (
        len(match[0]) > 1
        and _IN_NAME.match(text, match.end())
        and _IN_SENTENCE.search(text[max(0, match.start() - 3) : match.start()])
    ):
        return match[0].istitle()
    if len(match[0]) > 1 or match[0].lower() not in known.sure:
        return False
    after = text[match.end() : match.end() + 1]
    if match[0] in ("I", "i"):
        is_named = _ROMAN.search(text, max(0, match.start() - 12), match.start()) is not None
        return match[0] == "i" or after in (".", ")", ":", "/", "-") or is_named
    return after not in ("'", "’")


def _no_words(trace: Trace) -> Finding:
    said = "The words of a person are known in English, French, German and Spanish only."
    return unknown((0, len(trace.text)), said, reason=f"the language is {_language(trace)}")


def _language(trace: Trace) -> str:
    if trace.about.speech:
        return trace.about.speech
    letters = [sign for sign in trace.text[:2_000] if sign.isalpha()]
    return "en" if 2 * sum(map(str.isascii, letters)) >= len(letters) else "not told"
