"""A browser without a screen or a socket: it keeps cookies, follows nothing, and speaks to the application itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import FastAPI


class Browser:
    """Sends requests to an application and remembers its cookies."""

    def __init__(self, app: FastAPI, *, base_url: str, headers: Mapping[str, str]) -> None:
        self.app = app
        self.base_url = base_url
        self.headers = dict(headers)
        self.cookies = httpx.Cookies()

    def carry(self, name: str, value: str) -> None:
        """Have this cookie, in place of one of that name."""
        host = httpx.URL(self.base_url).host
        self.cookies.set(name, value, domain=host)

    def get(self, path: str, **given: Any) -> httpx.Response:
        """A page."""
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> httpx.Response:
        """A form sent."""
        return self.request("POST", path, **given)

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Any request; cookies of the reply are kept."""
        return asyncio.run(self._send(method, path, given))

    async def _send(self, method: str, path: str, given: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=("127.0.0.1", 50000))
        async with httpx.AsyncClient(
            transport=transport,
            base_url=self.base_url,
            headers=self.headers,
            cookies=self.cookies,
            trust_env=False,
        ) as client:
            reply = await client.request(method, path, **given)
            self.cookies = client.cookies
            return reply
