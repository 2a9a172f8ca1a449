"""Facts: how well support ranks claims, how responses are cut into claims, how often a rule is in doubt."""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.checkers import corpus
from benchmarks.checkers.interval import Share
from benchmarks.checkers.table import show, title
from checkers import Source, Trace, Verdict, check, support
from checkers.facts.asserting import assertions
from checkers.facts.stems import terms
from checkers.text.sentence import sentence_spans

RESAMPLES = 2_000
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w+")
_INSIDE = 0.75
"""Share of the words of a triplet that one claim has, from where on it is found inside."""

Score = Callable[[str, Sequence[str]], float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that people called true or false, and the texts that were found for it."""

    prompt: str
    claim: str
    is_true: bool
    texts: tuple[str, ...]
    """Without addresses; what a person found and wrote down comes first, where there is something."""
    found: tuple[str, ...]
    """Only what a search found."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two scores over the same claims."""

    ours: float
    other: float
    low: float
    high: float
    """95 % of the resampled differences lie between these."""


def measure(folder: Path, *, quick: bool) -> None:
    """Print the areas under the curve beside plain overlap, the splitting, and the doubts of `citations.supported`."""
    claims = judged(folder)
    resamples = 200 if quick else RESAMPLES
    _report_support(claims, resamples)
    _report_doubts(claims)
    _report_splitting(folder, most=200 if quick else None)


def judged(folder: Path) -> list[Judged]:
    """The claims with a verdict; stances and verdicts of the texts are not read."""
    found = []
    for row in corpus.rows(folder, "claims_factcheckgpt"):
        if row["verdict"] in ("true", "false"):
            evidence = row["evidence"]
            human = _ADDRESS.sub("", evidence["human"] or "").strip()
            auto = tuple(evidence["auto"])
            texts = (human, *auto) if human not in ("", "NA") else auto
            found.append(Judged(row["prompt"], row["claim"], row["verdict"] == "true", texts, auto))
    return found


def ours(claim: str, texts: Sequence[str]) -> float:
    """The score of `checkers.support`."""
    return support(claim, texts).score


def overlap(claim: str, texts: Sequence[str]) -> float:
    """Plain word overlap: the largest share of the claim's words that one text has."""
    own = _words(claim)
    return max((len(own & _words(text)) / len(own) for text in texts), default=0.0) if own else 0.0


def pooled(claim: str, texts: Sequence[str]) -> float:
    """The share of the claim's words that the texts have together."""
    return overlap(claim, [" ".join(texts)])


def brevity(claim: str, texts: Sequence[str]) -> float:
    """How short the claim is, whatever the texts say: what a score gets for nothing."""
    return -float(len(claim))


OTHERS: Mapping[str, Score] = {"word overlap": overlap, "pooled overlap": pooled, "brevity alone": brevity}


def area(scores: Sequence[float], truths: Sequence[bool]) -> float:
    """The area under the ROC curve: how often a true claim scores above a false one, equal scores half."""
    low = sorted(score for score, true in zip(scores, truths, strict=True) if not true)
    high = [score for score, true in zip(scores, truths, strict=True) if true]
    if not low or not high:
        return 0.5
    wins = sum(bisect_left(low, score) + bisect_right(low, score) for score in high)
    return wins / (2 * len(low) * len(high))


def compared(
    mine: Sequence[float], other: Sequence[float], truths: Sequence[bool], groups: Sequence[str], *, resamples: int
) -> Compared:
    """Both areas, and the interval of their difference: whole groups are drawn again, for their claims are alike."""
    places: dict[str, list[int]] = {}
    for at, group in enumerate(groups):
        places.setdefault(group, []).append(at)
    names = sorted(places)
    drawing = random.Random(corpus.SEED)
    differences = []
    for _ in range(resamples):
        drawn = [at for name in drawing.choices(names, k=len(names)) for at in places[name]]
        said = [truths[at] for at in drawn]
        differences.append(area([mine[at] for at in drawn], said) - area([other[at] for at in drawn], said))
    differences.sort()
    low, high = differences[int(0.025 * resamples)], differences[int(0.975 * resamples)]
    return Compared(area(mine, truths), area(other, truths), low, high)


def _report_support(claims: Sequence[Judged], resamples: int) -> None:
    truths, prompts = [each.is_true for each in claims], [each.prompt for each in claims]
    lines = []
    for name, texts in (("all texts", [each.texts for each in claims]), ("searched", [each.found for each in claims])):
        mine = [ours(each.claim, told) for each, told in zip(claims, texts, strict=True)]
        for beside, score in OTHERS.items():
            theirs = [score(each.claim, told) for each, told in zip(claims, texts, strict=True)]
            both = compared(mine, theirs, truths, prompts, resamples=resamples)
            by = f"{both.ours - both.other:+.3f} [{both.low:+.3f}, {both.high:+.3f}]"
            lines.append([name, beside, f"{both.ours:.3f}", f"{both.other:.3f}", by])
    title(f"Support: {sum(truths)} true and {len(truths) - sum(truths)} false claims of {len(set(prompts))} prompts")
    show(["texts", "beside", "AUROC of support", "of the other", "difference, 95 % by prompts"], lines)


def _report_doubts(claims: Sequence[Judged]) -> None:
    lines = []
    for true in (True, False):
        asked = [each for each in claims if each.is_true is true]
        lines.append(["true" if true else "false", str(Share(sum(map(_is_doubted, asked)), len(asked)))])
    title("citations.supported, when the texts that a search found are what is cited")
    show(["claims", "in doubt"], lines)


def _is_doubted(each: Judged) -> bool:
    sources = tuple(Source(str(at), text=text) for at, text in enumerate(each.found, start=1))
    cited = f"{each.claim.rstrip(' .')} [{', '.join(source.id for source in sources)}]."
    report = check(Trace(prompt=each.prompt, response=cited, sources=sources), select=["citations.supported"])
    return any(found.verdict is Verdict.SUSPICIOUS for found in report.findings)


def _report_splitting(folder: Path, *, most: int | None) -> None:
    rows = [*corpus.rows(folder, "claims_refchecker")]
    found = [_is_inside(row) for row in corpus.sample(rows, most, key=lambda row: row["id"])]
    told = [each for each in found if each is not None]
    texts = {row["response"] for row in rows}
    cut = [each for text in sorted(texts) for each in assertions(text)]
    words = sum(len(_WORD.findall(each.text)) for each in cut) / max(1, len(cut))
    sentences = sum(len(sentence_spans(text)) for text in texts)
    worthy = [*_checkworthy(folder)]
    title(f"Splitting: {len(cut)} claims in {sentences} sentences of {len(texts)} responses, {words:.1f} words each")
    show(
        ["what", "share"],
        [
            ["triplets inside one claim", str(Share(sum(claim for claim, _ in told), len(told)))],
            ["triplets inside one sentence", str(Share(sum(sentence for _, sentence in told), len(told)))],
            ["checkworthy sentences that are claims", str(Share(sum(worthy), len(worthy)))],
        ],
    )


def _is_inside(row: corpus.Row) -> tuple[bool, bool] | None:
    """Whether one claim, and whether one sentence, has what a triplet takes from the response."""
    text = row["response"]
    own = {term.stem for part in row["claim"] for term in terms(part) if term.weight}
    own &= {term.stem for term in terms(text)}
    if not own:
        return None
    cut = [each.text for each in assertions(text)]
    return _has(own, cut), _has(own, [text[slice(*span)] for span in sentence_spans(text)])


def _has(own: set[str], texts: Sequence[str]) -> bool:
    return any(len(own & {term.stem for term in terms(text)}) >= _INSIDE * len(own) for text in texts)


def _checkworthy(folder: Path) -> Iterator[bool]:
    """For each sentence from which people took a factual claim, whether something in it is read as asserted."""
    seen = set()
    for row in corpus.rows(folder, "claims_factcheckgpt"):
        sentence = row["sentence"]
        if row["checkworthy"] == "factual" and sentence not in seen:
            seen.add(sentence)
            yield bool(assertions(sentence))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
