"""The tests of maps, on shipped models and sample films: honest maps pass them, others are caught."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from helpers.opened import opened, taken
from scipy import ndimage

from radassist import paths
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import SaliencyMethod, SaliencyWish
from radassist.domain.study import FilmSource
from radassist.domain.trust import Belief, Mark
from radassist.explain.gradients import input_gradients
from radassist.explain.open_model import FedFilm, open_model
from radassist.explain.trust import MapMaker, measure_trust, measure_trust_of
from radassist.imaging.formats import read_radiograph

GRAD_CAM = SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA")


@pytest.fixture(scope="module")
def film() -> FedFilm:
    path: Path = paths.resources_dir() / "samples" / "films" / "RAD-0010" / "CHEST.dcm"
    return open_model("gap_cnn").take(read_radiograph(FilmSource(path)))


def test_grad_cam_changes_with_shuffled_weights_holds_otherwise_and_is_believed(film: FedFilm) -> None:
    *steps, last = measure_trust(film, GRAD_CAM, CancelToken())
    mark = last.result
    assert mark is not None
    assert mark.under_shuffling is Mark.CHANGES
    assert mark.under_small_changes is Mark.HOLDS
    assert mark.belief is Belief.BELIEVABLE
    assert [step.stage for step in mark.cascade] == ["head", "block4", "block3", "block2", "block1"]
    assert (mark.subject, mark.wish) == (film.subject, GRAD_CAM)
    assert {step.result for step in steps} == {None}
    assert all(one.done <= other.done < last.total for one, other in pairwise(steps))
    assert last.done == last.total


def sobel_of_the_film(film: FedFilm) -> Iterator[np.ndarray | None]:
    grey = film.grey.astype(np.float64)
    yield np.hypot(ndimage.sobel(grey, 0), ndimage.sobel(grey, 1)).astype(np.float32)


def input_gradient(film: FedFilm) -> Iterator[np.ndarray | None]:
    yield None
    yield input_gradients(film.model.network, film.batch, 1)[0].abs().sum(dim=0).numpy()


def input_times_gradient(film: FedFilm) -> Iterator[np.ndarray | None]:
    yield (film.batch * input_gradients(film.model.network, film.batch, 1))[0].sum(dim=0).numpy()


def test_a_map_of_edges_is_caught_since_shuffling_leaves_it_as_it_is(film: FedFilm) -> None:
    *_, last = measure_trust_of(film, GRAD_CAM, CancelToken(), sobel_of_the_film)
    mark = last.result
    assert mark is not None
    assert mark.shuffled == pytest.approx(1)
    assert mark.edges > 0.95
    assert mark.under_shuffling is Mark.HOLDS
    assert mark.belief is Belief.DOUBTFUL
    assert "learnt nothing; it follows the film's edges" in mark.sentence


@pytest.mark.parametrize("make", [input_gradient, input_times_gradient])
def test_a_gradient_at_the_input_is_caught(film: FedFilm, make: MapMaker) -> None:
    *_, last = measure_trust_of(film, GRAD_CAM, CancelToken(), make)
    assert last.result is not None
    assert last.result.belief is Belief.DOUBTFUL


@pytest.mark.parametrize("method", [SaliencyMethod.INTEGRATED_GRADIENTS, SaliencyMethod.OCCLUSION, SaliencyMethod.CAM])
def test_maps_of_every_kind_can_be_tested(method: SaliencyMethod) -> None:
    *_, last = measure_trust(taken(opened()), SaliencyWish(method, "PNEUMONIA"), CancelToken())
    assert last.result is not None
    assert -1 <= last.result.shift <= 1
    assert last.result.sentence


def test_a_map_that_is_the_same_everywhere_cannot_be_tested() -> None:
    with pytest.raises(UserError, match="same everywhere"):
        list(measure_trust_of(taken(opened()), GRAD_CAM, CancelToken(), lambda film: iter([np.ones((4, 4), "f4")])))


def test_a_shuffled_network_that_gives_no_numbers_keeps_nothing_of_the_map() -> None:
    film = taken(opened())

    def make(other: FedFilm) -> Iterator[np.ndarray | None]:
        if other.model.network is not film.model.network:
            raise UserError("no finite map")
        yield np.arange(16, dtype=np.float32).reshape(4, 4)

    *_, last = measure_trust_of(film, GRAD_CAM, CancelToken(), make)
    assert last.result is not None
    assert last.result.shuffled == 0


def test_the_tests_can_be_left_at_any_step() -> None:
    cancel = CancelToken()
    steps = measure_trust(taken(opened()), GRAD_CAM, cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
