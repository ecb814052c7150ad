"""What the text of one measure says: numbers, labels, who, when, how often; for prose and cells."""
