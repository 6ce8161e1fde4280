"""One small picture a block, to choose from; beside them the choice of no map at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from radassist.gui.theme import Theme, tinted_icon
from radassist.gui.widgets.labels import scaled_font
from radassist.gui.widgets.plain_text import as_markup

_GAP = 6
_PAD = 4
_WIDEST = 120
_NARROWEST = 84
_NARROWEST_OF_MANY = 62
_MANY = 9
_RADIUS = 5
_FLATTEST, _TALLEST = 0.6, 1.4


@dataclass(frozen=True, slots=True)
class TileText:
    """Words of one tile.

    Attributes:
        size: Second line, for instance `28×28 · 128`; left out where there are many tiles.
        tip: All that is known of the block.
        icon: Drawn where there is no picture.
    """

    name: str
    size: str
    tip: str
    icon: str = ""


_NO_MAP = TileText("Film only", "no map", "Show the film without a map over it.", icon="film")


class BlockStrip(QWidget):
    """Tiles in as many columns as fit, at most one of them chosen; the first stands for the film without a map.

    Signals:
        block_chosen(str): A tile was clicked or chosen by key: the block's name, empty for no map.
    """

    block_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tiles: list[BlockTile] = []
        self._aspect = 1.0
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Blocks of the network")

    @property
    def tiles(self) -> "tuple[BlockTile, ...]":
        """The tile of no map and then one a block; empty before there are blocks."""
        return tuple(self._tiles)

    @property
    def chosen(self) -> str:
        """Name of the chosen block, empty for no map."""
        index = self._group.checkedId()
        return self._tiles[index].text_lines.name if index > 0 else ""

    def set_blocks(self, texts: Sequence[TileText], aspect: float) -> None:
        """Show one tile a text, without pictures; tiles that stand for the same blocks as before keep their focus.

        Args:
            texts: One a block, shallow first; none empties the strip.
            aspect: Height of the film over its width.
        """
        self._aspect = min(max(aspect, _FLATTEST), _TALLEST)
        if tuple(texts) != tuple(tile.text_lines for tile in self._tiles[1:]):
            self._make_tiles(texts)
        for tile in self._tiles:
            tile.set_picture(None)
        self.updateGeometry()
        self._place_tiles()

    def set_picture(self, name: str, rgba: NDArray[np.uint8] | None, *, smooth: bool) -> None:
        """Give the tile of block `name` its map, (h, w, 4) uint8, or None where there is nothing to see."""
        for tile in self._tiles[1:]:
            if tile.text_lines.name == name:
                tile.set_picture(rgba, smooth=smooth)

    def choose(self, name: str) -> None:
        """Mark block `name`, or the film without a map where it is empty; sends no signal."""
        for index, tile in enumerate(self._tiles):
            tile.setChecked(tile.text_lines.name == name if index else not name)

    def hasHeightForWidth(self) -> bool:  # noqa: D102, N802 - Qt's
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102, N802 - Qt's
        if not self._tiles:
            return 0
        columns, size = self._grid(width)
        rows = -(-len(self._tiles) // columns)
        return rows * (size.height() + _GAP) - _GAP

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(290, self.heightForWidth(290))

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(_NARROWEST, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's
        self._place_tiles()

    def _make_tiles(self, texts: Sequence[TileText]) -> None:
        for tile in self._tiles:
            self._group.removeButton(tile)
            tile.hide()
            tile.deleteLater()
        shown = (_NO_MAP, *texts) if texts else ()
        self._tiles = [BlockTile(text, self._theme, compact=len(texts) >= _MANY, parent=self) for text in shown]
        for index, tile in enumerate(self._tiles):
            self._group.addButton(tile, index)
            self.setTabOrder(self._tiles[index - 1] if index else self, tile)
            tile.show()

    def _place_tiles(self) -> None:
        if not self._tiles:
            return
        columns, size = self._grid(self.width())
        for index, tile in enumerate(self._tiles):
            row, column = divmod(index, columns)
            corner = QPoint(column * (size.width() + _GAP), row * (size.height() + _GAP))
            tile.setGeometry(QRect(corner, size))

    def _grid(self, width: int) -> tuple[int, QSize]:
        """Number of columns, so that rows are as full as each other, and size of a tile."""
        narrowest = _NARROWEST_OF_MANY if len(self._tiles) > _MANY else _NARROWEST
        most = max(1, (width + _GAP) // (narrowest + _GAP))
        rows = -(-len(self._tiles) // most)
        columns = -(-len(self._tiles) // rows)
        tile_width = min(_WIDEST, (width - (columns - 1) * _GAP) // columns)
        return columns, QSize(tile_width, self._tiles[0].height_for(tile_width, self._aspect))

    def _on_clicked(self, index: int) -> None:
        self.block_chosen.emit(self._tiles[index].text_lines.name if index else "")


class BlockTile(QAbstractButton):
    """One block's map, small, with its name; the chosen one has a thick frame and its name in a bar."""

    def __init__(self, text: TileText, theme: Theme, *, compact: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.text_lines = text
        self._theme, self._compact = theme, compact
        self._picture: QImage | None = None
        self._smooth = True
        self.setCheckable(True)
        self.setText(text.name)
        self.setToolTip(as_markup(text.tip))
        self.setAccessibleName(f"{text.name}, {text.size}")
        self.setAccessibleDescription(text.tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def has_picture(self) -> bool:
        """Whether there is a map in the tile."""
        return self._picture is not None

    def set_picture(self, rgba: NDArray[np.uint8] | None, *, smooth: bool = True) -> None:
        """Show `rgba`, (h, w, 4) uint8, or an empty frame."""
        self._smooth = smooth
        self._picture = None
        if rgba is not None:
            height, width = rgba.shape[:2]
            self._picture = QImage(rgba.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
        self.update()

    def height_for(self, width: int, aspect: float) -> int:
        """Height of a tile of `width` for a film of `aspect`."""
        return round((width - 2 * _PAD) * aspect) + 2 * _PAD + self._caption_height()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(_NARROWEST, self.height_for(_NARROWEST, 1.0))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102, N802 - Qt's
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102, N802 - Qt's
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_picture(painter, self.rect().adjusted(_PAD, _PAD, -_PAD, -_PAD - self._caption_height()))
        self._paint_caption(painter)
        if self.hasFocus():
            self._paint_frame(painter, self._theme.text if self.isChecked() else self._theme.focus)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        color = self._theme.raised
        if self.isChecked():
            color = self._theme.accent
        elif self.underMouse():
            color = self._theme.border
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(self.rect(), _RADIUS, _RADIUS)

    def _paint_picture(self, painter: QPainter, place: QRect) -> None:
        painter.fillRect(place, QColor(self._theme.window))
        if self._picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
            painter.drawImage(place, self._picture)
        elif self.text_lines.icon:
            side = min(place.width(), place.height()) // 2
            box = QRect(0, 0, side, side)
            box.moveCenter(place.center())
            tinted_icon(self.text_lines.icon, self._theme.muted).paint(painter, box)

    def _paint_caption(self, painter: QPainter) -> None:
        checked = self.isChecked()
        line = QRectF(_PAD, self.height() - self._caption_height() - 1, self.width() - 2 * _PAD, self._name_height())
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        for text, font, color in self._lines(bold=checked):
            painter.setFont(font)
            painter.setPen(QColor(self._theme.on_accent if checked else color))
            metrics = QFontMetrics(font)
            painter.drawText(line, centre, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, int(line.width())))
            line.translate(0, line.height() - 1)

    def _paint_frame(self, painter: QPainter, color: str) -> None:
        painter.setPen(QPen(QColor(color), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def _lines(self, *, bold: bool) -> list[tuple[str, QFont, str]]:
        name = (self.text_lines.name, scaled_font(self.font(), 0.9, bold=bold), self._theme.text)
        size = (self.text_lines.size, scaled_font(self.font(), 0.8), self._theme.muted)
        return [name] if self._compact else [name, size]

    def _name_height(self) -> int:
        return QFontMetrics(scaled_font(self.font(), 0.9)).height() + 1

    def _caption_height(self) -> int:
        return self._name_height() * (1 if self._compact else 2)
