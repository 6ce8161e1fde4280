"""Film loaders for benchmarks that train: films read once for many trainings."""

from concurrent.futures import Future
from pathlib import Path

from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.workflow.services import FilmLoader


class RememberingLoader:
    """Asks another loader for each file once and keeps the films: some 50 KB each for the 224-pixel ones."""

    def __init__(self, loader: FilmLoader) -> None:
        self._loader = loader
        self._films: dict[Path, Future[Radiograph]] = {}

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        """As `FilmLoader.submit`."""
        if source.path not in self._films:
            self._films[source.path] = self._loader.submit(source, urgent=urgent)
        return self._films[source.path]

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        """As `FilmLoader.identify`."""
        return self._loader.identify(source)

    def close(self) -> None:
        """As `FilmLoader.close`."""
        self._loader.close()
