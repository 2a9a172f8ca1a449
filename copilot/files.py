"""Files opened and written so that a name cannot surprise and a crash cannot leave half of one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from copilot.errors import CopilotError, NoRoom, NotFound


def open_regular(path: Path) -> BufferedReader:
    """The file opened for reading; only a regular file is, never a link, a device or a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {str(path)!r}", hint="check the name and the folder") from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise CopilotError(f"{str(path)!r} is not a regular file", hint="give a plain file of JSON lines")
    return os.fdopen(handle, "rb")


def _unreadable(path: Path, error: OSError) -> CopilotError:
    if error.errno == errno.ELOOP:
        return CopilotError(f"{str(path)!r} is a symbolic link", hint="give the file that it points to")
    return CopilotError(f"cannot read {str(path)!r}: {error.strerror}", hint="check its permissions and the disk")


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name only when the block ends well; until then the old one stands.

    Written beside its place with mode 0600, synced, renamed, and the folder synced.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise disk_trouble(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Return once names that were made or changed in the folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_trouble(path: Path, error: OSError) -> CopilotError:
    """What to tell the user when writing `path` failed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoRoom(
            f"the disk is full: {str(path)!r} was not written",
            hint="make room and run the same command again; nothing that was stored is lost",
        )
    return CopilotError(f"cannot write {str(path)!r}: {error.strerror}", hint="check the folder and its permissions")
