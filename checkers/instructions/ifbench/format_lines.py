"""IFBench, group `format`, second half: lines, bullets, emoji at the end of sentences, and theses in italics."""

from __future__ import annotations

import string
from collections import defaultdict, deque
from collections.abc import Callable

from checkers.instructions.ifbench.splitting import reference_sentences
from checkers.instructions.instruction import Unrepeatable, instruction
from checkers.trace import Constraint

_NO_SIGNS = str.maketrans("", "", string.punctuation)


@instruction(
    "ifbench/format:newline",
    means=lambda: Constraint("line_form.one_word"),
    differs="The reference only compares how many lines and words there are, so that a line of blanks makes up for a "
    "line of two words.",
)
def newline(text: str) -> bool:
    """There are as many lines that are not empty as words, ASCII punctuation left out."""
    said = text.translate(_NO_SIGNS)
    return sum(line != "" for line in said.strip().split("\n")) == len(said.split())


@instruction(
    "ifbench/format:emoji",
    means=lambda: Constraint("emoji_use.sentence_ends"),
    differs="The reference cuts sentences at every full stop, question and exclamation mark, a heading belongs to the "
    "next sentence, and an emoji of several characters may be overlooked.",
)
def emoji(text: str) -> bool:
    """One of the last two characters of each sentence is an emoji, or the next sentence begins with one."""
    sentences = [sentence.translate(_NO_SIGNS).strip() for sentence in reference_sentences(text)]
    is_emoji = _emoji_test()
    for at, sentence in enumerate(sentences):
        if not sentence:
            return False
        if not any(map(is_emoji, sentence[-2:])) and not is_emoji("".join(sentences[at + 1 : at + 2])[:1]):
            return False
    return True


def _emoji_test() -> Callable[[str], bool]:
    from emoji import is_emoji  # its table is read where it is needed

    return is_emoji


@instruction(
    "ifbench/format:line_indent",
    means=lambda: Constraint("line_form.stairs"),
    differs="The reference overlooks every second of several blank lines, which then count as lines without an "
    "indent, knows no tabs, and takes a single line for stairs.",
)
def line_indent(text: str) -> bool:
    """Each line has more spaces in front than the one above; of blank lines in a row not all are left out."""
    indents = [len(line) - len(line.lstrip(" ")) for line in _without_some_blank_lines(text.split("\n"))]
    return all(above < below for above, below in zip(indents, indents[1:], strict=False))


def _without_some_blank_lines(lines: list[str]) -> list[str]:
    # The reference removes from the list that it walks: behind a blank line one line is not looked at, and of equal
    # blank lines the first goes that is still there.
    kept: list[str | None] = []
    blank: defaultdict[str, deque[int]] = defaultdict(deque)
    overlooked = False
    for line in lines:
        removes = not overlooked and not line.strip()
        overlooked = removes
        if removes:
            if not blank[line]:
                continue
            kept[blank[line].popleft()] = None
        if not line.strip():
            blank[line].append(len(kept))
        kept.append(line)
    return [line for line in kept if line is not None]


@instruction(
    "ifbench/format:list",
    means=lambda *, sep=None: Constraint("bullets.marker", {"marker": sep, "min": 2}),
    differs="The reference counts the marker anywhere, as the hyphens within words; it should begin the items, and "
    "ordinary bullets should not stand beside it.",
)
def marked_list(text: str, *, sep: str | None = None) -> bool:
    """The marker stands twice anywhere in the text."""
    if sep is None:
        raise Unrepeatable("the marker")
    return text.count(sep) >= 2


@instruction(
    "ifbench/format:thesis",
    means=lambda: Constraint("thesis.italic"),
    differs="The reference wants one passage in italics anywhere with something behind it; each section should begin "
    "with one.",
)
def thesis(text: str) -> bool:
    """Behind the first `<i>`, or else `<em>`, is text up to `</i>`, or else `</em>`, and there is more behind it."""
    start = text.find("<i>")
    start = text.find("<em>") if start < 0 else start
    if start < 0:
        return False
    end = text.find("</i>", start)
    end = text.find("</em>", start) if end < 0 else end
    # Three and four characters are left out whichever the tags are, so that ">" of the longer ones counts as text.
    return end >= 0 and text[start + 3 : end].strip() != "" and text[end + 4 :].strip() != ""


@instruction(
    "ifbench/format:sub-bullets",
    means=lambda: Constraint("bullets.nested", {"marker": "*", "inner": "-", "min": 1}),
    differs="The reference cuts at every asterisk, that of bold words too, is content with any hyphen, and holds "
    "without any bullet.",
)
def sub_bullets(text: str) -> bool:
    """Between each asterisk and the next, or the end, stands a hyphen."""
    return all("-" in part for part in text.split("*")[1:])


@instruction(
    "ifbench/format:no_bullets_bullets",
    means=lambda: Constraint("bullets.after_sentences", {"marker": "*", "sentences": 2, "min": 2}),
    differs="The reference fails at a blank line that is followed by text, or that stands behind the bullets, and "
    "takes every stop for the end of a sentence, a question mark too.",
)
def no_bullets_bullets(text: str) -> bool:
    """Two sentences, then two lines or more that begin with an asterisk, and no other line behind the first of them.

    A blank line in front of the bullets ends the sentences too.
    """
    sentences = bullets = 0
    goes_on = True
    for line in text.split("\n"):
        if line.strip().startswith("*"):
            goes_on = False
            bullets += 1
            if sentences < 2:
                return False
        elif not goes_on:
            return False
        else:
            found = len(reference_sentences(line.strip()))
            sentences += found
            goes_on = found > 0
    return bullets >= 2
