"""What a system sends under the name of an xls and is none: web pages, web archives, XML tables."""
