"""Demands on length: words, sentences, paragraphs, characters."""

from __future__ import annotations

import re

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import EXACT, NUMBER, VAGUE
from checkers.trace import Constraint

_TOTAL = (
    r"(?= ?(?:[.,;:!?()\]\"]|\Z|\n| and\b| but\b| in (?:total|length|all\b(?! caps| capital| upper| lower)|your"
    r"|the (?:entire |whole )?"
    r"(?:response|answer|output|reply|text|essay|story|poem|article)|english|markdown|json|a\b|an\b)| long\b| "
    r"total\b| maximum\b| minimum\b"
    r"| on\b| about\b| explaining\b| describing\b| without\b| or\b| while\b| when\b| that (?:explains?|describes?)\b"
    r"| using\b| to\b| only\b| with(?! all| capital| upper| the letter)\b| for\b(?! each| every)| (?:each "
    r")?separated\b| where\b|,))"
).replace(" ?", r"\s{0,2}")
_NOT_FONT = (
    r"(?![^.!?\n]{0,60}\b(?:all[ -]caps|capital|capitali[sz]ed|upper-?case|bold|italics?|highlighted)\b)".replace(
        " ", r"\s"
    )
)


_DIVIDED = re.compile(r"\b(?:separat|divid|split)\w{0,4}\b[^.\n]{0,80}?(?<!\*)\*{3}(?!\*)", re.IGNORECASE)
_FOLLOWED = re.compile(r"\b(?:then|followed\s{1,4}by|afterwards?)\b", re.IGNORECASE)
_THING = "(?:word|sentence|paragraph|character)"


def _goes_on(heard: Heard) -> bool:
    """Whether something else is to follow, so that a plain number may be that of a part."""
    start, stop = heard.request.sentence(heard.span[0])
    return _FOLLOWED.search(heard.request.open, start, min(len(heard.request.open), stop + 12)) is not None


def _amount(name: str, bare: str) -> Phrase:
    thing = name.removesuffix("s")
    spelt = {"character": r"(?:characters?|chars?)(?: \(?including spaces\)?)?"}.get(thing, f"{thing}s?")
    kinds = r"(?:(?:short|long|full|complete|total|single|well-written|detailed|concise|clear|simple) ){0,2}"
    unique = r"(?! (?:each(?! separated)|per)\b)"
    pattern = rf"<COUNT>{kinds}\b{spelt}\b<AFTER>{unique}{_TOTAL}{_NOT_FONT}"

    counted = re.compile(rf"(?P<n>{NUMBER})(?:\s{{1,4}}|-)(?:\w{{1,12}}\s{{1,4}})?{thing}s?\b", re.IGNORECASE)

    def build(heard: Heard) -> Constraint | None:
        is_bare = not (heard.has("rel") or heard.has("plus") or heard.has("early") or heard.has("late"))
        if is_bare and (
            _goes_on(heard) or len({each["n"].lower() for each in counted.finditer(heard.request.open)}) > 1
        ):
            return None
        bounds = heard.bounds(bare=bare)
        return None if bounds is None else heard.asks(f"length.{name}", **bounds)

    return Phrase(pattern, build)


def _adjective(heard: Heard) -> Constraint | None:
    """`a 300+ word essay`: with a mark of its own, for a plain number of words is rarely meant to the word."""
    thing = heard.text("thing").lower()
    bounds = heard.bounds(bare=VAGUE if thing == "word" else EXACT)
    return None if bounds is None or _goes_on(heard) else heard.asks(f"length.{thing}s", **bounds)


def _number_of(heard: Heard) -> Constraint | None:
    bounds = heard.bounds(bare=EXACT)
    thing = heard.text("thing").lower().rstrip("s")
    return None if bounds is None else heard.asks(f"length.{thing}s", **bounds)


def _parted(heard: Heard) -> Constraint | None:
    """Parts with asterisks between them are paragraphs of their own kind."""
    bounds = heard.bounds(bare=EXACT)
    near = heard.request.prompt[heard.span[0] : heard.span[1] + 200]
    return heard.asks("length.paragraphs", **bounds) if bounds is not None and _DIVIDED.search(near) else None


def _few_words(heard: Heard) -> Constraint:
    """`in two words`: so few are meant to the word."""
    return heard.asks("length.words", **(heard.bounds(bare=EXACT) or {}))


def _limit(heard: Heard) -> Constraint:
    bounds = heard.bounds(bare=EXACT) or {}
    return heard.asks(f"length.{heard.text('thing').lower().rstrip('s')}s", max=bounds.get("max"))


TABLE: tuple[Phrase, ...] = (
    _amount("words", VAGUE),
    _amount("sentences", EXACT),
    _amount("paragraphs", EXACT),
    _amount("characters", VAGUE),
    Phrase(rf"\b(?:an?|one|the) <COUNT>(?P<thing>{_THING})(?= [a-z])(?! limit| count| each| or)", _adjective),
    Phrase(
        rf"\b(?:number|count|amount) of (?:total )?(?P<thing>{_THING}s)(?: in <WHOLE>)? <MUST> (?:be |stay |lie "
        rf")?<AMOUNT>",
        _number_of,
        on_a_part=True,
    ),
    Phrase(rf"<COUNT>(?:parts|sections){_TOTAL}", _parted),
    Phrase(
        r"\bin (?:just |only )?(?P<n>one|two|three|four|five|a single) words?\b(?= ?[.,:;?!]|\Z)".replace(" ?", r"\s?"),
        _few_words,
    ),
    Phrase(rf"\b(?P<thing>{_THING}) count <MUST> (?:be |stay |lie )?<AMOUNT>", _number_of),
    Phrase(
        r"\b(?:within|with|use|keep to|stick to|under|has|have|is) an? (?:strict |hard )?(?P<n>\d{1,6})(?: |-)"
        rf"(?P<thing>{_THING}) (?:limit|maximum|max|cap)\b",
        _limit,
    ),
    Phrase(rf"\b(?:max(?:imum)?|limit)(?: length)?(?: is|:| of) (?P<n>\d{{1,6}}) (?P<thing>{_THING})s\b", _limit),
)
