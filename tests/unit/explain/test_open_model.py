import numpy as np
import pytest
import torch
from helpers.fakes import make_film
from helpers.models import make_card, save_model
from helpers.opened import opened, taken

from radassist.domain.errors import ModelUnavailable, UserError
from radassist.explain.open_model import LAST_MAPS, open_model
from radassist.imaging.rendering import to_grey8
from radassist.inference.predictor import load_predictor


def test_the_opened_network_scores_as_the_loaded_one(tmp_path) -> None:
    card = save_model(tmp_path / "tiny")
    model = open_model(str(tmp_path / "tiny"), weights_sha256=card.weights_sha256)
    batch = taken(model).batch
    torch.testing.assert_close(model.network(batch), opened().network(batch))
    assert not any(parameter.requires_grad for parameter in model.network.parameters())


def test_a_model_that_changed_on_the_disk_explains_no_score_of_the_old_one(tmp_path) -> None:
    save_model(tmp_path / "tiny")
    with pytest.raises(ModelUnavailable, match="has changed"):
        open_model(str(tmp_path / "tiny"), weights_sha256="0" * 64)


def test_blocks_are_found_by_name_and_the_deepest_without_one() -> None:
    model = opened()
    assert model.block("block1") is model.blocks[0]
    assert model.block("") is model.blocks[-1]
    with pytest.raises(UserError, match="it has: block1, block2"):
        model.block("block9")


def test_a_network_without_blocks_says_so() -> None:
    with pytest.raises(UserError, match="has no blocks"):
        opened("mlp", {"size": 16, "hidden": 4}).block("")


def test_labels_are_found_by_name() -> None:
    assert opened().target_index("PNEUMONIA") == 1
    with pytest.raises(UserError, match="NORMAL, PNEUMONIA"):
        opened().target_index("TUBERCULOSIS")


def test_the_maps_that_are_averaged_are_known() -> None:
    assert opened().head.block.name == "block2"
    lite = opened("efficientnet_lite0", {"size": 64})
    assert (lite.head.block.name, lite.head.block.module, lite.head.block.stride) == (LAST_MAPS, "features", 32)
    assert lite.block(LAST_MAPS) is lite.head.block


@pytest.mark.parametrize(("name", "config"), [("lenet", {}), ("simple_cnn", {}), ("gap_cnn", {"head": "flatten"})])
def test_a_network_with_another_end_has_no_averaged_maps(name: str, config: dict) -> None:
    assert opened(name, config).head is None


def test_a_film_is_fed_as_when_it_is_scored() -> None:
    model, film = opened(), make_film()
    fed = model.take(film)
    assert fed.batch.shape == (1, 1, 32, 32)
    assert fed.fed.geometry.film_size == (film.height, film.width)
    assert np.array_equal(fed.batch.numpy()[0], fed.fed.array)
    assert np.array_equal(fed.grey, to_grey8(film))


def test_the_subject_names_film_and_weights() -> None:
    film = make_film()
    subject = opened().take(film).subject
    assert (subject.film_sha256, subject.model, subject.model_sha256) == (
        film.facts.sha256, "tiny", make_card().weights_sha256,
    )  # fmt: skip


def test_pictures_are_scored_as_the_predictor_does(tmp_path) -> None:
    save_model(tmp_path / "tiny")
    pictures = [to_grey8(make_film(name)) for name in ("a", "b")]
    ours = open_model(str(tmp_path / "tiny")).score(pictures)
    theirs = load_predictor(str(tmp_path / "tiny"), "cpu").score(pictures)
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.probabilities == pytest.approx(other.probabilities, abs=1e-6)
