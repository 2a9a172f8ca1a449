"""Sets of records: what a rule of scope `set` is given on its two ways through one, and what it keeps between them."""

from checkers.sets.member import Member, Unread, members_of_lines, members_of_records
from checkers.sets.scratch import Scratch
from checkers.sets.share import Share, Table
from checkers.sets.sweep import Sweep
from checkers.sets.terms import BadTerms, Terms

__all__ = [
    "BadTerms",
    "Member",
    "Scratch",
    "Share",
    "Sweep",
    "Table",
    "Terms",
    "Unread",
    "members_of_lines",
    "members_of_records",
]
