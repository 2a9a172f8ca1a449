"""The outline of a response: its headings and the sections that it must have."""

from __future__ import annotations

from collections.abc import Sequence

from checkers import params
from checkers.counted import Bounds, counted, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.text.fence import without_code
from checkers.text.heading import Heading, plain_title
from checkers.text.heading import headings as headings_of
from checkers.trace import Constraint, Trace


@constraint(version=1)
def sections(trace: Trace, asked: Constraint) -> Finding:
    """The response has a section under each of `titles`, in that order unless `in_order: false`.

    A title is a Markdown heading, a bold line, or a line like `Results:`, and where no heading says it a line that is
    the title and nothing else, or begins with `Results:`. Case, numbers before it and a stop behind it do not matter.
    With `exactly: true` no other Markdown heading stands on the level of those that were found.
    """
    params.refuse_unknown(asked, "titles", "in_order", "exactly")
    wanted = params.words(asked, "titles")
    titles = [plain_title(title) for title in wanted]
    if not all(titles) or len(set(titles)) < len(titles):
        raise BadParams("each of 'titles' must say something, and each must be another")
    found = headings_of(trace.text)
    places = {title: _places(trace.text, title, found) for title in titles}
    whole = (0, len(trace.text))
    missing = [said for said, title in zip(wanted, titles, strict=True) if not places[title]]
    if missing:
        said = f"section {_listed(missing)} is" if len(missing) == 1 else f"sections {_listed(missing)} are"
        return fails(whole, f"The {said} missing.", missing=missing, wanted=list(wanted))
    if params.flag(asked, "in_order", default=True):
        wrong = _first_out_of_order([places[title] for title in titles])
        if wrong is not None:
            said = f"The section “{wanted[wrong[0]]}” stands before “{wanted[wrong[0] - 1]}”."
            return fails(wrong[1], said, wanted=list(wanted), spans=[list(wrong[1])])
    if params.flag(asked, "exactly", default=False):
        others = _others(found, titles)
        if others:
            said = f"The section “{others[0].said[:60]}” was not asked for."
            return fails(others[0].span, said, wanted=list(wanted), spans=spans_of([each.span for each in others]))
    spans = spans_of([places[title][0] for title in titles])
    return holds(whole, "Every section asked for is there.", wanted=list(wanted), spans=spans)


@constraint(version=1)
def headings(trace: Trace, asked: Constraint) -> Finding:
    """The response has at least `min` and at most `max` Markdown headings, of the `level` 1 to 6 if one is given."""
    params.refuse_unknown(asked, "min", "max", "tolerance_percent", "level")
    bounds, level = Bounds.of(asked), params.count(asked, "level")
    if level is not None and not 1 <= level <= 6:
        raise BadParams("the parameter 'level' must be 1 to 6")
    found = [each.span for each in headings_of(trace.text) if each.level and level in (None, each.level)]
    thing = "heading" if level is None else f"heading of level {level}"
    many = "" if level is None else f"headings of level {level}"
    return counted((0, len(trace.text)), len(found), bounds, thing, many=many, places=found)


def _places(text: str, title: str, found: Sequence[Heading]) -> list[Span]:
    places = [each.span for each in found if each.title == title]
    if places:
        return places
    start = 0
    for line in without_code(text).split("\n"):
        head, colon, _ = line.partition(":")
        if len(head) <= 200 and plain_title(head) == title:
            places.append((start, start + len(head) + len(colon)))
        start += len(line) + 1
    return places


def _first_out_of_order(places: Sequence[Sequence[Span]]) -> tuple[int, Span] | None:
    """The first section that stands nowhere behind the one before it, by its index, and where it stands."""
    at = -1
    for index, each in enumerate(places):
        behind = [span for span in each if span[0] > at]
        if not behind:
            return index, each[0]
        at = behind[0][0]
    return None


def _others(found: Sequence[Heading], titles: Sequence[str]) -> list[Heading]:
    levels = {each.level for each in found if each.title in titles}
    return [each for each in found if each.level and each.level in levels and each.title not in titles]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:60]}”" for name in names[:5]) + (" …" if len(names) > 5 else "")
