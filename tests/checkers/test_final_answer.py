"""The reference is evidence for a lead; what a rater reads never says it."""

from __future__ import annotations

import pytest

from checkers import Reference, Trace, check


@pytest.mark.parametrize("answer", ["31418", "a large dog", "27182", ""])
def test_no_message_says_the_reference(answer: str) -> None:
    report = check(Trace(response=f"The answer is {answer}.", reference=Reference(answer="27182")))
    said = [finding for finding in report.findings if finding.rule == "final_answer.reference"]

    assert said
    assert "27182" not in " ".join(finding.message for finding in said).replace(answer or " ", "")
