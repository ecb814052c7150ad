"""What goes over the wire: packed once, named by its content, fetched when it is needed."""
