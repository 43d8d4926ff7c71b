"""The Docket connector and the practice Docket server."""
