"""The front door: the one name that an installed docket-qbo adds to Python."""

__version__ = "0.1.0"
