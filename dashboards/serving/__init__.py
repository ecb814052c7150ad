"""From address to figures: scope, copies of the publication, kept pages, health, logs."""
