"""The first screen: what is told at once, and the drawings that are asked for after it stands."""
