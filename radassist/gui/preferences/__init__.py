"""What is chosen once and remembered."""
