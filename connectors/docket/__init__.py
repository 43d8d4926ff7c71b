"""Docket: the protocol behind which it is read, and the HTTP API; files are in docket_files."""
