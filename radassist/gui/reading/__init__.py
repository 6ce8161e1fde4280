"""The reader's own answers beside the model's, and rounds in which they are given before the model's are seen."""
