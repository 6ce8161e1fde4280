"""The case sheet: one film on one page, as HTML or PDF."""
