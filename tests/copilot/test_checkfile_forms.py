"""Every form of findings: whatever a draft, a file name or a rule says, each line of the output is ours."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkers import BadRecord, Finding, Json, Report, Verdict, all_rules
from copilot.checkfile import Checked
from copilot.checkfile.forms import FORMS, Told
from copilot.cli.check import Format
from copilot.plain import plain, plain_json

SARIF = jsonschema_rs.validator_for(
    json.loads((Path(__file__).parent / "sarif_schema.json").read_text(encoding="utf-8")),
    offline=True,
    validate_formats=True,
)
LURES = [
    "\x1b]52;c;aGk=\x07",
    "\x1b]8;;http://127.0.0.1/\x1b\\here\x1b]8;;\x1b\\",
    "\x1b[31m\x9b31m\x7f",
    "[/b][bold red]{0} {arguments}",
    "\n::stop-commands::pause\n",
    "::add-mask::a",
    "%0A::error::x%0D%25",
    "\r\n##[add-mask]a",
    "##[group]a",
    "###vso[task.setvariable variable=a]b",
    "[read](http://127.0.0.1/)",
    "\u202e\u2066\u200b\u2028\u2029\x85\ufeff",
    "file=x,line=9::y",
    "</script><!-- ]]>",
    "\udc80",  # how a name that is not UTF-8 comes in
    '"\\',
]
TEXTS = st.lists(st.sampled_from(LURES) | st.text(max_size=8), max_size=3).map("".join)
FINDINGS = st.builds(
    Finding,
    verdict=st.sampled_from(Verdict),
    span=st.just((0, 3)),
    message=TEXTS,
    step=st.none() | st.integers(0, 9),
    rule=st.sampled_from(["arithmetic.equation", "constraint"]) | TEXTS,
    version=st.integers(0, 9),
    evidence=st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS), max_size=2),
    repair=st.none() | TEXTS,
)
CHECKED = st.one_of(
    st.builds(
        Checked,
        line=st.integers(1, 99),
        id=TEXTS,
        report=st.builds(
            Report, findings=st.lists(FINDINGS, max_size=3).map(tuple), rules=st.just(()), steps=st.integers(0, 9)
        ),
        stopped=st.none() | TEXTS,
    ),
    st.builds(Checked, line=st.integers(1, 99), id=st.none(), rejected=st.builds(BadRecord, TEXTS, TEXTS)),
)
FOUND = st.lists(st.tuples(TEXTS, CHECKED), max_size=4)


def written(form: str, found: Sequence[tuple[str, Checked]], *, strict: bool = True) -> list[str]:
    return list(FORMS[form](iter(found), Told(all_rules(), strict)))


def everywhere(text: str) -> list[tuple[str, Checked]]:
    findings = tuple(
        Finding(verdict, (0, 1), text, 0, text, 1, {text: [text], "reason": text}, text) for verdict in Verdict
    )
    return [
        (text, Checked(1, text, Report(findings, (), 1), stopped=text)),
        (text, Checked(2, None, rejected=BadRecord(text, text))),
    ]


def is_ours(form: str, lines: list[str], found: Sequence[tuple[str, Checked]]) -> None:
    for line in lines:
        assert all(character.isprintable() for character in line), ascii(line)
        assert not line.lstrip().startswith("::") or form == "github"
        assert not re.search(r"##[a-z]*\[", line)
    match form:
        case "text":
            assert all(re.match(r".*:[0-9]+: ", line) for line in lines)
        case "github":
            ours = r"::(error|warning) file=[^:,]*,line=[0-9]+,title=[^:,]*::([^%]|%25|%0A|%0D)*"
            assert all(re.fullmatch(ours, line) for line in lines)
        case "jsonl":
            assert [json.loads(line) for line in lines] == [checked.as_json() for _, checked in found]
        case "json":
            told = json.loads("\n".join(lines))
            assert [(each["file"], each["line"]) for each in told] == [(file, each.line) for file, each in found]
            assert all(json.loads(line.rstrip(",")) for line in lines[1:-1])
        case "sarif":
            log = json.loads("\n".join(lines))
            SARIF.validate(log)
            assert all(json.loads(line.rstrip(",")) for line in lines if line.startswith('{"ruleId"'))


@pytest.mark.parametrize("form", FORMS)
@given(found=FOUND, strict=st.booleans())
@example(found=[], strict=False)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_found_each_line_is_ours(form: str, found: list[tuple[str, Checked]], strict: bool) -> None:
    is_ours(form, written(form, found, strict=strict), found)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lure", LURES, ids=ascii)
def test_a_lure_in_every_place_gives_as_many_lines_as_plain_words(form: str, lure: str) -> None:
    found = everywhere(lure)
    lines = written(form, found)

    is_ours(form, lines, found)
    assert len(lines) == len(written(form, everywhere("words")))


def test_the_command_offers_every_form() -> None:
    assert {form.value for form in Format} == set(FORMS)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_plain_json_reads_back_as_the_same_value(text: str) -> None:
    assert json.loads(plain_json({text: [text]})) == {text: [text]}
    assert plain_json(text).isascii()
    assert plain_json(text).isprintable()
    assert plain(plain(text)) == plain(text)


def test_a_message_in_sarif_has_no_link_and_no_place_to_fill_in() -> None:
    log = json.loads("\n".join(written("sarif", everywhere("[read](http://a/) {0} \\frac{1}{2}"))))

    for result in log["runs"][0]["results"]:
        text = result["message"]["text"]
        assert "](" not in text
        assert "{{0}} \\frac{{1}}{{2}}" in text


@pytest.mark.parametrize(
    ("verdict", "strict", "said"),
    [
        (Verdict.FAILS, False, ("fail", "error")),
        (Verdict.SUSPICIOUS, False, ("review", "none")),
        (Verdict.UNKNOWN, False, ("open", "none")),
        (Verdict.UNKNOWN, True, ("fail", "warning")),
        (Verdict.HOLDS, True, None),
    ],
)
def test_sarif_has_a_kind_for_each_verdict(verdict: Verdict, strict: bool, said: tuple[str, str] | None) -> None:
    report = Report((Finding(verdict, (0, 1), "It is."),), (), 0)

    results = json.loads("\n".join(written("sarif", [("a", Checked(1, "x", report))], strict=strict)))["runs"][0][
        "results"
    ]

    assert [(result["kind"], result["level"]) for result in results] == ([said] if said else [])


def test_sarif_carries_the_repair_and_where_a_carried_error_began() -> None:
    root: Json = {"step": 0, "span": [0, 10]}
    carried = Finding(
        Verdict.SUSPICIOUS, (3, 14), "It is.", 1, "carried.value", 3, {"root": root}, "12 * 2 = 24", carried=True
    )
    log = json.loads("\n".join(written("sarif", [("a", Checked(7, "x", Report((carried,), (), 2)))], strict=False)))

    SARIF.validate(log)
    (result,) = log["runs"][0]["results"]
    told = result["properties"]
    assert (told["repair"], told["carried"], told["root"], told["span"]) == ("12 * 2 = 24", True, root, [3, 14])
    (began,) = result["relatedLocations"]
    assert began["message"]["text"] == "The first error, in step 1."
    assert began["physicalLocation"] == result["locations"][0]["physicalLocation"]


@pytest.mark.parametrize(
    ("file", "address"),
    [("drafts.jsonl", "drafts.jsonl"), ("/a b/c#d.jsonl", "file:///a%20b/c%23d.jsonl"), ("a:b%", "a%3Ab%25")],
)
def test_sarif_names_a_file_by_its_address(file: str, address: str) -> None:
    log = json.loads("\n".join(written("sarif", [(file, Checked(7, None, rejected=BadRecord("a", "b")))])))

    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": address}, "region": {"startLine": 7}}


def test_a_github_annotation_is_escaped_as_its_place_demands() -> None:
    report = Report((Finding(Verdict.FAILS, (0, 1), "50% is: a, b\nand c.", 1, "a.b"),), (), 2)

    assert written("github", [("d,1:2%.jsonl", Checked(3, "x", report))]) == [
        "::error file=d%2C1%3A2%25.jsonl,line=3,title=a.b::step 2: 50%25 is: a, b%0Aand c."
    ]
