"""IFBench, group `format`, first half: brackets, quotes, case, blanks, a template, and one answer of several."""

from __future__ import annotations

import re
import string

from checkers.finding import Json
from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.instructions.tokenised import nltk_words
from checkers.params import BadParams
from checkers.trace import Constraint

MAX_OPTIONS = 2_000
"""Characters of the text that lists the options."""
TEMPLATE = "My Answer: [answer] My Conclusion: [conclusion] Future Outlook: [outlook]"

_PAIRS = {")": "(", "]": "[", "}": "{"}
_LETTERS_ASKED = re.compile(r"\W*[aA]\W*[bB]\W*[cC]")
_AROUND = string.punctuation + " "
_NO_END = string.digits + string.punctuation.replace('"', "")


@instruction(
    "ifbench/format:parentheses",
    means=lambda: Constraint("nesting.brackets", {"min": 5}),
    differs="The reference is content when the innermost of five open brackets is closed, and forgets all that is "
    "open at a bracket that does not match; nested means closed five deep, whatever strays between.",
)
def parentheses(text: str) -> bool:
    """After five brackets were open at once, one of them is closed before any bracket closes that does not match."""
    opened: list[str] = []
    deepest = 0
    for sign in text:
        if sign in "([{":
            opened.append(sign)
            deepest = max(deepest, len(opened))
        elif sign in ")]}":
            if not opened or opened[-1] != _PAIRS[sign]:
                opened, deepest = [], 0
                continue
            opened.pop()
            if deepest >= 5:
                return True
    return False


@instruction(
    "ifbench/format:quotes",
    means=lambda: Constraint("nesting.quotes", {"min": 3}),
    differs="The reference knows straight quotes only and takes each apostrophe for one; quotes in quotes may be "
    "curly, and the apostrophe of a word is none.",
)
def quotes(text: str) -> bool:
    """A straight quote closes the one opened last if that is of its kind, else it opens one; three are closed so."""
    opened: list[str] = []
    deepest = 0
    for sign in text:
        if opened and sign == opened[-1]:
            opened.pop()
            if deepest - len(opened) >= 3:
                return True
        elif sign in "\"'":
            opened.append(sign)
            deepest = max(deepest, len(opened))
    return False


@instruction(
    "ifbench/format:options",
    means=lambda *, options=None: Constraint("choice.one_of", {"options": _options(options), "alone": True}),
    differs="The reference takes letters only as they are written in the list, brackets included, and cuts the list "
    "at “or” within words; the bare letter in any case is the option too.",
)
def options(text: str, *, options: str | None = None) -> bool:
    """The response is one of the listed options, apart from case and signs around it; of letters, exactly as listed."""
    if options is None:
        raise Unrepeatable("the options")
    listed = [option.strip() for option in options.split(next((cut for cut in ("/", "or") if cut in options), ","))]
    if _LETTERS_ASKED.match(options):
        return text in listed
    return text.strip(_AROUND).lower() in [option.strip(_AROUND).lower() for option in listed]


def _options(listed: Json) -> list[Json]:
    if not isinstance(listed, str) or len(listed) > MAX_OPTIONS:
        raise BadParams("the parameter 'options' must be a text that lists them")
    one_cut = " ".join(listed.split())
    for cut in ("/",) if "/" in one_cut else (", or ", " or "):
        one_cut = one_cut.replace(cut, ",")
    return [option.strip() for option in one_cut.split(",") if option.strip()]


@instruction(
    "ifbench/format:quote_unquote",
    means=lambda: Constraint("quotation.explained"),
    differs="The reference looks only for two quote signs side by side and for one at the end, so that a comma "
    "between two quotations passes for an explanation.",
)
def quote_unquote(text: str) -> bool:
    """No two double quotes stand side by side, blanks left out, and none ends the text but for digits and signs.

    A text of digits and signs alone, on which the reference crashes, counts as failing.
    """
    said = text.replace("“", '"').replace("”", '"').replace("'\"'", "")
    said = "".join(said.split())
    return '""' not in said and said.strip(_NO_END)[-1:] not in ("", '"')


@instruction(
    "ifbench/format:title_case",
    means=lambda: Constraint("title_case.whole"),
    differs="The reference wants a capital on every word, the minor ones too, and is content with a text in capitals "
    "throughout.",
)
def title_case(text: str) -> bool:
    """No token of NLTK begins with a small letter and goes on in letters of one case."""
    return not any(
        token[0].islower() and (token[1:].islower() or token[1:].isupper()) for token in nltk_words(text) if token
    )


@instruction(
    "ifbench/format:output_template",
    means=lambda: Constraint("template.fill", {"template": TEMPLATE}),
    differs="The reference looks for the three labels anywhere and in any order; an exact template has nothing in "
    "front of it, its labels in order, and something in each of its places.",
)
def output_template(text: str) -> bool:
    """The three labels stand somewhere in the text."""
    return all(label in text for label in ("My Answer:", "My Conclusion:", "Future Outlook:"))


@instruction("ifbench/format:no_whitespace", means=lambda: Constraint("line_form.no_blanks"))
def no_whitespace(text: str) -> bool:
    """No character of the text is white space."""
    return not any(map(str.isspace, text))
