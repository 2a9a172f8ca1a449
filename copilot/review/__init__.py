"""The rater's verb: see the queues, take an entry, work on its text, decide."""

from copilot.review.deciding import decide
from copilot.review.queue import LEASE, claim, queues, release, renew
from copilot.review.text import MAX_BYTES, MAX_REASON, MAX_STEPS
from copilot.review.work import Check, EditConflict, open_work, save

__all__ = [
    "LEASE",
    "MAX_BYTES",
    "MAX_REASON",
    "MAX_STEPS",
    "Check",
    "EditConflict",
    "claim",
    "decide",
    "open_work",
    "queues",
    "release",
    "renew",
    "save",
]
