"""The log: enough to see what happened, nothing of what was typed, drafted or secret."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from copilot.web.logs import write_to
from tests.copilot.web.room import Room, taken
from tests.copilot.web.seed import PASSWORD, Form, Row, cot, item_of, person

CANARY = "canary-7f3a"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    names = ("copilot", "uvicorn")
    before = {name: (list(logging.getLogger(name).handlers), logging.getLogger(name).propagate) for name in names}
    stream = io.StringIO()
    write_to(stream)
    yield stream
    for name, (handlers, propagate) in before.items():
        logging.getLogger(name).handlers = handlers
        logging.getLogger(name).propagate = propagate


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_a_line_by_its_route(room: Room, log: io.StringIO) -> None:
    room.client().get("/items/00000000-0000-4000-8000-000000000000")
    room.client().get("/login?said=saved")
    room.client().get("/nowhere")

    assert [(line["event"], line["method"], line["route"], line["status"]) for line in lines(log)] == [
        ("request", "GET", "/items/{entry_id}", 303),
        ("request", "GET", "/login", 200),
        ("request", "GET", "-", 404),
    ]
    assert all(isinstance(line["ms"], int) for line in lines(log))


def test_nothing_typed_drafted_or_secret_is_logged(room: Room, log: io.StringIO) -> None:
    room.add(Row(item_of(CANARY, f"prompt {CANARY}"), cot(f"step {CANARY}", answer=CANARY), queue=f"expert:{CANARY}"))
    person(room.engine, room.project_id, "Ann")
    browser = room.client()
    browser.post("/login", data={"name": CANARY, "password": CANARY})
    browser.post("/login", data={"name": "Ann", "password": PASSWORD})
    secret = browser.cookies["copilot_8765"]
    path = taken(browser, f"expert:{CANARY}")
    fields = Form(browser.get(f"{path}?said={CANARY}").text, path).fields
    browser.post(path, data={**fields, "step.0.text": CANARY, "do": "save"})
    browser.post(path, data={**fields, "step.0.text": f"{CANARY} again", "do": "save"})
    browser.get(f"/{CANARY}?{CANARY}", headers={"Referer": CANARY, "User-Agent": CANARY})
    browser.get("/", headers={"Host": CANARY})
    browser.request(CANARY, "/")
    with room.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE autosave")
    assert browser.post(path, data={**fields, "step.0.text": CANARY, "do": "save"}).status_code == 500

    text = log.getvalue()
    assert CANARY not in text
    assert PASSWORD not in text
    assert secret not in text
    assert fields["token"] not in text
    failed = [line for line in lines(log) if line["event"] == "failed"]
    assert [line["error"] for line in failed] == ["OperationalError"]
    assert "copilot/" in str(failed[0]["at"])
    assert {"log-in failed", "log-in"} <= {line["event"] for line in lines(log)}


def test_other_peoples_lines_are_templates_without_their_values(log: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid request: %s", CANARY)

    assert lines(log)[0]["event"] == "Invalid request: %s"
    assert CANARY not in log.getvalue()
