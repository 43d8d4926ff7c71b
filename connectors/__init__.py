"""Talks to the outside, async, and keeps nothing."""
