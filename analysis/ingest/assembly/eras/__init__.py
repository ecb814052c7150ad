"""Which files count from when: taken back, let in, of another plan; and the days between."""
