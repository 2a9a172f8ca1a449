"""The instructions of IFEval and IFBench: what each means here, and how its reference decides it.

`ifeval/…` and `ifbench/…` constraints name one of them, with its kwargs as parameters. See
`instruction` for how one is added.
"""

from checkers.instructions.instruction import Instruction, all_instructions, instruction, instruction_of
from checkers.instructions.loose import variants

__all__ = ["Instruction", "all_instructions", "instruction", "instruction_of", "variants"]
