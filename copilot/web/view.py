"""The item page as values: each step with its findings, the constraints, and one line that sums it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from checkers import Constraint, Finding, Json, Span, Step, Verdict
from copilot.model import Work
from copilot.web.content import has_steps
from copilot.web.marks import Place, marked

_WORST = ("fails", "suspicious", "carried", "unknown", "holds")
_OPEN = {"fails", "suspicious", "unknown", "carried"}


@dataclass(frozen=True, slots=True)
class Said:
    """One finding as a rater reads it."""

    look: str
    """Its sign, word and colour: fails, suspicious, unknown, carried or holds."""
    message: str
    rule: str
    why: str
    """What to make of it, where the verdict alone does not say."""
    repair: str | None
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the response as it stands."""

    number: int
    """From 1."""
    step: Step
    html: Markup
    look: str | None
    """The worst that was found; None when nothing was there to check."""
    open: tuple[Said, ...]
    """What asks for a look."""
    edited: str | None
    """`edited` or `added` by the rater; None when it is as drafted."""
    drafted: str | None
    """What the model had written, where it was edited."""
    here: bool
    """Whether the page opens at this step."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """Everything the item page shows beside the texts themselves."""

    stepwise: bool
    prompt: Markup
    steps: tuple[StepView, ...]
    gone: tuple[str, ...]
    """Drafted steps that the rater took out."""
    response: Markup | None
    constraints: tuple[Said, ...]
    whole: tuple[Said, ...]
    """What was found about the response as a whole."""
    failing: int
    headline: str


def view_of(work: Work) -> ItemView:
    """The page of this work."""
    steps = tuple(_steps(work))
    whole = [finding for finding in work.findings if finding.step is None]
    failing = sum(look_of(finding) == "fails" for finding in work.findings)
    kept = {step.id for step in work.current.steps}
    return ItemView(
        stepwise=has_steps(work),
        prompt=marked(work.item.prompt, _asked(work)),
        steps=steps,
        gone=tuple(step.text for step in work.draft.steps if step.id is not None and step.id not in kept),
        response=None
        if work.current.response is None
        else marked(work.current.response, _places(work.current.response, whole)),
        constraints=tuple(_constraint(work, index) for index in range(len(work.item.constraints))),
        whole=tuple(said_of(finding) for finding in whole if _index(finding) is None),
        failing=failing,
        headline=_headline(steps, whole, failing),
    )


def look_of(finding: Finding) -> str:
    """How a finding looks: its verdict, or `carried` when an earlier step is to blame."""
    return "carried" if finding.carried else finding.verdict.value


def said_of(finding: Finding) -> Said:
    """The finding as a rater reads it."""
    return Said(
        look=look_of(finding),
        message=finding.message,
        rule=finding.rule,
        why=_why(finding),
        repair=finding.repair,
        facts=tuple(
            (name, _fact(finding.evidence[name])) for name in ("measured", "wanted") if name in finding.evidence
        ),
    )


def _fact(value: Json) -> str:
    """A value of the evidence in words: `max 12`, `tide 0`, `a, b`."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_fact(part)}" for name, part in value.items() if part is not None)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_fact(part) for part in value)
    return "none" if value is None else str(value)


def _why(finding: Finding) -> str:
    if finding.verdict is Verdict.UNKNOWN:
        reason = finding.evidence.get("reason")
        return f"Not a pass and not a fail, you judge. Reason: {reason}" if reason else "Not a pass and not a fail."
    if finding.carried:
        return f"It follows from {_root(finding)}: mend both, that one first."
    if finding.verdict is Verdict.SUSPICIOUS:
        what = "text" if finding.step is None else "step"
        return f"Only a hint: the {what} may well be right. You can accept without changing it."
    return ""


def _root(finding: Finding) -> str:
    """The step in which the first error stands, in words."""
    root = finding.evidence.get("root")
    step = root.get("step") if isinstance(root, Mapping) else None
    return f"the error in step {step + 1}" if isinstance(step, int) else "an error before it"


def _steps(work: Work) -> list[StepView]:
    drafted = {step.id: step for step in work.draft.steps}
    found = [[f for f in work.findings if f.step == index] for index in range(len(work.current.steps))]
    first = next((index for index, findings in enumerate(found) if _look(findings) in _OPEN), None)
    return [
        StepView(
            number=index + 1,
            step=step,
            html=marked(step.text, _places(step.text, found[index])),
            look=_look(found[index]),
            open=tuple(said_of(finding) for finding in found[index] if look_of(finding) in _OPEN),
            edited=_edited(step, drafted.get(step.id)),
            drafted=_original(step, drafted.get(step.id)),
            here=index == first,
        )
        for index, step in enumerate(work.current.steps)
    ]


def _look(findings: Sequence[Finding]) -> str | None:
    looks = {look_of(finding) for finding in findings}
    return next((look for look in _WORST if look in looks), None)


def _edited(step: Step, drafted: Step | None) -> str | None:
    if drafted is None:
        return "added"
    return None if drafted.text == step.text else "edited"


def _original(step: Step, drafted: Step | None) -> str | None:
    return drafted.text if drafted is not None and drafted.text != step.text else None


def _places(text: str, findings: Sequence[Finding]) -> list[Place]:
    """Where in the text the findings stand; one about all of it underlines nothing."""
    open_ones = [finding for finding in findings if finding.verdict is not Verdict.HOLDS]
    places = [Place(span, look_of(finding)) for finding in open_ones for span in (finding.span, *_further(finding))]
    return [place for place in places if place.span != (0, len(text))]


def _further(finding: Finding) -> Iterator[Span]:
    spans = finding.evidence.get("spans")
    for span in spans if isinstance(spans, Sequence) and not isinstance(spans, str) else ():
        match span:
            case [int(start), int(end)]:
                yield start, end


def _asked(work: Work) -> list[Place]:
    """Where the prompt asks for what the response fails to do."""
    failing = {_index(finding) for finding in work.findings if look_of(finding) == "fails"}
    asked = enumerate(work.item.constraints)
    return [Place(wish.span, "fails") for index, wish in asked if index in failing and wish.span is not None]


def _index(finding: Finding) -> int | None:
    """Which constraint the finding decides; None when it is about something else."""
    index = finding.evidence.get("index")
    return index if "constraint" in finding.evidence and isinstance(index, int) else None


def _constraint(work: Work, index: int) -> Said:
    for finding in work.findings:
        if _index(finding) == index:
            return said_of(finding)
    wish: Constraint = work.item.constraints[index]
    return Said("unknown", "No rule looked at this.", wish.name, "Not a pass and not a fail, you judge.", None, ())


def _headline(steps: Sequence[StepView], whole: Sequence[Finding], failing: int) -> str:
    numbers = [str(view.number) for view in steps if view.look == "fails"]
    if len(numbers) == 1:
        return f"Step {numbers[0]} fails."
    if numbers:
        shown = ", ".join(numbers[:6]) + (" and more" if len(numbers) > 6 else "")
        return f"Steps {shown} fail."
    if failing:
        return "1 check fails." if failing == 1 else f"{failing} checks fail."
    looks = {view.look for view in steps} | {look_of(finding) for finding in whole}
    if looks & {"suspicious", "unknown"}:
        return "Nothing fails; some of it needs your eye."
    return "Nothing fails." if looks - {None} else "No rule found anything to check."
