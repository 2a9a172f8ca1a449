"""Records of a set that say the same, or nearly the same."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.finding import Finding, Json, fails, suspicious
from checkers.registry import set_rule
from checkers.sets import Member, Scratch, Sweep, Table, Terms
from checkers.sets.alike import Alike
from checkers.sets.shingles import mark, masked, normal, number_of, tokens
from checkers.sets.wording import answered, asked, demanded_too

_OF_ONE_TEMPLATE = 5
"""Prompts; two or three that were varied by hand are no template."""
_OF_A_TEMPLATE = 3
"""Tokens beside the numbers: 3 + 4 and 5 + 4 have nothing in common."""


@set_rule(version=1)
def exact(scratch: Scratch, terms: Terms) -> Sweep:
    """No record of the set says what another one says.

    Texts are compared as they are read: characters composed alike, of one width, with single blanks; case counts. A
    record whose prompt and response (of an item without one: constraints and reference) both stand in another fails,
    but for one of them. The same prompt with another response is suspicious; several records with one `id` are
    samples of one item, and only the same response makes them suspicious.
    """
    return _Exact(scratch)


@set_rule(version=1)
def near(scratch: Scratch, terms: Terms) -> Sweep:
    """No prompt of the set says nearly what another one says.

    Two prompts are near duplicates when they share at least 70 % (Jaccard's index) of their shingles, three tokens in a
    row: words in lower case, numbers, signs of reckoning, and single characters of scripts without blanks, as Chinese,
    Japanese and Thai. Prompts with other numbers, number words or signs are other problems. Candidates are found by
    MinHash and compared exactly; of those just at 70 %, 1 in 100 is missed. Near duplicates of near duplicates are
    one group, of which one stays. A record without a prompt is compared by its response.
    """
    return _Near(scratch)


@set_rule(version=1)
def template(scratch: Scratch, terms: Terms) -> Sweep:
    """No five prompts of the set, or more, differ in nothing but their numbers.

    They are other problems, and yet one template: a set may be meant so, and a share of it may be too much of it.
    """
    return _Template(scratch)


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


class _Near(Sweep):
    def __init__(self, scratch: Scratch) -> None:
        self.scratch, self.alike = scratch, Alike(scratch)
        scratch.run("CREATE TABLE near (key INTEGER, place INTEGER, line INTEGER, name TEXT, digest BLOB)")
        scratch.run("CREATE TABLE near_group (key INTEGER PRIMARY KEY, root INTEGER)")

    def gather(self, member: Member) -> None:
        text = _prompt(member)
        if text:
            key = number_of([text])
            self.alike.put(key, text)
            row = (key, member.place, member.line, member.name, member.digest)
            self.scratch.add("INSERT INTO near VALUES (?, ?, ?, ?, ?)", *row)

    def settle(self) -> None:
        self.alike.join()
        for key in self.alike.paired():
            self.scratch.add("INSERT INTO near_group VALUES (?, ?)", key, self.alike.group(key))
        for table, by in (("near_first", "key"), ("near_stays", "root")):
            self.scratch.run(
                f"CREATE TABLE {table} ({by} INTEGER PRIMARY KEY, key_of INTEGER, line INTEGER, name TEXT, n INTEGER)"
            )
            self.scratch.run(
                f"INSERT INTO {table} SELECT {by}, key, line, name, members FROM (SELECT *, "  # noqa: S608  (ours)
                f"ROW_NUMBER() OVER (PARTITION BY {by} ORDER BY name = '', name, digest, place) AS nth, "
                f"COUNT(*) OVER (PARTITION BY {by}) AS members FROM near JOIN near_group USING (key)) WHERE nth = 1"
            )
        self.scratch.run("DROP TABLE near")

    def find(self, member: Member) -> Iterator[Finding]:
        key = number_of([_prompt(member)])
        nearest = self.alike.nearest(key)
        if nearest is None:
            return
        other, likeness = nearest
        root = self.alike.group(key)
        (stays, members) = self.scratch.rows("SELECT key_of, n FROM near_stays WHERE root = ?", [root])[0]
        (line, name) = self.scratch.rows("SELECT line, name FROM near_first WHERE key = ?", [other])[0]
        if key == stays:
            return
        what = "prompt" if member.trace.prompt.strip() else "response"
        message = f"Its {what} is {100 * likeness:.0f} % like that of {_named(line, name)}."
        yield suspicious(
            (0, len(member.trace.text)),
            message,
            kind="near",
            measured=round(likeness, 4),
            same={"id": name or f"line-{line}", "line": line},
            group=f"{root:016x}",
            members=members,
        )

    def tables(self) -> Iterator[Table]:
        groups, records = self.scratch.rows("SELECT COUNT(*), COALESCE(SUM(n), 0) FROM near_stays")[0]
        if groups:
            yield Table("near duplicates", ("groups", "records"), [(groups, records)])


class _Template(Sweep):
    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        scratch.run("CREATE TABLE template (masked INTEGER, text INTEGER)")

    def gather(self, member: Member) -> None:
        if (found := _masked(member)) is not None:
            self.scratch.add("INSERT INTO template VALUES (?, ?)", found, number_of([_prompt(member)]))

    def settle(self) -> None:
        self.scratch.run("CREATE TABLE template_group (masked INTEGER PRIMARY KEY, texts INTEGER, records INTEGER)")
        self.scratch.run(
            "INSERT INTO template_group SELECT masked, COUNT(DISTINCT text) AS texts, COUNT(*) FROM template "
            "GROUP BY masked HAVING texts >= ?",
            [_OF_ONE_TEMPLATE],
        )
        self.scratch.run("DROP TABLE template")

    def find(self, member: Member) -> Iterator[Finding]:
        found = _masked(member)
        row = None if found is None else self.scratch.row("SELECT texts FROM template_group WHERE masked = ?", found)
        if row:
            message = f"Its prompt is one of {row[0]:,} that differ in their numbers only."
            span = (0, len(member.trace.text))
            yield suspicious(span, message, kind="template", group=f"{found:016x}", members=row[0])

    def tables(self) -> Iterator[Table]:
        groups, records = self.scratch.rows("SELECT COUNT(*), COALESCE(SUM(records), 0) FROM template_group")[0]
        if groups:
            yield Table("templates", ("groups", "records"), [(groups, records)])


def _prompt(member: Member) -> str:
    return normal(asked(member)) or normal(answered(member))


def _masked(member: Member) -> int | None:
    """A number for the template of the prompt; None where it has no number to differ in, or no words beside it."""
    found = tokens(asked(member))
    hidden = masked(found)
    if "#" not in hidden or len(hidden) - hidden.count("#") < _OF_A_TEMPLATE:
        return None
    return number_of(hidden)
