"""The strip under the film that shows how far the queue is and steers it. Counts nothing and runs nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from radassist.gui.queue.queue_progress import (
    QueueProgress,
    done_words,
    finished_words,
    idle_words,
    pace_words,
    sum_words,
)
from radassist.gui.theme import Theme, icon
from radassist.gui.widgets.labels import set_role
from radassist.gui.widgets.show_only import show_only

_WIDE = 1000
_NARROWEST = 480
_BAR_HEIGHT = 8
_GAP = 12
_LONGEST_PACE = "99.9 films/s · about 59 min 59 s left"
"""Room is kept for it, so that the bar does not change its length with every word."""


class QueuePanel(QWidget):
    """Bar, numbers and buttons: in one row, or in two where the window is narrow.

    Signals:
        start_requested(): Queue the films that wait.
        pause_requested(): Hold the queue.
        resume_requested(): Let it go on.
        cancel_requested(): Stop it.
        retry_requested(): Score the films again that failed.
        export_requested(): Write the worklist as CSV.
    """

    start_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    cancel_requested = Signal()
    retry_requested = Signal()
    export_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(_BAR_HEIGHT)
        self._bar.setAccessibleName("Progress of the queue")
        self._done, self._pace = _label("Films done"), _label("Speed of the queue", role="muted")
        self._sentence = _label("State of the queue")
        self._sentence.setWordWrap(True)
        self._pace.setMinimumWidth(self._pace.fontMetrics().horizontalAdvance(_LONGEST_PACE))
        self._pace.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._start = _button("Start", "start", "Score every film that waits", theme)
        self._pause = _button("Pause", "pause", "Hold the queue after the films in hand", theme)
        self._resume = _button("Resume", "start", "Go on with the queue", theme)
        self._cancel = _button("Cancel", "stop", "Stop; finished films keep their results", theme)
        self._retry = _button("Retry failed", "reset", "Score the films again that failed", theme)
        self._export = _button("Export CSV…", "export", "Write one row a film to a CSV file", theme)
        self._halves = self._lay_out()
        self.setMinimumWidth(_NARROWEST)  # else one row could not be made narrow enough to become two
        self._connect()
        self.show_idle(0)

    def show_idle(self, found: int, *, listed: int = 0, failed: int = 0) -> None:
        """No queue has run.

        Args:
            found: Films a start would queue.
            listed: Films on the worklist, which an export would write.
            failed: Films that could be tried again.
        """
        self._show(QueueProgress(found), "", "", idle_words(found))
        self._enable(start=found > 0, retry=failed > 0, export=found + listed > 0)

    def show_progress(self, progress: QueueProgress) -> None:
        """A queue runs or is paused."""
        self._show(progress, done_words(progress), pace_words(progress), sum_words(progress))
        self._enable(pause=not progress.paused, resume=progress.paused, cancel=True, export=True)

    def show_finished(self, progress: QueueProgress) -> None:
        """The queue ended or was stopped."""
        self._show(progress, done_words(progress), "", finished_words(progress))
        self._enable(start=progress.waiting > 0, retry=progress.failed > 0, export=progress.found > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's
        side = QBoxLayout.Direction.LeftToRight if self.width() >= _WIDE else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(side)
        super().resizeEvent(event)

    def _lay_out(self) -> QBoxLayout:
        progress, steering = QHBoxLayout(), QHBoxLayout()
        progress.setSpacing(_GAP)
        progress.addWidget(self._done)
        progress.addWidget(self._bar, stretch=1)
        progress.addWidget(self._pace)
        steering.setSpacing(6)
        steering.addWidget(self._sentence, stretch=1)
        for button in (self._start, self._pause, self._resume, self._cancel, self._retry, self._export):
            steering.addWidget(button)
        halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        halves.setContentsMargins(12, 8, 12, 8)
        halves.setSpacing(_GAP)
        halves.addLayout(progress, stretch=2)
        halves.addLayout(steering, stretch=3)
        return halves

    def _connect(self) -> None:
        self._start.clicked.connect(lambda: self.start_requested.emit())
        self._pause.clicked.connect(lambda: self.pause_requested.emit())
        self._resume.clicked.connect(lambda: self.resume_requested.emit())
        self._cancel.clicked.connect(lambda: self.cancel_requested.emit())
        self._retry.clicked.connect(lambda: self.retry_requested.emit())
        self._export.clicked.connect(lambda: self.export_requested.emit())

    def _show(self, progress: QueueProgress, done: str, pace: str, sentence: str) -> None:
        self._bar.setRange(0, max(1, progress.found))  # 0 to 0 would make it a busy sign
        self._bar.setValue(progress.done)
        self._done.setText(done)
        self._pace.setText(pace)
        self._pace.setVisible(bool(pace))
        self._done.setVisible(bool(done))
        self._sentence.setText(sentence)

    def _enable(
        self,
        *,
        start: bool = False,
        pause: bool = False,
        resume: bool = False,
        cancel: bool = False,
        retry: bool = False,
        export: bool = False,
    ) -> None:
        """Enable exactly what makes sense; start, pause and resume take turns in one place.

        So do cancel and retry: four buttons would leave the sum beside them no room in a window of 1280 pixels.
        """
        for button, makes_sense in (
            (self._start, start),
            (self._pause, pause),
            (self._resume, resume),
            (self._cancel, cancel),
            (self._retry, retry),
            (self._export, export),
        ):
            button.setEnabled(makes_sense)
        first = self._pause if pause else self._resume if resume else self._start
        last = self._retry if retry else self._cancel
        show_only((first, last), (self._start, self._pause, self._resume, self._cancel, self._retry))


def _label(name: str, role: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAccessibleName(name)
    set_role(label, role)
    return label


def _button(text: str, drawing: str, tip: str, theme: Theme) -> QPushButton:
    button = QPushButton(icon(drawing, theme), text)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    return button
