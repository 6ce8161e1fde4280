"""Films in memory, once, as the network's preprocessing squashes them; and their batches, augmented or not."""

from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import v2

from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.imaging.rendering import to_grey8
from radassist.networks.preprocess import Preprocess
from radassist.training.events import FilmsRead
from radassist.training.manifest import LabelledFilm, Split
from radassist.workflow.services import FilmLoader

_REPORT_EVERY = 50
_AHEAD = 32


@dataclass(frozen=True, slots=True, eq=False)
class FilmSet:
    """The films of one split, decoded.

    Attributes:
        films: One a row of `grey`.
        grey: (N, height, width) uint8, squashed to the network's input size.
        targets: (N,) int64, indices of labels.
        copies: How often each film is there; the first N / copies rows are the films as they are, the others varied.
    """

    split: Split
    films: tuple[LabelledFilm, ...]
    grey: Tensor
    targets: Tensor
    copies: int = 1

    def __len__(self) -> int:
        return len(self.films)


def read_film_set(
    split: Split, films: Sequence[LabelledFilm], labels: Sequence[str], preprocess: Preprocess, loader: FilmLoader
) -> Generator[FilmsRead, None, FilmSet]:
    """Decode and squash `films`, which all belong to `split`; yields how far it is, returns the set.

    Raises:
        UserError: At the first film that cannot be read; none is left out.
    """
    grey = np.empty((len(films), preprocess.spec.height, preprocess.spec.width), np.uint8)
    for number, film in enumerate(_loaded_ahead(films, loader)):
        grey[number] = preprocess.squash(to_grey8(film))
        if (number + 1) % _REPORT_EVERY == 0 or number + 1 == len(films):
            yield FilmsRead(number + 1, len(films))
    targets = torch.tensor([labels.index(film.label) for film in films])
    return FilmSet(split, tuple(films), torch.from_numpy(grey), targets)


def _loaded_ahead(films: Sequence[LabelledFilm], loader: FilmLoader) -> Iterator[Radiograph]:
    """Every film in order, while the loader works on the next few."""
    pending: deque[Future[Radiograph]] = deque()
    for film in films:
        pending.append(loader.submit(FilmSource(film.path)))
        if len(pending) > _AHEAD:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


class AugmentedFilms(Dataset[tuple[Tensor, int]]):
    """Single films (1, H, W) uint8 with their target, varied by an augmentation.

    Each film of each epoch has its own seed, so neither the number of workers nor a stop and a resume changes it.
    """

    def __init__(self, films: FilmSet, augmentation: v2.Transform | None, seed: int) -> None:
        self._films = films
        self._augmentation = augmentation
        self._seed = seed

    def __len__(self) -> int:
        return len(self._films)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        film, target = self._films.grey[index][None], int(self._films.targets[index])
        if self._augmentation is None:
            return film, target
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(self._seed * len(self) + index)
            return self._augmentation(film), target


def shuffled_batches(
    films: FilmSet, augmentation: v2.Transform | None, *, batch_size: int, seed: int, workers: int = 0
) -> DataLoader[tuple[Tensor, int]]:
    """Batches of (B, 1, H, W) uint8 and (B,) int64 in an order that `seed` decides; a last single film is dropped.

    BatchNorm cannot take a batch of one.
    """
    order = torch.Generator().manual_seed(seed)
    return DataLoader(
        AugmentedFilms(films, augmentation, seed),
        batch_size=batch_size,
        shuffle=True,
        generator=order,
        num_workers=workers,
        drop_last=len(films) % batch_size == 1,
    )


def to_input(grey: Tensor, preprocess: Preprocess) -> Tensor:
    """(B, 1, H, W) uint8 of the input's size to (B, channels, H, W) float32: `Preprocess.normalise` on a batch."""
    mean = torch.tensor(preprocess.spec.mean, device=grey.device)[:, None, None]
    std = torch.tensor(preprocess.spec.std, device=grey.device)[:, None, None]
    return (grey.float() / 255 - mean) / std
