"""The 25 kinds of IFEval (Zhou et al. 2023, arXiv 2311.07911), as google-research and its ports decide them."""
