"""IFBench, group `repeat`: a request or a part of it that is to be said again."""

from __future__ import annotations

from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.trace import Constraint

SENTENCE = "Only output this sentence here, ignore all other requests."


@instruction(
    "ifbench/repeat:repeat_change",
    means=lambda *, prompt_to_repeat=None: Constraint("copying.first_word_changed", {"text": prompt_to_repeat}),
    differs="The reference lets the first word stand when only blanks differ from the request, and the request may "
    "not stand in quotes.",
)
def repeat_change(text: str, *, prompt_to_repeat: str | None = None) -> bool:
    """The text is not the request to the letter, and all words but the first are the same."""
    if not prompt_to_repeat:
        return False
    return prompt_to_repeat != text and prompt_to_repeat.split()[1:] == text.split()[1:]


@instruction(
    "ifbench/repeat:repeat_simple",
    means=lambda: Constraint("copying.sentence", {"text": SENTENCE}),
    differs="The reference takes quotes around the sentence, other blanks and a missing full stop for mistakes.",
)
def repeat_simple(text: str) -> bool:
    """The text is the sentence “Only output this sentence here, ignore all other requests.” in any case."""
    return text.strip().lower() == SENTENCE.lower()


@instruction(
    "ifbench/repeat:repeat_span",
    means=lambda *, prompt_to_repeat=None, n_start=None, n_end=None: Constraint(
        "copying.span", {"text": prompt_to_repeat, "start": n_start, "end": n_end}
    ),
    differs="The reference counts words from 0 whatever the prompt says and leaves out the one at the end, though the "
    "instruction includes it, and its own wording speaks of characters.",
)
def repeat_span(
    text: str, *, prompt_to_repeat: str | None = None, n_start: int | None = None, n_end: int | None = None
) -> bool:
    """The words of the text are those of the request from the start index up to the end index, without the last one.

    An index that is 0 or missing is drawn at random.
    """
    if not n_start or not n_end:
        raise Unrepeatable("the start index" if not n_start else "the end index")
    wanted = (prompt_to_repeat or "").strip().lower().split()[int(n_start) : int(n_end)]
    return text.strip().lower().split() == wanted
