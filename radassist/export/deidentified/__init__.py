"""Copies of films, and of what the model says of them, that name nobody (PS3.15 E)."""
