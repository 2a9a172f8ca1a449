"""Texts of a set that stand in a given evaluation set: what is trained on them is measured on what it has seen."""

from __future__ import annotations

from collections.abc import Iterator

from checkers.finding import Finding, Json, Verdict, fails
from checkers.registry import set_rule
from checkers.sets import Member, Scratch, Sweep, Table, Terms
from checkers.sets.evaluation import Evaluation

_SHOWN = 60
"""Characters of a shared passage that are shown, and never more than half of it: the evaluation stays unread."""


@set_rule(version=1)
def prompt(scratch: Scratch, terms: Terms) -> Sweep:
    """No prompt of the set stands in the evaluation file that `--against` names.

    A prompt that is an evaluation text, but for case and blanks, fails. One that shares 13 words in a row with it (25
    characters where a script sets no blanks; a shorter evaluation text as a whole, from 8 words on) is suspicious.
    Passages that stand in more than 10 evaluation texts are instructions and do not count.
    """
    return Sweep() if terms.against is None else _Prompts(scratch.once(Evaluation, terms))


@set_rule(version=1)
def response(scratch: Scratch, terms: Terms) -> Sweep:
    """No response of the set stands in the evaluation file that `--against` names: its prompts, solutions or answers.

    Judged as `contamination.prompt`; a response of less than 8 words is nobody's.
    """
    return Sweep() if terms.against is None else _Responses(scratch.once(Evaluation, terms))


class _Prompts(Sweep):
    what = "prompt"

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.found = {"whole": 0, "passage": 0}

    def find(self, member: Member) -> Iterator[Finding]:
        text, whole = self.text(member), (0, len(member.trace.text))
        line = self.evaluation.has(text) if text.strip() and self.may_be_whole(text) else None
        if line is not None:
            self.found["whole"] += 1
            message = f"This {self.what} stands in the evaluation file (line {line})."
            yield fails(whole, message, kind="whole", against=line)
        elif shared := self.evaluation.shared(text):
            self.found["passage"] += 1
            start, end = shared.span
            message = (
                f"{shared.length} tokens in a row of this {self.what} stand in the evaluation file "
                f"(line {shared.line}), {100 * shared.share:.0f} % of that text."
            )
            evidence: dict[str, Json] = {
                "kind": "passage",
                "against": shared.line,
                "measured": shared.length,
                "share": round(shared.share, 4),
                "passage": text[start : start + min(_SHOWN, (end - start) // 2)] + "…",
            }
            yield self.told(shared.span, whole, message, evidence)

    def tables(self) -> Iterator[Table]:
        rows = [(kind, count) for kind, count in self.found.items()]
        yield Table(f"contamination of {self.what}s", ("shared", "records"), rows)

    def text(self, member: Member) -> str:
        return member.trace.prompt

    def may_be_whole(self, text: str) -> bool:
        return True

    def told(self, span: tuple[int, int], whole: tuple[int, int], message: str, evidence: dict[str, Json]) -> Finding:
        # A finding's span is of the response; where in the prompt it is stands beside it.
        return Finding(Verdict.SUSPICIOUS, whole, message, evidence={"prompt_span": list(span), **evidence})


class _Responses(_Prompts):
    what = "response"

    def text(self, member: Member) -> str:
        return member.trace.text

    def may_be_whole(self, text: str) -> bool:
        return self.evaluation.is_telling(text)

    def told(self, span: tuple[int, int], whole: tuple[int, int], message: str, evidence: dict[str, Json]) -> Finding:
        return Finding(Verdict.SUSPICIOUS, span, message, evidence=evidence)
