"""The loose reading: a response that follows an instruction once its frame or its emphasis is taken off."""

from __future__ import annotations

from collections.abc import Iterator


def variants(text: str) -> Iterator[tuple[str, str]]:
    """The eight texts that are tried, each with what was done to it, the text itself first (IFEval, section 2.2).

    Without the first line, the last line or both, and each of these without asterisks.
    """
    lines = text.split("\n")
    cut = {
        "as it stands": text,
        "without its first line": "\n".join(lines[1:]).strip(),
        "without its last line": "\n".join(lines[:-1]).strip(),
        "without its first and last line": "\n".join(lines[1:-1]).strip(),
    }
    yield from ((what, said) for what, said in cut.items())
    yield from ((f"{what} and without asterisks", said.replace("*", "")) for what, said in cut.items())
