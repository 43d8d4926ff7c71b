"""A Docket server for practice: the contract of docs/docket-api.yaml over records in memory."""
