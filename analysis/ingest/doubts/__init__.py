"""What only a person can decide: asked once, counted one way until then, kept as data."""
