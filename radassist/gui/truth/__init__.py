"""The list against known truth: what the model would cost at each threshold."""
