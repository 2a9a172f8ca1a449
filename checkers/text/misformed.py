"""What the readers of data and code say of a text that they cannot read."""

from __future__ import annotations


class Misformed(ValueError):
    """The text breaks the rules of its notation; the message says how, `at` where in it."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(why)
        self.at = at
