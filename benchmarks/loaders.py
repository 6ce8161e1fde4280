"""Film loaders for benchmarks that train: films read once for many trainings, films with parts painted over."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from radassist.domain.radiograph import Pixels, Radiograph
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


class PaintingLoader:
    """Films of another loader with their stored pixels (H, W) changed."""

    def __init__(self, loader: FilmLoader, paint: Callable[[Pixels], Pixels]) -> None:
        self._loader = loader
        self._paint = paint

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        """As `FilmLoader.submit`."""
        painted: Future[Radiograph] = Future()
        self._loader.submit(source, urgent=urgent).add_done_callback(lambda read: self._hand_on(read, painted))
        return painted

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        """As `FilmLoader.identify`."""
        return self._loader.identify(source)

    def close(self) -> None:
        """As `FilmLoader.close`."""
        self._loader.close()

    def _hand_on(self, read: "Future[Radiograph]", painted: "Future[Radiograph]") -> None:
        error = read.exception()
        if error is not None:
            painted.set_exception(error)
            return
        film = read.result()
        painted.set_result(replace(film, pixels=self._paint(film.pixels)))
