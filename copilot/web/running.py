"""The application behind a socket: it says when it answers, and drains when it is told to stop."""

from __future__ import annotations

import gc
import signal
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

_DRAIN = 10
"""Seconds that running requests get after SIGTERM."""


class _Server(uvicorn.Server):
    """Calls `answering` once requests are answered, unless it was told to stop before."""

    def __init__(self, config: uvicorn.Config, *, answering: Callable[[], None]) -> None:
        super().__init__(config)
        self.answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets=sockets)
        if not self.should_exit:
            self.answering()

    def stop(self, *_: object) -> None:
        """Be as if the signal had come while running."""
        self.should_exit = True


def run(app: FastAPI, *, listener: socket.socket, proxied: bool, answering: Callable[[], None]) -> None:
    """Serve until SIGTERM or Ctrl+C; `answering` is called when the first request can be answered.

    Behind a proxy that ends TLS (`proxied`) its word on the client's address counts; else nobody's does.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxied,
        ws="none",
        limit_concurrency=512,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=_DRAIN,
        h11_max_incomplete_event_size=16 * 1024,
    )
    server = _Server(config, answering=answering)
    # Before uvicorn's own handler stands, and after: it drains, then raises the signal once more, and by then the lock
    # and the database are still ours to close.
    signal.signal(signal.SIGTERM, server.stop)
    # What is loaded by now stays for good: a collection that walks all of it holds up every request by some 100 ms.
    gc.collect()
    gc.freeze()
    server.run(sockets=[listener])
