"""What a sender may be told of an upload, and what he may not."""
