"""What every request meets: middleware, session, state, responses; and the worker behind the queue."""
