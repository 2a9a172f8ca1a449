"""Real responses, and the same ones bent towards what an instruction asks, so that references say yes to some."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_BENT: Sequence[Callable[[str], str]] = (
    str.upper,
    str.lower,
    str.title,
    lambda text: f'"{text.strip()}"',
    lambda text: text.replace(",", ""),
    lambda text: "\n".join(text.split()[:60]),
    lambda text: "".join(text.split()),
    lambda text: f"{text[:200]}\n******\n{text[200:400]}",
    lambda text: "\n".join(" " * place + line for place, line in enumerate(re.split(r"(?<=[.!?])\s", text)[:12])),
    lambda text: "\n".join(f"* {line}\n  - {line[:20]}" for line in text.split("\n")[:6] if line.strip()),
    lambda text: " ".join(reversed(text.split())),
    lambda text: text[::-1],
    lambda text: f"<<{text[:20].strip()}>>\n{text}\nP.S. {text[-40:].strip()}",
    lambda text: "\n***\n".join(part for part in text.split("\n\n")[:5]),
    lambda text: "*" + text[:60].replace("\n", " ") + "*\n" + text,
    lambda text: "(a [b {c (d [e] f) g} h] i) ‽ ?! ; : " + text,
    lambda text: 'He said "she said \'they said "go" then\' so". ' + text[:300],
    lambda text: "yes",
    lambda text: "My answer is yes.",
    lambda text: "# Thesis\n*" + text[:50].replace("\n", " ") + "*\n\n" + text,
    lambda text: "<i>" + text[:80].replace("\n", " ") + "</i>\n" + text,
    lambda text: "1802-05-03, 1812-09-07",
    lambda text: "ID,Country,City,Year,Count\n1,France,Paris,2000,5\n2,Spain,Madrid,2001,6",
    lambda text: "\n\n".join(f"{part} {part.split()[0]}" for part in text.split("\n")[:4] if part.split()),
    lambda text: re.sub(r"([.!?])(\s|$)", r" 😀\1\2", text),
    lambda text: "My Answer: " + text[:60] + " My Conclusion: " + text[:20] + " Future Outlook: " + text[:20],
    lambda text: "level radar civic kayak refer rotor madam tenet stats solos " + text[:80],
    lambda text: "<think>" + text[:50] + "</think>" + text,
    lambda text: "<think>" + text,
    lambda text: text + "\r\n\u2028 \t" + text[:30],
    lambda text: "",
)


def bent(text: str, place: int) -> str:
    """The text under one of the ways; the same way for the same place."""
    return _BENT[place % len(_BENT)](text)
