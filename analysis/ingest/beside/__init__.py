"""对照: a document line by line, with what was read beside each line."""
