"""Strangers' text as HTML: nothing gets out of it, nothing in it is unseen, places stand where they belong."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.web.marks import Place, marked, shown
from tests.copilot.web.hostile import PAYLOADS
from tests.copilot.web.seed import Skeleton

GHOST = re.compile(r'<span class="ghost" title="(U\+[0-9A-F]+) [^"]*">\1</span>')


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "U+202E right-to-left override"),
        ("\u2066", "U+2066 left-to-right isolate"),
        ("\u200b", "U+200B zero width space"),
        ("\u200f", "U+200F right-to-left mark"),
        ("\u2063", "U+2063 invisible separator"),
        ("\ufeff", "U+FEFF zero width no-break space"),
        ("\U000e0041", "U+E0041 tag latin capital letter a"),
        ("\x00", "U+0000 control character"),
        ("\x1b", "U+001B control character"),
        ("\x9b", "U+009B control character"),
        ("\r", "U+000D control character"),
        ("\u3164", "U+3164 hangul filler"),
        ("\ud800", "U+D800 control character"),
    ],
)
def test_a_character_without_a_shape_gets_one(character: str, name: str) -> None:
    point = name.split(" ", maxsplit=1)[0]

    assert shown(f"a{character}b") == f'a<span class="ghost" title="{name}">{point}</span>b'


@pytest.mark.parametrize("text", ["a b\tc\nd", "naïve café", "日本語", "עברית", "x² ≤ 3", "👍", "\ufffd"])
def test_what_has_a_shape_is_left_alone(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_makes_no_element(payload: str) -> None:
    assert Skeleton(shown(payload)).tags == []
    assert Skeleton(marked(payload, [Place((0, len(payload)), "fails")])).tags == [("mark", ("class",))]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param([], "a&lt;b c", id="none"),
        pytest.param([((0, 3), "fails")], '<mark class="place place--fails">a&lt;b</mark> c', id="escaped inside"),
        pytest.param([((0, 3), "holds")], "a&lt;b c", id="what holds is not underlined"),
        pytest.param([((0, 99), "fails")], "a&lt;b c", id="beyond the text"),
        pytest.param([((-1, 2), "fails")], "a&lt;b c", id="before the text"),
        pytest.param([((2, 2), "fails")], "a&lt;b c", id="empty"),
        pytest.param([((0, 3), 'x"><script>')], "a&lt;b c", id="a look that we do not have"),
        pytest.param(
            [((0, 3), "unknown"), ((2, 5), "fails")],
            '<mark class="place place--unknown">a&lt;</mark><mark class="place place--fails">b</mark>'
            '<mark class="place place--fails"> c</mark>',
            id="the worst wins an overlap",
        ),
    ],
)
def test_places_are_underlined(places: list[tuple[tuple[int, int], str]], expected: str) -> None:
    assert marked("a<b c", [Place(span, look) for span, look in places]) == expected


def test_places_count_code_points() -> None:
    assert marked("👍👍 3", [Place((3, 4), "fails")]) == '👍👍 <mark class="place place--fails">3</mark>'


@given(
    text=st.text(max_size=60),
    places=st.lists(
        st.builds(
            Place,
            st.tuples(st.integers(-3, 70), st.integers(-3, 70)),
            st.sampled_from(["fails", "suspicious", "carried", "unknown", "holds"]),
        ),
        max_size=8,
    ),
)
def test_without_its_tags_it_is_the_text_again(text: str, places: list[Place]) -> None:
    page = GHOST.sub(lambda found: chr(int(found[1][2:], 16)), marked(text, places))
    bare = re.sub(r'<mark class="place place--[a-z]+">|</mark>', "", page)

    assert re.sub(r"&(amp|lt|gt|#34|#39);", lambda found: html.unescape(found[0]), bare) == text


def test_a_thousand_findings_do_not_make_a_page_of_millions() -> None:
    text = "x" * 5_000
    places = [Place((at, at + 2_000), "fails") for at in range(1_000)]

    assert len(marked(text, places)) < 100_000
