"""Every name of Docket's beside its record in QuickBooks: to look through, and to change."""
