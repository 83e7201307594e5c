"""How Alembic reaches the database: on the connection that it is handed, in its transaction."""

from alembic import context

from loccit.backends.archive.tables import METADATA

if __name__ == "env_py":  # as Alembic calls it; nothing happens to whoever imports it
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        render_as_batch=True,
    )
    context.run_migrations()
