"""``yanpan bench``: speed as ratios of times taken in turn on one machine, over invented data."""
