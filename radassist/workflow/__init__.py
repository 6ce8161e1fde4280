"""Use cases over protocols: no torch, no Qt."""
