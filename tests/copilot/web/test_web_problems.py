"""Which status a trouble has, whichever part of the product it comes from."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from copilot.errors import Conflict, CopilotError, Damaged, NotFound, Refused, Unreachable
from copilot.files import disk_trouble
from copilot.web.problems import status_of


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("a", hint="b"), 404),
        (Conflict("a", hint="b"), 409),
        (Refused("a", hint="b"), 403),
        (Unreachable("a", hint="b"), 503),
        (Damaged("a", hint="b"), 500),
        (disk_trouble(Path("f"), OSError(errno.ENOSPC, "no space")), 507),
        (CopilotError("a", hint="b"), 422),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_kind_of_trouble_has_its_status(error: CopilotError, status: int) -> None:
    assert status_of(error) == status
