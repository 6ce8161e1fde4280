"""Why the model says what it says: maps of evidence over the film."""
