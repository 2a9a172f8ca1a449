"""The reference checkers, in an environment of their own: one JSON job a line in, one answer a line out.

Run by `peers.Peers` with the Python of `.venv-references`; it imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

SEEDS = (0, 1, 2)
PACKAGES = Path(next(path for path in sys.path if path.endswith("site-packages")))


def _bare(name: str, **names: Any) -> None:
    """A package of which only the parts that decide are loaded: its own start would load data sets and models."""
    module = ModuleType(name)
    module.__path__ = [str(PACKAGES / Path(*name.split(".")))]
    for key, value in names.items():
        setattr(module, key, value)
    sys.modules[name] = module


def _suites() -> dict[str, Any]:
    _bare("datasets", load_dataset=None)
    common = importlib.import_module("if_verifiable.common")
    return {
        "evaluate": common.evaluate_instructions,
        "ifeval": importlib.import_module("if_verifiable.ifeval.instructions_registry").INSTRUCTION_DICT,
        "ifbench": importlib.import_module("if_verifiable.ifbench.instructions_registry").INSTRUCTION_DICT,
    }


def _lm_eval() -> Any:
    for name in ("lm_eval", "lm_eval.tasks"):
        _bare(name)
    return importlib.import_module("lm_eval.tasks.ifeval.utils")


def _nvidia() -> Any:
    _bare("spacy")
    _bare("spacy.cli", download=lambda name: None)
    return importlib.import_module("ifbench.evaluation_lib")


def verdicts(suites: dict[str, Any], suite: str, rows: list[list[Any]]) -> list[Any]:
    """Strict, loose and whether both stay under three seeds, for each row of id, kwargs and text."""
    return [_verdict(suites, suite, *row) for row in rows]


def _verdict(suites: dict[str, Any], suite: str, name: str, kwargs: dict[str, Any], text: str) -> Any:
    said = []
    for seed in SEEDS:
        random.seed(seed)
        try:
            results, _ = suites["evaluate"](text, [name], [kwargs], "", suites[suite])
        except Exception as error:  # noqa: BLE001  (whatever a reference raises is its answer)
            return {"error": type(error).__name__}
        said.append([results[0].strict_pass, results[0].loose_pass] if results else [False, False])
    return {"strict": said[0][0], "loose": said[0][1], "stable": all(each == said[0] for each in said)}


def drawn(suites: dict[str, Any], suite: str, name: str, seed: int) -> Any:
    """The kwargs that the reference itself draws under this seed; None where it needs some to be given."""
    random.seed(seed)
    instruction = suites[suite][name](name)
    try:
        instruction.build_description()
    except Exception:  # noqa: BLE001  (as above)
        return None
    return instruction.get_instruction_args() or {}


def timed(library: Any, rows: list[dict[str, Any]], rounds: int) -> list[Any]:
    """The least processor time of all rows, strictly, over the rounds; and the verdicts."""
    examples = [
        library.InputExample(
            key=0, instruction_id_list=row["instruction_id_list"], prompt=row["prompt"], kwargs=row["kwargs"]
        )
        for row in rows
    ]
    by_prompt = library.__name__.startswith("ifbench")
    least = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        said = [
            library.test_instruction_following_strict(
                example, {row["prompt"]: row["response"]} if by_prompt else row["response"]
            ).follow_instruction_list
            for example, row in zip(examples, rows, strict=True)
        ]
        least = min(least, time.process_time() - start)
    return [least, said]


def main() -> None:
    """Answer jobs until there are no more."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    import langdetect
    import nltk

    langdetect.DetectorFactory.seed = 0
    # What they would download lies there: an attempt each time would only count against them.
    nltk.download = lambda *names, **options: True
    loaded: dict[str, Any] = {}
    load = {"suites": _suites, "lm_eval": _lm_eval, "nvidia": _nvidia}

    def library(name: str) -> Any:
        if name not in loaded:
            loaded[name] = load[name]()
        return loaded[name]

    for line in sys.stdin:
        job, *given = json.loads(line)
        with contextlib.redirect_stdout(sys.stderr):
            if job == "verdicts":
                said = verdicts(library("suites"), *given)
            elif job == "drawn":
                said = drawn(library("suites"), *given)
            elif job == "names":
                said = {suite: sorted(library("suites")[suite]) for suite in ("ifeval", "ifbench")}
            else:
                said = timed(library(given[0]), *given[1:])
        out.write(json.dumps(said) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
