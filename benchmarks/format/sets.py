"""Near duplicates: what is found, and how fast, beside comparing all with all on the same prompts."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.checkers.corpus import rows, sample
from benchmarks.checkers.interval import Share
from benchmarks.checkers.peer import machine
from benchmarks.checkers.table import show, title
from checkers import Judged, check_set, members_of_records

MOST, QUICK = 2_000, 300
LARGE = 50_000
_NUMBER = re.compile(r"\d+")
_AMOUNTS = frozenset(
    (
        "a",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "half",
        "once",
        "twice",
    )
)
"""Words that make another problem when they are exchanged."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A prompt, and the one that it was made of."""

    prompt: str
    of: int
    """The place of its original among all prompts; its own for an original."""
    kind: str
    is_near: bool
    """False where it was made another problem: nobody is to call it a duplicate."""


def measure(folder: Path, *, quick: bool) -> None:
    """Print recall and precision by what was planted, records a second, and the memory that a large set takes."""
    made = list(_planted(_prompts(folder, QUICK if quick else MOST)))
    originals = sum(one.kind == "" for one in made)
    title("Near duplicates of a set")
    print(f"{machine()}. {originals:,} real prompts and {len(made) - originals:,} that were made of them.\n")
    ways: Sequence[tuple[str, Callable[[Sequence[Planted]], set[int]]]] = (
        ("check_set", _ours),
        ("all with all, sets of three words", _plain),
    )
    _ours(made[:2])  # the rules are loaded
    lines = []
    for name, way in ways:
        started = perf_counter()
        found = way(made)
        lines.append((name, f"{len(made) / (perf_counter() - started):,.0f}", *_told(made, found)))
    kinds = sorted({(one.kind, one.is_near) for one in made if one.kind}, key=lambda kind: (not kind[1], kind))
    show(("way", "records a second", *(_heading(*kind) for kind in kinds), "originals flagged"), lines)
    if not quick:
        _large()


def _heading(kind: str, is_near: bool) -> str:
    return f"{kind}: {'found' if is_near else 'flagged'}"


def _told(made: Sequence[Planted], found: set[int]) -> Iterator[str]:
    kinds = sorted({(one.kind, one.is_near) for one in made if one.kind}, key=lambda kind: (not kind[1], kind))
    for kind, _ in kinds:
        places = [place for place, one in enumerate(made) if one.kind == kind]
        yield str(Share(len(found.intersection(places)), len(places)))
    # An original beside a near duplicate may be the one that is flagged, or the one that stays.
    alone = set(range(len(made))) - {place for one in made if one.is_near for place in (one.of,)}
    places = [place for place in alone if not made[place].kind]
    yield str(Share(len(found.intersection(places)), len(places)))


def _prompts(folder: Path, most: int) -> list[str]:
    """Real prompts of 20 words or more, each once: mathematics, instructions and chat."""
    texts = {str(row["problem"]) for row in rows(folder, "references_gsm8k_math")}
    for name in ("constraints", "preferences_open_instruct", "preferences_pandalm"):
        texts |= {str(row["prompt"]) for row in rows(folder, name)}
    return sample(sorted(text for text in texts if 20 <= len(text.split()) <= 300), most, key=str)


def _planted(prompts: Sequence[str]) -> Iterator[Planted]:
    """Every prompt, and behind them one made of each fourth in turn by each of the ways to make one."""
    for place, prompt in enumerate(prompts):
        yield Planted(prompt, place, "", is_near=False)
    chance = random.Random(1)
    for place, prompt in enumerate(prompts):
        words = prompt.split()
        at = chance.randrange(1, len(words) - 1)
        if place % 4 == 0:
            yield Planted(f"{prompt.upper().strip()} !", place, "case and stops", is_near=True)
        elif place % 4 == 1:
            yield Planted(f"Please read this. {prompt}", place, "a sentence before", is_near=True)
        elif place % 4 == 2 and len(words) >= 30 and words[at].isalpha() and words[at] not in _AMOUNTS:
            swapped = " ".join([*words[:at], "otherwise", *words[at + 1 :]])
            yield Planted(swapped, place, "another word", is_near=True)
        elif place % 4 == 3 and (number := _NUMBER.search(prompt)):
            other = f"{prompt[: number.start()]}{int(number[0][:6]) + 1}{prompt[number.end() :]}"
            yield Planted(other, place, "another number", is_near=False)


def _ours(made: Sequence[Planted]) -> set[int]:
    found = check_set(lambda: members_of_records({"prompt": one.prompt} for one in made), select=["duplicates.near"])
    flagged = {one.member.place for one in found if isinstance(one, Judged) and one.findings}
    return _with_originals(made, flagged)


def _plain(made: Sequence[Planted]) -> set[int]:
    """Words in lower case, sets of three in a row, Jaccard's index of 0.7: as one would write it in ten lines."""
    sets = []
    for one in made:
        words = re.findall(r"\w+", one.prompt.lower())
        sets.append({tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))})
    flagged = set()
    for place, mine in enumerate(sets):
        for before in range(place):
            shared = len(mine & sets[before])
            if shared >= 0.7 * (len(mine) + len(sets[before]) - shared):
                flagged.add(place)
    return _with_originals(made, flagged)


def _with_originals(made: Sequence[Planted], flagged: set[int]) -> set[int]:
    """Which of two that are alike stays is no matter here: a made one counts as found with its original."""
    return flagged | {place for place, one in enumerate(made) if one.is_near and one.of in flagged}


_RUN = """
import random, resource, sys
from time import perf_counter
from checkers import Judged, check_set, members_of_records
count = int(sys.argv[1])
syllables = ("ka", "lo", "mi", "nu", "re", "so", "ti", "va")
words = ["".join(syllables[number >> shift & 7] for shift in (0, 3, 6, 9)) for number in range(4096)]
def prompts():
    before = []
    for number in range(count):
        chance = random.Random(number)
        before = before[:20] + ["otherwise"] + before[21:] if number % 10 == 9 else chance.choices(words, k=60)
        yield {"id": str(number), "prompt": " ".join(before)}
started = perf_counter()
found = sum(isinstance(one, Judged) and bool(one.findings)
            for one in check_set(lambda: members_of_records(prompts()), select=["duplicates.near"]))
print(found, perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _large() -> None:
    """The same work on two sizes of a made-up set, each in a process of its own."""
    lines = []
    for count in (LARGE // 10, LARGE):
        said = subprocess.run([sys.executable, "-c", _RUN, str(count)], capture_output=True, text=True, check=True)
        found, seconds, peak = said.stdout.split()
        lines.append((f"{count:,}", f"{int(found):,} of {count // 10:,}", f"{count / float(seconds):,.0f}", _mib(peak)))
    print()
    show(("records", "planted found", "records a second", "peak memory"), lines)


def _mib(peak: str) -> str:
    # Linux counts KiB, macOS bytes.
    return f"{int(peak) / (1 << 20 if sys.platform == 'darwin' else 1 << 10):,.0f} MiB"
