"""The folder that holds everything: made for its owner alone, and held by one server at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copilot.errors import Conflict, CopilotError, Refused
from copilot.files import disk_trouble

DATABASE = "copilot.db"


def prepare_home(home: Path) -> Path:
    """The home as an absolute path, made with mode 0700 when it is new.

    One that somebody else owns, that others may write, or that is a link is refused: who can write or turn it can
    plant a database.
    """
    home = Path(os.path.abspath(home))
    home = Path(os.path.realpath(home.parent)) / home.name
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        if not home.is_symlink():
            home.mkdir(mode=0o700, exist_ok=True)
        found = home.lstat()
    except OSError as error:
        raise _unusable(home, error, f"cannot use {str(home)!r} as home") from error
    if stat.S_ISLNK(found.st_mode):
        raise Refused(f"{str(home)!r} is a link, not a folder of its own", hint="name the folder it leads to")
    _refuse_strangers(home, found)
    return home


def private_file(path: Path) -> None:
    """Make sure that the file exists and is a plain one of ours with mode 0600.

    It is made before a database writes it: SQLite gives the files beside a database the database's own mode.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(path, error, f"cannot open {str(path)!r}") from error
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
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error, f"cannot make {str(path)!r}") from error
    _refuse_strangers(path, path.lstat())
    path.chmod(0o700)


def _unusable(path: Path, error: OSError, what: str) -> CopilotError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_trouble(path, error)
    return CopilotError(f"{what}: {error.strerror}", hint="check its permissions, or choose another --home")


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
        _sign(path, held.fileno())
        yield
        # The file stays: one that is removed could be held by two servers, each by a file of its own.
        held.truncate(0)


def _sign(path: Path, handle: int) -> None:
    # Past the buffer: what a full disk did not take would be written once more when the file is closed.
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)
    except OSError as error:
        raise disk_trouble(path, error) from error


def _owner(text: str) -> str:
    pid, _, host = text.strip().partition(" ")
    if not pid.isdigit():
        return "of unknown pid"
    return f"pid {pid}" if host == socket.gethostname() else f"pid {pid} on {host}"
