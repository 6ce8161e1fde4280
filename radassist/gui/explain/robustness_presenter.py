"""How far the score of the film on the screen moves when the film is changed in ways that should not matter."""

from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.robustness import RobustnessStrip
from radassist.gui.explain.ask_view import AskView
from radassist.gui.explain.asking import Asking
from radassist.gui.explain.strip_bar import StripBar
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.presenter import Presenter
from radassist.gui.theme import Theme

_TIP = "Score the film again turned, cropped, windowed and compressed a little: the score should hardly move"
_KEY = "Lines: the variants. Dot: the film as it is. Dashed: the threshold."


class RobustnessPresenter(QObject):
    """The answer goes with the film and with the model."""

    def __init__(self, theme: Theme, panel: WhyPanel, presenter: Presenter) -> None:
        super().__init__(panel)
        self._presenter = presenter
        self.view, self.bar = AskView(theme, "Does the score hold?", _TIP), StripBar(theme)
        self.view.body.insertWidget(self.view.body.indexOf(self.view.numbers), self.bar)
        self._asking = Asking(self.view, presenter.runner, self._show)
        self.view.started_anew.connect(partial(self.bar.set_strip, None))
        panel.add_part(self.view)
        presenter.films.shown.connect(self.look)

    def look(self) -> None:
        """The film on the screen, or the model that answers, may be another one."""
        film, backing, facts = self._presenter.films.current, self._presenter.backing, self._presenter.facts
        explainer = backing.explainer if backing else None
        analysis = film.analysis if film else None
        if film is None or facts is None or explainer is None or not _is_by(analysis, facts):
            self._asking.set_question(None, None)
            return
        about = (film.radiograph.facts.sha256, facts.sha256)
        self._asking.set_question(about, partial(explainer.robustness, film.radiograph))

    def _show(self, strip: RobustnessStrip) -> None:
        self.bar.set_strip(strip)
        if strip.is_complete:
            self.view.say(strip.sentence, _KEY, warns=strip.warns)


def _is_by(analysis: Analysis | None, facts: ModelFacts) -> bool:
    return analysis is not None and analysis.provenance.model_sha256 == facts.sha256
