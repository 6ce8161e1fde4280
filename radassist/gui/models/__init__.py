"""Which model answers, and what its card says of it."""
