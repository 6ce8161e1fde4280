"""What the network made of the very place a person points at, or of one channel, or of the film as it got it."""
