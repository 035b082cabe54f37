"""Changes of the web tables, in order."""
