"""The fixed scan for relations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.checkers.scan import places


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("So 2 + 3 = 5.", ["w 0 + 0 = 0 ."]),
        ("a = b = 3", ["a = a", "a = 0"]),
        ("We get $x = \\frac{1}{2}$ and stop.", ["a = \\frac { 0 } { 0 }"]),
        ("Thus \\(n \\leq 12\\).", ["a \\leq 0"]),
        ("speed = 1,200.5 km", ["w = 0 w"]),
        ("x != 3, y == 4", ["a != 0 , a", "0 , a == 0"]),
        ("<<2+3=5>>5", ["0 + 0 = 0"]),
        ("2+3 = <<2+3=5>>5", ["0 + 0 = 0 + 0", "0 + 0 = 0"]),
        ("x => 3, a -> b, <b>bold</b>, <|end|>, ====", []),
        ("= 5", []),
        ("x =\n5", []),
        ("\\left( x \\leftarrow 5", []),
        ("(a) ≥ (b)", ["( a ) ≥ ( a )"]),
    ],
)
def test_what_looks_like_a_relation_is_found_with_its_shape(text: str, shapes: list[str]) -> None:
    assert [place.shape for place in places(text)] == shapes


@given(st.text(alphabet="0123456789abx=<>≤!:-+ .$\\{}()\n", max_size=200))
def test_every_place_is_a_sign_of_the_text_in_order(text: str) -> None:
    found = list(places(text))
    assert [place.sign for place in found] == [text[place.start : place.end] for place in found]
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
