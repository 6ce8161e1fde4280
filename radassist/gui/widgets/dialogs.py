"""The dialogs the window asks with; each returns plain values and does nothing else."""

import platform
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QTextBrowser, QVBoxLayout, QWidget

from radassist import __version__
from radassist.domain.analysis import ModelFacts
from radassist.gui.actions.spec import ActionSpec, Menu
from radassist.gui.film.mouse_choice import MouseChoice
from radassist.gui.settings import WindowSettings

_FILMS = "Films (*.dcm *.dicom *.png *.jpg *.jpeg *.tif *.tiff *.zip);;All files (*)"

MOUSE_ON_FILM = (
    ("Left drag with a measuring tool", "Draw; Esc drops what is drawn, then the tool"),
    ("Left drag on a mark", "Move it, or the end that is taken hold of"),
    ("Right click", "The menu of the film"),
    ("Double click", "Give the film the whole window, or bring the panels back"),
)
MOUSE_ON_LIST = (
    ("Click on a heading", "Fold or unfold a study or a series"),
    ("Ctrl + click", "Select a film besides the others, or not any more"),
    ("Shift + click", "Select all from the film on the screen, or the one taken last, to there"),
    ("Shift + arrows", "The same by key; also with Page Up, Page Down, Home and End"),
    ("Ctrl + A", "Select every film the list shows"),
)


def choose_films(parent: QWidget, settings: WindowSettings) -> list[Path]:
    """Files the user picked, empty when cancelled. Not Qt's business what they hold: names are only names."""
    names, _ = QFileDialog.getOpenFileNames(parent, "Open films", settings.last_folder, _FILMS)
    return [Path(name) for name in names]


def choose_folder(
    parent: QWidget, settings: WindowSettings, title: str = "Open every film below a folder"
) -> Path | None:
    """A folder the user picked, None when cancelled."""
    name = QFileDialog.getExistingDirectory(parent, title, settings.last_folder)
    if name:
        settings.last_folder = name
    return Path(name) if name else None


def choose_csv(parent: QWidget, settings: WindowSettings, *, what: str = "results") -> Path | None:
    """Where to write the table, None when cancelled; Qt asks before an existing file is replaced.

    Args:
        parent: Of the dialog.
        settings: Know the folder in which it begins.
        what: The table holds, in one word: for the title and the file's name.
    """
    start = str(Path(settings.last_folder) / f"radassist-{what}.csv")
    name, _ = QFileDialog.getSaveFileName(parent, f"Export {what}", start, "Tables (*.csv)")
    return _chosen_file(settings, name)


def choose_labels(parent: QWidget, settings: WindowSettings) -> Path | None:
    """A table of labels the user picked, None when cancelled."""
    kinds = "Tables (*.csv *.tsv);;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Table of labels", settings.last_folder, kinds)
    return _chosen_file(settings, name)


def keys_dialog(parent: QWidget, specs: tuple[ActionSpec, ...], mouse: MouseChoice) -> QDialog:
    """What every mouse button and key does now."""
    rows = [_heading("Mouse on the film"), *(_row(*entry) for entry in (*mouse.words, *MOUSE_ON_FILM))]
    rows += [_heading("In the list"), *(_row(*entry) for entry in MOUSE_ON_LIST)]
    for menu in Menu:
        rows.append(_heading(menu.value.replace("&", "")))
        rows += [_row(" or ".join(spec.shortcuts), spec.tip) for spec in specs if spec.menu is menu and spec.shortcuts]
    return _text_dialog(parent, "Keys and mouse", f"<table cellspacing='0' cellpadding='3'>{''.join(rows)}</table>")


def about_dialog(parent: QWidget, facts: ModelFacts | None) -> QDialog:
    """Version, model, and what the program must not be used for."""
    name, *lines = (escape(line) for line in _about_lines(facts))
    text = f"<h3>{name}</h3>" + "".join(f"<p>{line}</p>" for line in lines)
    return _text_dialog(parent, "About radassist", text, 340)


def _chosen_file(settings: WindowSettings, name: str) -> Path | None:
    """The file, None without a name; the next dialog begins beside it."""
    if not name:
        return None
    settings.last_folder = str(Path(name).parent)
    return Path(name)


def _about_lines(facts: ModelFacts | None) -> list[str]:
    lines = [
        f"radassist {__version__}",
        "Research use only. Not for diagnosis. It is not a medical device.",
        "All data stay on this machine: the program talks to no other one but those you name.",
    ]
    if facts:
        lines += [
            f"Model: {facts.title} ({facts.model}), weights {facts.sha256[:12]}, on {facts.device}.",
            f"Operating threshold: {facts.threshold:.3f} on the probability of {facts.labels[1].lower()}"
            f" ({facts.threshold_by}).",
            f"Trained on: {facts.population}",
        ]
    return [*lines, f"Python {platform.python_version()} on {platform.system()}. Licence: Apache-2.0."]


def _text_dialog(parent: QWidget, title: str, html: str, height: int = 620) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    text = QTextBrowser()
    text.setOpenLinks(False)
    text.setHtml(html)
    text.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(text)
    layout.addWidget(buttons)
    dialog.resize(560, height)
    return dialog


def _heading(text: str) -> str:
    return f"<tr><td colspan='2' style='padding-top: 12px'><b>{escape(text)}</b></td></tr>"


def _row(left: str, right: str) -> str:
    return f"<tr><td style='white-space: pre'>{escape(left)}</td><td>{escape(right)}</td></tr>"
