"""The store's open cache, for what is kept of a month."""

from tests.store.conftest import cache, cache_file, clock

__all__ = ["cache", "cache_file", "clock"]
