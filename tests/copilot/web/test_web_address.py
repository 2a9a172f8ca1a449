"""The address of a desk: what it may be, and where it may listen."""

from __future__ import annotations

import pytest

from copilot.errors import CopilotError
from copilot.web.address import address_of, public_address


@pytest.mark.parametrize(
    ("base_url", "origin", "cookie"),
    [
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765", "copilot_8765"),
        ("http://localhost:80/", "http://localhost", "copilot_80"),
        ("https://desk.example.org", "https://desk.example.org", "__Host-copilot"),
        ("https://desk.example.org:8443", "https://desk.example.org:8443", "__Host-copilot"),
        ("http://[::1]:8765", "http://[::1]:8765", "copilot_8765"),
    ],
)
def test_an_address_is_read(base_url: str, origin: str, cookie: str) -> None:
    address = address_of(base_url)

    assert (address.origin, address.cookie) == (origin, cookie)


@pytest.mark.parametrize(
    "base_url",
    ["", "desk.example.org", "ftp://desk.example.org", "http://", "http://a/b", "http://a?x=1", "http://a#b"]
    + ["http://ann:secret@a", "http://a:99999", "http://[::1", "javascript:alert(1)"],
)
def test_what_is_no_address_is_refused(base_url: str) -> None:
    with pytest.raises(CopilotError) as refusal:
        address_of(base_url)

    assert refusal.value.hint


@pytest.mark.parametrize(
    ("bind", "base_url", "insecure", "expected"),
    [
        ("127.0.0.1", None, False, "http://127.0.0.1:8765"),
        ("localhost", None, False, "http://localhost:8765"),
        ("::1", None, False, "http://[::1]:8765"),
        ("127.0.0.1", "https://desk.example.org", False, "https://desk.example.org"),
        ("0.0.0.0", "https://desk.example.org", False, "https://desk.example.org"),
        ("192.0.2.7", None, True, "http://192.0.2.7:8765"),
        ("0.0.0.0", "http://desk.lan:8765", True, "http://desk.lan:8765"),
        ("192.0.2.7", None, False, None),
        ("0.0.0.0", None, False, None),
        ("0.0.0.0", None, True, None),
        ("::", None, True, None),
        ("0.0.0.0", "http://127.0.0.1:8765", False, None),
        ("127.0.0.1", "http://desk.example.org", False, None),
    ],
)
def test_passwords_do_not_cross_a_network_in_the_clear(
    bind: str, base_url: str | None, insecure: bool, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(CopilotError) as refusal:
            public_address(bind=bind, port=8765, base_url=base_url, insecure_http=insecure)
        assert "--base-url" in refusal.value.hint
    else:
        address = public_address(bind=bind, port=8765, base_url=base_url, insecure_http=insecure)
        assert address.origin == expected
