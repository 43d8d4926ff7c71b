"""Docket's export files into the cache: what is known already, the pull, preview and undo."""
