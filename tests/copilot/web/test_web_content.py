"""The judged text as a form holds it."""

from __future__ import annotations

from checkers import Step
from copilot.model import Content
from copilot.web.content import Typed, content_of, typed_in


def test_steps_come_in_the_order_of_their_numbers() -> None:
    fields = {f"step.{number}.text": f"text {number}" for number in (10, 2, 0, 1)}

    assert [step.text for step in content_of(fields).steps] == ["text 0", "text 1", "text 2", "text 10"]


def test_an_emptied_step_goes_and_a_new_one_comes_below() -> None:
    fields = {
        "step.0.text": " \n",
        "step.0.id": "a",
        "step.1.text": "kept",
        "step.1.id": "b",
        "step.1.below": "new",
        "answer": "4",
    }

    assert content_of(fields) == Content(steps=(Step("kept", id="b"), Step("new")), answer="4")


def test_a_response_keeps_its_spaces() -> None:
    assert content_of({"response": "  a\n"}) == Content(response="  a\n")


def test_other_fields_are_no_steps() -> None:
    fields = {"step.x.text": "a", "step.-1.text": "a", "step.99999.text": "a", "xstep.1.text": "a", "step.1.textx": "a"}

    assert content_of({**fields, "step.1.below": "a"}) == Content()


def test_everything_typed_is_shown_back() -> None:
    fields = {"step.0.text": "", "step.0.id": "a", "step.0.below": "new", "answer": "4", "reason": "why", "do": "save"}

    assert typed_in(fields) == [
        Typed("step.0.text", "Step 1", "", "a"),
        Typed("step.0.below", "New step below 1", "new"),
        Typed("answer", "Final answer", "4"),
        Typed("reason", "Reason", "why"),
    ]
