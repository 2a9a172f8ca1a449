"""Coming in and going out: passwords, sessions, the first person's link."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from copilot.store.connect import writing
from copilot.store.people import disable
from copilot.store.sessions import new_setup_secret
from tests.copilot.web.browser import Browser
from tests.copilot.web.room import Room
from tests.copilot.web.seed import PASSWORD, Form, person, project, session_of

COOKIE = "copilot_8765"


def log_in(browser: Browser, name: str = "Ann", password: str = PASSWORD) -> int:
    return browser.post("/login", data={"name": name, "password": password}).status_code


def test_a_person_signs_in_and_out(room: Room) -> None:
    person(room.engine, room.project_id, "Ann")
    browser = room.client()

    reply = browser.post("/login", data={"name": " ann ", "password": PASSWORD})

    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    parts = [part.strip() for part in reply.headers["set-cookie"].split(";")]
    assert parts[0].startswith(f"{COOKIE}=")
    assert sorted(parts[1:]) == ["HttpOnly", "Path=/", "SameSite=lax"]
    page = browser.get("/")
    assert page.status_code == 200
    secret = browser.cookies[COOKIE]
    assert secret not in page.text

    assert browser.post("/logout", data=Form(page.text, "/logout").fields).headers["location"] == "/login"
    assert COOKIE not in browser.cookies
    browser.carry(COOKIE, secret)
    assert browser.get("/").headers["location"] == "/login"


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ann", "wrong"), ("Ann", ""), ("nobody", PASSWORD), ("", ""), ("Ann", PASSWORD.upper()), ("Ann", "x" * 5_000)],
)
def test_who_and_what_was_wrong_is_not_told(room: Room, name: str, password: str) -> None:
    person(room.engine, room.project_id, "Ann")
    browser = room.client()

    reply = browser.post("/login", data={"name": name, "password": password})

    assert reply.status_code == 401
    assert "That name and password do not match." in reply.text
    assert "set-cookie" not in reply.headers
    if len(password) > 5:
        assert password not in reply.text


def test_somebody_of_another_project_is_not_known_here(room: Room) -> None:
    other = project(room.engine, "other")
    person(room.engine, other, "Bob")

    assert log_in(room.client(), "Bob") == 401


def test_a_session_of_another_project_opens_nothing(room: Room) -> None:
    other = project(room.engine, "other")
    bob = person(room.engine, other, "Bob")
    browser = room.client()
    browser.carry(COOKIE, session_of(room.engine, other, bob))

    assert browser.get("/").headers["location"] == "/login"


def test_after_five_wrong_passwords_the_account_pauses(room: Room) -> None:
    person(room.engine, room.project_id, "Ann")
    browser = room.client()
    assert [log_in(browser, password="wrong") for _ in range(6)] == [401] * 5 + [429]

    reply = browser.post("/login", data={"name": "Ann", "password": PASSWORD})
    assert reply.status_code == 429
    assert reply.headers["retry-after"] == "900"
    assert "Try again in 15 minutes." in reply.text

    room.clock.forward(minutes=15)
    assert log_in(browser) == 303


def test_another_way_to_write_the_name_gives_no_more_tries(room: Room) -> None:
    person(room.engine, room.project_id, "Ann")
    browser = room.client()
    variants = ["Ann", "\uff21nn", "A\uff4en", "\uff21\uff4e\uff4e", "ANN", "\uff21\uff2e\uff2e"]

    assert [log_in(browser, name, "wrong") for name in variants] == [401] * 5 + [429]
    assert log_in(browser, "A\uff2e\uff4e") == 429


def test_many_at_once_get_no_more_tries(room: Room) -> None:
    person(room.engine, room.project_id, "Ann")

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: log_in(room.client(), password="wrong"), range(16)))

    assert sorted(statuses) == [401] * 5 + [429] * 11


def test_a_session_planted_before_the_log_in_is_dead_after_it(room: Room) -> None:
    ann = person(room.engine, room.project_id, "Ann")
    planted = session_of(room.engine, room.project_id, ann)
    browser = room.client()
    browser.carry(COOKIE, planted)

    assert log_in(browser) == 303
    assert browser.cookies[COOKIE] != planted
    thief = room.client()
    thief.carry(COOKIE, planted)
    assert thief.get("/").headers["location"] == "/login"


@pytest.mark.parametrize("secret", ["made-up-by-the-client", "", "x" * 5_000, "a b", "\x7f"])
def test_a_made_up_session_is_none(room: Room, secret: str) -> None:
    browser = room.client()

    reply = browser.get("/", headers={"Cookie": f"{COOKIE}={secret}"})

    assert reply.headers["location"] == "/login"
    assert "set-cookie" not in reply.headers


def test_a_session_ends_when_idle_and_for_who_is_disabled(room: Room) -> None:
    ann = room.signed_in()
    room.clock.forward(hours=11)
    assert ann.get("/").status_code == 200
    room.clock.forward(hours=11)
    assert ann.get("/").status_code == 200

    bob = room.signed_in("Bob")
    with writing(room.engine) as db:
        disable(db, name="Bob", now=room.clock())
    assert bob.get("/").headers["location"] == "/login"

    room.clock.forward(hours=13)
    assert ann.get("/").headers["location"] == "/login"


def set_up(room: Room, secret: str, name: str = "Ann", password: str = PASSWORD) -> tuple[Browser, int, str]:
    browser = room.client()
    reply = browser.post("/setup", data={"secret": secret, "name": name, "password": password})
    return browser, reply.status_code, reply.text


def setup_secret(room: Room) -> str:
    with writing(room.engine) as db:
        return new_setup_secret(db, now=room.clock())


def test_the_set_up_link_makes_the_first_person_once(room: Room) -> None:
    secret = setup_secret(room)

    browser, status, _ = set_up(room, secret)
    assert status == 303
    assert browser.get("/").status_code == 200

    _, status, text = set_up(room, secret, "Eve")
    assert status == 410
    assert "This set-up link does not work" in text
    assert log_in(room.client(), "Eve") == 401


def test_the_set_up_link_is_for_half_an_hour(room: Room) -> None:
    secret = setup_secret(room)
    room.clock.forward(minutes=30)

    assert set_up(room, secret)[1] == 410


@pytest.mark.parametrize("secret", ["", "wrong", "é" * 43, "x" * 5_000])
def test_a_wrong_set_up_secret_makes_nobody(room: Room, secret: str) -> None:
    setup_secret(room)

    assert set_up(room, secret)[1] == 410


@pytest.mark.parametrize(
    ("name", "password"), [("Ann", "short"), ("", PASSWORD), ("Ann", "x" * 129), ("a\x07b", PASSWORD)]
)
def test_a_bad_name_or_password_does_not_use_the_link_up(room: Room, name: str, password: str) -> None:
    secret = setup_secret(room)

    browser, status, text = set_up(room, secret, name, password)
    assert status == 422
    assert Form(text, "/setup").fields["secret"] == secret
    assert password not in text or password == PASSWORD
    assert COOKIE not in browser.cookies

    assert set_up(room, secret)[1] == 303
