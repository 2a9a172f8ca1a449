"""A real Chromium in front of a real server; nothing here is ever skipped."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from copilot.store.connect import open_store
from copilot.web.desk import utc_now
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.watch import Watch
from tests.copilot.web.room import Room, furnished


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module: Playwright keeps an event loop running, and asynchronous tests here need theirs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Room]:
    """A desk that is really served on a free port of this machine."""
    engine = open_store(home=tmp_path / "home", url=None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        room = furnished(engine, base_url=base_url, clock=utc_now)
        with serving(room, listener):
            yield room
    engine.dispose()


@contextmanager
def serving(room: Room, listener: socket.socket) -> Iterator[None]:
    config = uvicorn.Config(room.app, log_config=None, access_log=False, server_header=False, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join(timeout=20)
    assert not thread.is_alive()


@pytest.fixture
def page(chromium: Browser, served: Room) -> Iterator[Page]:
    """A page of a fresh browser profile that fails the test on whatever a user would not be told."""
    context = chromium.new_context(base_url=served.base_url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    watch = Watch(page, served.base_url)
    yield page
    context.close()
    watch.done()
