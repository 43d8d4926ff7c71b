"""The use-cases behind the Desk, one module each."""
