"""Draws the zones of the evidence ledger on the film on the screen while that is wanted."""

from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.lungs import BodyZones
from radassist.gui.errors import sentence_for
from radassist.gui.explain.zones_layer import ZonesLayer
from radassist.gui.jobs import Job, Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_WANTED = "blocks/zones"
_LOOKING = "Looking for the zones of the film …"


class ZonesPresenter(QObject):
    """Follows the film; zones of another film are never drawn.

    Attributes:
        layer: What is drawn.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._digest = ""
        self._job: Job | None = None
        self.layer = ZonesLayer(window.film, window.theme)
        self._action = window.actions_by_id["zones"]
        self._action.setChecked(settings.text(_WANTED, "false") == "true")
        window.actions_by_id.connect({"zones": self._toggle})
        presenter.films.shown.connect(self.look)

    def look(self) -> None:
        """Another film may be on the screen."""
        film, backing = self._presenter.films.current, self._presenter.backing
        explainer = backing.explainer if backing else None
        digest = film.radiograph.facts.sha256 if film and explainer and self._action.isChecked() else ""
        if digest == self._digest:
            return
        if self._job:
            self._job.cancel()
            self._window.take_message_back(_LOOKING)
        self._job, self._digest = None, digest
        self.layer.show(None)
        if film and explainer and digest:
            zones = partial(explainer.zones, film.radiograph)
            self._window.show_message(_LOOKING, 0)
            self._job = job = self._presenter.runner.start(one_step(zones), lane=Lane.EXPLAIN)
            job.succeeded.connect(partial(self._on_zones, job))
            job.failed.connect(partial(self._on_failed, job))

    def _toggle(self) -> None:
        self._settings.set_text(_WANTED, "true" if self._action.isChecked() else "false")
        self.look()

    def _on_zones(self, job: Job, zones: BodyZones) -> None:
        if job is self._job:
            self.layer.show(zones)
            self._window.show_message(zones.sentence)

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._window.show_message(sentence_for(error))
