"""Final answers: where a text states one, and whether two of them are the same."""

from checkers.answers.compare import same_answer
from checkers.answers.find import answer_span, final_answer

__all__ = ["answer_span", "final_answer", "same_answer"]
