"""A QuickBooks Online server for practice and tests: the judge of what the product posts."""
