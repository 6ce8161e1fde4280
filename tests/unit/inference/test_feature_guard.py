from pathlib import Path

import numpy as np
import pytest
from helpers.models import make_card
from safetensors.numpy import save_file

from radassist.domain.errors import ModelUnavailable, RefusedImage
from radassist.inference.feature_guard import (
    FeatureDistance,
    check_distance,
    distance_threshold,
    fit_feature_distance,
    load_feature_distance,
    pooled_features,
    save_feature_distance,
)
from radassist.networks.card import GUARD_NAME, FeatureGuard, Guard, ModelCard

DIMENSIONS = 6


@pytest.fixture(scope="module")
def features() -> np.ndarray:
    random = np.random.default_rng(4)
    return random.normal(size=(4000, DIMENSIONS)) @ random.normal(size=(DIMENSIONS, DIMENSIONS)) + 3.0


def _guard(sha256: str = "0" * 64, refuse_beyond: float | None = None) -> FeatureGuard:
    return FeatureGuard(
        block="block2", warn_beyond=4.0, refuse_beyond=refuse_beyond, rule="99 %", fitted_on="fit", sha256=sha256
    )


def _card(sha256: str) -> ModelCard:
    return make_card(guard=Guard(features=_guard(sha256)))


def test_the_distance_is_scikit_learns_mahalanobis_distance(features: np.ndarray) -> None:
    covariance = pytest.importorskip("sklearn.covariance")
    reference = covariance.LedoitWolf().fit(features)
    distance = fit_feature_distance(features)
    np.testing.assert_allclose(distance.of(features[:50]) ** 2, reference.mahalanobis(features[:50]), rtol=1e-6)


def test_distances_of_the_fitted_cloud_follow_chi_squared_and_the_threshold_cuts_its_tail(features: np.ndarray) -> None:
    distances = fit_feature_distance(features).of(features)
    assert np.mean(distances**2) == pytest.approx(DIMENSIONS, rel=0.02)
    threshold = distance_threshold(distances, 0.99)
    assert np.mean(distances > threshold) == pytest.approx(0.01, abs=0.001)


def test_what_lies_outside_the_cloud_is_far_away(features: np.ndarray) -> None:
    distance = fit_feature_distance(features)
    far = features.mean(axis=0) + 20 * features.std(axis=0)
    assert distance.of(far[None])[0] > 3 * distance.of(features).max()


def test_features_that_never_vary_do_not_break_the_fit() -> None:
    features = np.random.default_rng(1).normal(size=(50, 8))
    features[:, 3] = 0.0
    distance = fit_feature_distance(features)
    assert np.isfinite(distance.of(features)).all()


def test_pooling_averages_each_channel_over_the_film() -> None:
    maps = np.arange(2 * 3 * 4 * 5, dtype=np.float32).reshape(2, 3, 4, 5)
    np.testing.assert_allclose(pooled_features(maps), maps.reshape(2, 3, -1).mean(axis=2))


def test_parameters_are_loaded_as_they_were_saved(tmp_path: Path, features: np.ndarray) -> None:
    fitted = fit_feature_distance(features)
    loaded = load_feature_distance(tmp_path, _card(save_feature_distance(fitted, tmp_path)))
    assert loaded is not None
    np.testing.assert_array_equal(loaded.of(features[:9]), fitted.of(features[:9]))


def test_a_card_without_a_feature_guard_needs_no_file(tmp_path: Path) -> None:
    assert load_feature_distance(tmp_path, make_card()) is None


def test_another_file_than_the_cards_is_refused(tmp_path: Path, features: np.ndarray) -> None:
    save_feature_distance(fit_feature_distance(features), tmp_path)
    with pytest.raises(ModelUnavailable, match="guard of model tiny is not the one its card describes"):
        load_feature_distance(tmp_path, _card("1" * 64))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="guard of model tiny cannot be read"):
        load_feature_distance(tmp_path, _card("1" * 64))


@pytest.mark.parametrize("width", [5, 7])
def test_parameters_of_another_width_than_the_block_are_refused(tmp_path: Path, width: int) -> None:
    other = FeatureDistance(np.zeros(width), np.eye(width))
    with pytest.raises(ModelUnavailable, match="does not suit its block block2"):
        load_feature_distance(tmp_path, _card(save_feature_distance(other, tmp_path)))


def test_parameters_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    broken = FeatureDistance(np.full(DIMENSIONS, np.nan), np.eye(DIMENSIONS))
    with pytest.raises(ModelUnavailable, match="not finite"):
        load_feature_distance(tmp_path, _card(save_feature_distance(broken, tmp_path)))


def test_a_file_of_other_arrays_is_refused(tmp_path: Path) -> None:
    import hashlib

    save_file({"surprise": np.zeros(3)}, tmp_path / GUARD_NAME)
    digest = hashlib.sha256((tmp_path / GUARD_NAME).read_bytes()).hexdigest()
    with pytest.raises(ModelUnavailable, match="does not suit"):
        load_feature_distance(tmp_path, _card(digest))


def test_far_films_are_warned_of_and_very_far_ones_refused_where_the_card_says_so() -> None:
    assert check_distance(4.0, _guard()) is None
    for guard in (_guard(), _guard(refuse_beyond=5.0)):
        notice = check_distance(4.1, guard)
        assert notice is not None
        assert notice.code == "UNLIKE_TRAINING"
    assert check_distance(99.0, _guard()) is not None
    with pytest.raises(RefusedImage) as refusal:
        check_distance(5.1, _guard(refuse_beyond=5.0))
    assert refusal.value.code == "UNLIKE_TRAINING"


def test_colours_turn_a_warning_into_a_refusal() -> None:
    guard = _guard()
    assert check_distance(4.0, guard, has_colours=True) is None
    with pytest.raises(RefusedImage, match="has colours"):
        check_distance(4.1, guard, has_colours=True)
