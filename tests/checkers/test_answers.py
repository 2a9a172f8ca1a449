"""Final answers: which are the same, for each kind of answer."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checkers import Verdict, same_answer

Rows = list[tuple[str, str, str]]

NUMBERS: Rows = [
    ("18", "18", "holds"),
    ("18", "18.00", "holds"),
    ("18", "18.4", "fails"),
    ("-3", "3", "fails"),
    ("+5", "5", "holds"),
    ("007", "7", "holds"),
    ("1,200", "1200", "holds"),
    ("1{,}200", "1200", "holds"),
    ("1 234 567", "1234567", "holds"),
    ("32,\\! 349", "32349", "holds"),
    ("32, 349", "32349", "fails"),
    ("3,5", "3.5", "unknown"),
    ("1/2", "0.5", "holds"),
    ("\\frac{1}{2}", "\\frac12", "holds"),
    ("$\\frac12$", "\\boxed{0.5}", "holds"),
    ("1 1/2", "3/2", "holds"),
    ("1\\frac12", "1.5", "holds"),
    ("1.5\\times10^3", "1500", "holds"),
    ("1.5e3", "1,500", "holds"),
    ("1e-3", "0.001", "holds"),
    ("$2e-3$", "2e - 3", "holds"),
    ("1 million", "1,000,000", "holds"),
    ("3 million", "3", "unknown"),
    ("twelve", "12", "holds"),
    ("twelve", "13", "fails"),
    ("½", "0.5", "holds"),
    ("2 + 3", "5", "holds"),
    ("9**9**9", "1", "unknown"),
    ("1/0", "1", "unknown"),
    ("7" * 2_000, "7" * 2_000, "unknown"),
    ("1011_2", "11", "holds"),
    ("1011_2", "1011_{2}", "holds"),
    ("1011_2", "23_4", "holds"),
    ("1011_2", "1010_2", "fails"),
    ("1011_2", "1011", "unknown"),
    ("7:32", "14:64", "holds"),
    ("3:2:1", "6:4:2", "holds"),
    ("1:2", "2:1", "fails"),
    ("1:2", "0.5", "holds"),
    ("2:30", "1:15", "fails"),
]
ROUNDED: Rows = [
    ("1/3", "0.33", "holds"),
    ("1/3", "0.34", "fails"),
    ("1/3", "0.3", "unknown"),
    ("2/3", "0.66", "fails"),
    ("0.25", "5049/20200", "unknown"),
    ("1/300", "0.00", "unknown"),
    ("3.14159", "3.14", "unknown"),
    ("1/3", "0.333...", "holds"),
    ("2/3", "0.666...", "holds"),
    ("2/3", "0.333...", "fails"),
    ("\\pi", "3.14", "holds"),
    ("\\pi", "3.15", "fails"),
    ("\\pi", "3.1", "unknown"),
    ("\\pi", "3.1415\\ldots", "holds"),
    ("\\sqrt2", "1.41", "holds"),
    ("\\sqrt2", "1.42", "fails"),
    ("\\sqrt3/200", "0.01", "unknown"),
    ("10^{-20}", "10^{-21}", "fails"),
    ("1/2004!", "1/2006!", "unknown"),
    ("4", "\\frac{34}{16} + \\frac{\\sqrt{1358}}{16}", "fails"),
]
EXPRESSIONS: Rows = [
    ("\\sqrt{8}", "2\\sqrt{2}", "holds"),
    ("\\sqrt{8}", "2\\sqrt{3}", "fails"),
    ("1\\sqrt{19}", "1", "fails"),
    ("\\frac{x+2}{7}", "\\frac{x}{7}+\\frac{2}{7}", "holds"),
    ("(x+1)^2", "x^2 + 2x + 1", "holds"),
    ("x + 1", "x + 2", "fails"),
    ("2x", "2y", "fails"),
    ("k\\pi", "n\\pi", "unknown"),
    ("\\tan^2 y + 1", "\\sec^2 y", "holds"),
    ("3 + 4i", "4i + 3", "holds"),
    ("3 + 4i", "3 - 4i", "fails"),
    ("e^{i\\pi}", "-1", "holds"),
    ("\\infty", "-\\infty", "fails"),
    ("\\infty", "5", "fails"),
    ("\\\\frac{1}{2}", "\\frac{1}{2}", "holds"),
]
EQUATIONS: Rows = [
    ("x = 5", "5", "holds"),
    ("5 = x", "5", "holds"),
    ("x = 5", "6", "fails"),
    ("x = 5", "y = 5", "fails"),
    ("A = 5", "S = 5", "unknown"),
    ("|AB| = 1", "1", "holds"),
    ("A:B = 1", "1", "holds"),
    ("\\frac{NO}{BO} = \\frac12", "0.5", "holds"),
    ("f(2) = 7", "7", "holds"),
    ("(p, q) = (2, 3)", "(2, 3)", "holds"),
    ("x = 2 + 3 = 5", "x = 5", "holds"),
    ("y = 2x + 1", "2x - y + 1 = 0", "holds"),
    ("y = 2x + 1", "2x + 1", "holds"),
    ("y = 2x + 1", "y = 2x + 2", "fails"),
    ("2x + 3y = 6", "4x + 6y = 12", "holds"),
    ("2x + 3y = 6", "4x + 6y = 13", "fails"),
    ("x^2/4 + y^2/3 = 1", "x^2/16 + y^2/12 = 1/4", "holds"),
    ("x^2 + y^2 = 1", "x^2 + y^2 = 4", "fails"),
    ("2x = 10", "x = 5", "holds"),
    ("2x = 10", "5", "holds"),
    ("2x + z = 1", "1", "fails"),
    ("x^2 = 4", "4", "unknown"),
    ("a \\le b \\le c", "c \\ge b \\ge a", "holds"),
    ("x \\equiv 3 \\pmod 7", "x \\equiv 3 \\pmod{7}", "holds"),
]
REGIONS: Rows = [
    ("x > 2", "(2, \\infty)", "holds"),
    ("x >= 2", "x \\geq 2", "holds"),
    ("x > 2", "[2, \\infty)", "fails"),
    ("2 < x", "x > 2", "holds"),
    ("x > 2", "x < 2", "fails"),
    ("x < 1", "-x > -1", "holds"),
    ("2x + 1 > 5", "x > 2", "holds"),
    ("1 < x \\le 3", "x \\in (1, 3]", "holds"),
    ("x > 1 and x < 3", "(1, 3)", "holds"),
    ("x > 1, x < 3", "(1, 3)", "holds"),
    ("x < 1, x > 3", "(-\\infty, 1) \\cup (3, \\infty)", "holds"),
    ("x < 1 \\text{ or } x > 3", "(-\\infty, 1) \\cup (3, \\infty)", "holds"),
    ("x \\ne 3", "\\mathbb{R} \\setminus \\{3\\}", "holds"),
    ("|x| < 3", "(-3, 3)", "holds"),
    ("\\{x | x > 2\\}", "x > 2", "holds"),
    ("[0, 1] \\cup [1, 2]", "[0, 2]", "holds"),
    ("[0, 1) \\cap (0.5, 2]", "(0.5, 1)", "holds"),
    ("(0, 9)", "[0, 9)", "fails"),
    ("(0,9)", "(0, 9)", "holds"),
    ("-[0, 1)", "(-1, 0]", "holds"),
    ("1", "[0, 1)", "fails"),
    ("[1, \\sqrt2]", "[1, \\sqrt{2}]", "holds"),
    ("all real numbers", "\\mathbb{R}", "holds"),
    ("no solution", "\\emptyset", "holds"),
    ("\\{1\\} \\cup \\{2\\}", "\\{2, 1\\}", "holds"),
]
LISTS: Rows = [
    ("1, 2", "2, 1", "holds"),
    ("1, 2", "1 and 2", "holds"),
    ("x = 1 or x = 2", "\\{1, 2\\}", "holds"),
    ("\\{1, 2\\}", "\\{1, 3\\}", "fails"),
    ("1, 2", "1, 2, 3", "fails"),
    ("2", "1, 2", "fails"),
    ("\\{5\\}", "5", "holds"),
    ("(1, 2)", "(2, 1)", "fails"),
    ("(1, 2)", "1, 2", "holds"),
    ("(3, 1)", "\\{1, 3\\}", "fails"),
    ("(0; 1; 2)", "(0, 1, 2)", "holds"),
    ("x = 1, y = 2", "y = 2, x = 1", "holds"),
    ("x = 1, y = 2", "x = 2, y = 1", "fails"),
    ("\\begin{cases} x = 1 \\\\ y = 2 \\end{cases}", "(1, 2)", "holds"),
    ("\\begin{aligned} x &= 1 \\\\ y &= 2 \\end{aligned}", "y = 2, x = 1", "holds"),
    ("\\begin{cases} x & x > 0 \\\\ -x & x < 0 \\end{cases}", "x, -x", "unknown"),
    ("p = 5, q = 2; p = 7, q = 2", "(5, 2), (7, 2)", "holds"),
    ("(1, 2), (3, 4)", "(3, 4), (1, 2)", "holds"),
    ("\\pm 2", "2, -2", "holds"),
    ("\\pm 2", "2", "fails"),
    ("\\frac{1 \\pm \\sqrt5}{2}", "\\frac{1+\\sqrt5}{2}, \\frac{1-\\sqrt5}{2}", "holds"),
    ("\\boxed{1} papers and \\boxed{2} bins", "\\boxed{1, 2}", "holds"),
    ("\\boxed{1} no no no \\boxed{2}", "\\boxed{1, 2}", "fails"),
]
MATRICES: Rows = [
    ("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}", "holds"),
    ("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "\\begin{pmatrix}1&2\\\\3&5\\end{pmatrix}", "fails"),
    ("\\left[\\begin{array}{cc}1&2\\\\3&4\\end{array}\\right]", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "holds"),
    ("2\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\begin{pmatrix}2\\\\4\\end{pmatrix}", "holds"),
    (
        "\\begin{pmatrix}1&2\\end{pmatrix} + \\begin{pmatrix}3&4\\end{pmatrix}",
        "\\begin{pmatrix}4&6\\end{pmatrix}",
        "holds",
    ),
    ("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "(1, 2)", "holds"),
    ("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "\\begin{pmatrix}1&2\\end{pmatrix}", "unknown"),
    ("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "5", "fails"),
]
AMOUNTS: Rows = [
    ("50%", "50 percent", "holds"),
    ("50\\%", "0.5", "holds"),
    ("50%", "50", "holds"),
    ("50%", "60", "fails"),
    ("0.5%", "0.5", "unknown"),
    ("33.3%", "1/3", "holds"),
    ("1200", "$1,200", "holds"),
    ("$18", "£18", "unknown"),
    ("$18.00", "18 dollars", "holds"),
    ("50 cents", "$0.50", "holds"),
    ("50 cents", "$0.60", "fails"),
    ("$5", "500", "unknown"),
    ("5€", "€5", "holds"),
    ("18 eggs", "18", "holds"),
    ("18 eggs", "17", "fails"),
    ("18 egg", "18 eggs", "holds"),
    ("18 eggs", "18 cups", "unknown"),
    ("18 feet", "18 miles", "fails"),
    ("5 cm", "50\\text{ mm}", "holds"),
    ("5 m", "5\\text{ meters}", "holds"),
    ("5 square cm", "5\\text{ cm}^{2}", "holds"),
    ("5 cm", "5\\text{ cm}^2", "unknown"),
    ("8\\sqrt{3} \\text { square inches}", "8\\sqrt{3}", "holds"),
    ("2 hours", "120 minutes", "holds"),
    ("2 hours", "120", "unknown"),
    ("90^\\circ", "90", "holds"),
    ("90^\\circ", "\\frac{\\pi}{2}", "holds"),
    ("90 degrees", "91°", "fails"),
    ("3 apples and 5 pears", "3 apples and 5 pears", "holds"),
]
CHOICES: Rows = [
    ("B", "(B)", "holds"),
    ("B", "C", "fails"),
    ("\\textbf{(B)}", "B.", "holds"),
    ("Option B", "Choice_B", "holds"),
    ("Choice_B or Choice_C", "B", "unknown"),
    ("B) Paris", "(B)", "holds"),
    ("B) Paris", "Paris", "holds"),
    ("\\textbf{(B)}\\ 12", "12", "holds"),
    ("(B) 12", "13", "fails"),
    ("B", "Paris", "unknown"),
    ("A", "7", "unknown"),
    ("A, C", "C, A", "holds"),
    ("A, C", "A", "fails"),
]
WORDS: Rows = [
    ("The number", "number", "holds"),
    ("**Paris**", "paris.", "holds"),
    ("Paris", "London", "unknown"),
    ("yes", "No.", "fails"),
    ("YES", "[Yes]", "holds"),
    ("true", "yes", "unknown"),
    ("\\text{odd}", "odd", "holds"),
    ("odd", "even", "fails"),
    ("AB", "ab", "fails"),
    ("car", "bus", "unknown"),
    ("10:30 am", "10:30 AM", "holds"),
    ("There are 15 apples in the basket", "15", "holds"),
    ("There are 15 apples in the basket", "16", "unknown"),
    ("There are more than 15 apples in the basket", "15", "unknown"),
    ("", "", "unknown"),
    ("7", "", "unknown"),
    ("(", "(", "holds"),
]
SOLUTIONS: Rows = [
    ("2 + 3 = 5, so the answer is 5.", "5", "holds"),
    ("2 + 3 = 5\n#### 5", "\\boxed{5}", "holds"),
    ("We find that $x \\neq 5$.", "x != 5", "holds"),
    ("The sum is $\\frac12 + \\frac13$", "\\frac56", "holds"),
    ("Final Answer: The volume of $ABC$ is 120. I hope it is correct.", "$120$", "holds"),
    ("Final Answer: The volume of $ABC$ is 120. I hope it is correct.", "$12$", "fails"),
    ("Thus there are 12 ways to do all of it.", "12", "holds"),
]


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        *NUMBERS,
        *ROUNDED,
        *EXPRESSIONS,
        *EQUATIONS,
        *REGIONS,
        *LISTS,
        *MATRICES,
        *AMOUNTS,
        *CHOICES,
        *WORDS,
        *SOLUTIONS,
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
    assert same_answer("10, 20", "20, 10.1", tolerance=tolerance) is Verdict(verdict)


def test_a_tolerance_is_for_roots_too() -> None:
    assert same_answer("\\sqrt2", "1.4", tolerance=Fraction(1, 10)) is Verdict.HOLDS
    assert same_answer("\\sqrt2", "1.4", tolerance=Fraction(1, 100)) is Verdict.FAILS


@pytest.mark.parametrize("tolerance", [-1, float("nan"), float("inf")])
def test_a_tolerance_is_a_number_and_not_negative(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        same_answer("1", "2", tolerance=tolerance)
