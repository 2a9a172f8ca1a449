"""`copilot serve` as a process: its first words, its refusals, its end."""

from __future__ import annotations

import gc
import json
import os
import re
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from copilot.store.connect import open_store
from copilot.web.running import run
from tests.copilot.web.room import furnished
from tests.copilot.web.seed import PASSWORD, WRONG_SUM, Form, add_rows, person, project
from tests.copilot.web.server import serving, start


def browser() -> httpx.Client:
    return httpx.Client(headers={"Sec-Fetch-Site": "same-origin"}, timeout=30)


def refusal(home: Path, *options: str) -> str:
    process = start(home, *options)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2, errors
    assert re.fullmatch(r"error: .+\n hint: .+\n", errors)
    return errors


def test_the_first_start_prints_a_link_that_makes_the_first_person(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home) as (process, address, link):
        assert link
        page, _, secret = link.partition("#")
        assert page == f"{address}/setup"
        assert len(secret) >= 43
        with httpx.Client(headers={"Sec-Fetch-Site": "same-origin"}) as browser:
            reply = browser.post(page, data={"secret": secret, "name": "Ann", "password": PASSWORD})
            assert reply.status_code == 303
            assert "server" not in reply.headers
            assert browser.get(f"{address}/?from=test").status_code == 200
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
    assert process.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert {line["event"] for line in lines} >= {"request", "set-up"}
    for hidden in (secret, PASSWORD, "from=test"):
        assert hidden not in log
    for path in home.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path

    with serving(home) as (_, _, link):
        assert link is None


def test_a_second_server_on_one_home_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home) as (process, _, _):
        errors = refusal(home, "--port", "0")

        assert f"pid {process.pid}" in errors


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        errors = refusal(tmp_path / "home", "--port", str(port))

    assert errors == f"error: port {port} is in use\n hint: add --port {port + 1}, or stop what listens there\n"


@pytest.mark.parametrize(
    "options",
    [
        pytest.param(("--host", "0.0.0.0"), id="every address"),
        pytest.param(("--host", "192.0.2.7"), id="another address"),
        pytest.param(("--base-url", "http://desk.example.org"), id="a name without https"),
        pytest.param(("--base-url", "desk.example.org"), id="no address"),
    ],
)
def test_passwords_are_not_served_in_the_clear(tmp_path: Path, options: tuple[str, ...]) -> None:
    home = tmp_path / "home"

    refusal(home, "--port", "0", *options)

    assert not home.exists()


def test_a_request_that_runs_is_answered_before_the_end(tmp_path: Path) -> None:
    with serving(tmp_path / "home") as (process, address, _):
        host, _, port = address.removeprefix("http://").partition(":")
        body = b"name=Ann&password=wrong"
        head = (
            f"POST /login HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection((host, int(port)), timeout=15) as wire:
            wire.sendall(head.encode() + body[:5])
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            wire.sendall(body[5:])
            reply = b""
            while chunk := wire.recv(65536):
                reply += chunk
        assert reply.startswith(b"HTTP/1.1 401")
        process.communicate(timeout=20)
        assert process.returncode == 0


def test_a_stop_right_after_the_first_words_is_obeyed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for _ in range(6):
        process = start(home, "--port", "0")
        assert process.stdout
        assert "is open at" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=20)
        assert process.returncode == 0, log
        assert (home / "server.lock").read_text() == ""


def test_a_stop_before_the_server_is_up_is_obeyed(tmp_path: Path) -> None:
    engine = open_store(home=tmp_path / "home", url=None)
    app = furnished(engine).app
    said: list[str] = []

    async def stopped_while_starting(_: object) -> AsyncIterator[None]:
        os.kill(os.getpid(), signal.SIGTERM)
        yield

    app.router.lifespan_context = asynccontextmanager(stopped_while_starting)
    before = signal.getsignal(signal.SIGTERM)
    try:
        run(app, listener=socket.create_server(("127.0.0.1", 0)), proxied=False, answering=lambda: said.append("open"))
    finally:
        signal.signal(signal.SIGTERM, before)
        engine.dispose()

    assert said == []


def test_what_is_loaded_when_it_answers_is_never_collected_again(tmp_path: Path) -> None:
    engine = open_store(home=tmp_path / "home", url=None)
    app = furnished(engine).app
    frozen: list[int] = []

    def answering() -> None:
        frozen.append(gc.get_freeze_count())
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: None)  # what the server raises once more when it has ended
    gc.unfreeze()
    try:
        run(app, listener=socket.create_server(("127.0.0.1", 0)), proxied=False, answering=answering)
    finally:
        signal.signal(signal.SIGTERM, before)
        gc.unfreeze()
        engine.dispose()

    assert frozen[0] > 10_000


def test_a_project_that_is_not_there_is_not_made_beside_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    engine = open_store(home=home, url=None)
    project(engine, "demo")
    engine.dispose()

    errors = refusal(home, "--port", "0", "--project", "dmeo")

    assert "'dmeo'" in errors
    assert "demo" in errors.splitlines()[1]


def test_who_set_the_home_up_gets_into_the_next_project_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    engine = open_store(home=home, url=None)
    project(engine, "demo")
    credentials = {"name": "Ann", "password": PASSWORD}
    with serving(home, "--project", "demo") as (_, _, link), browser() as ann:
        assert link
        page, _, secret = link.partition("#")
        assert ann.post(page, data={**credentials, "secret": secret}).status_code == 303
    project(engine, "default")

    with serving(home) as (_, address, link), browser() as ann:
        assert link is None
        assert ann.post(f"{address}/login", data=credentials).headers["location"] == "/"
        assert ann.get(f"{address}/").status_code == 200
    engine.dispose()


def test_a_project_that_nobody_can_enter_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    engine = open_store(home=home, url=None)
    person(engine, project(engine, "first"), "Ann")
    project(engine, "second")
    engine.dispose()

    process = start(home, "--port", "0", "--project", "second")
    assert process.stdout
    assert "is open at" in process.stdout.readline()
    told = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert told == "Nobody of this project can log in yet: copilot users add NAME --role admin --project 'second'\n"


def test_a_rule_that_is_not_there_is_told_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "copilot.toml").write_text('[check]\nignore = ["lenght"]\n')

    errors = refusal(tmp_path / "home", "--port", "0")

    assert "'lenght'" in errors
    assert not (tmp_path / "home").exists()


def test_the_rules_of_the_folder_are_those_of_the_desk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    engine = open_store(home=home, url=None)
    project_id = project(engine)
    add_rows(engine, project_id, [WRONG_SUM])
    person(engine, project_id, "Ann")
    (tmp_path / "copilot.toml").write_text('[check]\nignore = ["arithmetic"]\n')

    with serving(home) as (_, address, _), browser() as ann:
        ann.post(f"{address}/login", data={"name": "Ann", "password": PASSWORD})
        token = Form(ann.get(f"{address}/").text, "/claim").fields
        path = ann.post(f"{address}/claim", data=token).headers["location"]
        page = ann.get(f"{address}{path}").text
        assert "is 48, not 46" in page
        fields = {**Form(page, path).fields, "do": "save"}
        assert ann.post(f"{address}{path}", data=fields).status_code == 303
        assert "is 48, not 46" not in ann.get(f"{address}{path}").text
    engine.dispose()


def test_strangers_headers_do_not_move_the_address_of_who_asks(tmp_path: Path) -> None:
    """Without a proxy, nobody's word on where a request comes from counts: the 20 tries are of the address."""
    with serving(tmp_path / "home") as (_, address, _):
        statuses = []
        with httpx.Client(headers={"Sec-Fetch-Site": "same-origin"}, timeout=30) as browser:
            for number in range(21):
                reply = browser.post(
                    f"{address}/login",
                    data={"name": f"user {number}", "password": "wrong"},
                    headers={"X-Forwarded-For": f"192.0.2.{number}"},
                )
                statuses.append(reply.status_code)

    assert statuses == [401] * 20 + [429]
