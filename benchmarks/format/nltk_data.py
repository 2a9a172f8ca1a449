"""The language data that the references read, laid out as NLTK wants it, from wheels in their own environment.

`python nltk_data.py FOLDER`, run with the Python of `.venv-references`.
"""

from __future__ import annotations

import io
import json
import pickle  # noqa: TID251, S403  (only read by an unpickler that makes nothing but plain containers)
import shutil
import sys
from pathlib import Path
from typing import Any

PACKAGES = Path(next(path for path in sys.path if path.endswith("site-packages")))
CACHE = PACKAGES / "llama_index" / "core" / "_static" / "nltk_cache"
TAGGER = PACKAGES / "textblob_aptagger" / "trontagger-0.1.0.pickle"
_PLAIN = {"set": set, "dict": dict, "list": list, "tuple": tuple, "frozenset": frozenset, "defaultdict": dict}


class Plain(pickle.Unpickler):
    """Reads containers, texts and numbers; refuses every other class or function."""

    def find_class(self, module: str, name: str) -> Any:
        """The container of that name."""
        if module in ("builtins", "__builtin__", "collections") and name in _PLAIN:
            return _PLAIN[name]
        raise pickle.UnpicklingError(f"refused: {module}.{name}")


def main(folder: Path) -> None:
    """Write tokenizers, stop words and tagger under the folder."""
    for part in ("corpora/stopwords", "tokenizers/punkt_tab"):
        shutil.copytree(CACHE / part, folder / part, dirs_exist_ok=True)
    weights, known, labels = Plain(io.BytesIO(TAGGER.read_bytes()), encoding="latin-1").load()
    name = "averaged_perceptron_tagger_eng"
    place = folder / "taggers" / name
    place.mkdir(parents=True, exist_ok=True)
    for part, value in (("weights", weights), ("tagdict", known), ("classes", sorted(labels))):
        (place / f"{name}.{part}.json").write_text(json.dumps(value), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
