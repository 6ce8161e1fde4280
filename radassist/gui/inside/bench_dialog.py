"""The convolution bench: a kernel to choose or to type, how it goes over the film, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.errors import UserError
from radassist.explain.convolution import (
    CLASSICAL_KERNELS,
    ClassicalKernel,
    Kernel,
    Layout,
    Sliding,
    parse_kernel,
)
from radassist.explain.feature_maps import display_range
from radassist.gui.blocks.knobs import choice_row, combo_box
from radassist.gui.errors import sentence_for
from radassist.gui.film.images import grey_image
from radassist.gui.widgets.form_rows import inset_number, level_names
from radassist.gui.widgets.labels import text_label
from radassist.imaging.rendering import ColorMap, to_rgba

RAMP = np.arange(1, 26, dtype=np.uint8).reshape(5, 5)
_TYPED = "Typed below"
_SLIDINGS = (
    ("Sliding product", "As networks do it: the kernel as it is (cross-correlation)."),
    ("Flipped convolution", "As mathematics writes it: the kernel turned by half a circle."),
)
_SUBJECTS = (
    ("Film", "The film on the screen, as its file asks for it to be shown."),
    ("Ramp 1 to 25", "Five rows of five: small enough to read every number."),
)
_MOST_NUMBERS = 49
_LINES = 9


@dataclass(frozen=True, slots=True, eq=False)
class BenchWish:
    """One run of the bench.

    Attributes:
        on_ramp: Over `RAMP` rather than over the film.
    """

    kernel: Kernel
    layout: Layout
    sliding: Sliding
    on_ramp: bool


class BenchDialog(QDialog):
    """Asks for a run whenever something is turned.

    Signals:
        wished(object): A BenchWish.
    """

    wished = Signal(object)

    def __init__(self, film_size: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film_size = film_size
        self.setWindowTitle("Convolution bench")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.kernels = combo_box("Kernel", "A kernel every textbook has, or one the network has learnt")
        self.numbers = QPlainTextEdit()
        self.subject, self._subject_row = choice_row("Over", _SUBJECTS)
        self.sliding, self._sliding_row = choice_row("Way", _SLIDINGS)
        self.stride, self.padding = _spin_box("Stride", 1, 16), _spin_box("Padding", 0, 16)
        self.size_words, self.result_words = text_label(role="muted", scale=0.9), text_label()
        self.picture = ResultPicture()
        self._fill()
        self._lay_out()
        self._connect()
        self.resize(900, 600)

    @property
    def wish(self) -> BenchWish:
        """What is set now; raises `UserError` where the numbers are no kernel."""
        kernel = parse_kernel(self.numbers.toPlainText())
        layout = Layout((kernel.shape[0], kernel.shape[1]), self.stride.value(), self.padding.value())
        return BenchWish(kernel, layout, tuple(Sliding)[self.sliding.checkedId()], self.subject.checkedId() == 1)

    def set_learned(self, kernels: Sequence[Kernel]) -> None:
        """Offer the kernels of the network's first layer, in place of those offered before."""
        while self.kernels.count() > 1 + len(ClassicalKernel):
            self.kernels.removeItem(self.kernels.count() - 1)
        for number, kernel in enumerate(kernels):
            self.kernels.addItem(f"First layer, channel {number}", _as_text(kernel))

    def ask(self) -> None:
        """Say how large the result will be and ask for it, or why there can be none."""
        try:
            wish = self.wish
            self.size_words.setText(wish.layout.output_size_in_words(RAMP.shape if wish.on_ramp else self._film_size))
        except UserError as problem:
            self.say(str(problem))
            return
        self.wished.emit(wish)

    def say(self, sentence: str) -> None:
        """No result: why."""
        self.size_words.setText("")
        self.result_words.setText(sentence)
        self.picture.show_grid(None)

    def show_failure(self, error: BaseException) -> None:
        """It could not be done."""
        self.say(sentence_for(error))

    def show_result(self, grid: NDArray[np.float32]) -> None:
        """What came of it, raw."""
        self.picture.show_grid(grid)
        low, high = float(grid.min()), float(grid.max())
        span = f"from {low:.4g}, black, to {high:.4g}, white" if high > low else f"all {low:.4g}"
        words = f"{grid.shape[0]}×{grid.shape[1]} values, {span}"
        if grid.size <= _MOST_NUMBERS:
            words += "\n" + "\n".join("   ".join(f"{value:.4g}" for value in row) for row in grid.tolist())
        self.result_words.setText(words.replace("-", "\N{MINUS SIGN}"))

    def _fill(self) -> None:
        self.kernels.addItem(_TYPED, "")
        for name in ClassicalKernel:
            self.kernels.addItem(name.value, _as_text(CLASSICAL_KERNELS[name]))
        self.kernels.setCurrentText(ClassicalKernel.SOBEL_VERTICAL.value)
        self.numbers.setPlainText(_as_text(CLASSICAL_KERNELS[ClassicalKernel.SOBEL_VERTICAL]))
        self.numbers.setAccessibleName("Numbers of the kernel, a row a line")
        self.numbers.setTabChangesFocus(True)
        self.numbers.setMaximumHeight(_LINES * self.numbers.fontMetrics().lineSpacing())
        for group in (self.subject, self.sliding):
            group.button(0).setChecked(True)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, widget in (
            ("Over", self._subject_row),
            ("Kernel", self.kernels),
            ("Numbers", self.numbers),
            ("Way", self._sliding_row),
            ("Stride", self.stride),
            ("Padding", self.padding),
            ("Output", self.size_words),
            ("Values", self.result_words),
        ):
            form.addRow(text_label(name, role="muted", scale=0.9), widget)
        form.setVerticalSpacing(10)
        level_names(form)
        settings = QVBoxLayout()
        settings.addLayout(form)
        settings.addStretch()
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addLayout(settings, stretch=2)
        halves.addWidget(self.picture, stretch=3)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)  # Enter belongs to the numbers
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(halves, stretch=1)
        layout.addWidget(buttons)

    def _connect(self) -> None:
        self.kernels.activated.connect(self._on_kernel)
        self.numbers.textChanged.connect(self._on_typed)
        for box in (self.stride, self.padding):
            box.valueChanged.connect(lambda _: self.ask())
        for group in (self.subject, self.sliding):
            group.idClicked.connect(lambda _: self.ask())

    def _on_kernel(self, index: int) -> None:
        text = self.kernels.itemData(index)
        if text:
            with QSignalBlocker(self.numbers):
                self.numbers.setPlainText(text)
        self.ask()

    def _on_typed(self) -> None:
        self.kernels.setCurrentIndex(0)
        self.ask()


class ResultPicture(QWidget):
    """A map in greys, as large as there is room, in its own shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 240)
        self.setAccessibleName("What comes of the kernel")

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def show_grid(self, grid: NDArray[np.float32] | None) -> None:
        """Show `grid`, (h, w), its lowest value black and its highest white, or nothing."""
        self._image = None
        if grid is not None:
            self._image = grey_image(to_rgba(grid, *display_range(grid), ColorMap.GREY)[..., 0])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        if self._image is None:
            return
        size: QSize = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = self.rect()
        place.setSize(size)
        place.moveCenter(self.rect().center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < self._image.width())
            painter.drawImage(place, self._image)


def _as_text(kernel: Kernel) -> str:
    return "\n".join("  ".join(f"{weight:.6g}" for weight in row) for row in kernel.tolist())


def _spin_box(name: str, least: int, most: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setAccessibleName(name)
    inset_number(box)
    return box
