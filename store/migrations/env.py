"""What Alembic runs: the migrations, on the connection that the cache hands in."""

from __future__ import annotations

from alembic import context

from store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=False,  # the cache holds the one transaction around everything
)
context.run_migrations()
