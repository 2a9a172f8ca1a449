"""The folder that holds everything: made for its owner alone, and held by one server at a time."""

from __future__ import annotations

import fcntl
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copilot.errors import Conflict, CopilotError, Refused

DATABASE = "copilot.db"


def prepare_home(home: Path) -> Path:
    """The home as an absolute path, made with mode 0700 when it is new.

    One that somebody else owns, or that others may write, is refused: who can write here can plant a database.
    """
    home = Path(os.path.realpath(home))
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
        found = home.stat()
    except OSError as error:
        raise CopilotError(
            f"cannot use {str(home)!r} as home: {error.strerror}", hint="choose another folder with --home"
        ) from error
    _refuse_strangers(home, found)
    return home


def private_file(path: Path) -> None:
    """Make sure that the file exists and is a plain one of ours with mode 0600.

    It is made before a database writes it: SQLite gives the files beside a database the database's own mode.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CopilotError(
            f"cannot open {str(path)!r}: {error.strerror}", hint="check its permissions, or choose another --home"
        ) from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"{str(path)!r} is not a plain file", hint="choose another --home")
        _refuse_strangers(path, found)
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def private_folder(path: Path) -> None:
    """Make sure that the folder exists and is ours with mode 0700."""
    path.mkdir(mode=0o700, exist_ok=True)
    _refuse_strangers(path, path.lstat())
    path.chmod(0o700)


def _refuse_strangers(path: Path, found: os.stat_result) -> None:
    if found.st_uid != os.geteuid():
        raise Refused(f"{str(path)!r} belongs to another user", hint="choose a folder of your own with --home")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise Refused(f"others may write {str(path)!r}", hint=f"run: chmod go-w {str(path)!r}")


@contextmanager
def server_lock(home: Path) -> Iterator[None]:
    """Hold the home for one server; a second one gets a Conflict that names the first."""
    path = prepare_home(home) / "server.lock"
    private_file(path)
    with path.open("r+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                f"another server ({_owner(held.read(200))}) has this home", hint="stop it, or choose another --home"
            ) from None
        held.truncate()
        held.write(f"{os.getpid()} {socket.gethostname()}\n")
        held.flush()
        yield
        # The file stays: one that is removed could be held by two servers, each by a file of its own.
        held.truncate(0)


def _owner(text: str) -> str:
    pid, _, host = text.strip().partition(" ")
    if not pid.isdigit():
        return "of unknown pid"
    return f"pid {pid}" if host == socket.gethostname() else f"pid {pid} on {host}"
