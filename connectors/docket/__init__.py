"""Docket: the HTTP API and, later, export files, behind one protocol."""
