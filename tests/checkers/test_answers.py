"""Final answers: where they are found, and which are the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checkers import Verdict, final_answer, same_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("So \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"),
        ("\\boxed{3} no, \\boxed{4}", "4"),
        ("The answer is 5, or \\fbox{6}", "6"),
        ("\\boxed{3", None),
        ("a\n#### 1,200\n", "1,200"),
        ("The answer is 18.", "18"),
        ("The final answer to the question is: 3.5 miles. Good.", "3.5 miles"),
        ("**Answer:** B", "B"),
        ("**Final answer: 42**", "42"),
        ("answer = $7", "$7"),
        ("We add.\n\n42\n", "42"),
        ("We add.\n(B)", "(B)"),
        ("We add 4 and 5.", None),
        ("The answers are many.", None),
        ("The answer is", None),
        ("", None),
    ],
)
def test_an_answer_is_found_where_it_is_stated(text: str, answer: str | None) -> None:
    assert final_answer(text) == answer


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("18", "18", "holds"),
        ("18", "18.00", "holds"),
        ("18", "18.4", "fails"),
        ("1,200", "1200", "holds"),
        ("1200", "$1,200", "holds"),
        ("$18", "£18", "unknown"),
        ("18 eggs", "18", "holds"),
        ("18 eggs", "17", "fails"),
        ("18 egg", "18 eggs", "holds"),
        ("18 feet", "18 miles", "unknown"),
        ("2 hours", "120", "unknown"),
        ("$5", "500", "unknown"),
        ("3 million", "3", "unknown"),
        ("1/2", "0.5", "holds"),
        ("\\frac{1}{2}", "0.5", "holds"),
        ("$\\frac12$", "\\boxed{0.5}", "holds"),
        ("1/3", "0.33", "holds"),
        ("1/3", "0.34", "fails"),
        ("1/3", "0.3", "unknown"),
        ("3.14159", "3.14", "unknown"),
        ("50%", "50%", "holds"),
        ("50 percent", "50%", "holds"),
        ("50%", "0.5", "unknown"),
        ("50%", "50", "unknown"),
        ("50%", "60", "fails"),
        ("-3", "3", "fails"),
        ("x = 5", "5", "holds"),
        ("The number", "number", "holds"),
        ("**Paris**", "paris.", "holds"),
        ("Paris", "London", "unknown"),
        ("yes", "No.", "fails"),
        ("true", "yes", "unknown"),
        ("B", "(B)", "holds"),
        ("B", "C", "fails"),
        ("B) Paris", "(B)", "holds"),
        ("B) Paris", "Paris", "holds"),
        ("B", "Paris", "unknown"),
        ("A", "7", "unknown"),
        ("(0,9)", "[0,9)", "unknown"),
        ("(0,9)", "(0, 9)", "unknown"),
        ("", "", "unknown"),
        ("7", "", "unknown"),
        ("9**9**9", "1", "unknown"),
        ("1/0", "1", "unknown"),
        ("7" * 2_000, "7" * 2_000, "unknown"),
    ],
)
def test_answers_are_the_same_or_not_or_for_a_person_to_say(one: str, other: str, verdict: str) -> None:
    assert same_answer(one, other).value == verdict
    assert same_answer(other, one).value == verdict


@pytest.mark.parametrize(
    ("tolerance", "verdict"),
    [(None, "fails"), (0.05, "fails"), (0.1, "holds"), (Fraction(1, 10), "holds"), (1, "holds")],
)
def test_a_tolerance_is_the_largest_difference(tolerance: Fraction | float | None, verdict: str) -> None:
    assert same_answer("10", "10.1", tolerance=tolerance) is Verdict(verdict)
