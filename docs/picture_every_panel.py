"""Takes a picture of every panel and dialog in both themes and at two sizes, to be looked at for what is cut off.

python docs/picture_every_panel.py --out FOLDER
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from make_screenshots import SIZES, draw_marks, open_samples, pause
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget

from radassist.app import make_window
from radassist.gui.main_window import MainWindow
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import change_theme, list_themes
from radassist.gui.widgets.tall_area import TallArea

_DIALOGS = (
    "tags",
    "preferences",
    "export_picture",
    "case_sheet",
    "dicom_results",
    "models",
    "bench",
    "choose_archive",
    "receive_films",
    "deidentify",
    "shortcuts",
    "change_keys",
    "about",
)
_STATES = ("blind_first", "two_blocks", "two_models", "zones")
"""Acts that are switched on, pictured and switched off again."""

_SETTLE_MS, _WORK_MS = 400, 2000


def main() -> None:
    """Open the samples, then go through everything that can be shown without another file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["RADASSIST_HOME"] = home
        application = QApplication(sys.argv[:1])
        window, presenter = make_window(application, WindowSettings())
        window.show()
        for theme in list_themes():
            change_theme(application, window.theme, theme)
            _save(window, out / f"empty-{theme}.png")
        open_samples(window, presenter)
        draw_marks(window)
        for theme in list_themes():
            change_theme(application, window.theme, theme)
            for size in SIZES:
                _save_panels(window, size, out, f"{theme}-{size[0]}")
            _save_dialogs(window, out, theme)
        window.close()


def _save_panels(window: MainWindow, size: tuple[int, int], out: Path, suffix: str) -> None:
    window.resize(*size)
    below = window.findChild(TallArea).verticalScrollBar()
    for index in range(window.review_tabs.count()):
        window.review_tabs.setCurrentIndex(index)
        for place, words in ((below.minimum(), ""), (below.maximum(), "-below")):
            below.setValue(place)
            pause(_SETTLE_MS)
            window.film.fit()
            _save(window, out / f"{window.review_tabs.tabText(index).lower()}{words}-{suffix}.png")
    below.setValue(below.minimum())
    window.actions_by_id["window_panel"].trigger()
    pause(_SETTLE_MS)
    _save(window, out / f"window-{suffix}.png")
    window.actions_by_id["window_panel"].trigger()
    for act in ("hold_beside", "next_film"):
        window.actions_by_id[act].trigger()
        pause(_SETTLE_MS)
    _save(window, out / f"two-films-{suffix}.png")
    for act in ("previous_film", "two_films"):
        window.actions_by_id[act].trigger()
        pause(_SETTLE_MS)
    for act in _STATES:
        window.actions_by_id[act].trigger()
        pause(_WORK_MS)
        _save(window, out / f"{act}-{suffix}.png")
        window.actions_by_id[act].trigger()
        pause(_SETTLE_MS)


def _save_dialogs(window: MainWindow, out: Path, suffix: str) -> None:
    for act in _DIALOGS:
        window.actions_by_id[act].trigger()
        pause(_SETTLE_MS)
        for dialog in (each for each in window.findChildren(QDialog) if each.isVisible()):
            tabs = dialog.findChild(QTabWidget)
            for index in range(tabs.count() if tabs else 1):
                if tabs:
                    tabs.setCurrentIndex(index)
                    pause(_SETTLE_MS)
                _save(dialog, out / f"{act}-{index}-{suffix}.png")
            dialog.reject()


def _save(widget: MainWindow | QDialog, target: Path) -> None:
    widget.grab().save(str(target))
    print(target.name)


if __name__ == "__main__":
    main()
