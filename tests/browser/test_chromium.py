"""A missing browser fails with what to do; it is never a reason to skip."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import find_chromium


def test_a_named_browser_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "my-chromium"
    named.touch(mode=0o755)
    monkeypatch.setenv("COPILOT_CHROMIUM", str(named))

    assert find_chromium() == str(named)


def test_a_named_browser_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPILOT_CHROMIUM", str(tmp_path / "nothing"))

    with pytest.raises(RuntimeError, match="set COPILOT_CHROMIUM to a Chromium or Chrome"):
        find_chromium()
