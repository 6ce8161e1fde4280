"""How unlike the training films a film looks to the network itself: a Mahalanobis distance between pooled features.

After Lee et al. 2018, with one Gaussian for all labels. Fitted once after training, kept beside the weights.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from radassist.domain.errors import ModelUnavailable, RefusedImage
from radassist.domain.radiograph import Notice
from radassist.inference.array_file import load_arrays, save_arrays
from radassist.networks.card import GUARD_NAME, FeatureGuard, ModelCard

_MEAN, _WHITENING = "mean", "whitening"


@dataclass(frozen=True, slots=True, eq=False)
class FeatureDistance:
    """The cloud of features the training films form.

    Attributes:
        mean: (d,) float64.
        whitening: (d, d) float64; the distance is the length of whitening @ (features - mean).
    """

    mean: NDArray[np.float64]
    whitening: NDArray[np.float64]

    def of(self, features: NDArray[np.floating]) -> NDArray[np.float64]:
        """Distance of each row of `features` (N, d), in standard deviations."""
        distances: NDArray[np.float64] = np.linalg.norm((features - self.mean) @ self.whitening.T, axis=1)
        return distances


def pooled_features(feature_maps: NDArray[np.floating]) -> NDArray[np.float64]:
    """Means over the film of (N, d, h, w) maps: (N, d) float64."""
    means: NDArray[np.float64] = feature_maps.mean(axis=(2, 3), dtype=np.float64)
    return means


def fit_feature_distance(features: NDArray[np.floating]) -> FeatureDistance:
    """Fit to `features` (N, d) of training films; the covariance is shrunk as Ledoit and Wolf 2004 advise."""
    from sklearn.covariance import ledoit_wolf  # training only, and slow to import

    covariance, _ = ledoit_wolf(np.asarray(features, np.float64))
    # The inverse of the Cholesky factor is a square root of the inverse covariance.
    whitening = np.linalg.inv(np.linalg.cholesky(covariance))
    return FeatureDistance(np.asarray(features.mean(axis=0), np.float64), whitening)


def distance_threshold(distances: NDArray[np.float64], quantile: float) -> float:
    """What a share of `quantile`, in (0, 1), of `distances` stays below; they are of films the model is meant for."""
    return float(np.quantile(distances, quantile))


def save_feature_distance(distance: FeatureDistance, folder: Path) -> str:
    """Write `guard.safetensors` into a model's folder; its SHA-256, which is returned, belongs into the card.

    Raises:
        StoreError: If the folder cannot be written.
    """
    return save_arrays({_MEAN: distance.mean, _WHITENING: distance.whitening}, folder / GUARD_NAME)


def load_feature_distance(folder: Path, card: ModelCard) -> FeatureDistance | None:
    """The distance that belongs to the model in `folder`, None where its card names none.

    Raises:
        ModelUnavailable: If the file is missing, is another than the card describes, or does not suit the block.
    """
    if card.guard.features is None:
        return None
    arrays = load_arrays(folder / GUARD_NAME, card.guard.features.sha256, f"guard of model {card.id}")
    width = next(block.channels for block in card.blocks if block.name == card.guard.features.block)
    shapes = {name: array.shape for name, array in arrays.items()}
    if shapes != {_MEAN: (width,), _WHITENING: (width, width)}:
        raise ModelUnavailable(f"The guard of model {card.id} does not suit its block {card.guard.features.block}.")
    return FeatureDistance(arrays[_MEAN], arrays[_WHITENING])


def check_distance(distance: float, guard: FeatureGuard, *, has_colours: bool = False) -> Notice | None:
    """What must be said of a film whose features lie `distance` away from those of the training films.

    Args:
        distance: In standard deviations.
        guard: The card's limits.
        has_colours: Radiographs have none; with them, what would be a warning becomes a refusal.

    Raises:
        RefusedImage: If that is farther than the card allows.
    """
    if guard.refuse_beyond is not None and distance > guard.refuse_beyond:
        raise RefusedImage(
            "This does not look like the chest films the model learned from, so it gets no score.", "UNLIKE_TRAINING"
        )
    if distance <= guard.warn_beyond:
        return None
    if has_colours:
        raise RefusedImage(
            "This has colours and looks unlike the chest films the model learned from, so it gets no score.",
            "UNLIKE_TRAINING",
        )
    return Notice(
        "UNLIKE_TRAINING", "This looks unlike the chest films the model learned from; do not rely on the score."
    )
