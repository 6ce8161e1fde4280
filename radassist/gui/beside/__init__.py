"""A second film beside the first: which one, how the two move together, and whose score is whose."""
