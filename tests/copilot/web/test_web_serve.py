"""`copilot serve` as a process: its first words, its refusals, its end."""

from __future__ import annotations

import json
import re
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.copilot.web.seed import PASSWORD
from tests.copilot.web.server import serving, start


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
