"""Every error a caller can mend: what is wrong, and in `hint` what to do next."""

from __future__ import annotations


class CopilotError(Exception):
    """Says what is wrong, and in `hint` what to do. The command line prints both and exits with 2."""

    def __init__(self, what: str, *, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class NotFound(CopilotError):
    """What was named is not there, or not for this caller to see: the two are told apart nowhere."""


class Conflict(CopilotError):
    """Somebody or something got there first; nothing of the caller's was lost."""


class Refused(CopilotError):
    """The caller may not do this."""


class Unreachable(CopilotError):
    """A model server or database did not answer."""


class Damaged(CopilotError):
    """Something of ours on disk, or a download, is not what it must be."""


class NoRoom(CopilotError):
    """The disk is full: nothing that was stored is lost, and nothing new is taken."""
