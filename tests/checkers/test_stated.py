"""Where a text states its answer, and what it does not state."""

from __future__ import annotations

import pytest

from checkers import final_answer
from checkers.answers import answer_span


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("So \\boxed{\\frac{1}{2}}.", "\\frac{1}{2}"),
        ("\\boxed{3} no, \\boxed{4}", "4"),
        ("\\boxed{3} or rather \\boxed{4}", "4"),
        ("\\boxed{3} and \\boxed{4}", "\\boxed{3} and \\boxed{4}"),
        ("$y_1 = \\boxed{a}$ and $y_2 = \\boxed{b}$", "\\boxed{a}$ and $y_2 = \\boxed{b}"),
        ("\\boxed{3}, so 3 + 4 = \\boxed{7}", "7"),
        ("The answer is 5, or \\fbox{6}", "6"),
        ("\\boxed{3", None),
        ("a\n#### 1,200\n", "1,200"),
        ("The answer is 18.", "18"),
        ("The final answer to the question is: 3.5 miles. Good.", "3.5 miles"),
        ("Final Answer: The volume of $ABC$ is 120. I hope it is correct.", "120"),
        ("**Answer:** B", "B"),
        ("**Final answer: 42**", "42"),
        ("answer = $7", "$7"),
        ("Answer $x = 3$", "$x = 3$"),
        ("The answer is\n\\[ x = 3. \\]", "\\[ x = 3. \\]"),
        ("The answer is 5 because 2+3=5.", "5"),
        ("The answer is 5, which is less than 10.", "5"),
        ("I think the answer is 5, but the answer is not 6.", "5"),
        ("The answer is \\frac34, i.e. 0.75.", "\\frac34"),
        ("The answer is $k\\pi$, where $k$ is whole.", "$k\\pi$"),
        ("The answer is Paris, since it is the capital.", "Paris"),
        ("The answer is 5 so we are done.", "5"),
        ("The answer is 5 times as large.", "5 times as large"),
        ("The answer is the city where he was born.", "the city where he was born"),
        ("The answer is the sum, so 12.", "the sum, so 12"),
        ("The answer is $x \\text{ so that } y$.", "$x \\text{ so that } y$"),
        ("The answer isn't 5. It's 6.", None),
        ("\\boxed 7", "7"),
        ("\\boxed 12, as said.", "12"),
        ("We get x = 3. #### 3", "3"),
        ("a ##### b", None),
        ("The answer is 4. No, the answer is not 4.", "4"),
        ("The correct choice is (B).", "(B)"),
        ("[No] It is even, and my answer is based on that.", "[No]"),
        ("We add.\n\n42\n", "42"),
        ("We add.\n(B)", "(B)"),
        ("It has no divisor.\n\nYes", "Yes"),
        ("Solution: Choice_B", "Choice_B"),
        ("[No]\n\nStep 1: it is 3 * 7.", "[No]"),
        ("It has no divisor. [Yes]", "[Yes]"),
        ('The answer is "[Yes]".', "[Yes]"),
        ("I would say [Paris].", "[Paris]"),
        ("See [1] and [asy] for the figure.", None),
        ("We add 4 and 5.", None),
        ("The answers are many.", None),
        ("The answer is", None),
        ("", None),
    ],
)
def test_an_answer_is_found_where_it_is_stated(text: str, answer: str | None) -> None:
    assert final_answer(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("We find that $x \\neq 3$.", "$x \\neq 3$"),
        ("Therefore $x \\geq 5$ is the solution.", "$x \\geq 5$"),
        ("Hence the area is 15 square units. I hope it is correct.", "15 square units"),
        ("So there are 12 ways that meet the three conditions.", "12"),
        ("We get $x = 1$ and $x = 2$.", "$x = 1$ and $x = 2$"),
        ("It is\n\\[\n5\n\\]", "\\[\n5\n\\]"),
        ("2 + 3 = 5\nA: 5", "5"),
        ("So 3 of the 5 are left over.", None),
        ("So it is not 5.", None),
        ("Is it 5?", None),
        ("We add 4 and 5.", None),
    ],
)
def test_the_last_sentence_is_an_answer_when_it_leaves_no_choice(text: str, answer: str | None) -> None:
    assert final_answer(text) == answer
    assert answer_span(text) is None
