"""Films that other systems send to the window."""
