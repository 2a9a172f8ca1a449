"""What surrounds every reply: security headers, a fresh nonce, one log line, and a page for whatever went wrong."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from copilot.web.address import Address
from copilot.web.logs import event

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
MOST_QUERY = 2048

Problem = Callable[[Request, Exception], Response]


class Shell:
    """The outermost layer. A reply without its headers cannot leave, an error page included."""

    def __init__(self, app: ASGIApp, *, address: Address, problem: Problem) -> None:
        self.app = app
        self.address = address
        self.problem = problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["nonce"] = secrets.token_urlsafe(16)
        started = time.monotonic()
        sent = _Sent(send, self._headers(scope["state"]["nonce"]))
        try:
            await self._answer(scope, receive, sent)
        finally:
            _log(scope, sent.status, time.monotonic() - started)

    async def _answer(self, scope: Scope, receive: Receive, sent: _Sent) -> None:
        try:
            if len(scope["query_string"]) > MOST_QUERY:
                raise QueryTooLong
            await self.app(scope, receive, sent)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person gets a page and the log a line
            if sent.status is not None:
                raise
            await self.problem(Request(scope, receive), error)(scope, receive, sent)

    def _headers(self, nonce: str) -> dict[str, str]:
        headers = {"Content-Security-Policy": _POLICY.format(nonce=nonce), **_HEADERS}
        # Under `no-referrer` a form is sent with `Origin: null`, and without Sec-Fetch-Site all there is is Origin.
        headers["Referrer-Policy"] = "no-referrer" if self.address.trusted else "same-origin"
        if self.address.secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        return headers


class QueryTooLong(Exception):
    """More was asked in the address than any page of ours asks."""


class _Sent:
    """Passes a reply on with the headers added, and remembers its status."""

    def __init__(self, send: Send, headers: dict[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers.update(self._headers)
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)


def _log(scope: Scope, status: int | None, seconds: float) -> None:
    route = scope.get("route")
    event(
        "request",
        level=logging.WARNING if status is None or status >= 500 else logging.INFO,
        method=scope["method"] if scope["method"].isalpha() and len(scope["method"]) < 12 else "-",
        route=getattr(route, "path", "-"),
        status=status,
        ms=round(seconds * 1000),
    )
