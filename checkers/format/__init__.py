"""Rules that measure: what a response must look like against what it looks like."""
