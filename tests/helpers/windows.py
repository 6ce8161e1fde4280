"""The real window over stand-ins for decoders and model."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.fakes import FACTS, FakeLoader, FakePredictor, make_services

from radassist.domain.worklist import WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.features import add_features
from radassist.gui.intents import Intents
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import load_theme
from radassist.workflow.readings import Readings


class Desk:
    """A window a test sits at.

    Attributes:
        loader, predictor: The stand-ins, to make them misbehave.
        written: What was exported: items and target of each call.
        readings: Where answers of readers are kept; None where they are not.
    """

    def __init__(
        self,
        home: Path,
        loader: FakeLoader | None = None,
        predictor: FakePredictor | None = None,
        theme: str = "dark",
    ) -> None:
        self.loader, self.predictor = loader or FakeLoader(), predictor or FakePredictor()
        self.settings = WindowSettings(home / "window.ini")
        self.window = MainWindow(load_theme(theme))
        self.presenter = Presenter(self.window, self.settings)
        self.intents = Intents(self.window, self.presenter, self.settings)
        add_features(self.window, self.presenter, self.settings)
        self.readings: Readings | None = None
        self.written: list[tuple[list[WorklistItem], Path]] = []

    def backing(self) -> Backing:
        services = make_services(self.loader, self.predictor)
        return Backing(
            services=services,
            screen=services,
            load_model=lambda: FACTS,
            write_csv=lambda items, target, labels: self.written.append((list(items), target)),
            close=lambda: True,
            readings=self.readings,
            decide_by=self.predictor.decide_by,
        )

    def open(self, *names: str) -> None:
        self.presenter.open_paths([Path("films") / name for name in names])

    def item(self, number: int) -> WorklistItem:
        return self.window.worklist_model.item(number)

    def items(self) -> list[WorklistItem]:
        return list(self.window.worklist_model.items())

    def is_idle(self) -> bool:
        """Whether every job has ended and the window was told of it."""
        return not self.presenter.runner._jobs

    def is_settled(self) -> bool:
        presenter = self.presenter
        is_read = presenter.films.number is None or presenter.films.is_complete
        busy = presenter.is_listing or presenter.queue.is_running or self.window.worklist._rows.is_unsettled
        return not busy and is_read


@contextmanager
def desk(
    home: Path, loader: FakeLoader | None = None, predictor: FakePredictor | None = None, theme: str = "dark"
) -> Iterator[Desk]:
    """A desk that is cleared up afterwards."""
    made = Desk(home, loader, predictor, theme)
    try:
        yield made
    finally:
        made.presenter.shut_down()
        made.window.close()
        made.window.deleteLater()
