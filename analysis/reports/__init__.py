"""What is written for people: sentences first, documents later."""
