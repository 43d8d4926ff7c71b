"""The command line; builds connectors and store and hands them in."""
