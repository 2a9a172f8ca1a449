"""What every reply carries, which hosts are answered, and who may change anything."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from copilot.store.connect import open_store
from copilot.web.assets import asset_url
from tests.copilot.web.room import Room, furnished, taken
from tests.copilot.web.seed import PASSWORD, WRONG_SUM, Form, person

ABSENT = "/items/00000000-0000-4000-8000-000000000000"
PAGES = ["/", "/login", "/setup", "/healthz", ABSENT, "/items/not-a-uuid", "/nowhere", "/static/0/desk.css", "/docs"]
PAGES += ["/openapi.json", asset_url("desk.css"), "/?" + "x" * 3_000]
FORMS = ["/login", "/setup", "/logout", "/claim", ABSENT, "/nowhere", "/healthz"]


ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "server": None,
    "access-control-allow-origin": None,
    "strict-transport-security": None,
}


def policy_of(nonce: str) -> str:
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "evil.test"])
@pytest.mark.parametrize("who", ["nobody", "Ann"])
def test_every_reply_has_the_headers(room: Room, who: str, host: str) -> None:
    browser = room.client() if who == "nobody" else room.signed_in()
    asked = [("GET", path) for path in PAGES] + [("POST", path) for path in FORMS] + [("DELETE", "/"), ("HEAD", "/")]

    for method, path in asked:
        reply = browser.request(method, path, headers={"Host": host})

        policy = reply.headers["content-security-policy"]
        nonce = re.search(r"'nonce-([\w-]{22})'", policy)
        assert nonce, path
        assert policy == policy_of(nonce[1])
        assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS
        immutable = path == asset_url("desk.css") and host != "evil.test"
        assert reply.headers["cache-control"] == ("public, max-age=31536000, immutable" if immutable else "no-store")
        if len(path) < 2_000:
            assert (reply.status_code == 400) == (host == "evil.test"), (method, path, reply.status_code)
        assert reply.status_code < 500


def test_a_fault_of_ours_has_the_headers_and_no_trace(room: Room) -> None:
    browser = room.signed_in()
    room.app.state.desk = None  # whatever breaks a handler

    reply = browser.get("/")

    assert reply.status_code == 500
    assert "Something broke on our side" in reply.text
    assert "Traceback" not in reply.text
    assert "AssertionError" not in reply.text
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; script-src 'nonce-")


def test_each_reply_has_a_nonce_of_its_own_and_every_script_has_it(room: Room) -> None:
    replies = [room.client().get("/login") for _ in range(3)]

    nonces = {re.search(r"'nonce-([\w-]+)'", reply.headers["content-security-policy"])[1] for reply in replies}  # type: ignore[index]
    assert len(nonces) == 3
    for reply in replies:
        scripts = re.findall(r"<script[^>]*>", reply.text)
        assert len(scripts) == 2
        nonce = re.search(r"'nonce-([\w-]+)'", reply.headers["content-security-policy"])
        assert nonce
        assert all(f'nonce="{nonce[1]}"' in script for script in scripts)


HOSTS = {
    "127.0.0.1:8765": 200,
    "127.0.0.1": 200,
    "localhost:8765": 200,
    "LOCALHOST:8765": 200,
    "[::1]:8765": 200,
    "evil.test": 400,
    "127.0.0.1.evil.test": 400,
    "127.0.0.1:8765@evil.test": 400,
    "localhost.": 400,
    "0.0.0.0:8765": 400,
    "": 400,
}


@pytest.mark.parametrize("path", ["/healthz", "/login", asset_url("desk.css")])
def test_only_our_own_names_are_answered(room: Room, path: str) -> None:
    browser = room.client()

    assert {host: browser.get(path, headers={"Host": host}).status_code for host in HOSTS} == HOSTS


SITES = ["same-origin", "same-site", "cross-site", "none", None]
ORIGINS = ["http://127.0.0.1:8765", "http://127.0.0.1:8080", "https://127.0.0.1:8765", "null", None]
KINDS = ["application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data; boundary=x", None]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "FROB"])
def test_a_change_comes_from_our_own_pages(room: Room, method: str) -> None:
    browser = room.client()
    browser.headers = {}
    answers = {}
    for site, origin, kind in itertools.product(SITES, ORIGINS, KINDS):
        room.clock.forward(hours=1)  # past the count of wrong passwords
        sent = {"Sec-Fetch-Site": site, "Origin": origin, "Content-Type": kind}
        headers = {name: value for name, value in sent.items() if value}
        reply = browser.request(method, "/login", content=b"name=x&password=y", headers=headers)
        answers[site, origin, kind] = reply.status_code

    assert answers == {row: _expected(method, *row) for row in itertools.product(SITES, ORIGINS, KINDS)}


def _expected(method: str, site: str | None, origin: str | None, kind: str | None) -> int:
    ours = site == "same-origin" or (site is None and origin == "http://127.0.0.1:8765")
    if not ours:
        return 403
    if method != "POST":
        return 405
    return 401 if kind == KINDS[0] else 415


def test_looking_is_free(room: Room) -> None:
    browser = room.client()
    for site in ("cross-site", "none", None):
        browser.headers = {"Sec-Fetch-Site": site} if site else {}

        assert browser.get("/login").status_code == 200
        assert browser.request("OPTIONS", "/login").status_code == 405


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
@pytest.mark.parametrize("path", ["/logout", "/claim"])
def test_a_form_of_another_session_is_refused(room: Room, path: str, token: str | None) -> None:
    ann = room.signed_in()

    reply = ann.post(path, data={"queue": "review"} if token is None else {"queue": "review", "token": token})

    assert reply.status_code == 403
    assert ann.get("/").status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"name=" + b"x" * (1 << 20), 413, id="longer than a mebibyte"),
        pytest.param(b"name=%ff%fe", 400, id="not UTF-8"),
        pytest.param("name=é".encode(), 400, id="not encoded"),
        pytest.param(b"&".join(b"f%d=" % number for number in range(9_000)), 400, id="nine thousand fields"),
        pytest.param(b"no equals sign", 400, id="not a form"),
    ],
)
def test_a_form_has_bounds(room: Room, body: bytes, status: int) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    assert room.client().post("/login", content=body, headers=kind).status_code == status


def test_a_body_that_lies_about_its_length_is_cut_off_all_the_same(room: Room) -> None:
    async def endless() -> object:
        for _ in range(2_000):
            yield b"x" * 1_024

    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    assert room.client().post("/login", content=endless(), headers=kind).status_code == 413


def test_under_https_the_cookie_is_for_this_host_alone(tmp_path: Path) -> None:
    engine = open_store(home=tmp_path / "home", url=None)
    room = furnished(engine, base_url="https://desk.example.org")
    person(engine, room.project_id, "Ann")

    reply = room.client().post("/login", data={"name": "Ann", "password": PASSWORD})

    cookie = reply.headers["set-cookie"]
    assert cookie.startswith("__Host-copilot=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert reply.headers["strict-transport-security"] == "max-age=31536000"
    assert room.client().get("/login", headers={"Host": "127.0.0.1"}).status_code == 200
    engine.dispose()


def test_our_files_change_their_address_with_their_content(room: Room) -> None:
    page = room.client().get("/login").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)

    assert len(addresses) >= 6
    for address in addresses:
        reply = room.client().get(address)
        assert reply.status_code == 200
        assert "immutable" in reply.headers["cache-control"]
    assert room.client().get("/static/0000000000000000/desk.css").status_code == 404
    assert room.client().get(addresses[0].rsplit("/", 1)[0] + "/../../app.py").status_code == 404


def test_a_log_in_page_is_for_who_is_not_signed_in(room: Room) -> None:
    ann = room.signed_in()

    assert ann.get("/login").headers["location"] == "/"
    assert room.client().get("/").headers["location"] == "/login"


def test_the_form_of_a_page_is_accepted(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()

    assert taken(ann).startswith("/items/")
    assert Form(ann.get("/").text, "/claim").fields["queue"] == "review"
