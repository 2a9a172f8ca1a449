"""Whether two formulas are the same, decided by the cheapest means that can."""
