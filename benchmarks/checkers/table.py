"""Tables as Markdown, so that what is printed can stand in RESULTS.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def title(text: str) -> None:
    """A heading."""
    print(f"\n### {text}\n")


def show(head: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """One table."""
    print("| " + " | ".join(head) + " |")
    print("| " + " | ".join("---" for _ in head) + " |")
    for line in lines:
        print("| " + " | ".join(cell(value) for value in line) + " |")


def cell(value: object) -> str:
    """A value as it may stand in a table: one line, nothing that a terminal or Markdown would obey."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text.replace("|", "\\|")
