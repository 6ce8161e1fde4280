"""How a model comes to be: data, augmentation, training, evaluation, publication."""
