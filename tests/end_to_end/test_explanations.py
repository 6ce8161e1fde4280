"""What is said of the shipped models' answers: every block of each, on sample films, against other ways to the same."""

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch
from captum.attr import LayerGradCam

from radassist import paths, wiring
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.channels import rank_channels
from radassist.explain.gradients import activations_of
from radassist.explain.open_model import FedFilm, OpenModel, open_model
from radassist.export.explanation_files import write_explanation
from radassist.imaging.formats import read_radiograph
from radassist.inference.predictor import load_predictor
from radassist.networks.activations import module_of
from radassist.workflow.explain_films import BlockView, ExplainPlan, FilmExplained, explain_films

FOLDERS = sorted(path.parent for path in paths.shipped_models_dir().glob("*/card.json"))
TARGET = "PNEUMONIA"
SHORT = (
    SaliencyMethod.GRAD_CAM,
    SaliencyMethod.GRAD_CAM_PLUS_PLUS,
    SaliencyMethod.HI_RES_CAM,
    SaliencyMethod.LAYER_CAM,
)


@pytest.fixture(scope="module")
def film() -> Radiograph:
    """Wider than high."""
    return read_radiograph(FilmSource(paths.samples_dir() / "films" / "RAD-0012" / "CR_0001.dcm"))


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def model(folder: Path) -> OpenModel:
    return open_model(str(folder))


@pytest.fixture(scope="module")
def fed(model: OpenModel, film: Radiograph) -> FedFilm:
    return model.take(film)


def made(fed: FedFilm, method: SaliencyMethod, block: str = "") -> SaliencyMap:
    *_, step = saliency(fed, SaliencyWish(method, TARGET, block), CancelToken())
    return step.result


def test_cam_and_the_offset_are_the_score_that_was_shown(model: OpenModel, folder: Path, fed: FedFilm, film) -> None:
    if model.head is None:
        pytest.skip("the network does not average its last maps")
    found, offset = made(fed, SaliencyMethod.CAM), float(model.head.linear.bias[1])
    with torch.no_grad():
        score = float(model.network(fed.batch)[0, 1])
    assert found.values.mean(dtype=np.float64) + offset == pytest.approx(score, abs=1e-5)
    (analysis,) = load_predictor(str(folder), "cpu").predict([film], with_blocks=False)
    assert score == pytest.approx(analysis.prediction.scores[1], abs=1e-4)


def test_the_block_maps_of_the_window_are_a_plain_forward_pass_cut_off_at_the_block(
    model: OpenModel, folder: Path, fed: FedFilm, film: Radiograph
) -> None:
    (analysis,) = load_predictor(str(folder), "cpu").predict([film], with_blocks=True)
    assert [feature_map.block for feature_map in analysis.feature_maps] == list(model.blocks)
    for feature_map in analysis.feature_maps:
        plain = activations_of(model.network, feature_map.block, fed.batch)[0].numpy()
        np.testing.assert_allclose(feature_map.activations, plain, atol=2e-4 * np.abs(plain).max())


def test_grad_cam_of_every_block_is_captums(model: OpenModel, fed: FedFilm) -> None:
    for block in model.blocks:
        layer = module_of(model.network, block)
        theirs = LayerGradCam(model.network, layer).attribute(fed.batch.requires_grad_(), target=1)
        ours = made(fed, SaliencyMethod.GRAD_CAM, block.name).values
        np.testing.assert_allclose(ours, theirs.detach().numpy()[0, 0], atol=1e-5 * np.abs(ours).max())


def test_every_map_of_every_block_lies_on_the_whole_film(model: OpenModel, fed: FedFilm, film: Radiograph) -> None:
    for block in model.blocks:
        for method in SHORT:
            found = made(fed, method, block.name)
            covered = tuple(cells * side for cells, side in zip(found.values.shape, found.cell_size, strict=True))
            assert covered == pytest.approx((film.height, film.width))


def test_ranking_a_block_is_a_forward_pass_without_each_channel(model: OpenModel, fed: FedFilm) -> None:
    block = model.blocks[-1]
    *_, step = rank_channels(fed, RankingWish(block.name, ChannelRule.ABLATION, TARGET), CancelToken())
    with torch.no_grad():
        score = float(model.network(fed.batch)[0, 1])
    for channel in (*step.result.order[:2], step.result.order[-1]):

        def without(_module, _inputs, output, channel=channel):
            output[:, channel] = 0

        hook = module_of(model.network, block).register_forward_hook(without)
        with torch.no_grad():
            lower = float(model.network(fed.batch)[0, 1])
        hook.remove()
        assert step.result.values[channel] == pytest.approx(score - lower, abs=1e-5)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_block_of_every_model_is_explained_on_samples(folder: Path, model: OpenModel, tmp_path) -> None:
    films = sorted(path for path in (paths.samples_dir() / "films").rglob("*") if path.is_file())[::3]
    methods = tuple(method for method in available_methods(model) if method in (*SHORT, SaliencyMethod.CAM))
    plan = ExplainPlan(TARGET, tuple(block.name for block in model.blocks), tuple(BlockView), methods)
    services = wiring.make_services(str(folder), "cpu")
    with closing(services.loader):
        explainer = wiring.make_explainer(str(folder), services.make_predictor())
        events = explain_films([FilmSource(path) for path in films], services, explainer, plan, CancelToken())
        ended = [event for event in events if isinstance(event, FilmExplained)]
    assert len(ended) == len(films) == 8
    write_explanation(ended[0].files, tmp_path, longest_side=256)
    told = json.loads((tmp_path / "explanation.json").read_text(encoding="ascii"))
    assert len(told["maps"]) == len(model.blocks) * (len(BlockView) + len(SHORT)) + (SaliencyMethod.CAM in methods)
