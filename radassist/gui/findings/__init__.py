"""What the model says of the film on the screen."""
