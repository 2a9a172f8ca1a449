"""What is found is never repeated, and texts made to be slow cost no more than others."""

from __future__ import annotations

import json

import pytest

from checkers import Trace, check

TOKEN = "ghp_k2JdL9sQx7Wm4Rt8Zb1Vn6Yc3Hf5Gp0AeUiO"
HOSTILE = {
    "heads of web tokens": "eyJ",
    "heads of addresses": "://a:",
    "marks of addresses": "a@a.",
    "digits": "1",
    "digits and blanks": "4111 ",
    "orders": "ignore previous ",
    "words to judges": "as the ai ",
    "asking for marks": "rate this ",
    "asking for means": "how to make ",
    "letters without width": "x\u200b",
    "names of passwords": "password=",
    "starts of accounts": "AT61 1904 ",
    "letters of two scripts": "aр",
}


def test_the_finding_on_a_secret_does_not_repeat_it() -> None:
    [found] = check(Trace(response=f"push with {TOKEN}, please"), select=["leaks"]).findings

    assert found.span == (10, 50)
    assert TOKEN not in json.dumps(found.as_json())


def test_the_finding_on_personal_data_does_not_repeat_it_and_says_whether_the_prompt_has_it() -> None:
    address = "lena.schmidt@posteo.net"

    [found] = check(Trace(prompt=f"Write to {address}.", response=f"Dear {address}"), select=["personal"]).findings

    assert address not in json.dumps(found.as_json())
    assert found.evidence["in_prompt"] is True


@pytest.mark.parametrize("rule", ["leaks", "personal", "hidden", "addressed", "unsafe"])
@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_a_text_made_to_be_slow_is_read_to_its_end(rule: str, part: str) -> None:
    text = part * (100_000 // len(part))

    reasons = [found.evidence.get("reason") for found in check(Trace(response=text), select=[rule]).findings]

    assert "deadline" not in reasons
    assert not any(str(reason).startswith("crashed") for reason in reasons)
