"""The power is cut under the store: what it wrote is captured, replayed, and cut at random."""
