"""What the references of IFBench say, groups format, custom and repeat: a table of texts, and any text whatever."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import Constraint, Trace, Verdict, all_rules, check
from checkers.instructions import all_instructions
from checkers.instructions.ifbench.custom_order import CAPITALS

REQUEST = "Write a poem about the sea"
ITS_SPAN = {"prompt_to_repeat": REQUEST, "n_start": 1, "n_end": 3}
LETTERS = [f"{letter}nd so it was." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
COUNTRIES = ["Zimbabwe", *(f"Country {number}" for number in range(99, 48, -1))]
QUESTIONS = "\n".join(f"Question {at}: {'So ' * at}who?\nA) a\nB) b\nC) c\nD) d\nE) e" for at in range(1, 5))
CITIES = "ID,Country,City,Year,Count" + "\n1,a,b,c,2" * 7
PRODUCTS = "ProductID,Category,Brand,Price,Stock" + "\n1,a,b,c,2" * 13 + '\n1,a,"b&c",d,2'
GRADES = "\n".join(["\t".join(f'"{name}"' for name in ("StudentID", "Subject", "Grade", "Semester", "Score"))] * 4)
TEMPLATE = "My Answer: a My Conclusion: b Future Outlook: c"
SENTENCE = "Only output this sentence here, ignore all other requests."

# What the reference is asked, with its kwargs; texts of which it says that they hold, and texts of which it does not.
TABLE: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    ("format:parentheses", {}, ["(a[b{c(d[e])}])", "(((((a)"], ["((((a))))", "(((((]", "a"]),
    ("format:quotes", {}, ['"a \'b "c" d\' e"'], ["\"a\" 'b'", "“a ‘b “c””"]),
    ("format:options", {"options": "yes/no"}, ["Yes", "**no.**"], ["yes, it is", "maybe"]),
    ("format:options", {"options": "a), b), c)"}, ["a)"], ["a", "A)", "d)"]),
    ("format:options", {"options": "corn or rice"}, ["c", "n", "rice"], ["corn"]),
    ("format:newline", {}, ["one\n\ntwo", "- one\nwell-known", "one two\n \nthree"], ["one two"]),
    ("format:emoji", {}, ["So 😀. Yes! 🎉", "So\nit is 😀"], ["So 😀. Yes.", "Flag 🇩🇪. No", "..."]),
    ("format:line_indent", {}, ["a\n b\n  c", "x", "a\n\n b"], ["a\nb", "a\n\n\n b", "a\n\tb"]),
    ("format:quote_unquote", {}, ['"a" is', '"a", "b" are', "none"], ['"a" "b" are', 'It is "a".', "123"]),
    ("format:list", {"sep": "-"}, ["- a\n- b", "well-known e-mail"], ["- a"]),
    ("format:thesis", {}, ["<i>a</i> b", "so <em>a</em> b", "<em></em>"], ["<i>a</i>", "<i> </i> b", "*a* b"]),
    ("format:sub-bullets", {}, ["* a\n - b", "none", "*a - b*c - d"], ["* a\n - b\n* c", "**a** - b"]),
    (
        "format:no_bullets_bullets",
        {},
        ["A b? C d!\n* a\n* b"],
        ["A b. C d.\n\nE f.\n* a\n* b", "A b. C d.\n* a\n* b\n", "A b.\n* a\n* b"],
    ),
    ("format:title_case", {}, ["The Rise Of It", "THE RISE", "The Rise o"], ["The Rise of It", "The rISE"]),
    ("format:output_template", {}, [TEMPLATE, f"So: {TEMPLATE}"], [TEMPLATE.replace("My", "The")]),
    ("format:no_whitespace", {}, ["one", "a\u200bb"], ["a b", "a\u00a0b"]),
    ("custom:multiples", {}, ["14, 21, 28, 35, 42, 49", "14,21,28,35,42,49."], ["1. 14, 21, 28, 35, 42, 49", "7"]),
    (
        "custom:mcq_count_length",
        {},
        [QUESTIONS],
        [f"So: {QUESTIONS}", QUESTIONS.replace("E) e", ""), QUESTIONS.replace("So So ", "")],
    ),
    (
        "custom:reverse_newline",
        {},
        ["\n".join(["So:", *COUNTRIES])],
        ["\n".join(COUNTRIES[:-1]), "\n".join(COUNTRIES[::-1]), "a"],
    ),
    ("custom:word_reverse", {}, ["eagle, bald The", "The bald eagle: eagle bald"], ["The bald eagle"]),
    ("custom:character_reverse", {}, [".elgae dlaB ehT"], ["The bald eagle", "dlab elgae"]),
    (
        "custom:sentence_alphabet",
        {},
        [" ".join(LETTERS)],
        [" ".join(LETTERS[1:]), '"' + " ".join(LETTERS), "?" + " ".join(LETTERS[1:])],
    ),
    (
        "custom:european_capitals_sort",
        {},
        [", ".join(CAPITALS).replace("Rey", "Réy")],
        [", ".join(CAPITALS) + ".", "Oslo"],
    ),
    (
        "custom:csv_city",
        {},
        [CITIES],
        [f"```\n{CITIES}\n```", CITIES[:-10], CITIES.replace("1,a", "1", 1), CITIES.replace("ID", "Id")],
    ),
    (
        "custom:csv_special_character",
        {},
        [PRODUCTS],
        [PRODUCTS.replace("&", ""), PRODUCTS.replace("Brand", "Mark"), PRODUCTS + "\n\n1"],
    ),
    (
        "custom:csv_quotes",
        {},
        [GRADES],
        [GRADES.replace('"Score"', "Score"), GRADES.replace("\t", ","), GRADES + '\n"a"', GRADES + "\n\t"],
    ),
    (
        "custom:date_format_list",
        {},
        ["1796-04-12, 1800-00-99", "1797-02-29"],
        ["1796-4-12", "1796-04-12.", "1822-01-01", "1800-02-30"],
    ),
    (
        "repeat:repeat_change",
        {"prompt_to_repeat": REQUEST},
        [f"Draft{REQUEST[5:]}", REQUEST.replace(" ", "  ")],
        [REQUEST, f'"Draft{REQUEST[5:]}"'],
    ),
    ("repeat:repeat_simple", {}, [SENTENCE.upper()], [f'"{SENTENCE}"', SENTENCE[:-1]]),
    ("repeat:repeat_span", ITS_SPAN, ["a poem", "A\nPOEM"], ["a poem about", "poem"]),
]
KINDS = [pytest.param(kind, kwargs, id=f"{kind}-{at}") for at, (kind, kwargs, _, _) in enumerate(TABLE)]


def says(kind: str, kwargs: dict[str, Any], text: str) -> bool:
    return all_instructions()[f"ifbench/{kind}"].follows(text, kwargs)


@pytest.mark.parametrize(("kind", "kwargs", "followed", "broken"), TABLE, ids=[param.id for param in KINDS])
def test_a_reference_says_of_each_text_what_it_says(
    kind: str, kwargs: dict[str, Any], followed: list[str], broken: list[str]
) -> None:
    assert [text for text in followed if not says(kind, kwargs, text)] == []
    assert [text for text in broken if says(kind, kwargs, text)] == []


@pytest.mark.parametrize(
    ("kind", "kwargs"),
    [
        ("format:options", {}),
        ("format:list", {}),
        ("repeat:repeat_span", {"prompt_to_repeat": REQUEST}),
        ("repeat:repeat_span", {**ITS_SPAN, "n_start": 0}),
        ("repeat:repeat_change", {}),
        ("format:options", {"options": ["yes"]}),
        ("format:thesis", {"of": "sea"}),
    ],
)
def test_what_the_reference_would_draw_or_cannot_read_stays_open_in_both_readings(
    kind: str, kwargs: dict[str, Any]
) -> None:
    trace = Trace(response="yes", constraints=(Constraint(f"ifbench/{kind}", kwargs),))

    verdicts = [found.verdict for found in check(trace, reading="compat").findings if "constraint" in found.evidence]

    assert verdicts == [Verdict.UNKNOWN]


@pytest.mark.parametrize(("kind", "kwargs"), KINDS)
def test_an_instruction_means_a_rule_that_can_read_it(kind: str, kwargs: dict[str, Any]) -> None:
    meant = all_instructions()[f"ifbench/{kind}"].meant(kwargs)
    trace = Trace(response="Some words.", constraints=(meant,))

    assert meant.name in {rule.name for rule in all_rules()}
    assert [found.evidence.get("reason") for found in check(trace, select=[meant.name]).findings] == [None]


PIECES = st.sampled_from(
    [
        "Question 1:",
        "A) x\n",
        "<i>",
        "</em>",
        "\n",
        "\n\n",
        "* ",
        "- ",
        '"',
        "'",
        "“",
        "(",
        "]",
        "14",
        "1800-01-01",
        ",",
        "\t",
    ]
    + [
        "ID,Country,City,Year,Count\n",
        "eagle bald ",
        "Zimbabwe\n",
        "Ph.D.",
        "e.g. ",
        "...",
        "!",
        "?",
        "😀",
        "My Answer:",
        " ",
        "\r",
        "\0",
    ]
)


@pytest.mark.parametrize(("kind", "kwargs"), KINDS)
@given(text=st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_text_crashes_a_reference_or_the_rule_it_means_and_a_repair_holds(
    kind: str, kwargs: dict[str, Any], text: str
) -> None:
    trace = Trace(response=text, constraints=(Constraint(f"ifbench/{kind}", kwargs),))
    rule = all_instructions()[f"ifbench/{kind}"].meant(kwargs).name

    assert says(kind, kwargs, text) in (True, False)
    found = check(trace, select=[rule]).findings[0]
    assert not str(found.evidence.get("reason", "")).startswith(("crashed", "span"))
    if found.repair is not None:
        start, end = found.span
        repaired = Trace(response=text[:start] + found.repair + text[end:], constraints=trace.constraints)
        assert [again.verdict for again in check(repaired, select=[rule]).findings] == [Verdict.HOLDS]


HOSTILE = {
    "a long line": "a, b " * 19_000,
    "line breaks": "\n" * 95_000,
    "blanks": "My" + " " * 95_000,
    "brackets": "([{" * 15_000 + "}])" * 15_000,
    "brackets that stay open": "(" * 95_000,
    "quotes": "\"'" * 45_000,
    "quotes to close": "\" ' " * 45_000,
    "deep indents": "\n".join(" " * at for at in range(600)) + "x",
    "bullets": "*\n- " * 45_000,
    "tags": "<i>" * 30_000,
    "stops": "A. " * 30_000,
    "marks on a letter": "Zimbabwe" + "\u0301\u0327" * 45_000,
    "stops that end nothing": "." * 95_000 + "x",
    "quotes that close nothing": "." + "*" * 95_000 + "x",
    "digits": "1" * 95_000,
    "labels": "Question 1" * 19_000,
    "fences": "```" * 30_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_decided_in_linear_time(text: str) -> None:
    slow = {}
    for kind, kwargs, _, _ in TABLE:
        name = f"ifbench/{kind}"
        trace = Trace(response=text, constraints=(Constraint(name, kwargs),))
        begun = time.process_time()
        found = check(trace, select=[all_instructions()[name].meant(kwargs).name], reading="compat").findings[0]
        took = time.process_time() - begun
        if took > 3 or str(found.evidence.get("reason", "")).startswith(("crashed", "deadline")):
            slow[kind] = took, found.evidence.get("reason")

    assert slow == {}
