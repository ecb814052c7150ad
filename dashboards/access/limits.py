"""How large a request may be."""

DASH_POST = "/_dash-update-component"
#: What a page asks by itself, while nobody does anything.
CLOCKED = "shell-publication.data"

#: Paths to which files are sent; a body to any other is as small as a form.
FILES_TO = ("/send", "/acceptance")

#: No request is larger: a ledger of fifty megabytes is none.
LARGEST_REQUEST = 32 * 1024 * 1024

#: What a page asks of the program is small; the longest is the text of a query.
LARGEST_CALLBACK = 64 * 1024
