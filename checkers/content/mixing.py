"""Reasoning that slips into another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.finding import Finding, suspicious
from checkers.reasoning.move import moves
from checkers.reasoning.script import foreign_in, main_script, scripts_in
from checkers.registry import rule
from checkers.trace import Trace

_ABOUT_LANGUAGES = re.compile(
    r"\b(?:translat\w+|language|spoken|written|script|alphabet|characters?|kanji|hiragana|katakana|pinyin|hangul|cyrillic|"
    r"english|chinese|mandarin|japanese|korean|russian|ukrainian|arabic|hebrew|greek|hindi|thai|bengali|tamil|georgian|"
    r"armenian|übersetz\w*|tradu\w+|перев\w+)\b|翻译|翻譯|翻訳|번역",
    re.IGNORECASE,
)


@rule(version=1, scope="trace")
def language(trace: Trace) -> Iterator[Finding]:
    """A chain of thought stays in the language it is written in.

    What is quoted, bracketed, code or a formula is no mixing, nor are names and single words; silent where the
    problem is about languages or itself has text in the other script.
    """
    if not trace.once(moves) or _ABOUT_LANGUAGES.search(trace.prompt) is not None:
        return
    main = main_script("\n".join(text for _, text in trace.pieces()))
    if main is None:
        return
    asked = scripts_in(trace.prompt)
    for step, text in trace.pieces():
        trace.budget.look()
        for found in foreign_in(text, main):
            if found.script not in asked:
                message = f"This is written in {found.script} letters, the rest in {found.among} ones."
                yield suspicious(found.span, message, step=step, script=found.script, among=found.among)
