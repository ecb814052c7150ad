"""Bytes → sheets and paragraphs: the content decides how a file is read."""
