"""The film on the screen twice, side by side: under two blocks of one model, or under two models."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject

from radassist.domain.model_sheet import ModelSheet
from radassist.gui.actions.spec import Need
from radassist.gui.beside.second_side import SecondSide
from radassist.gui.beside.twin_sides import TwinSides
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_LAST = "beside/second_model"
_ALONE = "There is no other model on this machine to compare with."


class TwinPresenter(QObject):
    """The left side is the window's own, the right one has a block and a model of its own.

    What a second model says is shown on its side, under its name, and nowhere else: worklist, table and store know
    nothing of it.

    Attributes:
        sides: What the two views show.
    """

    def __init__(
        self, window: MainWindow, presenter: Presenter, settings: WindowSettings, side: SecondSide, why: WhyPanel
    ) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings, self._side = window, presenter, settings, side
        self.sides = TwinSides(window, presenter, why)
        self._wants_model = False
        window.actions_by_id.connect(
            {
                "two_blocks": self._toggle_blocks,
                "two_models": self._toggle_models,
                "next_right_block": lambda: self._step(1),
                "previous_right_block": lambda: self._step(-1),
            }
        )
        self._connect(why)
        self._show_checks()

    def show_blocks(self) -> None:
        """The film twice, under two blocks of the model that answers."""
        self._use_own_model()
        if self.sides.wanted == self._window.blocks.chosen_block:
            self.sides.wanted = ""
        self._window.blocks.set_overlay_visible(True)
        self._take()

    def show_models(self) -> None:
        """The film twice, on the right under the model compared last, or another one on this machine."""
        self._wants_model = True
        self._take()

    def leave(self) -> None:
        """Nothing of the right side is wanted any more."""
        self._use_own_model()
        self.sides.saliency.drop()
        self.sides.show_bars(visible=False)
        self._show_checks()

    def refresh(self) -> None:
        """Bring both sides up to date."""
        if not self._is_on:
            return
        if self._presenter.films.number is None:
            self._side.close()
            return
        if self.sides.opinion.model and self.sides.opinion.model == self.sides.own_model:
            self._use_own_model()  # it answers for the list by now
        self._side.take(self, self._whose_findings)  # the model of the list may be another one now
        self.sides.show(self._side.link)
        self._show_checks()

    @property
    def _whose_findings(self) -> str:
        return f"left: {self.sides.own_model}" if self.sides.opinion.model else "left view"

    @property
    def _is_on(self) -> bool:
        return self._side.guest is self

    @property
    def _compares_models(self) -> bool:
        return self._is_on and (bool(self.sides.opinion.model) or self._wants_model)

    def _connect(self, why: WhyPanel) -> None:
        films, window, sides = self._presenter.films, self._window, self.sides
        sides.right.model_chosen.connect(self._on_model)
        sides.right.block_chosen.connect(self._on_block)
        sides.left.block_chosen.connect(self._on_left_block)
        sides.right.busy.cancel.clicked.connect(self._on_cancel)
        sides.opinion.failed.connect(self._on_unavailable)
        for changed in (films.shown, films.forgotten, sides.opinion.changed, sides.saliency.changed):
            changed.connect(self.refresh)
        for moved in (
            window.blocks.overlay_changed,
            window.review_tabs.currentChanged,
            why.overlay_changed,
        ):
            moved.connect(lambda *_: self.refresh())
        window.worklist_model.dataChanged.connect(self._on_list_changed)

    def _on_list_changed(self) -> None:
        """A queue changes a row many times a second: only the words can be others."""
        if self._is_on and not self.sides.is_hidden:
            self.sides.show_words()
        else:
            self.refresh()

    def _take(self) -> None:
        self._side.take(self, self._whose_findings)
        self.sides.show_bars(visible=True)
        backing = self._presenter.backing
        if backing is not None:
            job = self._presenter.runner.start(one_step(backing.sheets), lane=Lane.IO)
            job.succeeded.connect(self._on_models)
            job.failed.connect(self._presenter.report)
        self.refresh()

    def _toggle_blocks(self) -> None:
        if self._is_on and not self._compares_models:
            self._side.close()
        else:
            self.show_blocks()

    def _toggle_models(self) -> None:
        if self._compares_models:
            self._side.close()
        else:
            self.show_models()

    def _on_models(self, sheets: Sequence[ModelSheet]) -> None:
        self.sides.models = tuple(sheet.id for sheet in sheets)
        others = [model for model in self.sides.models if model != self.sides.own_model]
        last = self._settings.text(_LAST, "")
        if self._is_on and self._wants_model and others:
            self._on_model(last if last in others else others[0])
        elif self._is_on and self._wants_model:
            self._side.close()
            self._window.show_message(_ALONE)
        else:
            self.refresh()

    def _on_model(self, model: str) -> None:
        backing, own = self._presenter.backing, self.sides.own_model
        models = backing.second_models if backing else None
        if model == own or models is None:
            self._use_own_model()
        else:
            self._wants_model = False
            self._settings.set_text(_LAST, model)
            self.sides.opinion.choose(model, models)
        self.refresh()

    def _use_own_model(self) -> None:
        self._wants_model = False
        self.sides.opinion.drop()

    def _on_unavailable(self, sentence: str) -> None:
        self._window.message_bar.say(sentence)
        self._on_model(self.sides.own_model)

    def _on_block(self, block: str) -> None:
        self.sides.wanted = block
        self._window.blocks.set_overlay_visible(True)
        self.refresh()

    def _on_left_block(self, block: str) -> None:
        blocks = self._window.blocks
        blocks.restore(replace(blocks.state(), block=block, visible=True))

    def _step(self, step: int) -> None:
        right = self.sides.right_side
        names = right.maps.names if right.maps else ()
        if self._is_on and names:
            at = names.index(right.block(self._window.blocks.chosen_block))
            self._on_block(names[(at + step) % len(names)])

    def _on_cancel(self) -> None:
        if self.sides.is_loading:
            self._on_model(self.sides.own_model)
        else:
            self.sides.saliency.stop()

    def _show_checks(self) -> None:
        actions = self._window.actions_by_id
        actions["two_blocks"].setChecked(self._is_on and not self._compares_models)
        actions["two_models"].setChecked(self._compares_models)
        actions.set_met({Need.TWINS: self._is_on})
