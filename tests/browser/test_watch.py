"""The watch itself: what it must see, it sees."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.watch import Watch
from tests.copilot.web.room import Room

_PLANTED = """
() => {
  const image = document.createElement("img");
  image.src = "https://evil.test/pixel.png";
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(image, script);
  document.body.setAttribute("style", "color: red");
}
"""


def test_what_is_planted_is_seen_and_does_not_run(chromium: Browser, served: Room) -> None:
    context = chromium.new_context(base_url=served.base_url)
    page = context.new_page()
    watch = Watch(page, served.base_url)
    page.goto("/login")
    assert watch.seen == []

    page.evaluate(_PLANTED)
    page.evaluate("() => alert('seen')")
    page.wait_for_load_state("networkidle")

    seen = " ".join(watch.seen)
    assert page.evaluate("window.ran") is None
    for what in ("policy: img-src", "policy: script-src", "policy: style-src", "dialog: seen"):
        assert what in seen, watch.seen
    context.close()
