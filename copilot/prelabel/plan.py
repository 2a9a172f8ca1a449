"""What is asked for each item: the task, the prompt, the samples and the parameters of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkers import Json
from copilot.errors import CopilotError
from copilot.llm.ask import Model, Request
from copilot.model import Item, Message, TaskName
from copilot.prompts import load_prompt
from copilot.routing import DEFAULT_RULES, Rule
from copilot.tasks import Task, task_of


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run drafts and checks; equal plans over equal items ask equal requests."""

    task: TaskName | None = None
    """None: each item's own (`copilot.tasks.task_of`)."""
    samples: int = 1
    temperature: float | None = None
    """None: 0 for a single sample, 0.8 for several."""
    max_tokens: int | None = None
    """None: the task's own limit."""
    check: bool = True
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    rules: tuple[Rule, ...] = DEFAULT_RULES
    contradictory: bool = False
    """Whether items are drafted whose constraints exclude one another."""

    def asked(self, item: Item, *, model: Model) -> Iterator[Asked]:
        """The requests for one item, one a sample."""
        task = task_of(item, self.task)
        samples = max(self.samples, task.samples)
        temperature = self.temperature if self.temperature is not None else (0.0 if samples == 1 else 0.8)
        prompt = load_prompt(task.prompt)
        if prompt.reply != task.reply:
            raise CopilotError(
                f"prompt {prompt.ref} asks for the reply {prompt.reply!r}, but task {task.name} reads {task.reply!r}",
                hint="mend the header of the prompt file",
            )
        messages = _conversation(item, prompt.render(task.values(item)))
        for sample in range(samples):
            request = Request(
                model=model.name,
                at=model.identity,
                messages=messages,
                shape=task.shape,
                temperature=temperature,
                max_tokens=self.max_tokens or task.max_tokens,
                sample=sample,
            )
            yield Asked(item=item, task=task, prompt=prompt.ref, request=request)

    def params(self) -> Mapping[str, Json]:
        """What the run row keeps of the plan."""
        return {
            "samples": self.samples,
            "temperature": self.temperature,
            "max_tokens": self.max_tokens,
            "check": self.check,
            "select": list(self.select) if self.select is not None else None,
            "contradictory": self.contradictory,
            "ignore": list(self.ignore) if self.ignore is not None else None,
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with where it comes from."""

    item: Item
    task: Task
    prompt: str
    request: Request


def _conversation(item: Item, rendered: tuple[Message, ...]) -> tuple[Message, ...]:
    """The rendered turns with the item's earlier turns before the last; one system message at most."""
    *before, last = rendered
    earlier = item.messages[:-1]
    system = [turn.content for turn in (*before, *earlier) if turn.role == "system"]
    turns = [turn for turn in (*before, *earlier) if turn.role != "system"]
    head = [Message("system", "\n\n".join(system))] if system else []
    return (*head, *turns, last)
