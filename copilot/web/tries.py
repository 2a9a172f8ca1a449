"""How often somebody may try a password: counted by account and by address, forgotten after a while."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from datetime import datetime, timedelta

from copilot.store.names import name_key

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 20
_MOST_KEYS = 10_000
"""Of each kind that are remembered; the one not seen for longest goes first."""


class Tries:
    """Failed log-ins of the last 15 minutes, in the memory of this process.

    Accounts are told apart as the store tells them apart, or each way to write a name had tries of its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._accounts: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._addresses: OrderedDict[str, deque[datetime]] = OrderedDict()

    def take(self, *, account: str, address: str, now: datetime) -> timedelta | None:
        """Count one try; None when it may go ahead, else how long to wait (and it is not counted).

        Counted before the password is looked at, so that many at once are not all let through.
        """
        with self._lock:
            mine = _recent(self._accounts, name_key(account), now)
            theirs = _recent(self._addresses, address, now)
            waits = [
                tries[0] + WINDOW - now
                for tries, most in ((mine, PER_ACCOUNT), (theirs, PER_ADDRESS))
                if len(tries) >= most
            ]
            if waits:
                return max(waits)
            mine.append(now)
            theirs.append(now)
            return None

    def forgive(self, *, account: str, address: str) -> None:
        """The try was right: the account starts afresh, the address gets this one back."""
        with self._lock:
            self._accounts.pop(name_key(account), None)
            theirs = self._addresses.get(address)
            if theirs:
                theirs.pop()


def _recent(known: OrderedDict[str, deque[datetime]], key: str, now: datetime) -> deque[datetime]:
    tries = known.setdefault(key, deque())
    known.move_to_end(key)
    while len(known) > _MOST_KEYS:
        known.popitem(last=False)
    while tries and tries[0] + WINDOW <= now:
        tries.popleft()
    return tries
