"""Submissions → tables: one name for each unit, rules, versions, corrections, every row counted."""
