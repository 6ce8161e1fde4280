"""Small parts that any panel may use."""
