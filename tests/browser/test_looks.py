"""How the pages look and are named, in both themes and from desk to telephone.

Pictures are written to the folder that COPILOT_SHOTS names, for people to look at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_journey import sign_in, take
from tests.browser.watch import Watch
from tests.copilot.web.room import Room
from tests.copilot.web.seed import POEM, TRUE_SUM, WRONG_SUM, Row, cot, item_of, person

SIZES = ((1440, 900), (1024, 768), (720, 450), (390, 844), (320, 640))
PICTURED = ((1440, 900), (390, 844))
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_NAMELESS = """
() => [...document.querySelectorAll("button, a, input:not([type=hidden]), textarea, summary")]
  .filter((one) => !one.closest("[aria-hidden=true]"))
  .filter((one) => !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length))
  .map((one) => one.outerHTML.slice(0, 120))
"""
_CONTRAST = """
() => {
  const linear = (c) => (c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  const sum = ([r, g, b]) => [r, g, b].map((c) => linear(c / 255))
    .reduce((total, c, i) => total + c * [.2126, .7152, .0722][i], 0);
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !one.checkVisibility()) continue;
    if (one.closest(".sr, .skip, script, noscript, [popover]")) continue;
    const ink = parts(getComputedStyle(one).color), paper = ground(one);
    if (!getComputedStyle(one).color.startsWith("rgb") || paper.length < 3) continue;
    const [low, high] = [sum(ink), sum(paper)].sort((a, b) => a - b);
    if ((high + .05) / (low + .05) < 4.5) faint.push(walk.currentNode.textContent.trim().slice(0, 40));
  }
  return faint;
}
"""


@pytest.fixture
def still(chromium: Browser, served: Room) -> Iterator[Page]:
    """A page on which nothing moves."""
    context = chromium.new_context(base_url=served.base_url, reduced_motion="reduce")
    page = context.new_page()
    watch = Watch(page, served.base_url)
    yield page
    context.close()
    watch.done()


def look(page: Page, name: str) -> None:
    """Hold the page against what every page must be, in each theme and size."""
    folder = os.environ.get("COPILOT_SHOTS")
    assert page.evaluate(_NAMELESS) == []
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(_SIDEWAYS) <= 0, f"{name} scrolls sideways at {width}"
            if folder and (width, height) in PICTURED:
                page.screenshot(path=Path(folder) / f"{name}-{width}-{theme}.png")
        assert page.evaluate(_CONTRAST) == [], f"{name} is faint in {theme}"
    page.set_viewport_size({"width": 1440, "height": 900})


def test_the_pages_of_a_day(served: Room, still: Page) -> None:
    law = Row(item_of("law", "May a minor sign a lease?"), cot("A lease binds both sides."), "expert:law", findings=())
    served.add(WRONG_SUM, TRUE_SUM, law)
    person(served.engine, served.project_id, "Ann")
    still.goto("/setup")
    look(still, "setup")
    still.goto("/login")
    look(still, "login")
    still.get_by_label("Name").fill("Ann")
    still.get_by_label("Password").fill("wrong")
    still.get_by_role("button", name="Sign in").click()
    expect(still.get_by_role("alert")).to_be_visible()
    look(still, "login-wrong")
    sign_in(still)
    look(still, "queues")
    still.locator("form.queue", has=still.locator("[value=review]")).get_by_role("button").click()
    expect(still).to_have_url(re.compile("/items/"))
    look(still, "cot")
    in_conflict(still)
    rejected(still)


def in_conflict(still: Page) -> None:
    still.evaluate("() => { document.querySelector('[name=version]').value = '7'; }")
    still.get_by_label("Text of step 2").fill("That makes 12 * 4 = 48 pens in all.")
    still.get_by_role("button", name="Save and check").click()
    expect(still.get_by_role("heading", name="Both texts are kept")).to_be_visible()
    look(still, "conflict")
    still.get_by_role("link", name="Take the other").click()


def rejected(still: Page) -> None:
    still.get_by_role("button", name="Reject", exact=True).click()
    look(still, "reject")
    still.get_by_role("button", name="Reject, next").click()
    expect(still.get_by_role("alert")).to_be_visible()
    look(still, "reject-why")
    still.get_by_label("Text of step 2").fill("That makes 12 * 4 = 48 pens in all.")
    still.get_by_role("button", name="Save and check").click()
    look(still, "cot-edited")
    still.context.clear_cookies()
    still.get_by_role("button", name="Save and check").click()
    expect(still.get_by_role("heading", name="You are signed out")).to_be_visible()
    look(still, "signed-out")


def test_a_response_with_constraints_and_an_empty_desk(served: Room, still: Page) -> None:
    served.add(POEM)
    person(served.engine, served.project_id, "Ann")
    sign_in(still)
    take(still)
    look(still, "sft")
    still.get_by_role("button", name=re.compile("^Accept")).click()
    expect(still.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    look(still, "empty")
    still.goto("/nowhere")
    look(still, "nothing-here")


def test_text_in_every_direction_keeps_its_place(served: Room, still: Page) -> None:
    served.add(
        Row(
            item_of("rtl", "כמה הם שתיים ועוד שתיים?"),
            cot("שתיים ועוד שתיים 2 + 2 = 5.", "x" * 400, "a\u202eb\u200bc", answer="5"),
        )
    )
    person(served.engine, served.project_id, "Ann")
    sign_in(still)
    take(still)

    look(still, "directions")
    assert still.locator(".ghost").all_text_contents() == ["U+202E", "U+200B"]
