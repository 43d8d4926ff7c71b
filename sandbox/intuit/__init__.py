"""Intuit's US sample company, a landscaper, as its documentation and examples show it."""

from sandbox.intuit.sample import Sample, generate

__all__ = ["Sample", "generate"]
