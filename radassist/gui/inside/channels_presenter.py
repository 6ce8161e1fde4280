"""Keeps the contact sheet on the film and block that are shown, and asks the model what its channels count for."""

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.analysis import FeatureMap, Reduction
from radassist.domain.explanation import ChannelRanking, ChannelRule, ExplainStep, RankingWish
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.errors import sentence_for
from radassist.gui.film.overlay import AnyOverlay
from radassist.gui.inside.channels_panel import ChannelsPanel
from radassist.gui.inside.kernel_picture import kernel_of
from radassist.gui.inside.network_desk import NetworkDesk
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer

_NOBODY_TO_ASK = "This model cannot be asked what its channels count for."
_STOPPED = "The ranking was stopped; choose an order to ask again."


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked; only an answer to the newest question is shown."""

    film_sha256: str
    model_sha256: str
    wish: RankingWish


class ChannelsPresenter(QObject):
    """A ranking is asked for only while the tab is in front; one that comes late is dropped."""

    def __init__(self, window: MainWindow, presenter: Presenter, network: NetworkDesk) -> None:
        super().__init__(window)
        self._window, self._presenter, self._network = window, presenter, network
        self._shown: tuple[FeatureMap | None, BlocksState] | None = None
        self._question: _Question | None = None
        self._job: Job | None = None
        self.panel = ChannelsPanel(window.theme)
        self.panel.channel_chosen.connect(self._lay_over)
        self.panel.rule_chosen.connect(self._on_rule)
        self.panel.cancel_requested.connect(self._on_cancel)
        window.review_tabs.insertTab(1, self.panel, "Channels")
        window.review_tabs.currentChanged.connect(lambda _: self._look())
        window.blocks.overlay_changed.connect(self._on_overlay)
        network.known.connect(self._show_kernel)

    def _on_overlay(self, overlay: AnyOverlay | None) -> None:
        """What lies over the film while this tab is in front is the block's map, too."""
        self._window.overlays.offer(self.panel, overlay)
        self._look()

    def _look(self) -> None:
        """Bring the sheet up to date, and ask for the order if it is looked at."""
        if self._window.review_tabs.currentWidget() is not self.panel:
            return
        blocks = self._window.blocks
        maps, state, name = blocks.maps, blocks.state(), blocks.chosen_block
        block = next((entry for entry in maps.feature_maps if entry.block.name == name), None) if maps else None
        look = (block, BlocksState(color_map=state.color_map, one_scale=state.one_scale))
        if self._shown is None or self._shown[0] is not look[0] or self._shown[1] != look[1]:
            self._shown = look
            self._drop()
            self.panel.show_block(maps, state, name)
            self._ask()
        self.panel.mark(state)
        self._show_kernel()

    def _on_rule(self) -> None:
        self._shown = None
        self._look()

    def _on_cancel(self) -> None:
        self._drop()
        self.panel.say(_STOPPED)

    def _lay_over(self, channel: int) -> None:
        blocks = self._window.blocks
        state = replace(blocks.state(), reduction=Reduction.CHANNEL, channel=channel, visible=True)
        blocks.restore(replace(state, block=blocks.chosen_block))

    def _ask(self) -> None:
        maps, facts, explainer = self._window.blocks.maps, self._presenter.facts, self._explainer()
        film = self._presenter.films.current
        if self.panel.rule is ChannelRule.ACTIVATION or maps is None:
            return
        if film is None or facts is None or explainer is None:
            self.panel.say(_NOBODY_TO_ASK)
            return
        wish = RankingWish(self._window.blocks.chosen_block, self.panel.rule, facts.labels[1])
        self._question = question = _Question(film.radiograph.facts.sha256, facts.sha256, wish)
        self.panel.show_progress(0, 1)
        steps = partial(explainer.rank_channels, film.radiograph, wish)
        self._job = self._presenter.runner.start(steps, lane=Lane.EXPLAIN)
        self._job.stepped.connect(partial(self._on_step, question))
        self._job.failed.connect(partial(self._on_failed, question))

    def _on_step(self, question: _Question, step: ExplainStep[ChannelRanking]) -> None:
        if question != self._question:
            return
        self.panel.show_progress(step.done, step.total)
        if step.result is not None:
            self.panel.show_ranking(step.result)

    def _on_failed(self, question: _Question, error: BaseException) -> None:
        if question == self._question:
            self.panel.say(sentence_for(error))

    def _drop(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = self._question = None
        self.panel.hide_progress()

    def _show_kernel(self) -> None:
        chosen = self.panel.chosen
        facts = self._network.facts() if chosen is not None else None
        if facts is None or chosen is None:
            self.panel.show_kernel(None)
        else:
            self.panel.show_kernel(kernel_of(facts, self._window.blocks.chosen_block, chosen))

    def _explainer(self) -> SharedExplainer | None:
        return self._presenter.backing.explainer if self._presenter.backing else None
