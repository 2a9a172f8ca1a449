"""Mathematics as people and models write it, read into trees."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checkers.formula.read import MAX_HEIGHT, MAX_TEXT, read
from checkers.formula.tree import Node, Opaque, Unreadable, children, has, height
from checkers.formula.write import same_shape, written

READINGS = [
    ("1,234 + 1{,}000", "1{,}234 + 1{,}000"),
    ("1.5e-3", "0.0015"),
    ("3 \\times 10^5", "3 \\cdot 10^5"),
    ("50\\%", "50\\%"),
    ("\\$5.00 + $3", "\\$5.00 + \\$3"),
    ("3\\frac12", "(3 + (1 / 2))"),
    ("-3\\frac12", "- (3 + (1 / 2))"),
    ("2⅓", "(2 + (1 / 3))"),
    ("3(12)", "3 \\cdot (12)"),
    ("3\\frac{x}{2}", "3 \\cdot ((x) / (2))"),
    ("0.1\\overline{6}", "(1 / 6)"),
    ("0.\\overline{3}", "(1 / 3)"),
    ("2xy", "2 \\cdot x \\cdot y"),
    ("n-n-1", "n - n - 1"),
    ("a-b", "a - b"),
    ("-2x^2", "- 2 \\cdot x^2"),
    ("x² + y³", "x^2 + y^3"),
    ("x**2", "x^2"),
    ("2^-1", "2^-1"),
    ("x_1 + x_{12} + a₂", "x_{1} + x_{12} + a_{2}"),
    ("πr²", "\\pi  \\cdot r^2"),
    ("\\alpha\\beta", "\\alpha  \\cdot \\beta "),
    ("n! + 5!", "n! + 5!"),
    ("\\binom{n}{k} = \\binom nk", "\\binom{n}{k} = \\binom{n}{k}"),
    ("|x - 1| + 2|x|", "\\operatorname{abs}(x - 1) + 2 \\cdot \\operatorname{abs}(x)"),
    ("\\left| x \\right|", "\\operatorname{abs}(x)"),
    ("\\lfloor 3.5 \\rfloor", "\\operatorname{floor}(3.5)"),
    ("\\sqrt2 + √(3) + \\sqrt[3]{8}", "\\sqrt[2]{2} + \\sqrt[2]{3} + \\sqrt[3]{8}"),
    ("\\log_2 8 + \\ln x", "\\log_{2}(8) + \\operatorname{ln}(x)"),
    ("\\sin^2 x", "\\sin^{2}(x)"),
    ("\\sin^{-1} x", "\\operatorname{arcsin}(x)"),
    ("\\sin 2x \\cos x", "\\operatorname{sin}(2 \\cdot x) \\cdot \\operatorname{cos}(x)"),
    ("\\sin(30^\\circ) + \\cos 60°", "\\operatorname{sin}(30^{\\circ}) + \\operatorname{cos}(60^{\\circ})"),
    ("\\gcd(4, 6) + \\operatorname{lcm}(4, 6)", "\\operatorname{gcd}(4, 6) + \\operatorname{lcm}(4, 6)"),
    ("\\sum_{k=1}^{n} k^2", "\\sum_{k = 1}^{n} k^2"),
    ("\\prod_{i=1}^{5} (i + 1)", "\\prod_{i = 1}^{5} (i + 1)"),
    ("\\{1, 2, 3\\}", "\\{1, 2, 3\\}"),
    ("\\left\\{1, 2\\right\\}", "\\{1, 2\\}"),
    ("(1, 2)", "(1, 2)"),
    ("[0, 1)", "[0, 1)"),
    ("(0, \\infty)", "(0, ∞)"),
    ("A \\cup B", "A \\cup B"),
    ("\\begin{pmatrix}1 & 2 \\\\ 3 & 4\\end{pmatrix}", "\\begin{pmatrix}1 & 2 \\\\ 3 & 4\\end{pmatrix}"),
    ("17 \\equiv 2 \\pmod{5}", "17 \\equiv 2 (\\mod (5))"),
    ("17 ≡ 2 (mod 5)", "17 \\equiv 2 (\\mod 5)"),
    ("17 mod 5 = 2", "17 \\bmod 5 = 2"),
    ("-b \\pm \\sqrt{d}", "- b \\pm \\sqrt[2]{d}"),
    ("\\pi ≈ 3.14", "\\pi  \\approx 3.14"),
    ("a = b < c", "a = b < c"),
    ("x = 1, y = 2", "x = 1, y = 2"),
    ("\\boxed{x = 5}", "\\boxed{x = 5}"),
    ("5 \\text{ cm} + 5 cm^2", "5\\text{ cm } + 5\\text{ cm^2 }"),
    ("10 &= 2 \\cdot 5 \\\\ &= 10", "10 = 2 \\cdot 5 = 10"),
    ("$2 + 3 = 5$.", "2 + 3 = 5"),
    ("<<2+3=5>>5", "5"),
    ("f(x) = x(x + 1)", "f(x) = x \\cdot (x + 1)"),
    ("f'(x) = 2x", "f'(x) = 2 \\cdot x"),
    ("speed = distance / time", "speed = distance / time"),
    ("x − y × 2 ÷ 3", "x - y \\cdot 2 / 3"),
    ("n != 0", "n \\ne 0"),
    ("5!=120", "5! = 120"),
    ("3\\frac14\\text{ yards}", "(3 + (1 / 4))\\text{ yards }"),
    ("3\\frac14\\%", "(3 + (1 / 4))\\%"),
    ("3\\frac{x}{2}^2", "3 \\cdot ((x) / (2))^2"),
    ("\\frac{8!}{4!4!}", "((8!) / (4! \\cdot 4!))"),
    ("2^{3}5^{2} + 2^3 5^2", "2^(3) \\cdot 5^(2) + 2^3 \\cdot 5^2"),
    ("2|x| |y|", "2 \\cdot \\operatorname{abs}(x) \\cdot \\operatorname{abs}(y)"),
    ("10.5(10.5 - 8)", "10.5 \\cdot (10.5 - 8)"),
    ("3 x 4 = 12", "3 \\cdot 4 = 12"),
    ("x \\not= 2", "x \\ne 2"),
    ("{6 \\choose 2} + {1 \\over 2}", "\\binom{6}{2} + ((1) / (2))"),
    ("\\mathop{\\text{lcm}}[4, 6]", "\\operatorname{lcm}(4, 6)"),
    ("m\\angle ABC = 40^\\circ", "\\angle ABC = 40^{\\circ}"),
    ("\\overline{AB} = \\overline{z}", "\\overline{AB} = \\overline{z}"),
    ("3abc-a^3", "3 \\cdot a \\cdot b \\cdot c - a^3"),
    ("4 \\* (2)", "4 \\cdot (2)"),
    ("BE = 5", "BE = 5"),
    ("p(n) = n + 1", "p(n) = n + 1"),
    ("\\text{Total cost} = 5 \\tag{1}", "\\text{Total cost} = 5"),
]


@pytest.mark.parametrize(("text", "canonical"), READINGS, ids=[text for text, _ in READINGS])
def test_a_formula_is_read_as_a_mathematician_reads_it(text: str, canonical: str) -> None:
    node = read(text)

    assert not isinstance(node, Unreadable)
    assert written(node) == canonical


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing to read"),
        ("1/2x", "two ways"),
        ("6/2(1+2)", "two ways"),
        ("1.5(3)", "two ways"),
        ("2\\frac{7}{2}", "two ways"),
        ("x(2)", "factor or a function"),
        ("\\sin(x)^2", "two ways"),
        ("\\cos 2x / 3", "two ways"),
        ("(1,234)", "two ways"),
        ("n!!", "two ways"),
        ("n!=0", "no place"),
        ("x2", "two ways"),
        ("3\\frac12^2", "two ways"),
        ("p(3)", "factor or a function"),
        ("ab(c)", "factor or a function"),
        ("x(y)", "factor or a function"),
        ("\\mathbf{a} \\times \\mathbf{b}", "two ways"),
        ("\\vec{a}(\\vec{b} + \\vec{c})", "two ways"),
        ("\\overline{429}", "two ways"),
        ("\\underline{A}\\underline{B}", "two ways"),
        ("8C3", "choices"),
        ("-4th", "no place"),
        ("16x2", "two ways"),
        ("50% of 20", "is a word"),
        ("\\begin{pmatrix}1 & 2 \\\\ 3\\end{pmatrix}", "different lengths"),
        ("(1]", "not closed"),
        ("|x", "not closed"),
        ("1 +", "too early"),
        ("1 + 1\n2 + 2", "another line"),
        ("\\foo", "is not read"),
        ("1e999", "power of ten"),
        ("1e999999999", "power of ten"),
        ("9" * 1_001, "too many digits"),
        ("1" * 9_000, "too long"),
        ("(" * 3_000, "too long"),
        ("(" * 100 + "1" + ")" * 100, "too deep"),
        ("{" * 100 + "1" + "}" * 100, "too deep"),
        ("\\sqrt" * 200 + "2", "too deep"),
        ("- " * 100 + "1", "too deep"),
        ("2^" * 100 + "1", "too deep"),
        ("a(" * 100 + "1", "too deep"),
        ("5" + "%" * 400, "too deep"),
        ('sin("__import__")', "no place"),
        ("__import__('os').system('true')", "no"),
    ],
)
def test_what_is_not_read_says_why(text: str, reason: str) -> None:
    node = read(text)

    assert isinstance(node, Unreadable)
    assert reason in node.reason


WORDS = r"""1 2 12 3.5 1,000 0.25 x y n k e pi f g P AB x_1 a_{n+1} ½ ² ³ + - * / ^ ^2 ^{-1} ^\circ ° ! % \% $ \$ ( )
[ ] { } \{ \} | , = < \le ≡ \pmod{7} mod \pm ± \frac \frac12 \frac{1}{x} \binom{n}{2} \sqrt \sqrt[3] \sin \cos^2 \log_2
\ln \gcd( \left( \right) \left| \right| \sum_{k=1}^{n} \prod_{k=1}^3 \begin{pmatrix} \end{pmatrix} & \\ \boxed{
\text{cm} \text{ and } cm \overline{3} . .. \dots \int of speed ' << >> \cup \infty \cdot \times"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])
MATHS = st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join)
TEXTS = MATHS | st.text(max_size=60)


def nodes(root: Node) -> list[Node]:
    found: list[Node] = []
    waiting = [root]
    while waiting:
        found.append(waiting.pop())
        waiting.extend(children(found[-1]))
    return found


@given(text=TEXTS)
@example("\\frac")
@example("\\sum_{")
@example("x^²")
@example("e-")
@settings(max_examples=1_000, deadline=None, derandomize=True)
def test_any_text_is_read_or_refused_with_spans_inside_it(text: str) -> None:
    node = read(text)

    if isinstance(node, Unreadable):
        assert node.reason
        return
    assert height(node) <= MAX_HEIGHT
    for each in nodes(node):
        start, end = each.span
        assert 0 <= start <= end <= len(text)


SHAPES = """{0} + {1};{0} - {1};{0} \\cdot {1};{0} / {1};{0}{1};{0} {1};({0})({1});\\frac{{{0}}}{{{1}}};{0}^{{{1}}};
({0})^2;-{0};({0});{0}!;|{0}|;\\sqrt{{{0}}};\\sqrt[3]{{{0}}};\\sin {0};\\cos^2({0});\\log_2({0});
\\ln({0});\\binom{{{0}}}{{{1}}};{0}^\\circ;\\sum_{{k=1}}^{{{0}}} {1};\\lfloor {0} \\rfloor;
\\gcd({0}, {1});{0} \\pm {1};{0} = {1};{0} \\le {1};\\{{{0}, {1}\\}};({0}, {1});[{0}, {1});
\\begin{{pmatrix}}{0} & {1}\\end{{pmatrix}};\\begin{{vmatrix}}{0} & {1} \\\\ {1} & {0}\\end{{vmatrix}};
{0} \\bmod {1};{0}\\%;f({0});{0}²;\\boxed{{{0} = {1}}};{0} \\equiv {1} \\pmod 7;{0}\\text{{ cm}};
{0} \\cup {1};{0}, {1};\\$5 + {0};3\\frac12 {0};\\max({0}, {1});±{0}"""
LEAVES = st.sampled_from(
    ["1", "12", "3.50", "1{,}000", "x", "y", "n", "\\pi", "x_1", "AB", "f'", "½", "0.1\\overline{6}", "1e-3"]
)
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda shape, one, other: shape.strip().format(one, other), st.sampled_from(SHAPES.split(";")), inner, inner
    ),
    max_leaves=8,
)


def test_most_formulas_of_these_shapes_are_read() -> None:
    read_at_all = [shape for shape in SHAPES.split(";") if isinstance(read(shape.strip().format("x", "(y)")), Node)]

    assert len(read_at_all) > 0.9 * len(SHAPES.split(";"))


@given(text=MATHS | FORMULAS)
@settings(max_examples=2_000, deadline=None, derandomize=True)
def test_a_tree_that_is_written_reads_as_the_same_tree(text: str) -> None:
    node = read(text)
    if isinstance(node, Unreadable) or has(node, Opaque):
        return
    again = read(written(node))

    assert not isinstance(again, Unreadable), (written(node), again)
    assert same_shape(node, again), written(node)


@pytest.mark.parametrize(
    "run", ["(", "a(", "f(", "{", "|", "\\frac", "\\sqrt", "x", "2x", "^", "!", "1e9", "\\{", "\\left(", "$"]
)
def test_a_long_run_costs_little(run: str) -> None:
    began = time.process_time()

    read((run * MAX_TEXT)[:MAX_TEXT])
    read((run * 400)[:490])

    assert time.process_time() - began < 2
