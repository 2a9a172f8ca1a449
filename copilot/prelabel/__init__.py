"""Prelabel: ask a model for drafts of every item, check them, route them, keep them."""

from copilot.prelabel.plan import Plan
from copilot.prelabel.progress import Progress
from copilot.prelabel.run import Into, contradictory, prelabel

__all__ = ["Into", "Plan", "Progress", "contradictory", "prelabel"]
