"""What alembic runs: the steps over the connection that `impact.review.store.store` hands it."""

from alembic import context

from impact.review.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
