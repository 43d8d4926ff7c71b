"""One module a command: `add_words` declares its arguments, `run` does it."""
