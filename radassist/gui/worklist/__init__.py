"""The list of films and its orders."""
