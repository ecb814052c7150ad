"""Queries that people wrote: each in a process of its own, within bounds."""
