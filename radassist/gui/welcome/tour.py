"""A way round the window in five steps: a frame round each part and a few words on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import text_label

_WIDTH = 380
_MARGIN = 16
_VEIL = 120


@dataclass(frozen=True, slots=True)
class TourStep:
    """One stop: the part of the window that is framed, and the words on it."""

    target: QWidget
    title: str
    words: str


class Tour(QWidget):
    """Lies over the window until its last step or Escape; the window below can be seen but not used meanwhile."""

    def __init__(self, theme: Theme, steps: Sequence[TourStep], window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._steps, self._number, self._window = theme, tuple(steps), 0, window
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("A way round the window")
        self._card, self._title, self._words = QFrame(self), text_label(bold=True, scale=1.15), text_label()
        self._count, self.next_button, self._leave = (
            text_label(role="muted"),
            QPushButton("Next"),
            QPushButton("Leave"),
        )
        self._lay_out()
        window.installEventFilter(self)
        self._show_step()

    @property
    def number(self) -> int:
        """Which step is shown, from 0."""
        return self._number

    def advance(self) -> None:
        """The next step; after the last one the tour ends."""
        if self._number + 1 == len(self._steps):
            self.close()
            return
        self._number += 1
        self._show_step()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's
        # No shortcut of the window below is taken: Enter would answer the film under the veil.
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: D102, N802 - Qt's
        other = self._leave if self.next_button.hasFocus() and self._leave.isVisible() else self.next_button
        other.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's
        if event.key() == Qt.Key.Key_Escape:
            self.close()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QPainterPath()
        veil.addRect(QRectF(self.rect()))
        veil.addRoundedRect(QRectF(self._framed()), 8, 8)
        painter.fillPath(veil, QColor(0, 0, 0, _VEIL))
        painter.setPen(QPen(QColor(self._theme.accent), 3))
        painter.drawRoundedRect(self._framed().adjusted(2, 2, -2, -2), 6, 6)

    def _lay_out(self) -> None:
        self._card.setObjectName("tour_card")
        self._card.setFixedWidth(_WIDTH)
        foot = QHBoxLayout()
        foot.addWidget(self._count, stretch=1)
        foot.addWidget(self._leave)
        foot.addWidget(self.next_button)
        layout = QVBoxLayout(self._card)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        layout.addLayout(foot)
        self.next_button.clicked.connect(self.advance)
        self.next_button.setDefault(True)
        self._leave.setAutoDefault(True)
        self._leave.clicked.connect(self.close)

    def _show_step(self) -> None:
        step, is_last = self._steps[self._number], self._number + 1 == len(self._steps)
        self._title.setText(step.title)
        self._words.setText(step.words)
        self._count.setText(f"{self._number + 1} of {len(self._steps)}")
        self.next_button.setText("Done" if is_last else "Next")
        self._leave.setVisible(not is_last)
        self._place()
        self.next_button.setFocus()

    def _framed(self) -> QRect:
        target = self._steps[self._number].target
        return QRect(target.mapTo(self._window, target.rect().topLeft()), target.size())

    def _place(self) -> None:
        """The card beside what it speaks of, wholly inside the window."""
        self.setGeometry(self._window.rect())
        self._card.setFixedHeight(self._card.heightForWidth(_WIDTH))  # wrapped words do not ask for it
        framed, card = self._framed(), self._card.size()
        centre = framed.center()
        left = framed.right() + _MARGIN if centre.x() < self.width() / 3 else framed.left() - card.width() - _MARGIN
        if self.width() / 3 <= centre.x() <= 2 * self.width() / 3:
            left = centre.x() - card.width() // 2
        top = centre.y() - card.height() // 2
        if framed.height() < 2 * card.height() and framed.top() > card.height() + 2 * _MARGIN:
            top = framed.top() - card.height() - _MARGIN  # else it would hide what it speaks of
        top = min(max(_MARGIN, top), self.height() - card.height() - _MARGIN)
        self._card.move(min(max(_MARGIN, left), self.width() - card.width() - _MARGIN), top)
        self.update()
