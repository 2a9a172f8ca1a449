"""Measures of the format and content checkers beside the reference checkers."""
