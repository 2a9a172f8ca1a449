"""Runs the steps on the connection that `migrate` was given."""

from __future__ import annotations

from alembic import context

from copilot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
