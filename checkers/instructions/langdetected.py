"""The language of a text as langdetect 1.0.9 gives it with the seed 0, which makes its draws the same every time."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any

_LOADING = Lock()


def detected(text: str) -> str | None:
    """The language code; None where it finds nothing to go by, as in a text without letters."""
    from langdetect.lang_detect_exception import LangDetectException

    with _LOADING:
        factory = _factory()
    detector = factory.create()
    detector.append(text)
    try:
        return str(detector.detect())
    except LangDetectException:
        return None


@lru_cache(maxsize=1)
def _factory() -> Any:
    """A factory of our own, since the one of the library is shared by all who use it and has no seed."""
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.seed = 0
    folder = files("langdetect") / "profiles"
    # By name, since a folder lists its files in any order.
    profiles = sorted(folder.iterdir(), key=lambda profile: profile.name)
    factory.load_json_profile([profile.read_text(encoding="utf-8") for profile in profiles if profile.is_file()])
    return factory
