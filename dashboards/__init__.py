"""The Dash application: scope → metric → chart, and nothing computed on the way."""
