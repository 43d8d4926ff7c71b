"""The documentation: the reference made from the code, the site made from the pages."""
