"""Hostile text in every field of every page: the page keeps its skeleton, and what was typed is text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from urllib.parse import quote
from uuid import UUID

import pytest

from checkers import Constraint, Finding, Source, Step, Verdict, check
from copilot.model import Content, Item, Message
from copilot.store.connect import open_store, writing
from copilot.store.sessions import new_setup_secret
from tests.copilot.web.browser import Browser
from tests.copilot.web.hostile import PAYLOADS
from tests.copilot.web.room import Room, furnished, taken
from tests.copilot.web.seed import Form, Row, Skeleton, person, session_of

HARMLESS = "harmless"
SAYS = {
    "of no version": "Your words stand below",
    "refused": "Your words stand below",
    "signed out": "You are signed out",
    "edited": "As drafted",
    "in conflict": "Both texts are kept",
    "to be rejected": "A rejection needs a reason",
}
"""A page of each kind holds these words, or it is not the page that was meant."""


def finding(text: str, step: int | None, verdict: Verdict, **evidence: object) -> Finding:
    return Finding(
        verdict,
        (0, len(text)),
        text,
        step,
        rule=text,
        evidence={"measured": text, "wanted": text, "reason": text, **evidence},  # type: ignore[dict-item]
        repair=text,
    )


def rows(text: str) -> list[Row]:
    """A trace and a response with the text in every field that a stranger fills."""
    # Every page but one has a line break kept as LF; the store keeps texts that way.
    text = text.replace("\r\n", "\n")
    item = Item(
        id=text,
        messages=(Message(text, text), Message("user", text)),
        domain=text,
        difficulty=text,
        language=text,
        constraints=(Constraint(text, {"words": [text]}, span=(0, len(text))), Constraint(text, {})),
        sources=(Source(text, "", text, text), Source("s2", text, text, text)),
        metadata={text: text},
    )
    plain = replace(item, id=f"2 {text}", messages=(Message("user", text),))
    steps = tuple(Step(text, id=f"{text[:40]} {number}") for number in range(4))
    found = (
        finding(text, 0, Verdict.FAILS),
        finding(text, 1, Verdict.SUSPICIOUS),
        finding(text, 2, Verdict.UNKNOWN),
        replace(finding(text, 3, Verdict.FAILS), carried=True),
        finding(text, None, Verdict.FAILS, constraint=text, index=0),
        finding(text, None, Verdict.HOLDS),
    )
    whole = tuple(one for one in found if one.step is None)
    queue = f"expert:{text}"
    return [
        Row(item, Content(steps=steps, answer=text), queue, found, text, text, text),
        Row(plain, Content(response=text), queue, whole, text, text, text),
    ]


def pages(room: Room, browser: Browser, text: str) -> Iterator[tuple[str, str]]:
    """Every page that can hold the text, with a word on which it is."""
    room.add(*rows(text))
    queue = f"expert:{rows(text)[0].content.answer}"
    yield "queues", browser.get("/").text
    for kind in ("trace", "response"):
        path = taken(browser, queue)
        yield kind, browser.get(path).text
        fields = Form(browser.get(path).text, path).fields
        typed = {
            key: text if key[-4:] in (".txt", "text", "elow", "nswer", "onse") else value
            for key, value in fields.items()
        }
        typed["reason"] = text
        yield f"{kind} of no version", browser.post(path, data={**typed, "version": "x"}).text
        yield f"{kind} refused", browser.post(path, data={**typed, "token": text}).text
        yield f"{kind} signed out", room.client().post(path, data=typed).text
        browser.post(path, data={**typed, "step.0.text": f"{text} 1", "response": f"{text} 1", "do": "save"})
        yield f"{kind} edited", browser.get(path).text
        yield f"{kind} in conflict", browser.post(path, data={**typed, "version": "7", "do": "save"}).text
        asked = {**Form(browser.get(path).text, path).fields, "reason": "", "do": "reject"}
        yield f"{kind} to be rejected", browser.post(path, data=asked).text
        browser.post(path, data={**Form(browser.get(path).text, path).fields, "reason": text, "do": "reject"})
    yield from open_pages(room.client(), text)


def open_pages(browser: Browser, text: str) -> Iterator[tuple[str, str]]:
    yield "log-in", browser.post("/login", data={"name": text, "password": text}).text
    yield "nowhere", browser.get("/nowhere/" + quote(text, safe="")).text
    yield "asked", browser.get("/login", params={"said": text}).text


class Attributes(HTMLParser):
    """Every attribute that could run, load or send something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.active: list[tuple[str, str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        links = ("href", "src", "action", "formaction", "srcset", "data", "xlink:href")
        for name, value in attrs:
            foreign = name in links and not (value or "").startswith(("/", "#"))
            if name.startswith(("on", "hx-", "style", "srcdoc")) or foreign:
                self.active.append((tag, name, value))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Browser]]:
    engine = open_store(home=tmp_path_factory.mktemp("stage") / "home", url=None)
    # What the family of contents says of a payload would stand on some pages and not on others.
    room = furnished(engine, check=partial(check, ignore=["content"]))
    yield room, room.signed_in()
    engine.dispose()


@pytest.fixture(scope="module")
def plain_pages(stage: tuple[Room, Browser]) -> dict[str, Skeleton]:
    return {page: Skeleton(html) for page, html in pages(*stage, HARMLESS)}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_page_gets_another_skeleton(
    stage: tuple[Room, Browser], plain_pages: dict[str, Skeleton], payload: str
) -> None:
    seen = set()
    for page, html in pages(*stage, payload):
        assert SAYS.get(page.partition(" ")[2], "") in html
        assert "Something broke" not in html
        skeleton = Skeleton(html)
        assert skeleton.tags == plain_pages[page].tags, page
        assert skeleton.comments == []
        assert Attributes(html).active == []
        assert payload not in html.partition("<title>")[2].partition("</title>")[0]
        seen.add(page)

    assert seen == set(plain_pages)
    assert len(seen) == 18


def test_a_set_up_page_shows_what_was_typed_as_text(room: Room) -> None:
    with writing(room.engine) as db:
        secret = new_setup_secret(db, now=room.clock())
    browser = room.client()

    def page(text: str, secret: str) -> str:
        return browser.post("/setup", data={"name": text, "password": "short", "secret": secret}).text

    plain, gone = Skeleton(page(HARMLESS, secret)), Skeleton(page(HARMLESS, HARMLESS))
    for payload in PAYLOADS:
        assert Skeleton(page(payload, secret)).tags == plain.tags
        assert Skeleton(page(payload, payload)).tags == gone.tags
        assert Attributes(page(payload, secret)).active == []


def test_a_name_is_text(room: Room) -> None:
    room.add(*rows(HARMLESS))
    ann = person(room.engine, room.project_id, "Ann")
    browser = room.client()
    browser.carry("copilot_8765", session_of(room.engine, room.project_id, ann))
    plain = Skeleton(browser.get("/").text)
    for payload in PAYLOADS:
        rename(room, ann, payload)

        page = browser.get("/").text

        assert Skeleton(page).tags == plain.tags
        assert Attributes(page).active == []


def rename(room: Room, user_id: UUID, name: str) -> None:
    """People's names are checked when they are made; this is one that got in all the same."""
    with room.engine.begin() as db:
        db.exec_driver_sql("UPDATE person SET name = ? WHERE id = ?", (name, user_id.hex))
