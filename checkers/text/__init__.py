"""Texts cut into words, sentences, paragraphs and lines: spans, for whoever counts or points."""
