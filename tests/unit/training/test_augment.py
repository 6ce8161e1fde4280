import pytest
import torch
from torch import Tensor, nn

from radassist.training.augment import (
    RandomErasedEdges,
    RandomJpeg,
    RandomMarkers,
    RandomNoise,
    RandomResampling,
    RandomTone,
    RandomWindow,
    film_augmentation,
)

TRANSFORMS = [RandomWindow, RandomTone, RandomNoise, RandomResampling, RandomJpeg, RandomMarkers, RandomErasedEdges]


@pytest.fixture
def film() -> Tensor:
    ramp = torch.linspace(60, 180, 64)
    return (ramp[:, None] * 0.5 + ramp[None] * 0.5).to(torch.uint8)[None]


def draw(transform: nn.Module, film: Tensor, seed: int) -> Tensor:
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return transform(film)


def test_augmented_films_keep_size_and_depth(film: Tensor) -> None:
    augmentation = film_augmentation((64, 64))
    for seed in range(40):
        varied = draw(augmentation, film, seed)
        assert varied.shape == film.shape
        assert varied.dtype == torch.uint8


def test_the_seed_alone_decides_the_variation(film: Tensor) -> None:
    augmentation = film_augmentation((64, 64))
    first, again, other = (draw(augmentation, film, seed) for seed in (5, 5, 6))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_strength_decides_how_far_films_are_varied(film: Tensor) -> None:
    changes = []
    for strength in (0.0, 1.0):
        augmentation = film_augmentation((64, 64), strength)
        varied = [draw(augmentation, film, seed).float() for seed in range(30)]
        # The flip is left to chance whatever the strength; the nearer of the two films is the one meant.
        changes.append(sum(min((one - other).abs().mean().item() for other in (film, film.flip(-1))) for one in varied))
    assert changes[0] < 0.1 * changes[1]


@pytest.mark.parametrize("kind", TRANSFORMS)
def test_each_variation_happens_always_or_never_as_asked(kind: type[nn.Module], film: Tensor) -> None:
    assert torch.equal(draw(kind(p=0.0), film, 0), film)
    assert any(not torch.equal(draw(kind(p=1.0), film, seed), film) for seed in range(5))


@pytest.mark.parametrize("kind", TRANSFORMS)
def test_no_variation_writes_into_the_film_it_was_given(kind: type[nn.Module], film: Tensor) -> None:
    before = film.clone()
    for seed in range(5):
        draw(kind(p=1.0), film, seed)
    assert torch.equal(film, before)


def test_a_random_window_stretches_the_film_to_full_range(film: Tensor) -> None:
    varied = draw(RandomWindow(p=1.0), film, 0)
    assert (int(varied.min()), int(varied.max())) == (0, 255)


def test_tone_keeps_the_order_of_greys(film: Tensor) -> None:
    for seed in range(20):
        varied = draw(RandomTone(p=1.0), film, seed).flatten()[film.flatten().argsort()]
        assert bool((varied.int().diff() >= 0).all())


def test_erased_edges_leave_the_middle_alone(film: Tensor) -> None:
    for seed in range(20):
        varied = draw(RandomErasedEdges(p=1.0), film, seed)
        assert torch.equal(varied[:, 12:52, 12:52], film[:, 12:52, 12:52])


@pytest.mark.parametrize("size", [(48, 80), (80, 48)])
def test_films_that_are_not_square_keep_their_size(size: tuple[int, int]) -> None:
    film = torch.full((1, *size), 100, dtype=torch.uint8)
    for seed in range(20):
        assert draw(film_augmentation(size), film, seed).shape == film.shape
