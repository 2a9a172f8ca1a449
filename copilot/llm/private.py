"""Folders and files that nobody else may read or write."""

from __future__ import annotations

import fcntl
import os
import stat
from pathlib import Path

from copilot.errors import Conflict, CopilotError, Refused

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 if it was missing; refused when somebody else owns it or may write to it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        facts = path.lstat()
    except OSError as error:
        raise CopilotError(
            f"the folder {path} cannot be used ({error.strerror})", hint="choose another folder, or mend this one"
        ) from error
    if not stat.S_ISDIR(facts.st_mode):
        raise Refused(f"{path} is a link, not a folder of its own", hint="name the folder it leads to")
    if facts.st_uid != os.geteuid() or facts.st_mode & _OTHERS_MAY_WRITE:
        raise Refused(f"others may write to {path}", hint=f"make it yours alone: chmod 700 {path}")
    return path


def open_private(path: Path, flags: int) -> int:
    """A file descriptor for a plain file of mode 0600; a link in its place is refused."""
    try:
        return os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CopilotError(
            f"{path} cannot be opened ({error.strerror})", hint="check who owns it and that it is a plain file"
        ) from error


def hold(path: Path, *, what: str, hint: str) -> int:
    """An exclusive lock, held until its descriptor is closed or the process ends; `Conflict` when another has it."""
    descriptor = open_private(path, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise Conflict(f"{what}{f' (process {holder})' if holder.isdigit() else ''}", hint=hint) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def wait_for(path: Path) -> int:
    """An exclusive lock, waited for; it blocks, so call it from a thread."""
    descriptor = open_private(path, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor
