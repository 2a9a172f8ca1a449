"""A response that is a list of dates and nothing else."""

from __future__ import annotations

import re
from datetime import date

from checkers import params
from checkers.counted import amount, spans_of
from checkers.finding import Finding, Span, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@constraint(version=1)
def iso(trace: Trace, asked: Constraint) -> Finding:
    """The response is dates as YYYY-MM-DD, parted by commas, and nothing else.

    Each is a day of the calendar, none before `earliest` or after `latest` where these are given. A full stop behind
    the last one is no matter.
    """
    params.refuse_unknown(asked, "earliest", "latest")
    earliest, latest = _bound(asked, "earliest"), _bound(asked, "latest")
    parts = _parts(trace.text)
    broken = [(span, why) for span in parts if (why := _wrong(trace.text[span[0] : span[1]], earliest, latest))]
    whole = (0, len(trace.text))
    if not broken:
        return holds(whole, f"{amount(len(parts), 'date')}.", measured=len(parts))
    span, why = broken[0]
    said = trace.text[span[0] : span[1]]
    message = f"“{said[:40]}{'…' if len(said) > 40 else ''}” {why}."
    spans = spans_of([span for span, _ in broken])
    return fails(span, message, measured=len(parts) - len(broken), wanted=len(parts), spans=spans)


def _wrong(said: str, earliest: date | None, latest: date | None) -> str:
    """What is wrong with it; empty where nothing is."""
    day = _day(said)
    if day is None:
        return "is no day written as YYYY-MM-DD"
    if earliest is not None and day < earliest:
        return f"is before {earliest}"
    return f"is after {latest}" if latest is not None and day > latest else ""


def _day(said: str) -> date | None:
    if not _ISO.fullmatch(said):
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _parts(text: str) -> list[Span]:
    """What stands between the commas, without blanks; the last without its stop."""
    found, start = [], 0
    end = len(text.rstrip())
    end -= text.endswith(".", 0, end)
    for part in text[:end].split(","):
        said = part.strip()
        begin = start + len(part) - len(part.lstrip())
        found.append((begin, begin + len(said)))
        start += len(part) + 1
    return found


def _bound(asked: Constraint, name: str) -> date | None:
    given = params.text(asked, name)
    day = _day(given) if given is not None else None
    if given is not None and day is None:
        raise BadParams(f"the parameter {name!r} must be a date as YYYY-MM-DD")
    return day
