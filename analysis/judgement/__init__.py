"""Statistics, models and rules on small results."""
