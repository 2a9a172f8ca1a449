"""The language data that is kept with the code: read from the package, never from anywhere else."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def vendored(name: str) -> Any:
    """What stands in `data/<name>`, parsed; a name ending in `.gz` is unpacked first. Nobody may change it."""
    stored = resources.files("checkers.instructions").joinpath("data", name).read_bytes()
    return json.loads(gzip.decompress(stored) if name.endswith(".gz") else stored)
