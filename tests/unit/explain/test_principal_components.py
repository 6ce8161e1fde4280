import numpy as np
import pytest
from sklearn.decomposition import PCA

from radassist.domain.analysis import BlockSpec, FeatureMap
from radassist.explain.principal_components import principal_components

BLOCK = BlockSpec("block1", "features.0", stride=2)


def feature_map(channels: int = 7, seed: int = 0) -> FeatureMap:
    random = np.random.default_rng(seed)
    return FeatureMap(
        BLOCK, (random.normal(size=(channels, 6, 5)) * random.uniform(1, 9, (channels, 1, 1))).astype("f4")
    )


def test_maps_and_shares_are_those_of_scikit_learn() -> None:
    block = feature_map()
    found = principal_components(block)
    theirs = PCA(3, svd_solver="full")
    places = theirs.fit_transform(block.activations.reshape(7, -1).T.astype(np.float64))
    signs = np.sign((theirs.components_ * found.directions).sum(axis=1))
    np.testing.assert_allclose(found.maps.reshape(3, -1).T, places * signs, atol=1e-5)
    np.testing.assert_allclose(found.shares, theirs.explained_variance_ratio_, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_the_largest_entry_of_a_direction_is_positive(seed: int) -> None:
    directions = principal_components(feature_map(seed=seed)).directions
    assert (directions[np.arange(3), np.abs(directions).argmax(axis=1)] > 0).all()


def test_the_same_block_turned_round_gives_the_same_directions() -> None:
    block = feature_map()
    turned = FeatureMap(BLOCK, np.ascontiguousarray(block.activations[:, ::-1, ::-1]))
    np.testing.assert_allclose(
        principal_components(turned).directions, principal_components(block).directions, atol=1e-5
    )


def test_each_colour_goes_from_the_lowest_to_the_highest_of_its_map() -> None:
    found = principal_components(feature_map())
    colours = found.colours()
    assert colours.shape == (6, 5, 3)
    for index in range(3):
        assert (colours[..., index].min(), colours[..., index].max()) == (0, 255)
        assert colours[..., index].argmax() == found.maps[index].argmax()


def test_a_block_of_two_channels_has_two_components_and_a_third_of_nothing() -> None:
    found = principal_components(feature_map(channels=2))
    assert found.maps.shape == (3, 6, 5)
    assert not found.maps[2].any()
    assert sum(found.shares) == pytest.approx(1)
    assert (found.colours()[..., 2] == 128).all()


def test_a_block_without_differences_has_no_components_and_one_colour() -> None:
    found = principal_components(FeatureMap(BLOCK, np.full((4, 3, 3), 2.0, np.float32)))
    assert not found.maps.any()
    assert found.shares == (0.0, 0.0, 0.0)
    assert (found.colours() == 128).all()
