from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.conftest import Clock
from tests.copilot.review.desk import Desk, a_desk


@pytest.fixture
def desk(engine: Engine, clock: Clock) -> Desk:
    return a_desk(engine, clock)
