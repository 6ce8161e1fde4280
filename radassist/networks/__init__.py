"""What a network is: architectures, model cards, weights and preprocessing."""
