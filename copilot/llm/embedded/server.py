"""The child process that serves the embedded model on loopback, to its parent alone and for as long as it lives."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from typing import Any

# libgomp reads this when it is loaded: its threads would else spin and starve a busy machine.
os.environ["OMP_WAIT_POLICY"] = "passive"

_NICE = 10
"""The desk and its checks go first: a model takes every core for as long as it generates."""
_PR_SET_PDEATHSIG = 1
_OWN_ORIGIN = "http://127.0.0.1"


def main() -> None:
    """Read the key and the settings as one line of JSON, say the address as another, and serve until stdin ends."""
    _die_with_parent()
    os.nice(_NICE)
    settings: dict[str, Any] = json.loads(sys.stdin.readline())
    server = _serve(settings)
    sys.stdout.write(json.dumps({"address": server.listening_address}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    # llama.cpp's threads may be in the middle of a reply that nobody waits for.
    os._exit(0)


def _serve(settings: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = settings["weights"]
    params.model_alias = {settings["alias"]}
    params.n_parallel = settings["slots"]
    params.n_ctx = settings["context"] * settings["slots"]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings["threads"]
    params.sampling.penalty_repeat = settings["repeat_penalty"]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [settings["key"]]
    params.cors_origins = _OWN_ORIGIN
    params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.ui = False
    params.verbosity = 0
    return xllamacpp.Server(params)


def _die_with_parent() -> None:
    """Where the kernel can do it; elsewhere the end of stdin is what ends this process."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


if __name__ == "__main__":
    main()
