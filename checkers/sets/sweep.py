"""One rule at work on one set: it gathers, then it finds, and at the end it speaks of the whole."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.finding import Finding
from checkers.sets.member import Member
from checkers.sets.share import Table


class Sweep:
    """What a rule of scope `set` gives for one set; it overrides what it needs.

    Every member is gathered once, in order; then `settle` is called, and then every member comes again, in the same
    order, to `find`. What grows with the set is kept in the `Scratch` that the rule was given, never in memory.
    """

    def gather(self, member: Member) -> None:
        """First reading: take down what is needed of this member."""

    def settle(self) -> None:
        """Between the readings: bring together what was taken down."""

    def find(self, member: Member) -> Iterator[Finding]:
        """Second reading: what is to be said of this member; spans are of its `trace.text`."""
        return iter(())

    def whole(self) -> Iterator[Finding]:
        """Behind both readings: what is to be said of the set; the span is (0, 0)."""
        return iter(())

    def tables(self) -> Iterator[Table]:
        """Behind both readings: counts of the set."""
        return iter(())
