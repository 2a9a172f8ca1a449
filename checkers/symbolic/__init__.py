"""Rules that compute: what a step says against what is true."""
