"""The local cache: tables, migrations, every query."""
