"""Where the desk is reached: its one public address, the hosts it answers to, and the name of its cookie."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from copilot.errors import CopilotError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""As they stand in a Host header."""

_HINT = "give it as https://desk.example.org, or http://127.0.0.1:8765"


@dataclass(frozen=True, slots=True)
class Address:
    """The address people type. Links, the Origin check and the cookie come from it, never from a Host header."""

    scheme: str
    host: str
    """As in a Host header, without the port: IPv6 in brackets."""
    port: int

    @property
    def secure(self) -> bool:
        """Whether people reach it by https."""
        return self.scheme == "https"

    @property
    def trusted(self) -> bool:
        """Whether browsers count it as safe: https, or this machine. Only then they send `Sec-Fetch-Site`."""
        return self.secure or self.host in LOOPBACK

    @property
    def origin(self) -> str:
        """Scheme, host and port as a browser writes them in `Origin`; the default port is left out."""
        usual = 443 if self.secure else 80
        return f"{self.scheme}://{self.host}" + ("" if self.port == usual else f":{self.port}")

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that are answered: this one, and this machine by its own names."""
        return LOOPBACK | {self.host}

    @property
    def cookie(self) -> str:
        """The session cookie's name. Cookies are shared by all ports of a host, hence the port in it."""
        return "__Host-copilot" if self.secure else f"copilot_{self.port}"


def address_of(base_url: str) -> Address:
    """The address that a base URL names; anything but scheme, host and port in it is a CopilotError."""
    try:
        parts = urlsplit(base_url)
        port = parts.port
    except ValueError as error:
        raise CopilotError(f"{base_url!r} is not an address", hint=_HINT) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise CopilotError(f"{base_url!r} is not an address", hint=_HINT)
    if parts.query or parts.fragment or parts.username is not None:
        raise CopilotError(f"the address {base_url!r} has more than scheme, host and port", hint=_HINT)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return Address(parts.scheme, host, port or (443 if parts.scheme == "https" else 80))


def public_address(*, bind: str, port: int, base_url: str | None, insecure_http: bool) -> Address:
    """The address of a server bound there; one that passwords would reach unencrypted is refused.

    Plain http is for this machine only. Elsewhere an https `base_url` is needed (a proxy in front ends TLS),
    unless `insecure_http` says that the wire is known to be safe.
    """
    host = f"[{bind}]" if ":" in bind else bind
    local = host in LOOPBACK
    if base_url is None and bind in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        raise CopilotError(f"{bind} is every address of this machine, not one to type", hint="add --base-url https://…")
    address = address_of(base_url or f"http://{host}:{port}")
    if not address.secure and not insecure_http and not (local and address.host in LOOPBACK):
        raise CopilotError(
            f"passwords would cross the network unencrypted at {address.origin}",
            hint="add --base-url https://… (a proxy in front ends TLS), or --insecure-http if the network is safe",
        )
    return address
