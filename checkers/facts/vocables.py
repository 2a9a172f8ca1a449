"""Sets of words for whoever reads facts: fillers, titles, ordinals, months and adjectives of lands."""

from __future__ import annotations


def word_set(*lines: str) -> frozenset[str]:
    """The words of these lines."""
    return frozenset(word for line in lines for word in line.split())


FILLERS = word_set(
    "a an the this that these those and or but nor so yet if then than as of in on at by for from to into onto with",
    "within without about over under between among through during before after above below up down out off again",
    "further once here there when where while who whom whose which what why how is am are was were be been being has",
    "have had having do does did doing can could will would shall should may might must i you he she it we they me him",
    "her us them my your his its our their mine yours hers ours theirs himself herself itself themselves not no any",
    "some such own same too very just also both each few more most other s t re ve ll d m et al etc one two",
)
"""Words that stand in every text: that they are found says nothing."""
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
TITLES = word_set("mr mrs ms dr sir lord lady dame prof st jr sr capt gen col sen rep gov mt")
NO_NAMES = (
    FILLERS
    | TITLES
    | word_set(
        *MONTHS,
        "professor president king queen prince princess saint justice captain i jan feb mar apr jun jul aug sep sept",
        "oct nov dec monday tuesday wednesday thursday friday saturday sunday however although despite because since",
        "according additionally moreover furthermore therefore thus overall finally first second third yes today",
    )
)
"""Words that are written large without being a name, or stand beside one."""
LANDS = {
    **{"french": "france", "spanish": "spain", "british": "britain", "dutch": "netherlands", "danish": "denmark"},
    **{"polish": "poland", "swiss": "switzerland", "irish": "ireland", "welsh": "wales", "scottish": "scotland"},
    **{"english": "england", "thai": "thailand", "greek": "greece", "swedish": "sweden", "finnish": "finland"},
    **{"turkish": "turkey", "norwegian": "norway", "portuguese": "portugal", "icelandic": "iceland"},
}
"""Adjectives of lands that begin otherwise than the land does, or share little with it."""
