"""The story of choosing another model: read the cards, load it, let it answer for every film."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.analysis import ModelFacts
from radassist.domain.model_sheet import ModelSheet
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.threshold_rule import BY_CARD
from radassist.gui.errors import sentence_for
from radassist.gui.findings.findings_text import percent, set_by_words
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.models.models_dialog import ModelsDialog
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_NO_NETWORK = "Networks cannot be looked into here."
_QUEUE_RUNS = "The queue is running: let it end or cancel it before you choose another model."
_DECIDES = "Another threshold is being set: choose the model when it is in force."
_LOADS = "Another model is being loaded: wait until it answers before you choose again."


class ModelPresenter(QObject):
    """Connects the act `models`; the choice is remembered for the next start."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._dialog: ModelsDialog | None = None
        window.actions_by_id.connect({"models": self.open})

    def open(self) -> None:
        """Read the cards of all models and show them."""
        backing = self._presenter.backing
        if backing is None:
            return
        job = self._presenter.runner.start(one_step(backing.sheets), lane=Lane.IO)
        job.succeeded.connect(self._show)
        job.failed.connect(self._presenter.report)

    def change(self, model: str, device: str) -> None:
        """Load the model of that id; until it is there the earlier one answers."""
        backing = self._presenter.backing
        if backing is None or backing.change_model is None:
            return
        if self._hindrance:
            self._window.message_bar.say(self._hindrance)
            return
        self._presenter.is_changing_model = True
        self._window.set_model_line("Loading the model …")
        self._window.findings.show_busy(f"Loading the model {model} …")
        self._window.show_message(f"Loading the model {model} …", 0)
        job = self._presenter.runner.start(one_step(backing.change_model(model, device)), lane=Lane.IO)
        job.succeeded.connect(partial(self._on_changed, device))
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    @property
    def _hindrance(self) -> str:
        """Why no other model can be chosen now, one sentence; empty when one can."""
        if self._presenter.is_changing_model:
            return _LOADS
        if self._presenter.is_setting_threshold:
            return _DECIDES  # a change overtakes calls that wait: the rule would meet the later model
        return _QUEUE_RUNS if self._presenter.queue.is_running else ""

    def _show(self, sheets: tuple[ModelSheet, ...]) -> None:
        dialog = ModelsDialog(self._window.theme, self._window)
        facts = self._presenter.facts
        in_use = facts.model if facts else ""
        told = tuple(_with_threshold(sheet, facts) if facts and sheet.id == in_use else sheet for sheet in sheets)
        dialog.show_sheets(told, in_use=in_use, device=self._settings.device, hindrance=self._hindrance)
        dialog.chosen.connect(self.change)
        dialog.network_wanted.connect(partial(self._read_network, dialog))
        dialog.field_wanted.connect(self._draw_field)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()

    def _read_network(self, dialog: ModelsDialog, model: str) -> None:
        """Of the model of that id; one that comes when the dialog is closed is dropped with it."""
        backing = self._presenter.backing
        if backing is None or backing.read_network is None:
            dialog.take_network(model, _NO_NETWORK)
            return
        job = self._presenter.runner.start(one_step(partial(backing.read_network, model)), lane=Lane.IO)
        job.succeeded.connect(partial(self._on_network, dialog, model))
        job.failed.connect(lambda error: self._on_network(dialog, model, sentence_for(error)))

    def _on_network(self, dialog: ModelsDialog, model: str, found: NetworkFacts | str) -> None:
        if dialog is self._dialog:
            dialog.take_network(model, found)

    def _on_closed(self) -> None:
        self._dialog = None

    def _draw_field(self, block: str) -> None:
        """Choose `block` and let its receptive field follow the pointer over the film."""
        blocks, action = self._window.blocks, self._window.actions_by_id["receptive_field"]
        blocks.restore(replace(blocks.state(), block=block))
        if not action.isChecked():
            action.trigger()
        self._window.show_message(f"Point at the film to see what a value of {block} depends on; O ends it.")

    def _on_changed(self, device: str, facts: ModelFacts) -> None:
        self._settings.model, self._settings.device = facts.model, device
        self._presenter.set_model(facts)
        self._presenter.ask_again()
        self._window.show_message(f"{facts.title} answers from now on, on {facts.device}.")

    def _on_finished(self) -> None:
        self._presenter.is_changing_model = False

    def _on_failed(self, error: BaseException) -> None:
        facts = self._presenter.facts
        self._window.status.clearMessage()
        self._presenter.films.show_again()
        if facts:
            self._presenter.set_model(facts)
        else:
            self._window.set_model_line("No model")
        self._presenter.report(error)


def _with_threshold(sheet: ModelSheet, facts: ModelFacts) -> ModelSheet:
    """A card tells its own threshold; where another one is in force, that stands first among its limits."""
    if facts.threshold_by == BY_CARD:
        return sheet
    in_force = f"{percent(facts.threshold, 2)} ({set_by_words(facts.threshold_by)})"
    return replace(sheet, limits=(f"The threshold in force is {in_force}, not the card's.", *sheet.limits))
