"""What each block of the network made of the film: small maps to choose from, and the one that lies over the film."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from radassist.domain.analysis import Analysis, Reduction
from radassist.domain.explanation import SaliencyMap
from radassist.gui.blocks.block_maps import BlockMap, BlockMaps
from radassist.gui.blocks.block_strip import BlockStrip
from radassist.gui.blocks.block_words import map_caption, map_title, tile_text
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.color_bar import ColorBar
from radassist.gui.blocks.map_controls import MapControls, ShownBlock
from radassist.gui.blocks.map_drawing import laid_over
from radassist.gui.blocks.opinion_bars import OpinionBars
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import text_label

_NO_MAPS = "No block maps yet: they appear as soon as a film is scored."
_HIDDEN = "Choose a block to lay its map over the film."
_NO_WEIGHTS = "Asking the model what each channel weighs …"
_OPINIONS = "What each block alone would say, and its AUC"
_PICTURES_AFTER_MS = 40


class BlocksPanel(QWidget):
    """Chooses block, reduction, colours and opacity; all of it is kept from film to film.

    The map over the film follows every change at once; the small pictures follow a moment later, so that stepping
    through channels stays smooth.

    Signals:
        overlay_changed(object): The Overlay or Contours to lie over the film from now on, or None.
        opacity_changed(float): Of the overlay, in [0, 1].
        weights_wanted(tuple): Names of the blocks, the chosen one first, whose channels are to be weighed for a label.
    """

    overlay_changed = Signal(object)
    opacity_changed = Signal(float)
    weights_wanted = Signal(tuple)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = BlocksState()
        self._maps: BlockMaps | None = None
        self._no_weights, self._without = _NO_WEIGHTS, _NO_MAPS
        self.setObjectName("blocks_panel")
        self.setAccessibleName("Block maps")
        self.strip, self.controls, self.color_bar = BlockStrip(theme), MapControls(), ColorBar(theme)
        self.opinions, self._opinions_title = OpinionBars(theme), text_label(_OPINIONS, role="muted", scale=0.9)
        self._title, self._caption = text_label(bold=True), text_label(role="muted", scale=0.9)
        self._pictures_due = QTimer(self, singleShot=True, interval=_PICTURES_AFTER_MS)
        self._pictures_due.timeout.connect(self._show_pictures)
        self.strip.block_chosen.connect(self._on_block_chosen)
        self.opinions.block_chosen.connect(self._on_block_chosen)
        self.controls.edited.connect(self._change)
        self._lay_out()
        self.set_analysis(None)

    @property
    def overlay_visible(self) -> bool:
        """Whether the chosen block's map is to lie over the film; it may still have nothing to show."""
        return self._state.visible

    @property
    def opacity(self) -> float:
        """Of the overlay, in [0, 1]."""
        return self._state.opacity

    @property
    def maps(self) -> BlockMaps | None:
        """Of the film on the screen; None where it has none."""
        return self._maps

    @property
    def chosen_block(self) -> str:
        """The block that is shown, or would be if a map were; empty where the film has none."""
        return self._block_name(self._maps) if self._maps else ""

    def set_analysis(self, analysis: Analysis | None, without: str = _NO_MAPS) -> None:
        """Show the maps of another film; where there are none, the panel says why and nothing lies over the film.

        Args:
            analysis: Of the film; None where there is none to be shown.
            without: Why there are no maps, one sentence.
        """
        self._without = without
        if self._maps is None or self._maps.analysis is not analysis:
            self._maps = BlockMaps(analysis) if analysis and analysis.feature_maps else None
        maps = self._maps.feature_maps if self._maps else ()
        self.strip.set_blocks([tile_text(block) for block in maps], self._maps.aspect if self._maps else 1.0)
        self._show_opinions(analysis)
        self._pictures_due.start()
        self._refresh()
        self._ask_for_weights()

    def take_weighted(self, saliency: SaliencyMap) -> None:
        """A block weighted for a label; one of another film or model is dropped."""
        if self._maps and self._maps.take_weighted(saliency) and self._state.reduction is Reduction.CLASS:
            self._pictures_due.start()
            self._refresh()

    def say_no_weights(self, sentence: str) -> None:
        """Why no block can be weighted for a label."""
        self._no_weights = sentence
        self._refresh()

    def select_next_block(self, step: int) -> None:
        """Lay the next map over the film, or with -1 the one before; after the last comes the first.

        Where no map is shown, the block chosen last comes back first.
        """
        if self._maps is None:
            return
        names = self._maps.names
        if self._state.visible:
            self._on_block_chosen(names[(names.index(self._block_name(self._maps)) + step) % len(names)])
        else:
            known = self._state.block in names
            self._on_block_chosen(self._state.block if known else names[0 if step > 0 else -1])

    def set_overlay_visible(self, visible: bool) -> None:
        """Lay the chosen block's map over the film, or take it away."""
        self._change(replace(self._state, visible=visible))

    def change_opacity(self, change: float) -> None:
        """Make the map more opaque by `change`, or less where it is negative; it stays in [0, 1]."""
        self._change(replace(self._state, opacity=min(1.0, max(0.0, self._state.opacity + change))))

    def state(self) -> BlocksState:
        """Every choice, to be remembered."""
        return self._state

    def restore(self, state: BlocksState) -> None:
        """Take up remembered choices."""
        self._change(state)

    def _change(self, state: BlocksState) -> None:
        before, self._state = self._state, state
        if _look(before) != _look(state):
            self._pictures_due.start()
        if replace(before, opacity=state.opacity) != state:
            self._refresh()
        if before.opacity != state.opacity:
            self._show_controls()
            self.opacity_changed.emit(state.opacity)
        if before.reduction is not state.reduction:
            self._ask_for_weights()

    def _ask_for_weights(self) -> None:
        if self._maps is None or self._state.reduction is not Reduction.CLASS:
            return
        chosen = self._block_name(self._maps)
        names = (chosen, *(name for name in self._maps.names if name != chosen))
        missing = tuple(name for name in names if not self._maps.knows(name, Reduction.CLASS))
        if missing:
            self._no_weights = _NO_WEIGHTS
            self.weights_wanted.emit(missing)

    def _on_block_chosen(self, name: str) -> None:
        if name:
            self._change(replace(self._state, block=name, visible=True))
        else:
            self.set_overlay_visible(False)

    def _show_opinions(self, analysis: Analysis | None) -> None:
        """They came with the answer: nothing is computed for them here."""
        opinions = analysis.opinions if analysis else ()
        self.opinions.show_opinions(opinions, analysis.prediction if analysis else None)
        self._opinions_title.setVisible(bool(opinions))

    def _refresh(self) -> None:
        shown = self._shown_map()
        chosen = self._block_name(self._maps) if self._maps and self._state.visible else ""
        self.strip.choose(chosen)
        self.opinions.choose(chosen)
        self._show_words(shown)
        self._show_controls()
        has_scale = shown is not None and shown.has_signal and shown.components is None
        self.color_bar.setVisible(has_scale)
        self.controls.setVisible(self._maps is not None)
        if shown and has_scale:
            self.color_bar.set_range(shown.low, shown.high, self._state.color_map)
        self.overlay_changed.emit(laid_over(shown, self._state) if shown else None)

    def _shown_map(self) -> BlockMap | None:
        if self._maps is None or not self._state.visible:
            return None
        return self._maps.shown(self._block_name(self._maps), self._state)

    def _block_name(self, maps: BlockMaps) -> str:
        """The chosen block, or the first where this network has no such block."""
        return self._state.block if self._state.block in maps.names else maps.names[0]

    def _show_words(self, shown: BlockMap | None) -> None:
        self._title.setVisible(shown is not None)
        if shown is None:
            waiting = self._no_weights if self._state.visible else _HIDDEN
            self._caption.setText(waiting if self._maps else self._without)
        else:
            self._title.setText(map_title(shown, self._state))
            self._caption.setText(map_caption(shown, self._state))

    def _show_controls(self) -> None:
        if self._maps is None:
            self.controls.show_state(self._state, ShownBlock())
            return
        name, shown = self._block_name(self._maps), self._shown_map()
        others = tuple(other for other in self._maps.names if other != name)
        level = shown.level(self._state.level) if shown else None
        self.controls.show_state(self._state, ShownBlock(self._maps.channels(name), others, level))

    def _show_pictures(self) -> None:
        if self._maps is None:
            return
        for name in self._maps.names:
            small = self._maps.single(name, self._state)
            rgba = small.rgba(self._state.color_map) if small and small.has_signal else None
            self.strip.set_picture(name, rgba, smooth=self._state.smooth)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(_stacked(self._opinions_title, self.opinions))
        layout.addWidget(self.strip)
        layout.addLayout(self._legend())
        layout.addSpacing(2)
        layout.addWidget(self.controls)
        layout.addStretch(1)

    def _legend(self) -> QVBoxLayout:
        legend = _stacked(self._title, self._caption)
        legend.addSpacing(3)
        legend.addWidget(self.color_bar)
        return legend


def _stacked(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    for widget in widgets:
        column.addWidget(widget)
    return column


def _look(state: BlocksState) -> BlocksState:
    """What of `state` the small pictures depend on."""
    return replace(state, block="", opacity=0.0, visible=False, minus="", contours=False, level=0.0)
