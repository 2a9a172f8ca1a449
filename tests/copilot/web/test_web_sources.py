"""What no template, script or style sheet of the desk may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import copilot.web

HERE = Path(copilot.web.__file__).parent
TEMPLATES = sorted(HERE.glob("templates/*.html"))
SCRIPTS = sorted(HERE.glob("static/*.js"))
MODULES = sorted(HERE.glob("*.py"))
FORBIDDEN = {
    "the filter that switches escaping off": r"\|\s*safe\b|\bMarkup\b|autoescape",
    "a handler in an attribute": r"\son[a-z]+\s*=",
    "a style in an attribute": r"\sstyle\s*=|<style",
    "an attribute without quotes": r"=\{\{|=[^\s\"'>{=]*\{\{[^}]*\}\}(?=[\s>])",
    "a script of its own": r"<script(?![^>]*\bsrc=)",
    "a script without a nonce": r"<script(?![^>]*\bnonce=\"\{\{ nonce \}\}\")",
    "something from elsewhere": r"https?://|//[a-z]",
    "the form of something that runs": r"hx-|javascript:|data:",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_only_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_writes_no_markup_and_calls_nobody(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|fetch\(|XMLHttp|import", text
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_markup_is_made_in_one_module(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = re.search(r"Markup\(|HTMLResponse\(|autoescape=False|from_string", text)

    assert not made or path.name in {"marks.py", "pages.py"}


def test_a_style_sheet_loads_nothing_from_elsewhere() -> None:
    for path in HERE.glob("static/*.css"):
        assert not re.search(r"url\(|@import|https?:", path.read_text(encoding="utf-8")), path.name


def test_colours_are_tokens() -> None:
    text = (HERE / "static" / "desk.css").read_text(encoding="utf-8")

    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_strangers_words_are_never_in_a_title(path: Path) -> None:
    title = re.search(r"\{% block title %\}(.*?)\{% endblock %\}", path.read_text(encoding="utf-8"))
    if title is None:
        assert path.name == "parts.html"
        return

    shown = re.findall(r"\{\{(.*?)\}\}", title[1])
    assert all(words.strip() in {"view.headline"} or words.strip().startswith('"') for words in shown)
