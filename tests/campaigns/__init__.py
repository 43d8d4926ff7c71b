"""Long runs with their own make targets, and what they share with the short ones in make test."""
