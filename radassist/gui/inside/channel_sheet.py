"""All channels of a block as a contact sheet: small maps in order of what they count, to walk through and to choose."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from radassist.gui.inside.channel_model import ChannelListModel
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import scaled_font, set_role

AnyIndex = QModelIndex | QPersistentModelIndex

_SIDE, _PAD, _LEAST_HEIGHT = 60, 3, 330
_FLATTEST, _TALLEST = 0.6, 1.4
_OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)


class ChannelSheet(QListView):
    """Arrow keys walk, Enter or a click chooses.

    Signals:
        channel_chosen(int): Its number, from 0.
    """

    channel_chosen = Signal(int)

    def __init__(self, model: ChannelListModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channels = model
        self._tiles = ChannelDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setAccessibleName("Channels of the block")
        set_role(self, "sheet")
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def set_aspect(self, aspect: float) -> None:
        """Give every tile the shape of the film: its height over its width."""
        self._tiles.aspect = min(max(aspect, _FLATTEST), _TALLEST)
        self.scheduleDelayedItemsLayout()

    def mark(self, channel: int | None) -> None:
        """Mark the channel that lies over the film; sends no signal."""
        row = self._channels.row_of(channel) if channel is not None else None
        if row is None:
            self.clearSelection()
        else:
            self.setCurrentIndex(self._channels.index(row))

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's
        # Asked before the window's acts take the key: here arrows walk through channels, not through films and blocks.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def _on_chosen(self, index: QModelIndex) -> None:
        self.channel_chosen.emit(self._channels.channel(index.row()))


class ChannelDelegate(QStyledItemDelegate):
    """One tile: the map, and below it number and value.

    Attributes:
        aspect: Height of a map over its width.
    """

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self.aspect = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(_SIDE + 2 * _PAD, round(_SIDE * self.aspect) + 2 * self._line() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:  # noqa: D102 - Qt's
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        picture = QRect(place.left() + _PAD, place.top() + _PAD, _SIDE, round(_SIDE * self.aspect))
        painter.save()
        painter.fillRect(place, QColor(self._theme.accent if is_chosen else self._theme.raised))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = index.data(Qt.ItemDataRole.DecorationRole)
        if image is None:
            painter.fillRect(picture, QColor(self._theme.window))
        else:
            painter.drawImage(picture, image)
        self._paint_words(painter, picture, index, is_chosen=is_chosen)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(QColor(self._theme.text if is_chosen else self._theme.focus), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_words(self, painter: QPainter, picture: QRect, index: AnyIndex, *, is_chosen: bool) -> None:
        line = QRect(picture.left(), picture.bottom() + 1, picture.width(), self._line())
        painter.setFont(scaled_font(self._view.font(), 0.8))
        for word, color in zip(
            index.data(Qt.ItemDataRole.DisplayRole).split("\n"), (self._theme.text, self._theme.muted), strict=True
        ):
            painter.setPen(QColor(self._theme.on_accent if is_chosen else color))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, word)
            line.translate(0, self._line())

    def _line(self) -> int:
        return QFontMetrics(scaled_font(self._view.font(), 0.8)).height()
