"""Code against the grammar of its language: parsed by Tree-sitter, and never run."""

from __future__ import annotations

import io
import tokenize
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from checkers.limits import Budget, OverLimit
from checkers.text.json_value import read_json
from checkers.text.misformed import Misformed
from checkers.text.xml_events import read_xml
from checkers.text.yaml_events import read_yaml

MAX_CODE = 20_000
"""Characters of one block: the slowest grammar takes about two seconds over the worst of them."""
HINT = "install annotation-copilot[code]"
SPELLINGS = {
    "py": "python",
    "python3": "python",
    "js": "javascript",
    "jsx": "javascript",
    "node": "javascript",
    "yml": "yaml",
    "svg": "xml",
    "sh": "bash",
    "shell": "bash",
    "zsh": "bash",
    "htm": "html",
    "postgresql": "sql",
    "mysql": "sql",
    "sqlite": "sql",
}
_PARSED = {"python", "javascript", "css", "bash", "html", "sql"}
LENIENT = frozenset({"bash", "html", "sql"})
"""Languages of many dialects, or that forgive: what the grammar cannot read may be right all the same."""
LANGUAGES = frozenset({"json", "yaml", "xml"} | _PARSED)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nothing can be said of the code."""

    why: str


def language_of_tag(tag: str) -> str:
    """A language in one spelling: `python` for `py`."""
    plain = tag.strip().casefold()
    return SPELLINGS.get(plain, plain)


def fault(code: str, language: str, budget: Budget) -> Misformed | Unreadable | None:
    """Where the code breaks the grammar of its language, or why that cannot be said; None where it keeps to it."""
    if language not in LANGUAGES:
        return Unreadable(f"there is no grammar of {language[:40] or 'a language without a name'}")
    if len(code) > MAX_CODE:
        raise OverLimit(f"more than {MAX_CODE:,} characters of code in one block")
    budget.look()
    try:
        if language == "json":
            read_json(code)
        elif language == "yaml":
            read_yaml(code, budget)
        elif language == "xml":
            read_xml(code)
        else:
            return _parsed(code, language)
    except Misformed as error:
        return error
    return None


def _parsed(code: str, language: str) -> Misformed | Unreadable | None:
    grammar = _grammar(language)
    if grammar is None:
        return Unreadable(f"{language} needs its grammar: {HINT}")
    data = code.encode("utf-8", "replace")
    # A parser is one thread's own, a grammar is everybody's.
    node = import_module("tree_sitter").Parser(grammar).parse(data).root_node
    if not node.has_error:
        return _misindented(code) if language == "python" else None
    if language in LENIENT:
        return Unreadable(f"the grammar of {language} does not read it, and dialects differ")
    place = _first_error(node)
    before = data[:place].decode("utf-8", "ignore")
    return Misformed(f"this is not {language}, line {before.count(chr(10)) + 1}", len(before))


@cache
def _grammar(language: str) -> Any:
    """The grammar of a language; None where the grammars are not installed."""
    try:
        tree_sitter = import_module("tree_sitter")
        module = import_module(f"tree_sitter_{language}")
    except ImportError:
        return None
    return tree_sitter.Language(module.language())


def _first_error(node: Any) -> int:
    """Where the first thing stands that the parser had to skip or to invent."""
    while not (node.is_error or node.is_missing):
        inside = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inside is None:
            break
        node = inside
    return int(node.start_byte)


def _misindented(code: str) -> Misformed | None:
    """Where Python's indentation is wrong, which the grammar of Tree-sitter forgives."""
    expected, last = False, ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type in (tokenize.COMMENT, tokenize.NL):
                continue
            indents = token.type == tokenize.INDENT
            if token.type != tokenize.DEDENT and expected != indents and (expected or indents):
                said = "a block is missing" if expected else "an indent that nothing asks for"
                return Misformed(f"{said}, line {token.start[0]}", _offset(code, token.start[0]))
            expected = token.type == tokenize.NEWLINE and last == ":"
            last = token.string if token.type != tokenize.DEDENT else last
    except IndentationError as error:
        line = error.lineno or 1
        return Misformed(f"the indentation fits no block above, line {line}", _offset(code, line))
    except (SyntaxError, tokenize.TokenError):
        return None  # the parser has read it: what this tokenizer does not know is of a later Python
    return None


def _offset(code: str, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = code.find("\n", at) + 1
    return at
