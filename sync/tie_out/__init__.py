"""The tie-out: Docket against QuickBooks in count and cents, with the list behind every difference.

Pure but for `desk`: `compare` says of one record how it differs, `tally` sums the
records into cells, `receivables` asks who owes what, `month` ends a month, `page`
prints it.
"""
