"""Demands: what a prompt asks for, read by rules, and which of its demands cannot all be met.

One file per family of demands, each a table of phrases; adding a phrase touches one table and one case file.
"""

from checkers.demands.gather import demands_in

__all__ = ["demands_in"]
