"""Measurements. They are run by hand and never by the tests; what they found stands in RESULTS.md."""
