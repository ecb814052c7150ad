"""Cells that answer with one of a list of words: which one, also where it is said in prose."""
