"""An HTTP client for model servers that follows nothing, waits for nothing long, and never reads without end."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx

LARGEST_REPLY = 4 * 2**20
"""Bytes of a reply, decoded."""
TOTAL_SECONDS = 300.0
LONGEST_SILENCE = 60.0
CONNECT_SECONDS = 5.0
_AS_IT_IS = "identity"
_ZIPPED = frozenset({"gzip", "x-gzip", "deflate"})
# The OpenAI client adds headers from its own environment variables and facts about this machine; a server that
# the user named needs none of them.
_SENT = frozenset({"host", "accept", "connection", "content-type", "content-length", "user-agent", "authorization"})
_OF_THE_ACCOUNT = frozenset({"openai-organization", "openai-project"})


class Unreadable(httpx.DecodingError):
    """The reply came, and may have been billed, but is too large or in an encoding that was not asked for."""


class NeverConnected(httpx.NetworkError):
    """No connection was made, so nothing was sent."""


class HungUp(httpx.NetworkError):
    """The connection ended in the middle of a reply."""


def open_client(
    *, largest: int = LARGEST_REPLY, silence: float = LONGEST_SILENCE, account_headers: bool = False
) -> httpx.AsyncClient:
    """A client for one server; close it. `account_headers` lets organisation and project through."""
    allowed = _SENT | _OF_THE_ACCOUNT if account_headers else _SENT
    return httpx.AsyncClient(
        transport=bounded_transport(largest=largest, allowed=allowed),
        timeout=httpx.Timeout(silence, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
    )


def bounded_transport(
    *, largest: int = LARGEST_REPLY, allowed: frozenset[str] | None = None
) -> httpx.AsyncBaseTransport:
    """A transport that counts what it reads; with `allowed` it sends no other headers."""
    return _Bounded(httpx.AsyncHTTPTransport(limits=_limits()), largest=largest, allowed=allowed)


def shown(url: str) -> str:
    """Scheme, host, port and path of an address, without any user, password or query."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """litellm sends a request again, by a client of its own, after two of httpx's errors: it shall not know them."""
    try:
        yield
    except httpx.ConnectError as error:
        raise NeverConnected("no connection") from error
    except httpx.RemoteProtocolError as error:
        raise HungUp("the connection broke off") from error


def _limits() -> httpx.Limits:
    return httpx.Limits(max_connections=None, max_keepalive_connections=64)


class _Bounded(httpx.AsyncBaseTransport):
    """Sends only known headers, asks for plain bytes, and counts what comes back."""

    def __init__(self, inner: httpx.AsyncBaseTransport, *, largest: int, allowed: frozenset[str] | None) -> None:
        self._inner = inner
        self._largest = largest
        self._allowed = allowed

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._allowed is not None:
            for name in [name for name in request.headers if name.lower() not in self._allowed]:
                del request.headers[name]
        request.headers["accept-encoding"] = _AS_IT_IS
        with _told_as_ours():
            response = await self._inner.handle_async_request(request)
        encoding = response.headers.pop("content-encoding", _AS_IT_IS).strip().lower()
        if encoding in _ZIPPED or encoding == _AS_IT_IS:
            response.stream = _Counted(response.stream, self._largest, zipped=encoding in _ZIPPED)
            return response
        await response.aclose()
        raise Unreadable(f"the reply is encoded as {encoding[:40]!r}, which was not asked for")

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Counted(httpx.AsyncByteStream):
    """The decoded bytes of a body, up to a limit; a small compressed body cannot become a large one."""

    def __init__(self, body: object, largest: int, *, zipped: bool) -> None:
        if not isinstance(body, httpx.AsyncByteStream):
            raise TypeError("an asynchronous body was expected")
        self._body = body
        self._left = largest
        # 47: gzip or zlib, by the header.
        self._zip = zlib.decompressobj(wbits=47) if zipped else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _told_as_ours():
            async for chunk in self._body:
                plain = self._plain(chunk)
                self._left -= len(plain)
                if self._left < 0:
                    raise Unreadable("the reply is too large")
                yield plain

    async def aclose(self) -> None:
        await self._body.aclose()

    def _plain(self, chunk: bytes) -> bytes:
        if self._zip is None:
            return chunk
        try:
            # One byte over the limit is enough to know; the rest of a bomb is never unpacked.
            return self._zip.decompress(chunk, self._left + 1)
        except zlib.error as error:
            raise Unreadable("the reply is not what its encoding says") from error
