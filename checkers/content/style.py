"""Records of a set that are written otherwise than the rest of their kind, or than its style guide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from checkers.finding import Finding, Json, Verdict
from checkers.reasoning.usage import FORMS, MIXED, Usage, usage_of
from checkers.registry import set_rule
from checkers.sets import BadTerms, Member, Scratch, Sweep, Table, Terms

LEAST_RECORDS = 8
"""Of one type that have the feature: fewer have no custom."""
LEAST_SHARE = 0.8
"""Of them that share a form before another form is an outlier."""
DEFAULT = "default"
_HELD = 1_000
_MOST_LABEL = 200
_NAMES = {
    "answer": "The final answer",
    "steps": "The steps",
    "formulas": "Formulas",
    "times": "The sign of multiplication",
    "decimals": "The mark of decimals",
    "thousands": "The mark of thousands",
    "units": "Units",
    "spelling": "Spelling",
    "percent": "Percent",
    "headings": "Headings",
}


@set_rule(version=1)
def consistency(scratch: Scratch, terms: Terms) -> Sweep:
    """Responses of one problem type are written in one way, that of the style guide where there is one.

    Looked at: form of the final answer (`boxed`, `hashes`, `sentence`, `label`), of steps, formulas and headings, sign
    of multiplication, marks of decimals and thousands, units, spelling, percent. A type is a domain (else a task) in
    one language. A form that four fifths of at least eight records share is its custom, and another form suspicious.
    A form against `[style.math]` (or `[style.default]`) of `copilot.toml`, as in `answer = "boxed"`, fails.
    """
    return _Style(scratch, _guides(terms))


class _Style(Sweep):
    def __init__(self, scratch: Scratch, guides: Mapping[str, Mapping[str, str]]) -> None:
        self.scratch, self.guides = scratch, guides
        self.counted: Counter[tuple[str, str, str, str]] = Counter()
        self.customs: dict[tuple[str, str, str], tuple[str, int, int] | None] = {}
        scratch.run(
            "CREATE TABLE style (type TEXT, speech TEXT, feature TEXT, form TEXT, n INTEGER, "
            "PRIMARY KEY (type, speech, feature, form))"
        )

    def gather(self, member: Member) -> None:
        if not member.is_answered:
            return
        for feature, usage in usage_of(member.trace).items():
            self.counted[(*_type(member), feature, usage.form)] += 1
        if len(self.counted) > _HELD:
            self.settle()

    def settle(self) -> None:
        for key, count in self.counted.items():
            statement = "INSERT INTO style VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET n = n + ?5"
            self.scratch.add(statement, *key, count)
        self.counted.clear()

    def find(self, member: Member) -> Iterator[Finding]:
        if not member.is_answered:
            return
        kind, speech = _type(member)
        guide = self.guides.get(kind, self.guides.get(DEFAULT, {}))
        for feature, usage in usage_of(member.trace).items():
            if feature in guide:
                if usage.form != guide[feature]:
                    yield _against_guide(feature, usage, guide[feature], kind)
            else:
                custom = self._custom(kind, speech, feature)
                if custom is not None and usage.form != custom[0]:
                    yield _outlier(feature, usage, custom, kind)

    def tables(self) -> Iterator[Table]:
        statement = (
            "SELECT type, speech, feature, form, n FROM style ORDER BY type, speech, feature, n DESC, form LIMIT 500"
        )
        rows = self.scratch.rows(statement)
        if rows:
            yield Table("style", ("type", "language", "feature", "form", "records"), rows)

    def _custom(self, kind: str, speech: str, feature: str) -> tuple[str, int, int] | None:
        """The form that is usual, how many records have it, and how many have the feature."""
        key = kind, speech, feature
        if key not in self.customs:
            if len(self.customs) > _HELD:
                self.customs.clear()
            statement = "SELECT form, n FROM style WHERE type = ? AND speech = ? AND feature = ? ORDER BY n DESC, form"
            rows = self.scratch.rows(statement, key)
            of = sum(count for _, count in rows)
            is_custom = of >= LEAST_RECORDS and rows[0][0] != MIXED and rows[0][1] >= LEAST_SHARE * of
            self.customs[key] = (rows[0][0], rows[0][1], of) if is_custom else None
        return self.customs[key]


def _type(member: Member) -> tuple[str, str]:
    about = member.trace.about
    return (about.domain or about.task)[:_MOST_LABEL], about.speech[:_MOST_LABEL]


def _outlier(feature: str, usage: Usage, custom: tuple[str, int, int], kind: str) -> Finding:
    form, count, of = custom
    among = f"of {kind} records" if kind else "of the records"
    message = f"{_NAMES[feature]}: {usage.form} here, {form} in {count:,} of {of:,} {among} that have it."
    said: dict[str, Json] = {"feature": feature, "measured": usage.form, "wanted": form, "custom": count, "of": of}
    return Finding(Verdict.SUSPICIOUS, usage.span, message, evidence=said)


def _against_guide(feature: str, usage: Usage, wanted: str, kind: str) -> Finding:
    guide = f"the style guide of {kind}" if kind else "the style guide"
    message = f"{_NAMES[feature]}: {usage.form} here, {wanted} by {guide}."
    said: dict[str, Json] = {"feature": feature, "measured": usage.form, "wanted": wanted}
    return Finding(Verdict.FAILS, usage.span, message, evidence=said)


def _guides(terms: Terms) -> Mapping[str, Mapping[str, str]]:
    guides: dict[str, Mapping[str, str]] = {}
    for kind, guide in terms.table("style").items():
        if not isinstance(guide, Mapping):
            raise BadTerms(f"the style {kind[:80]!r} is not a table", 'write answer = "boxed" under [style.math]')
        guides[kind] = {feature: _form(feature, form) for feature, form in guide.items()}
    return guides


def _form(feature: str, form: Json) -> str:
    if feature not in FORMS:
        raise BadTerms(f"no feature of style is called {feature[:80]!r}", f"one of {', '.join(FORMS)}")
    if not isinstance(form, str) or form not in FORMS[feature]:
        raise BadTerms(f"the style {feature} has no such form", f"one of {', '.join(FORMS[feature])}")
    return form
