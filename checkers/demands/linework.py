"""Demands on lines, signs and data: emoji, links, lists with signs of their own, nested signs, copies, tables."""

from __future__ import annotations

from collections.abc import Callable

from checkers.demands.asking import Heard, Phrase
from checkers.demands.counting import EXACT, number
from checkers.finding import Json
from checkers.trace import Constraint


def _plain(name: str, **params: Json) -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        return None if heard.is_negated or heard.is_of_a_program else heard.asks(name, **params)

    return build


def _counted(name: str, *, bare: str = "vague") -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        bounds = heard.bounds(bare=bare)
        return None if bounds is None else heard.asks(name, **bounds)

    return build


def _none_of(name: str) -> Callable[[Heard], Constraint | None]:
    return lambda heard: heard.asks(name, max=0)


def _marker(heard: Heard) -> Constraint:
    return heard.asks("bullets.marker", marker=heard.text("sign"), min=2)


def _nested(heard: Heard) -> Constraint | None:
    least = number(heard.text("n")) or 0
    return (
        heard.asks("bullets.nested", marker=heard.said("outer"), inner=heard.said("inner"), min=least)
        if least
        else None
    )


def _after(heard: Heard) -> Constraint | None:
    sentences, least = number(heard.text("sentences")), number(heard.text("points"))
    if not sentences or not least:
        return None
    return heard.asks("bullets.after_sentences", marker=heard.said("sign"), sentences=sentences, min=least)


def _deep(name: str) -> Callable[[Heard], Constraint | None]:
    def build(heard: Heard) -> Constraint | None:
        depth = number(heard.text("depth"))
        return heard.asks(name, min=depth) if depth else None

    return build


def _template(heard: Heard) -> Constraint | None:
    said = heard.said("template").strip()
    end = said.rfind("]") + 1
    return heard.asks("template.fill", template=said[:end]) if said.count("[") == said.count("]") > 0 else None


def _rest(heard: Heard) -> str:
    """The prompt without the sentence that speaks of it: what stands in front of it, else what stands behind."""
    start, _ = heard.request.sentence(heard.span[0])
    _, end = heard.request.sentence(heard.span[1] - 1)
    before, behind = heard.request.prompt[:start].strip(), heard.request.prompt[end:].strip()
    return "" if before and behind else before or behind


def _other_first_word(heard: Heard) -> Constraint | None:
    text = _rest(heard)
    return heard.asks("copying.first_word_changed", text=text) if text else None


def _span(heard: Heard) -> Constraint | None:
    text, start, end = _rest(heard), number(heard.text("start")), number(heard.text("end"))
    if not text or start is None or end is None or start > end:
        return None
    return heard.asks("copying.span", text=text, start=start, end=end)


def _multiples(heard: Heard) -> Constraint | None:
    low, high, of = (number(heard.text(name)) for name in ("low", "high", "of"))
    if low is None or high is None or not of or low >= high:
        return None
    return heard.asks("ordering.multiples", **{"of": of, "from": low, "to": high})


def _questions(heard: Heard) -> Constraint | None:
    count, options = number(heard.text("n")), number(heard.text("options"))
    if not count or not options:
        return None
    growing = True if heard.has("growing") else None
    return heard.asks("questions.multiple_choice", min=count, max=count, options=options, growing=growing)


def _sentence(heard: Heard) -> Constraint:
    return heard.asks("copying.sentence", text=heard.text("text"))


def _table(heard: Heard) -> Constraint | None:
    columns = [one.strip().strip("\"'“”") for one in heard.said("columns").strip("[]").split(",")]
    rows = number(heard.text("rows"))
    if not rows or not all(columns):
        return None
    delimiter = "\t" if (heard.text("delimiter") or "").lower() == "tab" else None
    quoted = "all" if heard.has("all") else "special" if heard.has("special") else None
    return heard.asks("csv_form.table", columns=list(columns), rows=rows, delimiter=delimiter, quoted=quoted)


_PUT = r"(?:use|put|add|place|include|insert)"
_SIGN = r"(?P<{}>[*•‣◦▪-]|-)"
_AS = r"(?:respond|answer|reply|output|return|write|present|give|format|provide|wrap)"

TABLE: tuple[Phrase, ...] = (
    Phrase(
        rf"\b{_PUT} (?:an|one) emoji at the end of (?:every|each) "
        rf"sentence",
        _plain("emoji_use.sentence_ends"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?:no|without(?: (?:using|any)){0,2}|avoid(?:ing)?(?: (?:using|any)){0,2}) emojis?\b(?! (?:in the"
        r"|except|at))",
        _none_of("emoji_count.within"),
    ),
    Phrase(
        r"<NOT> (?:use|include|add|contain) (?:any )?emojis?\b(?! (?:in the"
        r"|except|at))",
        _none_of("emoji_count.within"),
    ),
    Phrase(
        r"<COUNT>(?:different )?emojis?\b<AFTER>(?! (?:each|per"
        r"|at the))",
        _counted("emoji_count.within", bare=EXACT),
    ),
    Phrase(
        r"<NOT> (?:use|include|add|contain) (?:any )?(?:links|hyperlinks|urls)\b(?! (?:in the"
        r"|except|to))",
        _none_of("link.count"),
    ),
    Phrase(
        r"\b(?:include|contain|provide|with|have|add) <COUNT>(?:different )?(?:links|hyperlinks|urls)\b<AFTER>(?! "
        r"(?:each|per))",
        _counted("link.count"),
    ),
    Phrase(
        r"\bcreate stairs by incrementally indenting each "
        r"(?:new )?line",
        _plain("line_form.stairs"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?:write|put|place) each word on (?:a new|its own|a "
        r"separate) line",
        _plain("line_form.one_word"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(r"<WHOLE> <MUST> not contain any (?:whitespace|white space)", _plain("line_form.no_blanks"), covers=True),
    Phrase(
        r"\b(?:answer|respond|reply) with a list of items,? instead of bullet points use "
        r"(?P<sign>\S{1,12})\.(?=\s|\Z)",
        _marker,
        covers=True,
    ),
    Phrase(
        rf"\bbullet points denoted by {_SIGN.format('outer')} and at least (?P<n>one|two|three|\d) sub-?bullet(?: "
        rf"points?)? "
        rf"denoted by {_SIGN.format('inner')} for each bullet point",
        _nested,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bat least (?P<sentences>one|two|three|four|five|\d) sentences ending in a period followed by at least "
        rf"(?P<points>one|two|three|four|five|\d) bullet points denoted by {_SIGN.format('sign')}",
        _after,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\b(?:every|each) quoted (?:phrase|passage) must be followed by an unquoted "
        r"explanation",
        _plain("quotation.explained"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bquotes within quotes(?: within quotes)?,? at least (?P<depth>\d|two|three|four|five) "
        r"levels deep",
        _deep("nesting.quotes"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bnest (?:the )?(?:parentheses|brackets)(?: \([^\n.]{1,60}\)\]?\)?)? at least (?P<depth>\d|two|three|four"
        r"|five) levels deep",
        _deep("nesting.brackets"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\beach section must begin with a thesis statement "
        r"in italics",
        _plain("thesis.italic"),
        on_a_part=True,
        covers=True,
    ),
    Phrase(r"\buse this exact template for <WHOLE>:(?P<template>[^\n\ue000]{3,400})", _template, covers=True),
    Phrase(
        r"\bwrite (?:the |your )?(?:entire |whole )?(?:response|answer|reply|output) in "
        r"title case",
        _plain("title_case.whole"),
        covers=True,
    ),
    Phrase(
        r"\brepeat the request,? but change the first word of the "
        r"repeated request",
        _other_first_word,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bcopy the span of words that lies between \(and including\) index (?P<start>\d{1,4}) and "
        r"(?P<end>\d{1,4}), the indices are word indices",
        _span,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"(?P<text>\bonly output this sentence here, ignore all other "
        r"requests\.)",
        _sentence,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bcolumn names are (?P<columns>\[[^\]\n]{1,400}\]),? the data should be (?P<delimiter>comma|tab) delimited\. "
        r"please generate (?P<rows>\d{1,3}) rows(?P<all> and enclose each single field in double quotes)?"
        r"(?P<special>\. add one field which contains a special character)?",
        _table,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        r"\bcount from (?P<low>\d{1,6}) to (?P<high>\d{1,6}) but only (?:print|list|say) (?:the )?multiples of "
        r"(?P<of>\d{1,4})",
        _multiples,
        covers=True,
    ),
    Phrase(
        r"\bgenerate (?P<n>\d{1,3}) multiple(?: |-)choice questions with (?P<options>\d) options each"
        r"(?:(?=[^\n]{0,200}\bquestions should get progressively longer)(?P<growing>))?",
        _questions,
        on_a_part=True,
        covers=True,
    ),
    Phrase(
        rf"\b{_AS}(?:(?!parser|file|script|program|function|code|class|app)[^.\n]){{0,40}}? (?:in|as) (?:valid "
        rf"|well-formed )?YAML\b(?! (?:file"
        rf"|parser|key))",
        _plain("yaml_form.valid"),
    ),
    Phrase(r"\b(?:in|as) a markdown table\b", _plain("markdown_table.valid")),
    Phrase(r"<COUNT>(?:markdown )?headings\b<AFTER>(?! (?:each|per))", _counted("outline.headings", bare=EXACT)),
)
