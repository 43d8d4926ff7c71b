"""QuickBooks Online: OAuth, REST, faults, queries, throttle."""
