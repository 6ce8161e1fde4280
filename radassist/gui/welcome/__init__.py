"""The first start: what the program is for, and a way round it."""
