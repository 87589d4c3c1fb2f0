"""Runs the migrations in the transaction that ``opening`` began."""

from alembic import context

from sijill.store.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
