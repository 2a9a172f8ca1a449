"""Hostile text on every page in a real browser: it stays text, and nobody is called."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import Page, expect

from checkers import Constraint, Source, Step, Verdict
from copilot.model import Content, Item, Message
from tests.copilot.web.hostile import PAYLOADS
from tests.copilot.web.room import Room
from tests.copilot.web.seed import Row, cot, item_of, person, session_of
from tests.copilot.web.test_web_hostile import finding, rename

TEXTS = tuple(payload.replace("\r\n", "\n") for payload in PAYLOADS)
_ALIEN = """
() => [...document.querySelectorAll("*")].flatMap((element) => {
  const names = element.getAttributeNames().filter((name) => /^(on|hx-|style$|srcdoc$|formaction$)/.test(name));
  const alien = /^(iframe|object|embed|base|img|image|video|audio|math|template|dialog|style|marquee|x)$/i;
  const script = element.localName === "script" && !(element.getAttribute("src") ?? "").startsWith("/static/");
  return names.length || script || alien.test(element.localName) ? [element.outerHTML.slice(0, 200)] : [];
})
"""
"""Elements and attributes that no page of ours has."""


def gallery() -> list[Row]:
    """A trace with one step for each text, a response with all of them, and a queue for each."""
    item = Item(
        id="gallery",
        messages=tuple(Message(text, text) for text in TEXTS[:40]) + (Message("user", "all"),),
        constraints=tuple(Constraint(text, {}) for text in TEXTS),
        sources=tuple(Source(text, text, text, text) for text in TEXTS),
    )
    looks = (Verdict.FAILS, Verdict.SUSPICIOUS, Verdict.UNKNOWN, Verdict.HOLDS)
    found = tuple(finding(text, step, looks[step % 4]) for step, text in enumerate(TEXTS))
    asked = tuple(
        finding(text, None, looks[place % 4], constraint="x", index=place) for place, text in enumerate(TEXTS)
    )
    steps = tuple(Step(text, id=f"step {place}") for place, text in enumerate(TEXTS))
    whole = "\n".join(TEXTS)
    told = tuple(replace(one, span=(0, len(whole))) for one in asked)
    return [
        Row(item, Content(steps=steps, answer=TEXTS[0]), "review", found + asked, whole, whole, whole),
        Row(replace(item, id="2"), Content(response=whole), "review", told, whole, whole, whole),
        *(Row(item_of(f"queue {text}", text), cot(text), f"expert:{text}") for text in TEXTS),
    ]


def calm(page: Page) -> None:
    """Poke at the page, then see that it holds nothing but ours."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.mouse.move(600, 300)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(_ALIEN) == []
    assert page.title().endswith(" · Copilot")


def come_in(served: Room, page: Page) -> None:
    user_id = person(served.engine, served.project_id, "Ann")
    secret = session_of(served.engine, served.project_id, user_id, now=served.now())
    name = f"copilot_{served.base_url.rpartition(':')[2]}"
    page.context.add_cookies([{"name": name, "value": secret, "url": served.base_url}])
    served.add(*gallery())
    page.goto("/")


def test_every_page_with_every_text_calls_nobody(served: Room, page: Page) -> None:
    """The watch of `page` fails the test for a dialog, a foreign request, or a report of the policy."""
    come_in(served, page)
    calm(page)
    for _ in ("trace", "response"):
        page.goto("/")
        page.locator("form.queue", has=page.locator("[value=review]")).get_by_role("button").click()
        page.wait_for_url(re.compile("/items/"))
        calm(page)
        path = page.url
        expect(page.get_by_text(TEXTS[0], exact=False).first).to_be_visible()
        conflict(page)
        page.goto(path)
        broken(page)
        page.goto(path)
        page.get_by_role("button", name="Reject", exact=True).click()
        page.get_by_label("Why?").fill("\n".join(TEXTS)[:2_000])
        page.get_by_role("button", name="Reject, next").click()
        page.wait_for_url(re.compile("said=reject"))
        calm(page)


def conflict(page: Page) -> None:
    """The same texts, saved from a version that never was."""
    send_as(page, version="7")
    page.locator("textarea.type").first.fill("changed " + TEXTS[0])
    page.locator(".dock button[value=save]").click()
    page.get_by_role("heading", name="Both texts are kept").wait_for()
    calm(page)


def broken(page: Page) -> None:
    """The same texts, in a form that is refused."""
    send_as(page, version="x")
    page.locator(".dock button[value=save]").click()
    page.get_by_role("heading", name="The form does not say").wait_for()
    calm(page)


def send_as(page: Page, *, version: str) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate("(version) => { document.querySelector('[name=version]').value = version; }", version)


def test_a_name_calls_nobody(served: Room, page: Page) -> None:
    user_id = person(served.engine, served.project_id, "Ann")
    secret = session_of(served.engine, served.project_id, user_id, now=served.now())
    name = f"copilot_{served.base_url.rpartition(':')[2]}"
    page.context.add_cookies([{"name": name, "value": secret, "url": served.base_url}])
    for text in TEXTS:
        rename(served, user_id, text)
        page.goto("/")
        assert page.evaluate(_ALIEN) == []
    page.wait_for_load_state("networkidle")
