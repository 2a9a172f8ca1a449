"""IFEval's kinds on the frame of a response: how it starts and ends, what it repeats, which option it takes."""

from __future__ import annotations

from checkers.finding import Json
from checkers.instructions.instruction import instruction
from checkers.trace import Constraint

OPTIONS = ("My answer is yes.", "My answer is no.", "My answer is maybe.")


def _option() -> Constraint:
    return Constraint("choice.one_of", {"options": list(OPTIONS)})


def _responses() -> Constraint:
    return Constraint("repeats.responses", {"count": 2, "separator": "******"})


def _text_first(prompt_to_repeat: Json = None) -> Constraint:
    return Constraint("repeats.text_first", {"text": prompt_to_repeat})


def _end(end_phrase: Json = None) -> Constraint:
    return Constraint("boundary.end", {"phrase": end_phrase})


def _quoted() -> Constraint:
    return Constraint("boundary.quoted")


@instruction(
    "ifeval/detectable_format:constrained_response",
    means=_option,
    differs="It takes a response that names several of the options, and none in other capitals.",
)
def constrained_response(text: str) -> bool:
    """One of the three options stands somewhere."""
    return any(option in text for option in OPTIONS)


@instruction(
    "ifeval/combination:two_responses",
    means=_responses,
    differs="It cuts at six asterisks of a longer run, too, and takes a part without a letter for a response.",
)
def two_responses(text: str) -> bool:
    """Six asterisks part two texts that differ; only the first and the last part may be blank."""
    parts = [part.strip() for part in text.split("******")]
    said = [part for part in parts if part]
    return all(parts[1:-1]) and len(said) == 2 and said[0] != said[1]


@instruction(
    "ifeval/combination:repeat_prompt",
    means=_text_first,
    differs="It takes a repetition without an answer, and none that wraps its lines otherwise.",
)
def repeat_prompt(text: str, *, prompt_to_repeat: str) -> bool:
    """The text starts with the request, whatever its case."""
    return text.strip().lower().startswith(prompt_to_repeat.strip().lower())


@instruction(
    "ifeval/startend:end_checker",
    means=_end,
    differs="It takes the phrase at the end of a longer word, and refuses it before emphasis or a closing bracket.",
)
def end_checker(text: str, *, end_phrase: str) -> bool:
    """The text, without blanks and straight quotation marks around it, ends with the phrase, whatever its case."""
    return text.strip().strip('"').lower().endswith(end_phrase.strip().lower())


@instruction(
    "ifeval/startend:quotation",
    means=_quoted,
    differs="It refuses curly quotation marks, and takes two quotations of which one starts and one ends the text.",
)
def quotation(text: str) -> bool:
    """The first and the last sign is a straight double quotation mark."""
    said = text.strip()
    return len(said) > 1 and said[0] == said[-1] == '"'
