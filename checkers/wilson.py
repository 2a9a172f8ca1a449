"""Wilson's score interval: where the share of what a sample was drawn from lies.

E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
"""

from __future__ import annotations

from math import sqrt


def wilson(hits: int, of: int, *, z: float) -> tuple[float, float]:
    """Both bounds, 0 to 1, at `z` standard deviations; all of 0 to 1 when nothing was counted."""
    if not of:
        return 0.0, 1.0
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)
