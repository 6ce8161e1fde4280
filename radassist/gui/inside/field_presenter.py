"""Draws the receptive field of the chosen block at the pointer while that is wanted."""

from PySide6.QtCore import QObject

from radassist.domain.network_facts import ReceptiveField
from radassist.domain.whatif import Box
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.film.image_view import PointerInfo
from radassist.gui.inside.field_layer import FieldLayer
from radassist.gui.inside.network_desk import NetworkDesk
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_WANTED = "blocks/receptive_field"
_OPENING = "Asking the network how far its blocks see …"
_LONGEST_MS = 30_000


class FieldPresenter(QObject):
    """Follows the pointer, the chosen block and the model.

    Attributes:
        layer: What is drawn.
    """

    def __init__(
        self, window: MainWindow, presenter: Presenter, settings: WindowSettings, network: NetworkDesk
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._network = window, settings, network
        self._info: PointerInfo | None = None
        self.layer = FieldLayer(window.film, window.theme)
        self._action = window.actions_by_id["receptive_field"]
        self._action.setChecked(settings.text(_WANTED, "false") == "true")
        window.actions_by_id.connect({"receptive_field": self._toggle})
        window.film.pointer_moved.connect(self._on_pointer)
        window.blocks.overlay_changed.connect(lambda _: self._show())
        presenter.films.shown.connect(self._show)
        network.known.connect(self._on_known)

    def _toggle(self) -> None:
        self._settings.set_text(_WANTED, "true" if self._action.isChecked() else "false")
        if not self._action.isChecked():
            self._window.take_message_back(_OPENING)
        elif self._network.facts() is None and self._network.is_asked:
            self._window.show_message(_OPENING, _LONGEST_MS)
        self._show()

    def _on_known(self) -> None:
        self._window.take_message_back(_OPENING)
        self._show()

    def _on_pointer(self, info: PointerInfo | None) -> None:
        self._info = info
        self._show()

    def _show(self) -> None:
        maps, info, name = self._window.blocks.maps, self._info, self._window.blocks.chosen_block
        if not self._action.isChecked() or maps is None or info is None:
            self.layer.show(None)
            return
        facts = self._network.facts()
        field = facts.fields.get(name) if facts else None
        if field is None:
            self.layer.show(None)
            return
        place = (info.row + 0.5, info.column + 0.5)
        box = field.on_film(place, maps.analysis.geometry)
        self.layer.show(box, _cell(maps, name, place), _words(name, field))


def _cell(maps: BlockMaps, name: str, place: tuple[float, float]) -> Box:
    height, width = maps.cell_size(name)
    row, column = int(place[0] / height), int(place[1] / width)
    return Box(row * height, column * width, (row + 1) * height, (column + 1) * width)


def _words(name: str, field: ReceptiveField) -> str:
    if field.side is None:
        return f"{name} sees the whole film"
    return f"{name} sees {field.side}×{field.side} input pixels"
