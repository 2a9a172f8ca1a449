"""How well and how fast the checkers judge real traces: one file a measure, all run by `make bench-checkers`."""
