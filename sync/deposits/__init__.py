"""Money received: what waits to be posted or applied, bank deposits, Undeposited Funds.

All of it only reads. What is shown comes from the cache; building a deposit stays with
QuickBooks.
"""
