"""Where the next inspection is likely to find something, why, and how good that order is."""
