"""Plans in the browser: shown beside their reading, and set right where it is wrong."""
