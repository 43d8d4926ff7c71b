"""What can be wrong with an invoice, each kind in a file of its own; all pure.

A check looks at one invoice in the books and yields findings: what is the matter,
in words for a bookkeeper, and the ways out.
"""
