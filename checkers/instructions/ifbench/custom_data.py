"""IFBench, group `custom`, second half: tables of comma-separated values and lists of dates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from checkers.finding import Json
from checkers.instructions.instruction import instruction
from checkers.trace import Constraint

CITIES: list[Json] = ["ID", "Country", "City", "Year", "Count"]
PRODUCTS: list[Json] = ["ProductID", "Category", "Brand", "Price", "Stock"]
GRADES: list[Json] = ["StudentID", "Subject", "Grade", "Semester", "Score"]

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPECIAL = re.compile(r"[^\d\w\s]")
_DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


@instruction(
    "ifbench/custom:csv_city",
    means=lambda: Constraint("csv_form.table", {"columns": CITIES, "rows": 7}),
    differs="The reference takes a code fence, a blank line and blanks around the column names for mistakes.",
)
def csv_city(text: str) -> bool:
    """Read as CSV there are eight rows of five fields, and the first is the column names to the letter."""
    rows = _rows(text, ",")
    return len(rows) == 8 and rows[0] == CITIES and all(len(row) == 5 for row in rows)


@instruction(
    "ifbench/custom:csv_special_character",
    means=lambda: Constraint("csv_form.table", {"columns": PRODUCTS, "rows": 14, "quoted": "special"}),
    differs="The reference does not look at the rows behind the first quoted field with a special character, and takes "
    "a quote sign within a field for one.",
)
def csv_special_character(text: str) -> bool:
    """The first line has the column names, there are 15 rows, and one field is quoted with a special character in it.

    Up to that field every row behind the first has five fields.
    """
    if not _has_header(text, PRODUCTS, ",", " \t"):
        return False
    rows = _rows(text.replace('"', '"""'), ",")
    if len(rows) != 15:
        return False
    for row in rows[1:]:
        if len(row) != 5:
            return False
        if any(map(_is_quoted_special, row)):
            return True
    return False


def _is_quoted_special(field: str) -> bool:
    line = field.split("\n", 1)[0]
    return line.startswith('"') and _SPECIAL.search(line, 1, max(1, line.rfind('"'))) is not None


@instruction(
    "ifbench/custom:csv_quotes",
    means=lambda: Constraint("csv_form.table", {"columns": GRADES, "rows": 3, "delimiter": "\t", "quoted": "all"}),
    differs="The reference takes a code fence and a blank line for mistakes, and crashes at an empty field.",
)
def csv_quotes(text: str) -> bool:
    """The first line has the column names, and there are four rows of five fields parted by tabs, all in quotes.

    An empty field, on which the reference crashes, counts as failing.
    """
    if not _has_header(text, GRADES, "\t", " "):
        return False
    rows = _rows(text.replace('"', '"""'), "\t")
    quoted = all(field.strip()[:1] == '"' == field.strip()[-1:] for row in rows for field in row)
    return len(rows) == 4 and all(len(row) == 5 for row in rows) and quoted


def _has_header(text: str, names: Sequence[Json], delimiter: str, blanks: str) -> bool:
    """Whether the first line is the names, in quotes or not, with such blanks in front of all but the first."""
    first, *rest = text.split("\n", 1)[0].strip().split(delimiter)
    said = [first, *(name.lstrip(blanks) for name in rest)]
    return len(said) == len(names) and all(one in (name, f'"{name}"') for one, name in zip(said, names, strict=True))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows as they are read; none where the reader gives up, on which the reference crashes."""
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        return []


@instruction(
    "ifbench/custom:date_format_list",
    means=lambda: Constraint("date_list.iso", {"earliest": "1769-01-01", "latest": "1821-12-31"}),
    differs="The reference takes month and day 00 and 29 February of any year for dates; which battles there were it "
    "does not know, nor does the rule: both only want years from 1769 to 1821.",
)
def date_format_list(text: str) -> bool:
    """Cut at commas, each part is four, two and two digits, a year from 1769 to 1821 and no month or day too high."""
    for part in text.split(","):
        if not _DATE.fullmatch(part.strip()):
            return False
        year, month, day = map(int, part.strip().split("-"))
        if not 1769 <= year <= 1821 or month > 12 or day > _DAYS.get(month, 99):
            return False
    return True
