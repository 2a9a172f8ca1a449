"""How often a password may be tried."""

from __future__ import annotations

from datetime import timedelta

from copilot.web.tries import PER_ACCOUNT, PER_ADDRESS, Tries
from tests.copilot.web.seed import NOON


def test_an_account_has_five_tries_in_a_quarter_of_an_hour() -> None:
    tries = Tries()
    for minute in range(PER_ACCOUNT):
        assert tries.take(account="ann", address=f"192.0.2.{minute}", now=NOON + timedelta(minutes=minute)) is None

    late = NOON + timedelta(minutes=5)
    assert tries.take(account="ANN", address="192.0.2.9", now=late) == timedelta(minutes=10)
    assert tries.take(account="bob", address="192.0.2.9", now=late) is None
    assert tries.take(account="ann", address="192.0.2.9", now=NOON + timedelta(minutes=15)) is None


def test_an_address_has_twenty_tries_whatever_names_it_tries() -> None:
    tries = Tries()
    for number in range(PER_ADDRESS):
        assert tries.take(account=f"user {number}", address="192.0.2.1", now=NOON) is None

    assert tries.take(account="another", address="192.0.2.1", now=NOON) == timedelta(minutes=15)
    assert tries.take(account="another", address="192.0.2.2", now=NOON) is None


def test_a_right_password_clears_the_account_but_not_the_address() -> None:
    tries = Tries()
    for _ in range(PER_ACCOUNT - 1):
        tries.take(account="ann", address="192.0.2.1", now=NOON)
    tries.take(account="ann", address="192.0.2.1", now=NOON)
    tries.forgive(account="ann", address="192.0.2.1")

    for number in range(PER_ADDRESS - PER_ACCOUNT + 1):
        assert tries.take(account=f"user {number}", address="192.0.2.1", now=NOON) is None
    assert tries.take(account="ann", address="192.0.2.1", now=NOON) is not None


def test_a_flood_of_names_does_not_fill_the_memory() -> None:
    tries = Tries()
    for number in range(12_000):
        tries.take(account=f"user {number}", address=f"address {number}", now=NOON)

    assert len(tries._accounts) <= 10_000
    assert len(tries._addresses) <= 10_000
