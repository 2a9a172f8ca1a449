"""What users ask for beside the published suites: hostile texts and parameters, and what must hold of any text."""

from __future__ import annotations

import base64
import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Constraint, Trace, Verdict, check
from checkers.text.address import addresses
from checkers.text.encoded import ranks
from checkers.text.fence import code_of, fences, framed_span, without_code
from checkers.text.quoted import quoted, without_quotations

LONG = 60_000
BUDGET = 8.0
"""Seconds of this process for all constraints on one long text."""

CONSTRAINTS = (
    Constraint("pattern.absent", {"pattern": ".*a(a|b){900}c|a"}),
    Constraint("pattern.matches", {"pattern": "(?s)(x*)*y.*z", "min": 3}),
    Constraint("pattern.matches", {"pattern": "(a?){300}", "whole": True}),
    Constraint("quoting.present", {"min": 1}),
    Constraint("quoting.balanced", {}),
    Constraint("link.count", {"max": 2}),
    Constraint("link.form", {}),
    Constraint("emoji_count.within", {"max": 2}),
    Constraint("number_form.answer", {"unit": "km"}),
    Constraint("language_part.within", {"language": "fr", "part": "line", "number": -1}),
    Constraint("language_part.within", {"language": "fr", "part": "quotations"}),
    Constraint("yaml_form.valid", {}),
    Constraint("token_count.tokens", {"max": 3}),
    Constraint("token_count.tokens", {"max": 3, "encoding": "o200k_base"}),
    Constraint("person.first", {}),
    Constraint("person.third", {}),
    Constraint("reading_level.grade", {"max": 3}),
    Constraint("number_form.decimals", {"max": 2}),
    Constraint("number_form.units", {"system": "metric"}),
    Constraint("code_fence.parses", {}),
    Constraint("code_fence.only", {"language": "python"}),
    Constraint("code_fence.count", {"max": 3}),
    Constraint("json_shape.valid", {}),
    Constraint("json_shape.schema", {"schema": {"type": "object"}}),
    Constraint("xml_form.valid", {}),
    Constraint("csv_table.valid", {"columns": 3}),
    Constraint("csv_table.valid", {"header": True, "min": 3}),
    Constraint("markdown_table.valid", {"columns": 3}),
    Constraint("outline.sections", {"titles": ["One", "Two"]}),
    Constraint("outline.headings", {"min": 3}),
)
RUNS = [
    "`",
    "```\n",
    "~~~ a\n`",
    "`a``b```c",
    '"',
    "“",
    "“\n\n",
    "»a«",
    "’",
    "](",
    "](a(b)",
    "[a]: b\n",
    "http://",
    "www.",
]
RUNS += ["a.b", "%%", "👨\u200d", "🇩", "1\ufe0f", "🏴\U000e0067", "\ud800", "aab", "\x00", "\u202e", " ", "\n"]
RUNS += [
    "[",
    "{",
    "- ",
    "a: ",
    "a: [",
    "&a [*a, ",
    "? ",
    "<a>",
    "<a b='",
    "<!--",
    "<![CDATA[",
    "]]>",
    "a,",
    '"a\n',
    "||\n-\n",
]
RUNS += [
    "|a|b|\n|-|-|\n",
    "# a\n",
    "a\n=\n",
    "**a",
    "__a__\n",
    "1. ",
    "a:\n",
    "a:",
    "One:\nTwo:\n",
    "#",
    "%YAML 1.1\n",
    "!!a ",
]


@pytest.mark.parametrize("run", RUNS, ids=lambda run: ascii(run))
def test_a_long_run_costs_little(run: str) -> None:
    text = (run * (LONG // len(run) + 1))[:LONG]
    began = time.process_time()

    report = check(Trace(response=text, constraints=CONSTRAINTS), select=["format"])

    assert time.process_time() - began < BUDGET
    assert len(report.findings) == len(CONSTRAINTS)
    assert not [found for found in report.findings if str(found.evidence.get("reason", "")).startswith("crashed")]


MARKDOWN = st.lists(
    st.sampled_from(
        ["`", "``", "```", "~~~", "~~~~", "```py", "\n", "\n\n", "  ", "a", "“", "”", '"', "»", "«", "’", "„"]
    )
    | st.sampled_from(["[a](", ")", "(", "https://example.org", "<", ">", ".", "| a ", "|", "---", "# b", "**c**"]),
    max_size=24,
).map("".join)


@given(text=MARKDOWN)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_what_is_blanked_out_keeps_its_place(text: str) -> None:
    for other in (without_code(text), without_quotations(text)):
        assert len(other) == len(text)
        assert all(new in (old, " ") for old, new in zip(text, other, strict=True))
        assert [at for at, sign in enumerate(other) if sign == "\n"] == [
            at for at, sign in enumerate(text) if sign == "\n"
        ]


@given(text=MARKDOWN)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_a_character_of_code_is_found_again_in_the_text(text: str) -> None:
    for fence in fences(text):
        code = code_of(text, fence)
        for at, sign in enumerate(code.said):
            assert text[code.place(at)] == sign
            assert fence.inside[0] <= code.place(at) < fence.inside[1]
    start, end = framed_span(text)
    assert 0 <= start <= end <= len(text)


@given(text=MARKDOWN)
@settings(max_examples=500, deadline=None, derandomize=True)
def test_quotations_and_links_say_what_stands_there(text: str) -> None:
    found = quoted(text)

    assert all(end - start > 1 for start, end in (each.span for each in found.quotations))
    assert all(end - start == 1 for start, end in (*found.loose, *found.doubtful))
    assert all(text[slice(*each.span)] == each.said for each in addresses(text))


@given(
    text=st.text(alphabet="ab1 \né文👍", max_size=30),
    pattern=st.sampled_from(["a", "b*", "[0-9]", "文", "(?s).", "a|b"]),
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_pattern_is_absent_where_it_does_not_match(text: str, pattern: str) -> None:
    asked = [Constraint(name, {"pattern": pattern}) for name in ("pattern.matches", "pattern.absent")]

    verdicts = {
        each.verdict for each in check(Trace(response=text, constraints=tuple(asked)), select=["pattern"]).findings
    }

    assert verdicts == {Verdict.HOLDS, Verdict.FAILS}


DEEP = [
    "(",
    "f(",
    "if x:\n",
    "-",
    "[",
    "{",
    "a{",
    "`${",
    "<a>",
    "<<A ",
    "$(",
    "select ",
    "x = '",
    "\\",
    "lambda ",
    "\x00",
    "\ud800",
]


@pytest.mark.parametrize("language", ["python", "javascript", "css", "bash", "html", "sql", "json", "yaml", "xml"])
def test_code_made_to_be_slow_costs_little(language: str) -> None:
    began = time.process_time()

    for run in DEEP:
        code = (run * 20_000)[:19_990]
        trace = Trace(response=f"```{language}\n{code}\n```", constraints=(Constraint("code_fence.parses", {}),))
        (found,) = check(trace, select=["code_fence"]).findings
        assert found.verdict in (Verdict.FAILS, Verdict.UNKNOWN, Verdict.HOLDS)
        assert not str(found.evidence.get("reason", "")).startswith("crashed")

    assert time.process_time() - began < BUDGET * 2


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("cl100k_base", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
        ("o200k_base", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"),
    ],
)
def test_the_tokens_of_an_encoding_are_those_that_were_published(name: str, published: str) -> None:
    lines = [base64.b64encode(token) + b" %d\n" % rank for token, rank in ranks(name).items()]

    assert hashlib.sha256(b"".join(lines)).hexdigest() == published
