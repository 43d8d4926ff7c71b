"""The practice company: local QBO and Docket servers, sample data, faults.

It judges the client and shares no code with it.
"""
