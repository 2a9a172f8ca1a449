"""Records of a set that say the same, or nearly the same."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.finding import Finding, Json, fails, suspicious
from checkers.registry import set_rule
from checkers.sets import Member, Scratch, Sweep, Table, Terms
from checkers.sets.shingles import mark, normal
from checkers.sets.wording import answered, asked, demanded_too


@set_rule(version=1)
def exact(scratch: Scratch, terms: Terms) -> Sweep:
    """No record of the set says what another one says.

    Texts are compared as they are read: characters composed alike, of one width, with single blanks; case counts. A
    record whose prompt and response (of an item without one: constraints and reference) both stand in another fails,
    but for one of them. The same prompt with another response is suspicious; several records with one `id` are
    samples of one item, and only the same response makes them suspicious.
    """
    return _Exact(scratch)


class _Exact(Sweep):
    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        scratch.run("CREATE TABLE exact (of TEXT, said BLOB, place INTEGER, line INTEGER, name TEXT, digest BLOB)")

    def gather(self, member: Member) -> None:
        for of, said in _said(member).items():
            row = (of, said, member.place, member.line, member.name, member.digest)
            self.scratch.add("INSERT INTO exact VALUES (?, ?, ?, ?, ?, ?)", *row)

    def settle(self) -> None:
        # Of several that are alike one stays: chosen by what they are, not by where they stand.
        self.scratch.run(
            "CREATE TABLE exact_first AS SELECT of, said, place, line, name, members FROM (SELECT *, "
            "ROW_NUMBER() OVER (PARTITION BY of, said ORDER BY name = '', name, digest, place) AS nth, "
            "COUNT(*) OVER (PARTITION BY of, said) AS members FROM exact) WHERE nth = 1 AND members > 1"
        )
        self.scratch.run("CREATE UNIQUE INDEX exact_said ON exact_first (of, said)")
        self.scratch.run("DROP TABLE exact")

    def find(self, member: Member) -> Iterator[Finding]:
        span = (0, len(member.trace.text))
        for of, said in _said(member).items():
            first = self.scratch.row("SELECT place, line, name FROM exact_first WHERE of = ? AND said = ?", of, said)
            if first is None or first[0] == member.place:
                continue
            _, line, name = first
            is_of_one_item = bool(member.name) and member.name == name
            if of == "record":
                yield _record(member, line, name, is_of_one_item)
                return
            if not is_of_one_item:
                what = "another response" if member.is_answered else "other demands"
                message = f"Its prompt is that of {_named(line, name)}, with {what}."
                yield suspicious(span, message, kind="prompt", same={"id": name or f"line-{line}", "line": line})

    def tables(self) -> Iterator[Table]:
        rows = self.scratch.rows("SELECT of, COUNT(*), SUM(members) FROM exact_first GROUP BY of ORDER BY of DESC")
        if rows:
            yield Table("exact duplicates", ("same", "groups", "records"), rows)


def _record(member: Member, line: int, name: str, is_of_one_item: bool) -> Finding:
    span = (0, len(member.trace.text))
    same: Json = {"id": name or f"line-{line}", "line": line}
    if is_of_one_item:
        message = f"Another sample of this item, on line {line}, says the same."
        return suspicious(span, message, kind="sample", same=same)
    what = "Prompt and response are those" if member.is_answered else "The item is that"
    return fails(span, f"{what} of {_named(line, name)}.", kind="record", same=same)


def _said(member: Member) -> dict[str, bytes]:
    """What the record says as a whole, and what it asks: equal marks are equal texts."""
    prompt = normal(asked(member))
    said = normal(answered(member)) if member.is_answered else demanded_too(member)
    whole = {"record": mark(prompt, said, "" if member.is_answered else "item")}
    return {**whole, "prompt": mark(prompt)} if prompt else whole


def _named(line: int, name: str) -> str:
    return f"“{name[:60]}” (line {line})" if name else f"line {line}"
