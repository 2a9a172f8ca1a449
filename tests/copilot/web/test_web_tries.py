"""How often a password may be tried."""

from __future__ import annotations

from datetime import timedelta

import pytest

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


@pytest.mark.parametrize(
    "variant",
    ["ann", "ANN", " ann ", "\uff41\uff4e\uff4e", "\uff21\uff2e\uff2e", "\u1d2cnn", "\U0001d41a\U0001d427\U0001d427"],
)
def test_an_account_is_one_however_its_name_is_written(variant: str) -> None:
    tries = Tries()
    for number in range(PER_ACCOUNT):
        assert tries.take(account=variant, address=f"192.0.2.{number}", now=NOON) is None

    assert tries.take(account="Ann", address="192.0.2.9", now=NOON) is not None
    tries.forgive(account=variant, address="192.0.2.9")
    assert tries.take(account="Ann", address="192.0.2.9", now=NOON) is None


def test_a_flood_of_names_pushes_out_what_was_not_seen_for_longest() -> None:
    tries = Tries()
    for number in range(PER_ACCOUNT):
        tries.take(account="old", address=f"192.0.2.{number}", now=NOON)
    for number in range(PER_ACCOUNT):
        tries.take(account="young", address=f"192.0.2.{number}", now=NOON)
    assert tries.take(account="old", address="192.0.2.9", now=NOON) is not None
    for number in range(9_999):
        tries.take(account=f"user {number}", address=f"address {number}", now=NOON)
        tries.take(account="young", address=f"address {number}", now=NOON)

    assert tries.take(account="old", address="192.0.2.9", now=NOON) is None
    assert tries.take(account="young", address="192.0.2.9", now=NOON) is not None
