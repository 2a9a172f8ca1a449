"""What the steps of a chain of thought say: moves, their terms, suppositions and turns; shared by the rules on form."""
