"""Asks for the network's input while the tab is in front, and draws its outline on the film."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QPainter, QPolygonF

from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import NetworkPicture
from radassist.domain.radiograph import Radiograph
from radassist.gui.errors import sentence_for
from radassist.gui.inside.field_layer import draw_outline
from radassist.gui.inside.input_panel import InputPanel
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer


class InputPresenter(QObject):
    """A picture belongs to one film and one model; another's is dropped."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        self._asked: tuple[str, str] | None = None
        self._seen: NetworkPicture | None = None
        self._job: Job | None = None
        self.panel = InputPanel()
        window.review_tabs.addTab(self.panel, "Input")
        window.review_tabs.currentChanged.connect(lambda _: self.look())
        presenter.films.shown.connect(self.look)
        window.film.layers.append(self._paint)

    @property
    def seen(self) -> NetworkPicture | None:
        """What is shown; None while nothing is."""
        return self._seen

    def look(self) -> None:
        """Ask for the input of the film on the screen, if the tab is in front and it was not asked for yet."""
        self._window.film.viewport().update()
        film, facts, backing = self._presenter.films.current, self._presenter.facts, self._presenter.backing
        explainer = backing.explainer if backing else None
        about = (film.radiograph.facts.sha256, facts.sha256) if film and facts else None
        if about != self._asked:
            self._drop()
        if film is None or film.analysis is None or about is None or explainer is None:
            self._drop()
        elif self._window.review_tabs.currentWidget() is self.panel and self._asked is None:
            self._asked = about
            self.panel.show_waiting("Asking what the network got …")
            self._job = self._presenter.runner.start(partial(_picture, explainer, film.radiograph), lane=Lane.EXPLAIN)
            self._job.stepped.connect(self._on_picture)
            self._job.failed.connect(partial(self._on_failed, about))

    def _on_picture(self, seen: NetworkPicture) -> None:
        if self._asked == (seen.subject.film_sha256, seen.subject.model_sha256):
            self._seen = seen
            self.panel.show_picture(seen)
            self._window.film.viewport().update()

    def _on_failed(self, about: tuple[str, str], error: BaseException) -> None:
        if self._asked == about:
            self.panel.say(sentence_for(error))

    def _drop(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = self._asked = self._seen = None
        self.panel.say()

    def _paint(self, painter: QPainter) -> None:
        if self._seen is None or self._window.review_tabs.currentWidget() is not self.panel:
            return
        corners = [QPointF(column, row) for row, column in (*self._seen.outline, self._seen.outline[0])]
        draw_outline(painter, self._window.film.film_transform.map(QPolygonF(corners)), self._window.theme.mark)


def _picture(explainer: SharedExplainer, film: Radiograph, cancel: CancelToken) -> Iterator[NetworkPicture]:
    yield explainer.network_picture(film, cancel)
