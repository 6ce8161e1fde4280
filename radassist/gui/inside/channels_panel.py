"""The channels of the chosen block: a contact sheet in order of what they count, and words for the one chosen."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from radassist.domain.analysis import Reduction
from radassist.domain.explanation import ChannelRanking, ChannelRule
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.knobs import choice_row
from radassist.gui.explain.busy_row import BusyRow
from radassist.gui.inside.channel_model import ChannelListModel
from radassist.gui.inside.channel_sheet import ChannelSheet
from radassist.gui.inside.kernel_picture import KernelPicture
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import text_label

RULES = (ChannelRule.ACTIVATION, ChannelRule.GRADIENT, ChannelRule.ABLATION)
_CHOICES = (
    ("Activation", "Mean of the channel on this film."),
    ("Gradient", "Gradient times activation: what the channel adds to the score, to first order."),
    ("Ablation", "By how much the score falls when the channel is set to zero; takes some seconds."),
)
_MINUS = "\N{MINUS SIGN}"
_NO_MAPS = "No channels yet: they are shown when the film's score is."
_WORDS = {
    ChannelRule.ACTIVATION: "mean activation {value}",
    ChannelRule.GRADIENT: "adds about {value} to the score of {target}",
    ChannelRule.ABLATION: "without it the score of {target} {turns} by {value}",
}


class ChannelsPanel(QWidget):
    """Shows the channels of one block of the film on the screen.

    Attributes:
        rules: What the channels are ordered by.

    Signals:
        channel_chosen(int): Lay this channel over the film.
        rule_chosen(): Order by another rule.
        cancel_requested(): The ranking under way is not wanted any more.
    """

    channel_chosen = Signal(int)
    rule_chosen = Signal()
    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("channels_panel")
        self.setAccessibleName("Channels of the block")
        self.channels = ChannelListModel(self)
        self.sheet, self.kernel = ChannelSheet(self.channels, theme), KernelPicture(theme)
        self.title, self.words = text_label(bold=True), text_label(role="muted", scale=0.9)
        self.rules, self._rules_row = choice_row("Order by", _CHOICES)
        self.rules.button(0).setChecked(True)
        self._busy = BusyRow("How far the ranking is")
        self.progress, self.cancel = self._busy.progress, self._busy.cancel
        self._target = ""
        self._chosen: int | None = None
        self._lay_out()
        self.sheet.channel_chosen.connect(self.channel_chosen)
        self.rules.idClicked.connect(lambda _: self.rule_chosen.emit())
        self.cancel.clicked.connect(self.cancel_requested)
        self.show_block(None, BlocksState(), "")

    @property
    def rule(self) -> ChannelRule:
        """What the channels are to be ordered by."""
        return RULES[self.rules.checkedId()]

    def show_block(self, maps: BlockMaps | None, state: BlocksState, block: str) -> None:
        """Show the channels of `block`, ordered by activation where that is the rule; other orders come later."""
        found = [entry for entry in maps.feature_maps if entry.block.name == block] if maps else []
        self.channels.show_block(found[0] if found else None, state.color_map, one_scale=state.one_scale)
        for widget in (self.title, self.sheet, self._rules_row):
            widget.setVisible(bool(found))
        self.kernel.show_kernel(None)
        self.words.setText("" if found else _NO_MAPS)
        self.hide_progress()
        if found and maps:
            activations = found[0].activations
            self.title.setText(f"{block}: {len(activations)} channels")
            self.sheet.set_aspect(maps.aspect)
            if self.rule is ChannelRule.ACTIVATION:
                means = activations.mean(axis=(1, 2), dtype=np.float64).astype(np.float32)
                self.channels.show_values(means, tuple(np.argsort(-means, kind="stable").tolist()))

    def mark(self, state: BlocksState) -> None:
        """Mark the channel that lies over the film, if one does."""
        is_shown = state.visible and state.reduction is Reduction.CHANNEL and self.channels.rowCount() > 0
        self._chosen = min(state.channel, self.channels.rowCount() - 1) if is_shown else None
        self.sheet.mark(self._chosen)
        self._say_chosen()

    def show_ranking(self, ranking: ChannelRanking) -> None:
        """Order the channels anew."""
        self._target = ranking.target
        self.channels.show_values(ranking.values, ranking.order)
        self.sheet.scrollToTop()
        self.mark_again()

    def mark_again(self) -> None:
        """After another order the chosen channel stands elsewhere."""
        self.sheet.mark(self._chosen)
        self._say_chosen()

    def show_progress(self, done: int, total: int) -> None:
        """A ranking is under way."""
        self._busy.show_progress(done, total)

    def hide_progress(self) -> None:
        """None is under way any more."""
        self._busy.hide()

    def say(self, sentence: str) -> None:
        """Why there is no such order."""
        self.hide_progress()
        self.words.setText(sentence)

    def show_kernel(self, kernel: NDArray[np.float32] | None) -> None:
        """The kernel of the chosen channel, (channels, height, width), where the block is the network's first layer."""
        self.kernel.show_kernel(kernel)

    @property
    def chosen(self) -> int | None:
        """The channel over the film; None where none is."""
        return self._chosen

    def _say_chosen(self) -> None:
        if self.channels.rowCount() == 0:
            return
        if self._chosen is None:
            self.words.setText("Click a channel, or press Enter on it, to lay it over the film.")
            return
        value = self.channels.value(self._chosen)
        turns = "rises" if value.startswith(_MINUS) else "falls"
        said = value.lstrip(_MINUS) if self.rule is ChannelRule.ABLATION else value
        words = _WORDS[self.rule].format(value=said, target=self._target, turns=turns)
        self.words.setText(f"Channel {self._chosen}: {words}" if value != "…" else f"Channel {self._chosen}")

    def _lay_out(self) -> None:
        chosen = QHBoxLayout()
        chosen.addWidget(self.words, stretch=1)
        chosen.addWidget(self.kernel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self._rules_row)
        layout.addWidget(self._busy)
        layout.addLayout(chosen)
        layout.addWidget(self.sheet, stretch=1)
        layout.addStretch(0)
