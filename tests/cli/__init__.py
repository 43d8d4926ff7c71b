"""What the command line makes of its words, and how it writes."""
