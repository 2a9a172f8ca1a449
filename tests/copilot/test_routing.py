"""Routes: the table of what goes where, and what a wrong rule is told."""

from __future__ import annotations

import pytest

from checkers import Finding, Json, Report, Verdict
from copilot.errors import CopilotError
from copilot.model import Item, Message, Outcome
from copilot.routing import DEFAULT_RULES, route, rules_from

H, F, S, U = Verdict.HOLDS, Verdict.FAILS, Verdict.SUSPICIOUS, Verdict.UNKNOWN


def item(*, domain: str | None = "mathematics", safety: bool = False) -> Item:
    return Item("i", (Message("user", "?"),), domain=domain, safety=safety)


def found(*verdicts: Verdict, steps: int) -> Report:
    """A report with one finding a step, or on the text where there are no steps."""
    places = enumerate(verdicts) if steps else ((None, verdict) for verdict in verdicts)
    findings = [Finding(verdict, (0, 1), "m", step=place, rule=f"r.{verdict}") for place, verdict in places]
    return Report(tuple(findings), (), steps)


@pytest.mark.parametrize(
    ("verdicts", "steps", "queue"),
    [
        ([H, H], 2, None),
        ([H, F], 2, "expert:mathematics"),
        ([F, U, S], 3, "expert:mathematics"),
        ([H, U], 2, "review"),
        ([H, S], 2, "review"),
        ([H], 2, "review"),
        ([], 2, "review"),
        ([], 0, "review"),
    ],
)
def test_the_default_routes(verdicts: list[Verdict], steps: int, queue: str | None) -> None:
    assert route(item(), found(*verdicts, steps=steps)).queue == queue


def test_an_unknown_is_never_accepted_whatever_else_holds() -> None:
    for others in range(5):
        assert route(item(), found(*[H] * others, U, steps=others + 1)).outcome is not Outcome.ACCEPT


def test_a_safety_item_goes_to_people_even_when_all_holds() -> None:
    assert route(item(safety=True), found(H, steps=1)).queue == "safety"


def test_a_mark_of_unsafe_content_goes_to_the_safety_queue_before_any_expert() -> None:
    mark = Finding(S, (0, 1), "m", rule="unsafe.signal", evidence={"kind": "a threat", "in": "response"})
    wrong = Finding(F, (0, 1), "m", step=0, rule="arithmetic.equation")

    routed = route(item(), Report((wrong, mark), (), 1))

    assert (routed.queue, routed.reason) == ("safety", "it may touch on a threat")


def test_an_item_without_a_domain_goes_to_the_general_expert() -> None:
    assert route(item(domain=None), found(F, steps=1)).queue == "expert:general"


def test_the_reason_names_the_rules_and_the_count() -> None:
    assert route(item(), found(H, F, steps=2)).reason == "1 of 2 checks fails: r.fails"


def test_a_partly_checked_trace_says_what_was_not_checked() -> None:
    assert "50% of the steps" in route(item(), found(H, steps=2)).reason


def test_a_trace_of_which_nothing_was_checked_says_so_without_a_share() -> None:
    whole = (Finding(H, (0, 1), "m", step=None, rule="r"),)
    steps, text = Report(whole, (), 3), Report(whole, (), 0, frozenset({None}))

    assert route(item(), steps).reason == "nothing fails in 1 check, but no step could be checked"
    assert route(item(), text).reason == "nothing fails in 1 check, but no claim could be checked"


def test_a_finding_about_the_whole_does_not_cover_a_step() -> None:
    whole = Report((Finding(H, (0, 1), "m", step=None, rule="r"),), (), 1)

    assert route(item(), whole).outcome is Outcome.REVIEW


def test_the_first_rule_that_matches_wins() -> None:
    rules = rules_from(
        [
            {"when": "verdict.fails", "domain": "law", "queue": "lawyers", "priority": 99, "seats": 2},
            {"when": "always", "queue": "everyone"},
        ]
    )

    assert route(item(domain="law"), found(F, steps=1), rules=rules).queue == "lawyers"
    assert route(item(domain="law"), found(F, steps=1), rules=rules).seats == 2
    assert route(item(), found(F, steps=1), rules=rules).queue == "everyone"


def test_what_no_rule_matches_goes_to_review_with_the_true_reason() -> None:
    rules = rules_from([{"when": "verdict.holds", "queue": "accept"}])
    sent = route(item(), found(H, F, steps=2), rules=rules)

    assert (sent.queue, sent.reason) == ("review", "1 of 2 checks fails: r.fails")


def test_no_tables_give_the_default_rules() -> None:
    assert rules_from([]) == DEFAULT_RULES


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"when": "__import__('os')", "queue": "q"}, "unknown 'when'"),
        ({"when": ["verdict.fails"], "queue": "q"}, "unknown 'when'"),
        ({"when": "verdict.fails"}, "no 'queue'"),
        ({"when": "verdict.fails", "queue": ""}, "no 'queue'"),
        ({"when": "verdict.fails", "queue": "q", "skil": "x"}, "no field 'skil'"),
        ({"when": "verdict.fails", "queue": "q", "priority": "high"}, "not a whole number"),
        ({"when": "verdict.fails", "queue": "q", "priority": 1.5}, "not a whole number"),
        ({"when": "verdict.fails", "queue": "q", "seats": 0}, "from 1 to 20"),
        ({"when": "verdict.fails", "queue": "q", "covered": 2}, "not a number"),
        ({"when": "verdict.fails", "queue": "q", "seats": True}, "not a whole number"),
        ({"when": "verdict.fails", "queue": "q", "domain": 3}, "not text"),
    ],
)
def test_a_wrong_rule_is_told_with_its_number(table: dict[str, Json], says: str) -> None:
    with pytest.raises(CopilotError, match=says) as error:
        rules_from([table])

    assert "number 1" in error.value.what
