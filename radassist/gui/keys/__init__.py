"""Which key does what, as the reader likes it."""
