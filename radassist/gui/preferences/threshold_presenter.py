"""The story of another threshold in force: the model decides at it, films that are scored are decided anew."""

from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.analysis import ModelFacts
from radassist.domain.threshold_rule import ThresholdRule, rule_of
from radassist.gui.findings.findings_text import percent, set_by_words
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_LOADS = "Another model is being loaded: its threshold can be chosen when it answers."
_DECIDES = "Another threshold is being set: choose again when it is in force."
_OTHER_MODEL = "Another model answers by now: its threshold was not changed."
_QUEUE_RUNS = "The queue is running: let it end or cancel it before you choose another threshold."


class ThresholdPresenter(QObject):
    """The rule is remembered for the weights it was chosen for, and for no others."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings

    @property
    def hindrance(self) -> str:
        """Why no other threshold can be chosen now, one sentence; empty when one can."""
        backing = self._presenter.backing
        if backing is None or backing.decide_by is None:
            return "There is no model whose threshold could be chosen."
        if self._presenter.is_changing_model:
            return _LOADS  # the rule was looked at with the earlier model, and would meet the later one
        if self._presenter.is_setting_threshold:
            return _DECIDES
        return _QUEUE_RUNS if self._presenter.queue.is_running else ""

    def use(self, rule: ThresholdRule | None, chosen_for: ModelFacts | None) -> None:
        """Decide by `rule` from now on; None for the card's own threshold.

        Args:
            rule: What was chosen; nothing was where it is the rule in force of `chosen_for`.
            chosen_for: The model it was looked at with; a rule never meets other weights.
        """
        backing, facts = self._presenter.backing, self._presenter.facts
        if backing is None or backing.decide_by is None or facts is None or chosen_for is None:
            return
        if rule == rule_of(chosen_for.threshold_by):
            return
        hindrance = _OTHER_MODEL if facts.sha256 != chosen_for.sha256 else self.hindrance
        if hindrance:
            self._window.message_bar.say(hindrance)
            return
        self._presenter.is_setting_threshold = True
        job = self._presenter.runner.start(one_step(partial(backing.decide_by, rule)), lane=Lane.IO)
        job.succeeded.connect(partial(self._on_decided, rule))
        job.failed.connect(self._presenter.report)
        job.finished.connect(self._on_finished)

    def _on_decided(self, rule: ThresholdRule | None, facts: ModelFacts) -> None:
        self._settings.set_threshold_rule(facts, rule)
        self._presenter.set_model(facts)
        self._presenter.films.forget_answers()
        words = f"Films from {percent(facts.threshold, 2)} upwards are suspected from now on"
        self._window.show_message(f"{words} ({set_by_words(facts.threshold_by)}).")

    def _on_finished(self) -> None:
        self._presenter.is_setting_threshold = False
