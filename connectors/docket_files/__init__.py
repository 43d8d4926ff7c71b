"""Docket by its export files: CSV and XLSX behind the `DocketSource` protocol.

Docket publishes no column list, so nothing is taken for granted: encoding, delimiter,
header row, date order and money format are read from the file itself, columns are
proposed and confirmed once, and a row that does not fit is named instead of guessed.
"""
