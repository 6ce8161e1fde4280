import numpy as np
import torch

from radassist.networks.card import InputSpec
from radassist.networks.normalisation import Normalisation
from radassist.networks.preprocess import Preprocess


def test_it_gives_the_very_bits_of_the_preprocessing() -> None:
    spec = InputSpec(channels=3, height=16, width=16, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))
    greys = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    expected = Preprocess(spec).normalise(greys[0])
    assert np.array_equal(Normalisation(spec)(torch.from_numpy(greys)[:, None])[0].numpy(), expected)
