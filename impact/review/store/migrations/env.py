"""What alembic runs: the steps over the connection that `impact.review.store.store` hands it."""

from alembic import context

from impact.review.store.tables import StoreRow

context.configure(connection=context.config.attributes["connection"], target_metadata=StoreRow.metadata)
context.run_migrations()
