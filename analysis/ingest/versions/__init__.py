"""Rows → records through time: identity, history, corrections, acceptances, unit names."""
