"""Maps of the network's blocks."""
