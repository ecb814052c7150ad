"""What can be downloaded: rows, letters, documents of the meeting."""
