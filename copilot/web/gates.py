"""Two doors every request passes: it names a host of ours, and if it changes anything it comes from our own pages."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from copilot.web.address import Address

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class HostGate:
    """Refuses a Host that is not ours with 400, so that a name rebound to this machine reaches nothing."""

    def __init__(self, app: ASGIApp, *, address: Address) -> None:
        self.app = app
        self.hosts = address.hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or raise the refusal for the shell to show."""
        if scope["type"] == "http":
            named = Headers(scope=scope).getlist("host")
            if len(named) != 1 or _without_port(named[0]) not in self.hosts:
                raise HTTPException(400, "this server does not answer to that name")
        await self.app(scope, receive, send)


class OriginGate:
    """Refuses with 403 a change asked for by another site's page, or by something that does not say whose it is.

    Browsers say it in `Sec-Fetch-Site`. Where that is absent (plain http in a network), `Origin` must be the
    address of this desk.
    """

    def __init__(self, app: ASGIApp, *, address: Address) -> None:
        self.app = app
        self.origin = address.origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or raise the refusal for the shell to show."""
        if scope["type"] == "http" and scope["method"] not in _SAFE and not self._ours(Headers(scope=scope)):
            raise HTTPException(403, "this did not come from a page of this desk")
        await self.app(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        sites = headers.getlist("sec-fetch-site")
        if sites:
            return sites == ["same-origin"]
        return headers.getlist("origin") == [self.origin]


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()
