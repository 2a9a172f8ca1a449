"""IFEval's kinds on layout: bullets, highlights, sections, titles, placeholders, postscripts, JSON."""

from __future__ import annotations

import json
import re

from checkers.finding import Json
from checkers.instructions.instruction import instruction
from checkers.instructions.linear import groups, is_there, occurrences
from checkers.jsonline import MAX_DEPTH, nesting
from checkers.limits import OverLimit
from checkers.trace import Constraint

_TO_BRACKET = re.compile(r"\[[^\]]*\]")
_SINGLE = re.compile(r"\*[^\n*]*\*")
_DOUBLE = re.compile(r"\*\*[^\n*]*\*\*")
_POSTSCRIPTS = {"P.P.S": re.compile(r"p\.\s?p\.\s?s"), "P.S.": re.compile(r"p\.\s?s\.")}


def _placeholders(num_placeholders: Json = None) -> Constraint:
    return Constraint("markup.placeholders", {"min": num_placeholders})


def _postscript(postscript_marker: Json = None) -> Constraint:
    return Constraint("markup.postscript", {"marker": postscript_marker})


def _bullets(num_bullets: Json = None) -> Constraint:
    return Constraint("markup.bullets", {"min": num_bullets, "max": num_bullets})


def _highlights(num_highlights: Json = None) -> Constraint:
    return Constraint("markup.highlights", {"min": num_highlights})


def _sections(section_spliter: Json = None, num_sections: Json = None) -> Constraint:
    return Constraint("markup.sections", {"marker": section_spliter, "min": num_sections, "max": num_sections})


def _json() -> Constraint:
    return Constraint("json_shape.valid")


def _title() -> Constraint:
    return Constraint("markup.title")


@instruction(
    "ifeval/detectable_content:number_placeholders",
    means=_placeholders,
    differs="It also counts links, footnotes, check boxes, numbers in brackets and the indices of code.",
)
def number_placeholders(text: str, *, num_placeholders: float) -> bool:
    """The pairs of square brackets, each on one line, are enough."""
    # Only up to the last closing bracket of a line, so that every opening one finds its end.
    lines = (line[: line.rfind("]") + 1] for line in text.split("\n"))
    return sum(len(_TO_BRACKET.findall(line)) for line in lines) >= num_placeholders


@instruction(
    "ifeval/detectable_content:postscript",
    means=_postscript,
    differs="It takes the marker anywhere, as in “U.P.S. trucks” or in a first line, and with nothing behind it.",
)
def postscript(text: str, *, postscript_marker: str) -> bool:
    """The marker stands anywhere, whatever its case; “P.S.” and “P.P.S” may have blanks in them."""
    marker, said = postscript_marker.strip(), text.lower()
    known = _POSTSCRIPTS.get(marker)
    return known.search(said) is not None if known else is_there(marker.lower(), said, any_case=False)


@instruction(
    "ifeval/detectable_format:number_bullet_lists",
    means=_bullets,
    differs="It also counts rules (---), dialogue and numbers after a dash, code and points under points.",
)
def number_bullet_lists(text: str, *, num_bullets: float) -> bool:
    """The lines that start with a dash, or with one asterisk and no second, are as many."""
    lines = [line.lstrip() for line in text.split("\n")]
    count, skips = sum(line[:1] == "-" for line in lines), False
    for at, line in enumerate(lines):
        # An asterisk alone on its line takes the next line with it.
        alone = not skips and line == "*" and at < len(lines) - 1
        count += alone or (not skips and line[:1] == "*" and line[1:2] not in ("", "*"))
        skips = alone
    return count == num_bullets


@instruction(
    "ifeval/detectable_format:number_highlighted_sections",
    means=_highlights,
    differs="It counts what stands between any two asterisks of a line, factors too, and some parts twice.",
)
def number_highlighted_sections(text: str, *, num_highlights: float) -> bool:
    """What is not blank between asterisks on one line, counted with one asterisk and again with two, is enough."""
    count = sum(bool(found.strip("*").strip()) for found in _SINGLE.findall(text))
    count += sum(bool(found[2:-2].strip()) for found in _DOUBLE.findall(text))
    return count >= num_highlights


@instruction(
    "ifeval/detectable_format:multiple_sections",
    means=_sections,
    differs="It takes more sections than asked for, and counts every mention, as in “see Section 2”.",
)
def multiple_sections(text: str, *, section_spliter: str, num_sections: float) -> bool:
    """The marker, as a regular expression with a number behind it, is there often enough."""
    marker = section_spliter.strip()
    found = occurrences(marker, text, front=r"\s?", back=r"\s?\d+\s?", any_case=False)
    # Splitting at a pattern gives its groups as parts, too.
    return found * (1 + groups(marker)) >= num_sections


@instruction(
    "ifeval/detectable_format:json_format",
    means=_json,
    differs="It takes NaN and Infinity, and half a code fence.",
)
def json_format(text: str) -> bool:
    """Without blanks and three backticks around it, the text is what Python's `json` reads."""
    said = text.strip()
    for fence in ("```json", "```Json", "```JSON", "```"):
        said = said.removeprefix(fence)
    said = said.removesuffix("```").strip()
    if nesting(said) > MAX_DEPTH:
        raise OverLimit(f"brackets nested more than {MAX_DEPTH} deep")
    try:
        json.loads(said)
    except ValueError:
        return False
    return True


@instruction(
    "ifeval/detectable_format:title",
    means=_title,
    differs="It takes anything from the first << of a line to its last >>, the shifts of a program too.",
)
def title(text: str) -> bool:
    """A line has something between its first << and its last >>."""
    for line in text.split("\n"):
        start, end = line.find("<<"), line.rfind(">>")
        if 0 <= start <= end - 3 and line[start : end + 2].lstrip("<").rstrip(">").strip():
            return True
    return False
