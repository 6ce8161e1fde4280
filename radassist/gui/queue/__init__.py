"""The queue of films to be scored, as the window shows it."""
