"""IFEval's kinds on language, capitals and punctuation."""

from __future__ import annotations

from checkers.finding import Json
from checkers.instructions.instruction import instruction
from checkers.instructions.langdetected import detected
from checkers.instructions.relation import bounds_of, is_met
from checkers.instructions.tokenised import nltk_words
from checkers.trace import Constraint


def _language(language: Json = None) -> Constraint:
    return Constraint("language.whole", {"language": language})


def _upper() -> Constraint:
    return Constraint("letter_case.upper", {"language": "en"})


def _lower() -> Constraint:
    return Constraint("letter_case.lower", {"language": "en"})


def _capital_words(capital_frequency: Json = None, capital_relation: Json = None) -> Constraint:
    return Constraint("letter_case.capital_words", bounds_of(capital_relation, capital_frequency))


def _no_comma() -> Constraint:
    return Constraint("punctuation.without", {"marks": [","]})


@instruction(
    "ifeval/language:response_language",
    means=_language,
    differs="It takes a part in another language, where most is in the right one, and guesses at short texts.",
)
def response_language(text: str, *, language: str) -> bool:
    """langdetect gives that code, or finds nothing to go by."""
    return detected(text) in (language, None)


@instruction(
    "ifeval/change_case:english_capital",
    means=_upper,
    differs="It often takes English in capitals, or a short text, for another language.",
)
def english_capital(text: str) -> bool:
    """Every letter is a capital, and langdetect says English or finds nothing to go by."""
    return text.isupper() and detected(text) in ("en", None)


@instruction(
    "ifeval/change_case:english_lowercase",
    means=_lower,
    differs="It guesses at the language of short texts.",
)
def english_lowercase(text: str) -> bool:
    """No letter is a capital, and langdetect says English or finds nothing to go by."""
    return text.islower() and detected(text) in ("en", None)


@instruction(
    "ifeval/change_case:capital_word_frequency",
    means=_capital_words,
    differs="It always counts words of one letter, as I and A, and the capitals that it cuts off before a sign.",
)
def capital_word_frequency(text: str, *, capital_frequency: float, capital_relation: str) -> bool:
    """The words that NLTK's tokenizer finds and that have capitals only are fewer or enough."""
    count = sum(map(str.isupper, nltk_words(text)))
    return is_met(count, relation=capital_relation, number=capital_frequency)


@instruction(
    "ifeval/punctuation:no_comma",
    means=_no_comma,
    differs="It overlooks the commas of other scripts.",
)
def no_comma(text: str) -> bool:
    """There is no comma."""
    return "," not in text
