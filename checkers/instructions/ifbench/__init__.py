"""The 58 kinds of IFBench (Pyatkin et al. 2025, arXiv 2507.02833), as its reference decides them."""
