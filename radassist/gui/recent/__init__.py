"""What was opened before: a menu of it, one key for the last, and a way to forget all."""
