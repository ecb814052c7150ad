"""One file a page: its address, its title, and what it shows for a scope."""
