"""A window over two models that need no network."""

import threading
from collections.abc import Callable
from dataclasses import replace

from helpers.explanations import FakeExplainer
from helpers.fakes import OtherPredictor
from helpers.windows import Desk
from pytestqt.qtbot import QtBot

from radassist.domain.errors import ModelUnavailable
from radassist.domain.model_sheet import ModelSheet
from radassist.gui.beside.film_strip import StripWords
from radassist.gui.beside.twin_presenter import TwinPresenter
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.second_model import SecondModels


class TwinDesk:
    """A desk with the models `fake`, which answers, and `other`.

    Attributes:
        other: The explainer of the second model.
        may_load: While it is cleared, the second model loads and loads.
        is_gone: The second model cannot be loaded.
        sheets: The models on this machine.
    """

    def __init__(self, at: Desk, qtbot: QtBot) -> None:
        self.at, self._qtbot = at, qtbot
        self.other, self.predictor = FakeExplainer(), OtherPredictor()
        self.may_load = threading.Event()
        self.may_load.set()
        self.is_gone = False
        self.sheets = (ModelSheet("fake", "Fake model", ()), ModelSheet("other", "Other model", ()))
        self.sides = at.window.findChild(TwinPresenter).sides
        self.second = at.window.film_area.second
        self._thread = InferenceThread(lambda: at.predictor)
        self._models = SecondModels(self._make, lambda model, predictor: self.other)
        explainer = SharedExplainer(self._thread, lambda predictor: FakeExplainer())
        backing = replace(at.backing(), explainer=explainer, sheets=lambda: self.sheets, second_models=self._models)
        at.presenter.use(backing)
        at.open("a.dcm", "b.dcm")
        self.wait(lambda: len(at.items()) == 2 and at.is_settled() and at.presenter.facts is not None)
        at.window.actions_by_id["arrival_order"].trigger()
        at.window.worklist.select(0)
        self.wait(lambda: at.presenter.films.number == 0 and at.is_settled())

    def show_blocks(self) -> None:
        self.at.window.actions_by_id["two_blocks"].trigger()
        self.wait(lambda: self.second.radiograph is not None and self.sides.models != ())

    def show_models(self) -> None:
        self.at.window.actions_by_id["two_models"].trigger()
        self.wait(lambda: self.sides.opinion.maps is not None)

    def strips(self) -> tuple[StripWords, StripWords]:
        area = self.at.window.film_area
        return area.first_strip.words, area.second_strip.words

    def checked(self, act: str) -> bool:
        return self.at.window.actions_by_id[act].isChecked()

    def message(self) -> str:
        return self.at.window.message_bar.sentence

    def wait(self, is_so: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(is_so, timeout=20_000)

    def close(self) -> None:
        self.may_load.set()
        self._models.close()
        self._thread.close()

    def _make(self, model: str) -> OtherPredictor:
        self.may_load.wait(60)
        if self.is_gone:
            raise ModelUnavailable(f"There is no model {model}.")
        return self.predictor
