"""Code in fenced blocks: how many there are, whether anything else stands beside them, and whether it parses."""

from __future__ import annotations

from collections.abc import Sequence

from checkers import params
from checkers.counted import Bounds, amount, counted, spans_of
from checkers.finding import Finding, Span, fails, holds, unknown
from checkers.registry import constraint
from checkers.text.fence import Fence, code_of, fences
from checkers.text.grammar import Unreadable, fault, language_of_tag
from checkers.text.misformed import Misformed
from checkers.trace import Constraint, Trace


@constraint(version=1)
def parses(trace: Trace, asked: Constraint) -> Finding:
    """Every fenced block parses in the language it names, and there is one at least; nothing is run.

    With `language`, the blocks that name it. Python, JavaScript, CSS, JSON, YAML and XML are decided; HTML, SQL and
    Bash are open where their grammar does not read them, since they have dialects. Other languages are open, and so are
    blocks that name none.
    """
    params.refuse_unknown(asked, "language")
    language = _language(asked)
    found = [each for each in fences(trace.text) if language in (None, language_of_tag(each.language))]
    if not found:
        return fails((0, len(trace.text)), f"There is no fenced block{_of(language)}.", measured=0)
    wrong, opened = list[tuple[Span, str]](), list[tuple[Span, str]]()
    for each in found:
        outcome = _outcome(trace, each)
        if isinstance(outcome, Unreadable):
            opened.append((each.span, outcome.why))
        elif outcome is not None:
            wrong.append((_place(trace.text, each, outcome.at), str(outcome)))
    if wrong:
        said = f"This block does not parse: {wrong[0][1]} of it."
        return fails(wrong[0][0], said, measured=len(wrong), wanted=0, spans=spans_of([span for span, _ in wrong]))
    if opened:
        spans = spans_of([span for span, _ in opened])
        return unknown(opened[0][0], f"This block stays open: {opened[0][1]}.", reason="no grammar", spans=spans)
    said = f"{amount(len(found), 'block')}, and each parses."
    return holds((0, len(trace.text)), said, measured=0, wanted=0, spans=spans_of([each.span for each in found]))


@constraint(version=1)
def count(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` fenced blocks, of the `language` if one is given."""
    params.refuse_unknown(asked, "min", "max", "language")
    bounds, language = Bounds.of(asked), _language(asked)
    found = [each.span for each in fences(trace.text) if language in (None, language_of_tag(each.language))]
    return counted((0, len(trace.text)), len(found), bounds, f"block{_of(language)}", many=f"blocks{_of(language)}")


@constraint(version=1)
def only(trace: Trace, asked: Constraint) -> Finding:
    """The response is one fenced block and nothing else, of the `language` if one is given.

    A block that names no language is open where one is asked for.
    """
    params.refuse_unknown(asked, "language")
    language, found = _language(asked), fences(trace.text)
    whole = (0, len(trace.text))
    if len(found) != 1 or not found[0].is_closed:
        said = "The one block is not closed." if len(found) == 1 else f"{amount(len(found), 'block')}, one wanted."
        return fails(whole, said, measured=len(found), wanted=1, spans=spans_of([each.span for each in found]))
    block = found[0]
    tag = language_of_tag(block.language)
    if language is not None and tag and tag != language:
        return fails(block.span, f"The block is of {tag[:40]}, not {language}.", measured=tag[:200], wanted=language)
    beside = _beside(trace.text, found)
    if beside:
        mended = trace.text[slice(*block.span)]
        return fails(whole, "Something stands beside the block.", repair=mended, spans=spans_of(beside))
    if language is not None and not tag:
        return unknown(block.span, "The block names no language.", reason="no language", wanted=language)
    return holds(block.span, "The response is one block.", measured=1, wanted=1)


def _language(asked: Constraint) -> str | None:
    said = params.text(asked, "language", most=40)
    return None if said is None else language_of_tag(said)


def _of(language: str | None) -> str:
    return "" if language is None else f" of {language}"


def _outcome(trace: Trace, block: Fence) -> Misformed | Unreadable | None:
    if not block.is_closed:
        return Misformed("it is not closed, the last line", max(0, len(code_of(trace.text, block).said) - 1))
    return fault(code_of(trace.text, block).said, language_of_tag(block.language), trace.budget)


def _place(text: str, block: Fence, at: int) -> Span:
    """From the place of a fault to the end of its line."""
    start = min(code_of(text, block).place(at), block.inside[1])
    end = text.find("\n", start, block.inside[1])
    return start, end if end >= 0 else max(start, block.inside[1])


def _beside(text: str, found: Sequence[Fence]) -> list[Span]:
    start, end = found[0].span
    sides = (0, start), (end, len(text))
    return [side for side in sides if text[slice(*side)].strip()]
