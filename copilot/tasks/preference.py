"""Preference: a request becomes at least two responses to be compared."""

from __future__ import annotations

from dataclasses import replace

from copilot.model import TaskName
from copilot.tasks import sft

# Candidates are asked for exactly as responses are, so that a pair differs only by chance.
TASK = replace(
    sft.TASK,
    name=TaskName.PREFERENCE,
    summary="two or more responses to one request, to be compared",
    samples=2,
)
