"""Asks which archive is searched: none, one that speaks DICOM's own protocol, or DICOMweb services."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.archive import ArchiveKind, ArchivePlace
from radassist.domain.errors import UserError
from radassist.gui.widgets.form_rows import level_names
from radassist.gui.widgets.labels import text_label

_WIDTH = 640
_FILES = "Certificates (*.pem *.crt *.cer *.key);;All files (*)"
_NONE = "No archive is searched, and no connection is opened."
_DIMSE = (
    "The archive must know this program's title, and its address for C-MOVE. Without certificates nothing is secret. "
    "Some archives ask for an own certificate, and C-MOVE with TLS needs one."
)
_WEB = "The password is asked for in the search and never kept. Certificates are always verified."


class PlaceDialog(QDialog):
    """The choice; what cannot be an archive is said here, and the dialog stays.

    Signals:
        chosen(str): It is kept; one sentence that says so.
    """

    chosen = Signal(str)

    def __init__(
        self, place: ArchivePlace | None, keep: Callable[[ArchivePlace | None], None], parent: QWidget
    ) -> None:
        """Show `place`; the new one is handed to `keep`, which raises `UserError` where there can be no archive."""
        super().__init__(parent)
        self.setWindowTitle("Archive")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        known = place or ArchivePlace(ArchiveKind.DIMSE)
        self.none = QRadioButton("&None")
        self.dimse = QRadioButton("A &DICOM archive (C-FIND, C-GET or C-MOVE)")
        self.web = QRadioButton("DICOM&web services (QIDO, WADO)")
        self.peer = _line("Archive", known.peer, "TITLE@HOST:PORT")
        self.own_title = _line("Title of this program", known.own_title)
        self.move_to = _line("Receive by C-MOVE at", known.move_to, "ADDRESS:PORT; empty for C-GET")
        self.url = _line("Address", known.url, "https://HOST/PATH")
        self.user = _line("User", known.user)
        self.dimse_authority = _line("Certificates for TLS", known.authority, "A PEM file; empty for no TLS")
        self.certificate = _line("Own certificate", known.certificate, "A PEM file; empty where none is asked for")
        self.key = _line("Key of it", known.key, "PEM, no password; empty if in the same file")
        self.web_authority = _line("Certificates for TLS", known.authority, "A PEM file; empty for those of the system")
        self._problem = text_label(role="warning")
        self._pages = QStackedWidget()
        self._lay_out()
        kind = place.kind if place else None
        {None: self.none, ArchiveKind.DIMSE: self.dimse, ArchiveKind.WEB: self.web}[kind].setChecked(True)

    @property
    def place(self) -> ArchivePlace | None:
        """What is typed now."""
        if self.none.isChecked():
            return None
        if self.web.isChecked():
            return ArchivePlace(
                ArchiveKind.WEB, url=_text(self.url), user=_text(self.user), authority=_text(self.web_authority)
            )
        return ArchivePlace(
            ArchiveKind.DIMSE,
            peer=_text(self.peer),
            own_title=_text(self.own_title),
            move_to=_text(self.move_to),
            authority=_text(self.dimse_authority),
            certificate=_text(self.certificate),
            key=_text(self.key),
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        dimse_files = (self.dimse_authority, self.certificate, self.key)
        pages = (
            (self.none, _page(_NONE)),
            (self.dimse, _page(_DIMSE, (self.peer, self.own_title, self.move_to), dimse_files)),
            (self.web, _page(_WEB, (self.url, self.user), (self.web_authority,))),
        )
        for button, page in pages:
            self._pages.addWidget(page)
            button.toggled.connect(partial(self._on_toggled, page))
            layout.addWidget(button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._problem.hide()
        for widget in (self._pages, self._problem, buttons):
            layout.addWidget(widget)
        # A stack asks its pages how tall they like to be, not how tall their wrapped words are at its width.
        room = _WIDTH - layout.contentsMargins().left() - layout.contentsMargins().right()
        self._pages.setMinimumHeight(max(page.heightForWidth(room) for _, page in pages))
        self.resize(_WIDTH, 0)

    def _on_toggled(self, page: QWidget, is_on: bool) -> None:
        if is_on:
            self._pages.setCurrentWidget(page)

    def _on_accepted(self) -> None:
        place = self.place
        try:
            self._keep(place)
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self.accept()
        self.chosen.emit(f"{place} is searched from now on." if place else "No archive is searched any more.")


def _page(words: str, lines: Sequence[QLineEdit] = (), files: Sequence[QLineEdit] = ()) -> QWidget:
    page = QWidget()
    form = QFormLayout(page)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for line in lines:
        form.addRow(line.accessibleName(), line)
    for line in files:
        form.addRow(line.accessibleName(), _with_choice(line))
    form.addRow(text_label(words, role="muted"))
    level_names(form)
    return page


def _line(name: str, text: str, hint: str = "") -> QLineEdit:
    line = QLineEdit(text, placeholderText=hint)
    line.setAccessibleName(name)
    return line


def _with_choice(line: QLineEdit) -> QWidget:
    """`line` beside a button that fills it with a file that is there."""
    row, button = QWidget(), QPushButton("Choose…")
    button.setAutoDefault(False)  # Enter in a line accepts the dialog
    button.setAccessibleName(f"Choose a file: {line.accessibleName()}")
    button.clicked.connect(partial(_choose, line))
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(line)
    layout.addWidget(button)
    return row


def _choose(line: QLineEdit) -> None:
    start = str(Path(_text(line)).parent) if _text(line) else str(Path.home())
    name, _ = QFileDialog.getOpenFileName(line.window(), line.accessibleName(), start, _FILES)
    if name:
        line.setText(name)


def _text(line: QLineEdit) -> str:
    return line.text().strip()
