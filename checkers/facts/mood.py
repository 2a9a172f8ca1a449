"""Whether a sentence states how something is, or asks, orders, wishes, greets or speaks of the text itself."""

from __future__ import annotations

import re

_LEAST_WORDS = 3
"""Two will do where one of them is a number."""
MUCH = 400
"""Characters in which the words are counted."""
_ENTRY = re.compile(r"(?=[^\n]{0,200}[0-9])[\"'“(]?[A-Z0-9]")
"""An entry of a list, `Kid A (2000)`, says something without a verb."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ASKS = re.compile(r"[?？][\"'”’)\]*_\s]*\Z")
_FRONT = re.compile(
    r"(?:(?:and|but|so|also|then|first|second|third|finally|next|however|therefore|thus|well|now|additionally|moreover|"
    r"furthermore|overall|in short|in summary|in conclusion)\b,?\s{0,3}){0,3}",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?:please|let(?:'s|’s| us| me)|note that you|(?:do not|don't|don’t|never|always)\s+[a-z]+|"
    r"(?:add|adjust|allow|apply|ask|avoid|be (?:sure|careful|aware)|begin by|bring|build your|call|check|choose|click|"
    r"combine|"
    r"compare|consider|consult|contact|cook|copy|create|cut|decide|define|describe|discuss|download|drink|eat|enjoy|ensure|"
    r"enter|explain|explore|find|follow|get|give|go|heat|identify|imagine|include|install|keep|learn|leave|look|make|mix|"
    r"move|open|place|pour|practice|prepare|press|provide|put|read|refer|remember|remove|repeat|replace|review|run|save|"
    r"search|see|select|serve|set|share|sit|start|stir|stop|take|tell|think about|try|turn|use|visit|wait|wash|watch|"
    r"write)"
    r"\s+(?!(?:is|are|was|were|has|have|had|can|of|in|by|and|or|to)\b))",
    re.IGNORECASE,
)
_OF_THE_TEXT = re.compile(
    r"(?:i|we)\b|(?:i'm|i’m|i've|i’ve|i'd|i’d|i'll|i’ll)\s|as an ai\b|(?:here|below|above)(?:'s|’s| is| are)\b|"
    r"the following\b[^.]{0,80}:?\Z|in my (?:opinion|view)\b|(?:hello|hi|dear|thanks|thank you|sorry|sure|certainly|"
    r"of course|"
    r"welcome|good luck|hope|feel free|yes|no|okay|ok)\b[^.,0-9]{0,60}[!.]?\Z|"
    r"(?:you|your)\s+(?:can|could|may|might|should|would|will|must|need|want)\b|if you\b|"
    r"(?:unfortunately,? )?(?:there is|there's) (?:no|not enough) (?:information|evidence|data|mention)\b|"
    r"(?:none of )?(?:the|these|those|my|your)?\s?(?:provided |given |available |listed |cited )?"
    r"(?:sources?|passages?|texts?|"
    r"documents?|context)\s+(?:do|does|did|is|are)\s?(?:not|n't|n’t|silent|unclear)\b|"
    r"it(?:'s|’s| is) (?:important|worth|essential|crucial|helpful|best|recommended|advisable|"
    r"difficult to say|unclear|unknown|"
    r"possible|not (?:clear|known|possible))\b|this (?:answer|response|essay|article|summary|list|section|text)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"(?:perhaps|maybe|possibly|it (?:seems|may be|might be|could be)|there (?:may|might|could) be)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|does|did|do|can|cannot|could|will|would|may|might|must|should|shall|"
    r"[a-z]{2,20}(?:n't|n’t)|became|began|begun|won|lost|made|gave|took|led|held|said|wrote|came|went|grew|rose|fell|stood|ran|"
    r"lay|built|born|known|shown|found|left|met|sold|sent|spent|taught|thought|told|understood|wore|brought|bought|caught|"
    r"[a-z]{2,20}(?:ed|es|s))\b|['’]s\b",
    re.IGNORECASE,
)


def is_statement(sentence: str) -> bool:
    """Whether it can be true or false of the world: English is read closely, other languages by their marks alone.

    A sentence that only hedges, an opinion of the writer and what is said of the sources or the answer itself are none.
    """
    said = sentence.strip().strip("*_ ")
    words = _WORD.findall(said[:MUCH])
    if (
        len(words) + any(word.isdigit() for word in words) < _LEAST_WORDS
        or _ASKS.search(said[-8:])
        or said.endswith(":")
    ):
        return False
    front = _FRONT.match(said)
    said = said[front.end() if front else 0 :]
    if any(other.match(said) for other in (_ORDERS, _OF_THE_TEXT, _MAYBE)):
        return False
    return not said.isascii() or _VERB.search(said) is not None or _ENTRY.match(said) is not None
