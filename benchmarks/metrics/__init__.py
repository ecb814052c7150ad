"""Each metric beside queries written by hand, and one SQL file on several engines."""
