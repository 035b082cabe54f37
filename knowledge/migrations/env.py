"""Alembic's entry point; the store passes an open connection in the configuration's attributes."""

from alembic import context

from knowledge.base.tables import metadata

connection = context.config.attributes["connection"]
# SQLite cannot alter a table in place: Alembic copies it.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
