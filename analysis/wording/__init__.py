"""How values are written for people: once for page, file, document and command."""
