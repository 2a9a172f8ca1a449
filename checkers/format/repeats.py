"""What a response must say again, and responses that must come several times."""

from __future__ import annotations

import re

from checkers import params
from checkers.finding import Finding, fails, holds
from checkers.params import BadParams
from checkers.registry import constraint
from checkers.trace import Constraint, Trace

MAX_TEXT = 20_000


@constraint(version=1)
def text_first(trace: Trace, asked: Constraint) -> Finding:
    """The response starts with `text` word for word, whatever its case and blanks, and then says something."""
    params.refuse_unknown(asked, "text")
    wanted = params.text(asked, "text", most=MAX_TEXT)
    if wanted is None:
        raise BadParams("the parameter 'text' is missing")
    text = trace.text
    start = len(text) - len(text.lstrip())
    end = _after(text, start, wanted.strip())
    if end is None:
        line = text.find("\n", start)
        at = (start, len(text) if line < 0 else line)
        return fails(at, "It does not start with the text to repeat, word for word.", wanted=wanted[:200])
    if not any(map(str.isalnum, text[end:])):
        return fails((0, len(text)), "It repeats the text, and then gives no answer.", spans=[[start, end]])
    return holds((0, len(text)), "It repeats the text first, and then answers.", spans=[[start, end]])


@constraint(version=1)
def responses(trace: Trace, asked: Constraint) -> Finding:
    """The response is `count` different responses, with `separator` between them.

    A longer run of the separator's sign is no separator.
    """
    params.refuse_unknown(asked, "count", "separator")
    count, separator = params.count(asked, "count"), params.text(asked, "separator")
    if not count or separator is None:
        raise BadParams("'count' is 1 at least, and 'separator' is a text")
    sign = separator.strip()
    single = re.escape(sign[0]) if len(set(sign)) == 1 else ""
    alone = rf"(?<!{single}){re.escape(sign)}(?!{single})" if single else re.escape(sign)
    said = [part.strip() for part in re.split(alone, trace.text)]
    given = [part for part in said if any(map(str.isalnum, part))]
    whole = (0, len(trace.text))
    if len(given) != count:
        parts = f"{len(given):,} response{'s'[: len(given) != 1]}"
        return fails(whole, f"{parts} with “{sign}” between them, not {count:,}.", measured=len(given), wanted=count)
    if len({" ".join(part.lower().split()) for part in given}) < count:
        return fails(whole, "Two of the responses are the same.", measured=len(given), wanted=count)
    return holds(whole, f"{count:,} different responses.", measured=len(given), wanted=count)


def _after(text: str, start: int, wanted: str) -> int | None:
    """Where the text to repeat ends, word by word; None where it is not repeated."""
    stop = start + len(wanted)
    if text[start:stop].lower() == wanted.lower() and not text[stop - 1 : stop + 1].isalnum():
        return stop
    at = start
    for word in wanted.split():
        end = at + len(word)
        if _plain(text[at:end]) != _plain(word) or (end < len(text) and text[end - 1 : end + 1].isalnum()):
            return None
        at = end
        while at < len(text) and text[at].isspace():
            at += 1
    return at


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")
